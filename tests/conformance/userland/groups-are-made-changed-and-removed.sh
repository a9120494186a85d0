# userland: groupadd, groupmod, groupdel
try() { echo "\$ $*"; "$@"; echo "[$?]"; }
try groupadd one; tail -n 1 /etc/group /etc/gshadow
try groupadd one
try groupadd -f one
try groupadd -g 1000 two
try groupadd -g 2000 two
try groupadd -f -g 2000 three
try groupadd -o -g 2000 four
try groupadd -r five
try groupadd -U user,root six
try groupadd -p hash seven
tail -n 6 /etc/group /etc/gshadow
try groupadd 'bad name'
try groupadd -g x y
try groupadd
try groupadd a b
try groupadd --nosuch
try groupmod -n uno one
try groupmod -n user uno
try groupmod -g 1000 uno
try groupmod -g 3333 uno
try groupmod -n x nosuch
try groupmod uno
try groupmod -a -U user uno
try groupmod -U root six
try groupmod
grep -E 'uno|six' /etc/group
groupmod -g 4000 user; id user
try groupdel uno
try groupdel nosuch
try groupdel user
try groupdel
try groupdel --help
