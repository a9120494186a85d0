# namespaces: the calls that unshare and nsenter make
t() { strace -e trace=unshare,setns,mount,umount2,pivot_root,chroot,setgroups,setgid,setuid "$@" 2>&1 | grep -v '^+++\|^---'; }
t unshare -u true; t unshare -m true; t unshare -mp --mount-proc -f true | head -3; t unshare -Ur true; t unshare -R / -w /tmp true; t unshare -S 5 -G 5 true; t unshare -m --propagation slave true; t umount /none; t umount -l /none; t chroot / true; t nsenter -t 1 -u -r true; t pivot_root /a /b
