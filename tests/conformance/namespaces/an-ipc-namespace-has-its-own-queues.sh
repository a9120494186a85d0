# namespaces: System V objects are per ipc namespace
ipcmk -Q > /dev/null; ipcs -q | grep -c 0x
unshare -i bash -c 'ipcs -q | grep -c 0x; ipcmk -Q > /dev/null; ipcmk -M 4096; ipcs -q | grep -c 0x'
ipcs -q | grep -c 0x; ipcs -m | grep -c 0x; ipcrm -a; ipcs -q | grep -c 0x
ipcrm -q 5; echo "status $?"; unshare -i cat /proc/sys/kernel/msgmax
unshare -i bash -c 'echo 100 > /proc/sys/kernel/msgmax; cat /proc/sys/kernel/msgmax'
cat /proc/sys/kernel/msgmax
