# overlay: trusted.overlay.* is hidden in the overlay and may not be set, got or removed there; other names may
mkdir -p l/d u w m; touch l/f; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
setfattr -n trusted.overlay.opaque -v y m/d; echo "status $?"; setfattr -n trusted.overlay.foo -v y m/d
ls u
getfattr -n trusted.overlay.opaque m/d; setfattr -x trusted.overlay.opaque m/d
setfattr -n trusted.other -v y m/d
getfattr -dm - u/d | grep other; getfattr -dm - m/d; setfattr -x trusted.other m/d; echo "status $?"
getfattr -dm - m
setfattr -x user.nosuch m/f; ls u; setfattr -n user.a -v 1 m/f; getfattr -d m/f l/f
setfattr -n bad -v 1 m/f
