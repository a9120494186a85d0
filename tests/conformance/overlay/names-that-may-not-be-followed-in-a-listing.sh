# overlay: a listing with redirect_dir=nofollow, and what can be done with such a name
mkdir -p l/d/s l/e2 u w m; touch l/d/x l/d/s/y
o() { mount -t overlay o -o redirect_dir=$1,lowerdir=l,upperdir=u,workdir=w m; }; o on; mv m/d m/e; umount m; o nofollow
ls m; ls m/e; ls -l m | wc -l; rm -r m/e; mkdir m/e; mv m/e2 m/e3; umount m; o on; ls m m/e; umount m
dmesg | sed -n 's/.*] overlayfs: //p'
