exec 3>&1
echo a >&3
echo b 1>&$PWD/f1; echo $?
cat f1
echo c >&$PWD/f2; echo $?
echo c 2>&$PWD/f2; echo $?
echo d >&nosuch/f; echo $?
echo d <&nosuch; echo $?
x=; echo e >$x; echo $?
echo e > "$x"; echo $?
x='a b'; echo f >$x; echo $?
echo f >*; ls
set -C; echo g > f1; echo $?; echo g >| f1; echo $?; echo g >> f1; echo $?; echo g &> f1; echo $?; echo g > /dev/null; echo $?; ln -s nowhere dang; echo g > dang; echo $?; mkfifo ff; echo g <> f1; echo $?; echo h &>> f1; echo $?; echo h > .; echo $?
set +C
echo i > .; echo $?
cat < .; echo $?
cat < nosuch; echo $?
cat < ""; echo $?
echo j >&9; echo $?
echo j 9>&8; echo $?
cat <&9; echo $?
echo j 99999>f3; echo $?
echo k {v}>f4 >&$v; echo $? $v; cat f4
echo l >&$v; cat f4; exec {v}>&-; echo m >&$v; echo $?
{ echo n; } {w}>f5; echo $w
exec {v}<f4; cat <&$v; echo $v
exec {v}<&-
exec {nosuch}<&-; echo $?
exec {9x}>f; echo $?
readonly ro=1; echo x {ro}>f6; echo $?
unset arr; exec {arr[1]}>f7; declare -p arr
exec {in}<<<hello; cat <&$in; exec {in}<&-
exec {d}>&1; echo dup >&$d; exec {d}>&-
exec 4<>f8; echo abc >&4; cat f8; exec 4>&-
exec 5>f9; echo one >&5; echo two >&5-; echo three >&5; echo $?; exec 5>&-
exec 7>f.txt; : 6>&7 7>&-; echo hello >&7; : 6>&7-; echo world >&7; exec 7>&-; cat f.txt
exec 6>&1 6>&-; echo x >&6; echo $?
echo o 3>&- >&3; echo $?
echo still >&3
{ echo out; echo err >&2; } 2>&1 >/dev/null
{ echo out; echo err >&2; } &>f10; cat f10
{ echo out; echo err >&2; } >&f11; cat f11
{ echo out; echo err >&2; } &>>f11; cat f11
{ echo out; echo err >&2; } |& cat
echo x=1>f12; cat f12
echo +1>f12; cat f12
echo x={vv}>f12; cat f12
echo a1>f12; cat f12
echo 1 >f12 2; cat f12
>f13 echo first; cat f13
< f13 cat
2>&1 >f14 echo q r; cat f14
cat <<A <<B
one
A
two
B
cat 0<<A 3<<B <&3
one
A
two
B
cat <<-X
	tab
	X
cat <<'E'
$x `y` \
E
cat <<E
$((1+1)) $(echo s) `echo b` \$x \\ \
joined "q" 'r'
E
cat <<"E" | tr a-z A-Z
hello
E
cat <<< "here $x"
cat <<<'a
b'
exec > f15; echo to15; exec >&3; cat f15
exec 3>&-
exec < nosuch; echo $?
bash -c 'exec < nosuch; echo no'; echo $?
bash -c 'exec > /nosuch/x; echo no'; echo $?
bash -c 'exec 2>&9; echo no'; echo $?
bash -c ': > /nosuch/x; echo yes'; echo $?
bash -c 'set -o posix; : > /nosuch/x; echo no'; echo $?
bash -c 'f() { echo in; } > /nosuch/x; f; echo $?'
f() { echo f $1; } > f16; f 1; f 2; cat f16
f() { cat; } <<E
in function $1
E
f a; f b
echo x > /dev/tcp/127.0.0.1/1; echo $?
echo x > /dev/tcp/localhost; echo $?
cat < /dev/fd/9; echo $?
echo to1 > /dev/stdout; echo to2 > /dev/stderr; echo fd > /dev/fd/1
echo hi | cat /dev/stdin - /dev/fd/0
cat <(echo a) <(echo b)
echo <(:) | tr 0-9 N
seq 3 > >(tac); sleep .2
{ echo 1; echo 2; } > >(cat; echo end); sleep .2
tee >(wc -l) < <(seq 5) >/dev/null; sleep .3
wait $!; echo $?
diff <(echo a) <(echo b)
while read l; do echo "l=$l"; done < <(printf 'x\ny\n')
ls -l /proc/self/fd 2>/dev/null | awk 'NR>1{print $9}' | tr '\n' ' '; echo
exec 10>f17; ls /proc/$$/fd | tr '\n' ' '; echo; exec 10>&-
echo p | { read x; echo $x; }
command exec 8>&9; echo $? still
echo "a" > f18 > f19; cat f18 f19
cat f18 - < f19
: ${q=$(echo def)} > f20; echo $q
echo a 2>&1- ; echo gone
echo $(< f19) $(<nosuch) $?
x=$(cat <<E
inner
E
)
echo "$x"
cat <<E
unterminated
