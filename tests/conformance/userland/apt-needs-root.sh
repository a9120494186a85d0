# userland: apt-get, apt and dpkg of an ordinary user
# user: 1
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try apt-get install strace
try apt-get install nosuch
try apt-get update
try apt install jq
try apt-get remove -y strace
try apt-get clean
try apt-get upgrade
try apt-get autoremove
try apt-get -s install nosuch
try apt-get -s install tree
try apt-mark hold tree
try apt-cache policy tree
try dpkg -i x.deb
try dpkg -r tree
try dpkg --configure -a
try dpkg -l tree
