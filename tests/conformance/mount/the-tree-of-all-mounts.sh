# mount: findmnt and mount without arguments on a pristine machine
findmnt -o TARGET,SOURCE,FSTYPE; mount | wc -l; cut -d' ' -f2,3,4 /proc/mounts
findmnt -o TARGET,PROPAGATION | head -3; mount -t proc; mount -t sysfs,tmpfs
findmnt -kno SOURCE /proc
