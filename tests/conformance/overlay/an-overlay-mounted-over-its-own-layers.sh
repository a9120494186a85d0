# overlay: mounted on its lower, its upper and its working directory
mkdir -p l u w; echo low > l/f; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w l; ls l; echo new > l/g; ls l u
cat l/f; umount l; ls l; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w u; echo $?; ls u; touch u/q; umount u; ls u
mount -t overlay o -o lowerdir=/root/l,upperdir=/root/u,workdir=/root/w /mnt
mount -t overlay o2 -o lowerdir=/root/l,upperdir=/root/u,workdir=/root/w /mnt 2>&1 | tail -1; mount | grep -c '^o'
umount /mnt; umount /mnt; cd l; mount -t overlay o -o lowerdir=.,upperdir=../u,workdir=../w .; ls; ls /root/l; cd /root/l; ls
cd /; umount /root/l
