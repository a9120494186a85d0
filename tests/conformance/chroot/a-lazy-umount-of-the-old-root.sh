# chroot: pivot_root onto itself stacks the old root on top, and umount -l . takes it away
mkdir c; mount -t tmpfs c c; mkdir c/bin; cp /bin/busybox c/bin; for i in sh ls mount umount cat pwd; do ln -s busybox c/bin/$i; done
unshare -m bash -c 'cd c; pivot_root . .; exec chroot . sh -c "ls /; pwd; umount -l .; echo \$?; ls /; cd ..; pwd; ls; cat /etc/passwd"'
unshare -m bash -c 'cd c; pivot_root . .; umount -l .; pwd; cd /; exec sh -c "pwd; ls; umount /; echo \$?"'
