# userland: su, runuser
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
useradd -m -s /bin/bash bob; echo bob:pw | chpasswd; echo user:pw2 | chpasswd
u() { echo "\$ $*"; su user -c "$*" </dev/null; echo "[$?]"; }
u 'echo pw2 | su -c id'
u 'echo pw | su bob -c id'
u 'echo bad | su bob -c id'
u 'echo pw | su - bob -c "pwd; id -un"'
passwd -d bob
u 'su bob -c "id -un"'
passwd -l bob
u 'echo x | su bob -c "id -un"'
try su nosuch
try su bob -s /bin/sh -c 'echo $0'
try su -g sudo bob -c id
try su bob -c 'exit 5'
try runuser -u user id
try runuser -u user -- id -un
try runuser user -c 'id -un'
try runuser -l user -c 'pwd; echo $HOME'
try runuser -u nosuch id
try runuser nosuch
try runuser -u user
try runuser -g sudo -u user id
try runuser -u user nosuch
try runuser -u user -c id
runuser -u user env | grep -E '^(HOME|USER|LOGNAME|SHELL|PWD)='
