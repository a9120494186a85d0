# shell: xtrace output and PS4
set -x
v='a b'; echo "$v" $v
for i in 1 2; do [ $i = 2 ]; done
x=$(echo sub)
f() { local y=1; echo $y > /dev/null; }; f
PS4='> '; echo it\'s '' '*'
{ set +x; } 2> /dev/null
echo off
