# userland: dpkg, dpkg-query: wrong use
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try dpkg
try dpkg --nosuch
try dpkg -i nosuch.deb
try dpkg -i
try dpkg -r
try dpkg -r nosuch
try dpkg -P nosuch
try dpkg -S
try dpkg -L
try dpkg -i -r x
try dpkg --help
try dpkg --version
try dpkg-query
try dpkg-query --nosuch
try dpkg-query --help
try dpkg -r libonig5
for v in '1.0 lt 2.0' '1.0 gt 2.0' '1.0~rc1 lt 1.0' '1:0.9 gt 2.0' '1.0-1 eq 1.0-1' '1.10 gt 1.9' '1.0 ge 1.0-0' 'a le b' '1.0+b1 gt 1.0'; do dpkg --compare-versions $v; echo "$v $?"; done
dpkg --compare-versions 1.0; echo $?
dpkg --compare-versions 1.0 is 2; echo $?
