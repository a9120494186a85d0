# overlay: an overlay can be a lower layer, not an upper one nor hold the work directory
mkdir l u w m m2 u2 w2; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; mkdir m/u m/w
for o in lowerdir=l,upperdir=m/u,workdir=m/w lowerdir=l,upperdir=u2,workdir=m/w lowerdir=l,upperdir=m,workdir=w2 lowerdir=m,upperdir=u2,workdir=w2; do
	mount -t overlay o -o $o m2 2>/dev/null; echo "$o: $?"
done
dmesg | sed -n 's/.*] overlayfs: //p'
