cd /sys/fs/cgroup; mkdir -p p/a; echo +memory > p/cgroup.subtree_control
mib() { echo $(($(awk '$1 == "file" { print $2 }' $1/memory.stat) / 1048576)); }
bash -c 'echo $$ > p/a/cgroup.procs; dd if=/dev/zero of=/dev/shm/big bs=1M count=20 status=none'; mib p/a; mib p; rmdir p/a; mib p
rm /dev/shm/big; mib p; mkdir p/a; bash -c 'echo $$ > p/a/cgroup.procs; dd if=/dev/zero of=/dev/shm/big bs=1M count=20 status=none'; echo -memory > p/cgroup.subtree_control; ls p/a | grep -c memory; mib p; echo +memory > p/cgroup.subtree_control; mib p/a; mib p
