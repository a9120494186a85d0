# userland: getent: every database
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try getent passwd root 1000 4242
try getent group sudo 27 nosuch
try getent shadow user
try getent gshadow user
try getent hosts host nosuch
try getent ahosts localhost
try getent services ssh 80/tcp 443 www http/tcp nosuch
try getent protocols tcp 17 TCP
try getent networks
try getent networks loopback nosuch
try getent aliases
try getent aliases x
try getent ethers
try getent ethers x
try getent netgroup
try getent netgroup x
try getent rpc nosuch
try getent initgroups user root
try getent nosuch
try getent
