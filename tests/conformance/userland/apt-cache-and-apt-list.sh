# userland: apt-cache, apt list
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try apt-cache policy tree jq nosuch
try apt-cache depends tree
try apt-cache search 'directory tree'
try apt-cache pkgnames tre
try apt list tree
try apt list --installed tree jq
try apt list --upgradable
try apt list --installed nosuch
try apt search 'directory tree'
