# namespaces: a pid namespace that a user made: what its processes see, and who dies with whom
# user: 1
unshare -Urpf --mount-proc sh -c 'grep -E "^(Tgid|Pid|PPid|Uid|Gid|NSpid|CapEff)" /proc/1/status; ps -o pid,comm; kill -9 1; kill -TERM 1; echo alive'
unshare -Urp sh -c 'sh -c "echo \$\$"; ls; ls'; echo $?
unshare -Urpf sh -c 'echo $$; kill -0 1; echo $?; mount -t proc p /proc; unshare -m mount -t proc p /proc; echo $?'
unshare -Urpf --kill-child sleep 50 & sleep .3; kill -9 $!; wait; sleep .2; pgrep -c sleep
unshare -Urpf sh -c 'unshare -pf --mount-proc sh -c "unshare -pf --mount-proc sh -c \"grep NSpid /proc/self/status; ps -o pid,comm\""'
unshare -Urmpf sh -c 'mount -t proc -o hidepid=2 p /proc; ls /proc | grep -c "^[0-9]"; (echo 5 >/proc/sys/kernel/pid_max); nice -n -5 nice; renice -n -1 $$; prlimit --nofile=2000000 true'
