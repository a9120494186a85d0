# fs: a tmpfs counts each name of a file as an inode
mkdir t; mount -t tmpfs -o nr_inodes=5 t t; cd t; i() { df -i --output=itotal,iused,iavail . | tail -1; }; i; touch a; ln a b; ln a c; i; ln a d; echo $?; touch e; echo $?; ln a f; echo $?; i; rm b; i; rm a; rm c; i; mkdir x y z w; i; ls; cd; umount t
mount -t tmpfs -o nr_inodes=5 t t; cd t; touch a b; ln a c; i; mv -f a b; i; mv c b; ls; i; ln b q; mv b q; ls; i; exec 3< q; rm q; i; exec 3<&-; i; cd; umount t; mount -t tmpfs -o nr_inodes=1 t t; touch t/a; mkdir t/b; ln -s a t/l; umount t
