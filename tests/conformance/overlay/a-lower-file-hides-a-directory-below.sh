# overlay: a file over a directory and a directory over a file: the upper kind wins, nothing merges through
mkdir -p l1 l2/x l3/x u w m; echo file > l1/y; touch l2/x/2 l3/x/3; mkdir l2/y; touch l2/y/in; echo f > l1/x
mkdir -p u/z; echo lowz > l1/z; mount -t overlay overlay -o lowerdir=l1:l2:l3,upperdir=u,workdir=w m
ls -F m; cat m/x m/y; ls m/z; rm m/x; mkdir m/x; ls m/x; rmdir m/x; rmdir m/z; ls -F m; stat -c '%F %n' u/*
umount m; mkdir l1a l3a; mount -t overlay overlay -o lowerdir=l2:l1:l3 m; ls -F m m/x m/y
