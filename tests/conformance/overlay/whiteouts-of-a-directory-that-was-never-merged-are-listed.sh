# overlay: only merged directories hide whiteouts from a listing; their names cannot be found all the same
mkdir -p l1 l2/d u w m; mknod l2/d/w c 0 0; touch l2/d/f; mount -t overlay o -o lowerdir=l1:l2,upperdir=u,workdir=w m
ls m/d; stat -c %n m/d/w; touch m/d/new; ls m/d; rm m/d/f m/d/new; rmdir m/d; find u -printf '%p %y\n' | sort
umount m; mkdir -p l1/d; rm u/d; mount -t overlay o -o lowerdir=l1:l2,upperdir=u,workdir=w m; ls m/d
