# overlay: an upper directory is taken by the first mount only, and free again when that goes, whoever else has it
o() { mount -t overlay overlay -o lowerdir=$1,upperdir=u,workdir=w$2 $3; echo "status $?"; }
mkdir l l2 u w m m2 m3
o l '' m; o l '' m2; o l ,index=on m3; umount m; o l ,index=on m3; o l '' m
umount m3 m m2; o l2 ,index=on m
exec 3> m/x; umount -l m; o l '' m; o l ,index=on m2; exec 3>&-; o l ,index=on m2; umount m
rm -r w/index; setfattr -x trusted.overlay.origin u; o l ,index=on m2
dmesg | grep overlayfs | sed 's/^\[[^]]*\] //' | grep -c in-use
