# mount: what a namespace with slave, private or unchanged propagation sees of the host's mounts, and the host of its
mount -t tmpfs r /mnt; mount --make-private /mnt; mkdir /mnt/{A,B}; mount -t tmpfs s /mnt/A; mount --make-shared /mnt/A
unshare -m --propagation unchanged sh -c 'mkdir /mnt/A/x; mount -t tmpfs in /mnt/A/x; mount -t tmpfs in2 /mnt/B'
findmnt -R -n -o TARGET /mnt
for mode in slave private; do
  rm -f /tmp/go /tmp/done
  unshare -m --propagation $mode sh -c 'mkdir /mnt/A/y; mount -t tmpfs in /mnt/A/y; findmnt -n -o TARGET,PROPAGATION /mnt/A; touch /tmp/go
    until [ -e /tmp/done ]; do sleep .1; done; findmnt -R -n -o TARGET /mnt' &
  until [ -e /tmp/go ]; do sleep .1; done; mkdir -p /mnt/A/z; mount -t tmpfs out /mnt/A/z; touch /tmp/done; wait
  findmnt -R -n -o TARGET /mnt; umount /mnt/A/z
  rmdir /mnt/A/y
done
