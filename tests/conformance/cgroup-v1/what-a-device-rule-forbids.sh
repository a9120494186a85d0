# cgroup-v1: devices: opening, making and using nodes with a short list of rules
# cgroup: v1
cd /sys/fs/cgroup/devices; mkdir x; echo a > x/devices.deny; echo 'c 1:3 r' > x/devices.allow; echo 'c 1:5 m' > x/devices.allow
bash -c 'echo $$ > x/tasks; cd /tmp; cat /dev/null; echo "r $?"; echo x > /dev/null; echo "w $?"; head -c1 /dev/zero | wc -c; mknod z c 1 5; echo "mk $?"; mknod n c 1 3; echo "mk $?"; mknod b b 7 0; echo $?; mknod p p; echo $?; cat z | head -c 2; ls -l /dev/null > out; stat -c %t /dev/null; [ -w /dev/null ] && echo w; exec 3<>/dev/null; echo $?; dd if=/dev/vda of=/tmp/o count=1 2>&1 | head -1; chmod 600 z; rm z; echo $?; truncate -s 0 /dev/null; echo $?' 2>&1
mkdir x/y; cat x/y/devices.list; echo 'c 1:3 w' > x/y/devices.allow; echo 'c 1:3 r' > x/devices.deny; cat x/y/devices.list; echo a > x/devices.allow; cat x/devices.list
