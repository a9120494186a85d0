# namespaces: System V objects and POSIX queues that others do not see
ipcmk -Q >/dev/null; ipcmk -M 4096 >/dev/null; ipcmk -S 2 >/dev/null; ipcs | grep -c 0x
unshare -i sh -c 'ipcs | grep -c 0x; ipcmk -M 100 >/dev/null; ipcs -m | grep -c 0x; echo 3 >/proc/sys/kernel/shmmni; cat /proc/sys/kernel/shmmni'
cat /proc/sys/kernel/shmmni; touch /dev/mqueue/outside
unshare -im sh -c 'ls /dev/mqueue; mount -t mqueue q /mnt; ls -l /mnt | wc -l; touch /mnt/inside; ls /mnt; cat /mnt/inside'; ls /dev/mqueue
unshare -i sleep 5 & sleep .2; nsenter -t $! -i ipcs | grep -c 0x; nsenter -t $! -i ipcmk -Q >/dev/null; nsenter -t $! -i ipcs -q | grep -c 0x; kill $!; ipcs -q | grep -c 0x
ipcrm -a; ipcs | grep -c 0x
