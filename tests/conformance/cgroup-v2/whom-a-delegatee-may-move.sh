# cgroup-v2: cgroup.procs of the destination and of the common ancestor must be writable
cd /sys/fs/cgroup; mkdir -p d/x d/y e; chown -R user d; sleep 90 & S=$!; T=$(su user -c 'sleep 95 > /dev/null & echo $!'); echo $T > d/x/cgroup.procs
try() { su user -c "echo $2 > /sys/fs/cgroup/$1/cgroup.procs" 2>&1 | sed 's/.*: //'; cat /proc/$2/cgroup; }
try d/y $T; try e $T; try d/y $S; chmod 666 e/cgroup.procs; try e $T; chmod 666 cgroup.procs; try e $T; try e $S
su user -c 'rmdir /sys/fs/cgroup/d/x; mkdir /sys/fs/cgroup/d/z; rmdir /sys/fs/cgroup/d; mkdir /sys/fs/cgroup/f'; ls -d d/*/ e; kill $S $T
