# userland: chage
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
echo 'user:$6$abc' | chpasswd -e
try chage -l user
try chage -M 90 user; try chage -l user
try chage -d 2025-06-01 -m 5 -W 3 -I 7 -E 2030-01-01 user
try chage -l user; grep ^user: /etc/shadow
try chage -i -l user
try chage -E -1 -d 0 user; try chage -l user
try chage -E 0 user; try chage -l user
try chage -l nosuch
try chage
try chage -x user
try chage -M x user
try chage -E baddate user
try chage -l -M 5 user
