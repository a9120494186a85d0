# overlay: open files and working directories keep it; umount -l detaches and they go on working
mkdir l u w m; echo a > l/a; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; cd m
umount ../m; echo "status $?"; cd ..; exec 3>> m/f; umount m; echo "status $?"
umount -l m; echo "status $?"; ls m; echo late >&3; cat u/f; readlink /proc/self/fd/3
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"
dmesg | grep overlayfs | tail -2 | sed 's/^\[[^]]*\] //'; cat m/f; exec 3>&-; umount m; echo "status $?"
cat l/a
