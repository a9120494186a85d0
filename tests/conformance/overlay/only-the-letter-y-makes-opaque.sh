# overlay: yes, 1, Y and an empty value of trusted.overlay.opaque are not y
mkdir -p l/d u/d w m; touch l/d/x
for v in y yes Y 1 0x79 0x7900 ''; do
	setfattr -n trusted.overlay.opaque -v "$v" u/d
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
	echo "$v: $(ls m/d)"; umount m
done
