# overlay: binding a part of an overlay elsewhere, binding into it, what stays hidden from the layers
mkdir -p l/d u w m b s; echo a > l/d/a; echo s > s/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; mount --bind m/d b; ls b; echo new > b/n
ls u/d
findmnt -no SOURCE,FSTYPE,OPTIONS b; mount --bind s m/d; ls m/d b; touch m/d/x; ls s u/d
find m -xdev | sort; umount m; echo "status $?"; umount m/d; umount m; echo "status $?"; ls b; umount b
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; mount --bind /etc/hostname m/d/a; cat m/d/a
rm m/d/a; echo "status $?"; umount m/d/a; rm m/d/a; ls m/d
