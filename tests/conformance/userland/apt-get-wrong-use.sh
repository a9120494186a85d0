# userland: apt-get, apt, apt-cache: help and wrong use
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try apt-get
try apt-get nosuch
try apt-get -x
try apt-get install --nosuch
try apt-get --version
try apt-get --help
try apt
try apt nosuch
try apt --version
try apt --help
try apt-cache
try apt-cache nosuch
try apt-cache show nosuch
try apt show nosuch
try apt-cache search
try apt-mark nosuch
try apt-mark --help
