# overlay: touch, mkdir, ln, ln -s, mknod and mv over a whiteout replace it; mkdir makes an opaque directory
mkdir l u w m; for i in 1 2 3 4 5 6; do touch l/f$i; done; mkdir l/d; touch l/d/x l/src
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
rm m/f?; rm -r m/d; ls -l u | awk 'NR>1 {print $1, $5, $6, $NF}'; touch m/f1; mkdir m/f2; ln m/src m/f3
ln -s src m/f4; mkfifo m/f5; mv m/src m/f6; mkdir m/d
stat -c '%F %n' u/*; getfattr -dm opaque u/f2 u/d; ls m m/d; rmdir m/d; rm m/f1; stat -c '%F %n' u/d u/f1
touch m/own; rm m/own; ls u
