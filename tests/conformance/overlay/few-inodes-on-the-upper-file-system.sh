# overlay: a file cannot be removed if there is no inode for the whiteout
t=/mnt; mount -t tmpfs -o size=1m,nr_inodes=12 t $t; mkdir -p l/d $t/u $t/w m; head -c 2000000 /dev/zero | tr '\0' a > l/big
echo s > l/small; touch l/d/x; mount -t overlay o -o lowerdir=l,upperdir=$t/u,workdir=$t/w m; echo x >> m/big; chmod 600 m/big
ls $t/u $t/w/work; echo x >> m/small; for i in 1 2 3 4 5 6 7 8; do touch m/$i; done; rm m/small m/big; rm m/1; ls m
rm m/d/x; df -i m | tail -1 | awk '{print $2,$3,$4}'; ls $t/u; rm m/2; rm m/small; ls m
