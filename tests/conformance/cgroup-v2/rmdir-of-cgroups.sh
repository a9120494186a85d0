# cgroup-v2: EBUSY with processes or children, zombies do not count, rm -r does not work
cd /sys/fs/cgroup; mkdir -p a/b; rmdir a; echo "status $?"; rm -rf a/b 2>&1 | sort | head -1
sleep 100 & echo $! > a/b/cgroup.procs; rmdir a/b; echo "status $?"; cat a/cgroup.events; kill $!
wait $! 2> /dev/null; rmdir a/b a; echo "status $?"; mkdir x; mkdir x; echo "status $?"
rmdir nosuch; mkdir $'new\nline'; echo "status $?"; mkdir cgroup.x; mv x y
ls -d x y; echo "status $?"; rmdir x/..; mkdir z
bash -c 'echo $$ > z/cgroup.procs; sleep 0.1 & exec sleep 100' & until ps --ppid $! -o stat= | grep -q Z; do sleep 0.1; done
echo $! > cgroup.procs; cat z/cgroup.procs; grep populated z/cgroup.events
rmdir z; echo "status $?"; echo 1 > cgroup.max.descendants; echo 0 > y/cgroup.max.descendants
mkdir y/sub; echo "status $?"
