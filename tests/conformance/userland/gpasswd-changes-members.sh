# userland: gpasswd
try() { echo "\$ $*"; "$@"; echo "[$?]"; }
show() { grep -H ^$1: /etc/group /etc/gshadow; }
try gpasswd -a user sudo; show sudo
try gpasswd -a user sudo; show sudo
try gpasswd -d user sudo; show sudo
try gpasswd -d user sudo
try gpasswd -a nosuch sudo
try gpasswd -a user nosuch
try gpasswd -M user,root users; show users
try gpasswd -A user users; show users
try gpasswd -r users; show users
try gpasswd -R users; show users
try gpasswd -M nosuch users
try gpasswd -M '' users; show users
try gpasswd
try gpasswd nosuch
try gpasswd users < /dev/null
