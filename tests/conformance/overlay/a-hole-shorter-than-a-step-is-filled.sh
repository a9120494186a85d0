# overlay: copy-up looks for holes once a megabyte, so those within a megabyte of data become data
mkdir l u w m; truncate -s 20M l/s; printf x | dd of=l/s bs=1 seek=1000000 conv=notrunc status=none
stat -c %b l/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; chmod 600 m/s; sync m/s; stat -c '%s %b' u/s
