# overlay: how equals signs, commas, colons and blanks of layer paths are shown
mkdir 'a=b' 'c d' 'e,f' 'g:h' u w m
mount -t overlay o -o 'lowerdir=a=b:c d:e\,f:g\:h,upperdir=u,workdir=w' m; grep ' /root/m ' /proc/mounts; findmnt -no OPTIONS m
umount m; mount -t overlay 'x=y' -o 'lowerdir=a=b,upperdir=u,workdir=w' m; grep ' /root/m ' /proc/mounts
