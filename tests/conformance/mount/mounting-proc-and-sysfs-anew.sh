# mount: another proc, sysfs, devtmpfs, cgroup2 show the same objects
mkdir p s d c; mount -t proc proc p; cat p/self/comm; [ -d p/$$ ] && echo same processes
cat p/mounts | tail -1; mount -t sysfs sysfs s; ls s; mount -t devtmpfs dev d
ls -l d/null | cut -c1-10; mount -t cgroup2 cg c; ls c | grep -c cgroup.procs
mkdir /sys/fs/cgroup/x; ls -d c/x; umount p s d c; mount -t proc -o hidepid=2 proc p
su user -c "ls /root/p"; chmod 755 /root; su user -c 'cd /root/p; ls -d 1; ls -d self'
mount | tail -1; mount -t proc proc p/self; mount -t devpts devpts d; ls d
