# mount: a directory that is a mount point elsewhere can be removed, and takes that mount along
mkdir -p d/e f; unshare -m sh -c 'mount -t tmpfs t d/e; mount -t tmpfs u f; touch f/x; touch go; until [ -e done ]; do sleep 0.1; done; ls -d d/e f; findmnt -n -o SOURCE d/e; cat f/x; grep -c /root/ /proc/self/mounts' & until [ -e go ]; do sleep 0.1; done
rmdir d/e; echo $?; rmdir f; echo $?; mkdir f; touch done; wait; mkdir g h; mount -t tmpfs t g; rmdir g; mv g i; mv h g/; rmdir g; umount g; rmdir g; echo $?
touch k; mount --bind /etc/hostname k; rm k; mv k l; unshare -m sh -c 'umount k; rm k; echo $?'; ls k; findmnt -n k
