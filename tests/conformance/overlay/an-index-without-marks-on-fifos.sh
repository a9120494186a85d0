# overlay: with userxattr the count of names cannot be kept on a fifo, so that an indexed one cannot be removed
mkdir l u w m; mkfifo l/p; ln -s x l/s; echo f > l/f; mknod l/n c 1 3
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w,nfs_export=on,userxattr m
for it in p s n f; do rm m/$it; echo "status $?"; done
ls m u; ls w/index | wc -l
chmod 600 m/p; ln m/p m/q; ls m u
getfattr -d -m user u 2>&1 | sed 's/=.*//'
