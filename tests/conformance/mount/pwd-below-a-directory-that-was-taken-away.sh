# mount: pwd(1) in directories that no path leads to: one .. more for each level that is left
mkdir -p /mnt/a; mount -t tmpfs t /mnt/a; mkdir -p /mnt/a/b/c; cd /mnt/a/b/c; umount -l /mnt/a
/bin/pwd; echo $?; cd ..; /bin/pwd; cd ..; /bin/pwd; readlink /proc/self/cwd
mkdir -p /mnt/d/e; cd /mnt/d/e; rmdir /mnt/d/e; /bin/pwd; echo $?
mkdir -p /srv/r/s/t; cp -r --parents /bin/busybox /srv/r; cd /srv/r/s/t; unshare -m /bin/pwd
