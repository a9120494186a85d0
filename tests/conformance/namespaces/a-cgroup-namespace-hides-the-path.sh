# namespaces: the cgroup where unshare was called becomes / in /proc/PID/cgroup and mountinfo
mkdir -p /sys/fs/cgroup/a/b
(
	echo $BASHPID > /sys/fs/cgroup/a/cgroup.procs; cat /proc/self/cgroup
	unshare -C cat /proc/self/cgroup; unshare -C cat /proc/1/cgroup
	unshare -C readlink /proc/self/ns/cgroup
	unshare -C grep cgroup2 /proc/self/mountinfo | cut -d' ' -f4,5
	unshare -C bash -c '
	echo $$ > /sys/fs/cgroup/a/b/cgroup.procs; cat /proc/self/cgroup; mkdir /tmp/c
	unshare -m bash -c "mount -t cgroup2 c /tmp/c; ls -d /tmp/c/b; wc -l < /tmp/c/cgroup.procs"'
)
readlink /proc/self/ns/cgroup; cat /proc/self/cgroup
sleep 50 & echo $! > /sys/fs/cgroup/a/b/cgroup.procs; nsenter -t $! -C cat /proc/self/cgroup
cat /proc/$!/cgroup; kill $!
