# overlay: image layers, a container layer on top, a second container, a commit as a new layer
mkdir -p img/{1,2,3}/etc c1/{diff,work,merged} c2/{diff,work,merged}; echo base > img/1/etc/os
echo 1 > img/1/etc/v; echo 2 > img/2/etc/v; touch img/2/app; mknod img/3/app c 0 0; echo 3 > img/3/etc/three
L=img/3:img/2:img/1
for c in c1 c2; do mount -t overlay overlay -o lowerdir=$L,upperdir=$c/diff,workdir=$c/work $c/merged; done
find c1/merged -type f | sort; cat c1/merged/etc/v; echo mine > c1/merged/etc/v; rm c1/merged/etc/os
ls c2/merged/etc; cat c2/merged/etc/v; find c1/diff -printf '%y %P\n'|sort; umount c1/merged
mv c1/diff img/4; mkdir c1/diff
mount -t overlay overlay -o lowerdir=img/4:$L,upperdir=c1/diff,workdir=c1/work c1/merged
find c1/merged -type f | sort; cat c1/merged/etc/v; findmnt -t overlay -no TARGET,OPTIONS
du -s --apparent-size c1/diff | cut -f2; umount c1/merged c2/merged
