# overlay: a metadata-only copy whose lower file is gone, or that is met without metacopy=on
mkdir l u w m; head -c 5000 /dev/zero | tr '\0' x > l/g; o() { mount -t overlay o -o $1lowerdir=l,upperdir=u,workdir=w m; }
o metacopy=on,; mkdir m/d; mv m/g m/d/g; getfattr -d -m 'redirect|metacopy' u/d/g; umount m
o; cat m/d/g; chmod 1 m/d/g; rm m/d/g; echo "status $?"; umount m
o metacopy=on,; cat m/d/g | wc -c; umount m; rm l/g; o metacopy=on,; cat m/d/g; stat m/d/g; umount m
dmesg | sed -n 's/.*] overlayfs: //p' | sort | uniq
