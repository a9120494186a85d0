# userland: visudo -c
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try visudo -c
echo 'bad line here' > /etc/sudoers.d/x
try visudo -c
rm /etc/sudoers.d/x
try visudo -cf /etc/passwd
try visudo -cf /nosuch
try visudo --help
echo 'user ALL=(ALL) NOPASSWD: /usr/bin/id, !/bin/sh' > /tmp/good
try visudo -c -f /tmp/good
try su user -c 'visudo -c'
try su user -c 'visudo'
