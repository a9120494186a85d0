# block: images as lower and upper layer of an overlay
for i in low up; do truncate -s 3M $i.img; mkfs.ext4 -q $i.img; mkdir $i; mount $i.img $i; done
echo lower > low/file; echo gone > low/gone; mkdir up/upper up/work merged
mount -t overlay overlay -o lowerdir=low,upperdir=up/upper,workdir=up/work merged
cat merged/file; echo changed > merged/file; rm merged/gone; mkdir merged/new; ls merged
cat low/file; ls -l up/upper | awk '{print $1, $NF}'
umount low; echo $?
umount merged; umount low up
mount up.img up; ls up/upper; cat up/upper/file; stat -c %F up/upper/gone; umount up
