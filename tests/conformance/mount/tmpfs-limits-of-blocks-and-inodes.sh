# mount: size and nr_inodes of a tmpfs: ENOSPC from writing, making, copying; room comes back
mkdir d; mount -t tmpfs -o size=64k,nr_inodes=5 t d; head -c 100000 /dev/zero > d/big; echo "status $?"
stat -c %s d/big; df -k d | tail -1; echo x > d/small; cat d/small; rm d/big; for i in 1 2 3 4 5
do touch d/$i; done; df -i d | tail -1; mkdir d/sub; ln d/1 d/l; ln -s a d/sl; rm d/1 d/l; ln d/2 d/l2
touch d/new; mv d/2 d/22; echo "status $?"; mount -o remount,nr_inodes=20 d; touch d/a d/b d/c; ls d | wc -l
dd if=/dev/zero of=d/x bs=4k count=20 status=none; ls -s d/x; cp /bin/true d; fallocate -l 1M d/y
truncate -s 1G d/sparse; echo "status $?"; du -k d/sparse; mount -o remount,size=0 d; df -k d | tail -1
exec 3> d/held; rm d/*; exec 3>&-; ls d
