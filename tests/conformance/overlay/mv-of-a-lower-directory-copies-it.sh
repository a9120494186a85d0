# overlay: rename(2) of a directory from a lower layer is EXDEV, so mv copies and removes
mkdir -p l/d/e u w m; echo x > l/d/x; echo y > l/d/e/y; ln l/d/x l/d/x2
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
strace -f -e trace=renameat2,rename mv m/d m/n 2>&1 | grep -c EXDEV; find m | sort; find u | sort
stat -c '%F %t,%T' u/d
getfattr -n trusted.overlay.opaque u/n u/n/e 2>&1; mkdir m/own; mv m/own m/own2; ls u; mv m/n m/n2
echo "status $?"; ls u; ls l
