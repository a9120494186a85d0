# overlay: rmdir and mkdir of a lower directory; trusted.overlay.opaque; merged directories
mkdir -p l/d l/e u w m; touch l/d/old l/e/keep
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
rm -r m/d; stat -c '%F' u/d; mkdir m/d; ls m/d | wc -l; touch m/d/new; ls m/d; stat -c %F u/d
getfattr --absolute-names -n trusted.overlay.opaque u/d; touch m/e/added; ls m/e; ls u/e
getfattr -n trusted.overlay.opaque u/e; getfattr -d m/d; rmdir m/e; echo "status $?"; rm m/e/keep
ls m/e; ls -l u/e | awk 'NR>1 {print $1, $NF}'; mkdir m/brandnew
getfattr -n trusted.overlay.opaque u/brandnew; su user -c 'getfattr -n trusted.overlay.opaque /tmp'
ls l/d l/e
