# overlay: what lies deeper than two levels in work is not removed, and the mount is read-only
mkdir -p l u w/work m; (cd w/work; mkdir -p a/b/c; touch a/b/f x); o() { mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w$1 m; }
o; echo "status $?"; find w -printf '%d %f\n' | sort; touch m/x; grep -c 'overlay ro,' /proc/mounts; umount m
(cd w/work; rm -r a/b); o; find w -printf '%d %f\n'; touch m/x; umount m; mkdir -p w/index/sub w/other; o; find w -printf '%d %f\n' | sort; umount m
(cd w/work; mkdir -p incompat/feature); o; echo "status $?"; (cd w/work; rmdir incompat/feature); o; echo "status $?"; find w -printf '%d %f\n' | sort
dmesg | sed -n 's/.*] overlayfs: //p'
