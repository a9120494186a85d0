# cgroup-v1: devices that a group may not use
# cgroup: v1
cd /sys/fs/cgroup/devices; mkdir -p x; echo a > x/devices.deny; echo 'c 1:3 rw' > x/devices.allow; echo 'c 1:8 r' > x/devices.allow
bash -c 'echo $$ > x/cgroup.procs; echo hi > /dev/null; cat /dev/zero | head -c 3 | od -c; head -c 1 /dev/random | wc -c; echo x > /dev/random; test -r /dev/zero; echo $?; mknod /tmp/z c 1 5; mknod /tmp/n c 1 3; ls /tmp/n; mknod /tmp/p p; ls /tmp/p'
mkdir x/y; echo 'c 1:3 r' > x/y/devices.deny
bash -c 'echo $$ > x/y/cgroup.procs; echo hi > /dev/null; cat < /dev/null; echo $?'
cat < /dev/null; echo $?
