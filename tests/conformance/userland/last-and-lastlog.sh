# userland: last, lastb, lastlog
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try last
try lastb
try lastlog
try last -f /nosuch
: > /var/log/lastlog
try lastlog
try lastlog -u user
try lastlog -u nosuch
try lastlog -x
: > /var/log/wtmp
last | head -n 1
touch -d '2025-06-01 10:00:00' /var/log/wtmp
last -n 3 | grep -c 'wtmp begins'
try last --help
