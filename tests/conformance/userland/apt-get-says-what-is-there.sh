# userland: apt-get, apt, apt-mark
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try apt-get install nosuch
try apt-get install -y nosuch other
try apt-get install coreutils
try apt-get install -y strace jq tree
try apt-get -qq install tree
try apt-get -q install tree
try apt install tree
try apt install nosuch
try apt-get install tree=9
try apt-get install
try apt-get remove nosuch
try apt-get purge -y nosuch
try apt-get upgrade
try apt-get dist-upgrade
try apt-get autoremove
try apt-get clean
try apt-get check
try apt-get install -y --reinstall tree
try apt-get remove tree
try apt-get remove -s tree
try apt-get remove -y bash
try apt-get remove -s hostname
try apt-mark hold tree
try apt-mark hold tree
try apt-mark unhold tree
try apt-mark auto tree
try apt-mark manual tree
try apt-mark hold nosuch
