# userland: passwd, chage, chsh and chfn of an ordinary user
# user: 1
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try passwd -S root
try passwd root
try passwd -l user
try passwd
try chage -l root
try chage user
try chage -M 5 user
try chsh -s /bin/sh root
try chsh -s /bin/sh
try chfn -f x
try chfn -o x
try chfn -r x root
try chfn -r x
try gpasswd -d user user
