# userland: deluser, delgroup
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
for name in carl dan eve; do adduser --quiet --disabled-password --gecos '' $name; done
adduser --system --quiet svc; addgroup --quiet gg; addgroup --quiet gh; adduser --quiet carl sudo
try deluser carl sudo
try deluser carl sudo
try deluser carl nosuch
try deluser carl carl
try deluser nosuch
try deluser carl; id carl; ls -d /home/carl
try deluser --quiet eve
try deluser --remove-home dan
try deluser --system svc
try deluser --system user
try deluser --group gg
try deluser --group nosuch
try delgroup gh
try delgroup nosuch
try delgroup user
try delgroup --only-if-empty users
try deluser root
try deluser a b c
try deluser --help
try deluser --nosuch x
