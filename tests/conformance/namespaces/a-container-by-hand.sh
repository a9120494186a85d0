# namespaces: unshare of everything, hostname, tmpfs root from busybox, pivot_root, limits of a cgroup
mkdir -p box/{bin,proc,old,tmp} /sys/fs/cgroup/box; cp /bin/busybox box/bin
for a in sh ps ls id hostname mount umount cat echo; do ln -s busybox box/bin/$a; done
echo '20000 100000' > /sys/fs/cgroup/box/cpu.max
bash -c 'echo $$ > /sys/fs/cgroup/box/cgroup.procs; exec unshare -muipnCf bash -c "
	hostname box; mount --bind box box; cd box; pivot_root . old; export PATH=/bin; hash -r
	mount -t proc proc /proc; umount -l /old; mount -t tmpfs tmp /tmp
	exec sh -c \"hostname; id -u; ls /; cat /proc/self/cgroup; mount; cat /proc/net/dev | busybox wc -l
	ps -o pid,args; cat /proc/sys/kernel/hostname; echo \\\$\\\$\""'
hostname; ls box/old box/tmp; mount | grep -c box; cat /sys/fs/cgroup/box/cgroup.procs
rmdir /sys/fs/cgroup/box; echo "status $?"
