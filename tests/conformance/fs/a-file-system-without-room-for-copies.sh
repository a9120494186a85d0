# fs: programs that write to a full file system say which file
mkdir m; mount -t tmpfs -o size=64k none m; head -c 100000 /dev/zero > big; head -c 30000 /dev/zero > m/half; head -c 20000 /dev/zero > m/more
cp big m; echo $?; rm m/big; mv big m; echo $?; ls big; rm -f m/big; cp m/half m/copy; echo $?; rm m/copy; cat m/half > m/copy; echo $?; rm m/copy; dd if=m/half of=m/copy status=none; echo $?; rm m/copy
install m/half m/copy; echo $?; rm m/*; cat big > m/f; echo $?; stat -c %s m/f; head -c 100000 /dev/zero > m/g; echo $?; echo x > m/h; echo $?; touch m/i; echo $?; mkdir m/d; echo $?; ln -s x m/l; echo $?
mkdir n; mount -t tmpfs -o nr_inodes=3 none n; touch n/1 n/2 n/3; mkdir n/d; ln -s x n/l; ln n/1 n/h; mkfifo n/p; cp big n/q; mktemp -p n XXX; mv big n/b; echo $?; ls n big
