# userland: useradd
try() { echo "\$ $*"; "$@"; echo "[$?]"; }
try useradd user
try useradd -u 1000 x
try useradd -u abc x
try useradd -u -5 x
try useradd -u 4294967295 x
try useradd -g nosuch x
try useradd -G nosuch,sudo,other x
try useradd 'Bad Name'
try useradd -- -bad
try useradd aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
try useradd ''
try useradd -s nosuch x
try useradd -d nosuch x
try useradd -c a:b x
try useradd -e baddate x
try useradd -f x y
groupadd taken
try useradd taken
try useradd
try useradd a b
try useradd --nosuch x
try useradd -U -g users x
try useradd -m -M x
try useradd -s /bin/nosuch odd
try useradd -u 0 -o zero
try useradd -u 99999 far
try useradd -r -u 2000 sy
try useradd BadName
try useradd 1bad
try useradd -D
useradd -D -s /bin/bash
useradd -D | grep SHELL
