# overlay: remount takes the same options, ignores none it does not know, and changes no layer
mkdir l l2 u w m; touch l/a l2/b; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
mount -o remount,noatime m; echo "status $?"; findmnt -no OPTIONS m; mount -o remount,lowerdir=l2 m
echo "status $?"; ls m
findmnt -no OPTIONS m; mount -o remount,nosuch=1 m; echo "status $?"; mount -o remount,bind,ro m; touch m/x
findmnt -no OPTIONS,FS-OPTIONS,VFS-OPTIONS m
mount -o remount,rw m; echo "status $?"; touch m/x; ls u; exec 3> m/y; mount -o remount,ro m
echo "status $?"; exec 3>&-; mount -o remount,ro m; echo "status $?"
dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'
