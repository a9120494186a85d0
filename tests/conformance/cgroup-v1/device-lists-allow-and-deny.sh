# cgroup-v1: device lists allow and deny
# cgroup: v1
cd /sys/fs/cgroup/devices; mkdir x
try() { echo "+ $*"; eval "$*" 2>&1; }
for v in "c 1:3 rwm" "b *:* rwm" "a" "c 1:5 x" foo "c 1:5" "c *:5 rw" "c 1:* m" "a *:* rwm" "" "d 1:1 r" "c 1:3  rw" "c 1:3 rw "; do try "echo '$v' > x/devices.deny"; cat x/devices.list; try "echo '$v' > x/devices.allow"; cat x/devices.list; done
try "echo a > x/devices.deny"; cat x/devices.list; try "echo 'c 1:3 rw' > x/devices.allow"; try "echo 'c 136:* rw' > x/devices.allow"; cat x/devices.list; mkdir x/y; cat x/y/devices.list
try "echo 'c 1:5 r' > x/y/devices.allow"; try "echo 'c 1:3 r' > x/y/devices.deny"; cat x/y/devices.list; try "echo 'c 1:3 rw' > x/devices.deny"; cat x/devices.list x/y/devices.list
try "echo 'c 1:3 rw' > x/devices.allow"; cat x/devices.list x/y/devices.list; try "echo a > x/devices.allow"; try "echo a > devices.deny"
