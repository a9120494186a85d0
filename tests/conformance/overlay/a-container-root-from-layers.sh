# overlay: base image, container layer, chroot into merged, a second container on the same base
mkdir -p base/bin c1/{u,w,m} c2/{u,w,m}; cp /bin/busybox base/bin
for a in sh ls cat echo rm; do ln -s busybox base/bin/$a; done; echo v1 > base/version
for c in c1 c2; do mount -t overlay $c -o lowerdir=base,upperdir=$c/u,workdir=$c/w $c/m; done
chroot c1/m sh -c 'echo "changed in $(cat version)" > version; rm bin/rm; ls bin; echo data > file'
chroot c2/m sh -c 'cat version; ls bin /'; find c1/u -mindepth 1 | sort; stat -c %F c1/u/bin/rm
find c2/u -mindepth 1; cat base/version; mount -t overlay | awk '{print $1, $3}'; mkdir -p flat
cp -a c1/m/. flat; ls flat flat/bin; umount c1/m c2/m
