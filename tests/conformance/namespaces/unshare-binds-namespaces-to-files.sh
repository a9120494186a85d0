# namespaces: unshare --uts=FILE and the other kinds, and nsenter by such a file
touch ns; unshare --mount=ns true; echo $?
mkdir d; mount --bind d d; mount --make-private d; for k in mnt uts net pid user ipc cgroup time; do touch d/$k; done
unshare --mount=d/mnt true; echo $?; unshare --uts=d/uts hostname zzz; nsenter --uts=d/uts hostname
unshare --net=d/net true; nsenter --net=d/net cat /proc/net/dev | grep -c :; unshare --pid=d/pid true; unshare --pid=d/pid -f true; echo $?; nsenter --pid=d/pid echo hi; echo $?
unshare --user=d/user true 2>&1 | sed 's/[0-9]\+/N/'; unshare --ipc=d/ipc ipcmk -Q > /dev/null; nsenter --ipc=d/ipc ipcs -q | wc -l; unshare --cgroup=d/cgroup true; nsenter --cgroup=d/cgroup cat /proc/self/cgroup; unshare --time=d/time true; nsenter --time=d/time true; echo $?
unshare --uts=none true 2>&1 | sed 's/[0-9]\+/N/'; findmnt -R -n -l -o TARGET,FSTYPE d; nsenter --mount=d/mnt findmnt -l -n -t nsfs -o TARGET; umount d/mnt; umount -R d; echo $?; nsenter --uts=d/uts hostname
