# overlay: an upper layer packed by tar with device nodes and xattrs unpacks into a layer that hides the same
mkdir -p l/d u w m; echo a > l/a; echo b > l/b; touch l/d/x
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; rm m/a; rm -r m/d; mkdir m/d; touch m/d/new
echo more >> m/b; umount m
tar --xattrs --xattrs-include='trusted.overlay.opaque' -cf layer.tar -C u .
tar -tvf layer.tar | awk '{print $1, $2, $NF}' | sort -k3; mkdir u2 w2
tar --xattrs --xattrs-include='trusted.*' -xf layer.tar -C u2; find u2 | sort; stat -c '%F %t,%T' u2/a
getfattr -dm trusted.overlay.opaque u2/d; mount -t overlay overlay -o lowerdir=u2:l,upperdir=u,workdir=w2 m
rm -rf u3; umount m; mount -t overlay overlay -o lowerdir=u2:l m; find m | sort
tar -cf - -C m . | tar -tf - | sort; umount m; mkdir u4; tar -xf layer.tar -C u4
mount -t overlay overlay -o lowerdir=u4:l m; find m | sort
