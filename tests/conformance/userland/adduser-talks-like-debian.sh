# userland: adduser, addgroup
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
last() { tail -n 1 /etc/passwd /etc/group /etc/shadow /etc/subuid; }
try adduser --disabled-password --gecos '' carl; last; ls -la /home/carl | cut -d' ' -f1-4
try adduser --disabled-password --gecos 'Full,1,2,3' dan; tail -n 1 /etc/passwd
try adduser --system svc; last
try adduser --system --group svc2; last
try adduser --system --home /opt/s --shell /bin/sh svc3; last
try adduser carl
try adduser --system svc
try adduser --system user
try adduser carl sudo; grep sudo /etc/group
try adduser carl sudo
try adduser carl nosuch
try adduser nosuch sudo
try adduser 'Bad Name'
try adduser BadName
try adduser --uid 1000 x
try adduser --uid 7777 --disabled-password --gecos '' seven
try adduser --home /opt/h --shell /bin/sh --disabled-password --gecos '' hh; tail -n 1 /etc/passwd
try adduser --ingroup users --disabled-password --gecos '' ii; id ii
try adduser --ingroup nosuch --disabled-password --gecos '' jj
try adduser --quiet --disabled-password --gecos '' qq
try adduser --no-create-home --disabled-password --gecos '' nh
try adduser --nosuch x
try adduser
try adduser a b c
try adduser --version
try addgroup gg; tail -n 1 /etc/group
try addgroup gg
try addgroup --gid 4444 gh
try addgroup --gid 4444 gi
try addgroup --system gs; tail -n 1 /etc/group
try addgroup --system gs
try adduser --group gk
try addgroup user gg
try addgroup --help
