# userland: fallocate - every mode on ext4 and tmpfs, sizes, what it refuses
fallocate -l 10 a; stat -c '%s %b' a
fallocate -l 1M a; stat -c '%s %b' a
fallocate -n -l 2M a; stat -c '%s %b' a
fallocate -p -o 0 -l 4096 a; stat -c '%s %b' a
fallocate -p -l 10k a;  stat -c '%s %b' a
fallocate -c -o 4096 -l 4096 a; stat -c '%s %b' a
fallocate -c -o 1 -l 4096 a; echo $?
fallocate -i -o 4096 -l 8192 a; stat -c '%s %b' a
fallocate -z -o 0 -l 8192 a; stat -c '%s %b' a
fallocate -z -n -l 4M a; stat -c '%s %b' a
fallocate -d a; echo $?; stat -c '%s %b' a
fallocate -x -l 5000 b; stat -c '%s %b' b
fallocate -v -l 10k c; fallocate -v -d c; fallocate -v -p -l 4k c; fallocate -v -c -l 4k c; fallocate -v -z -l 4k c; fallocate -v -i -l 4k c
fallocate; echo $?
fallocate a; echo $?
fallocate -l; echo $?
fallocate -l x a; echo $?
fallocate -l 0 a; echo $?
fallocate -l -5 a; echo $?
fallocate -l 5 -o -1 a; echo $?
fallocate -l 5 a b; echo $?
fallocate -c -p -l 5 a; echo $?
fallocate -l 5 /; echo $?
fallocate -l 5 /nodir/x; echo $?
fallocate -p -l 5 nofile; echo $?
fallocate -c -n -l 4096 a; echo $?
fallocate -Q; echo $?
cd /tmp; df -T /tmp /dev/shm | awk '{print $2}'
cd /dev/shm; fallocate -l 10000 a; stat -c '%s %b' a; fallocate -n -l 20000 a; stat -c '%s %b' a;  fallocate -p -l 5000 a; stat -c '%s %b' a; fallocate -c -l 4096 a; fallocate -z -l 4096 a; fallocate -i -l 4096 a; fallocate -d a; stat -c '%s %b' a; fallocate -l 10G big; echo $?
fallocate -l 5 /dev/null; fallocate -l 5 /proc/version; fallocate -l 1GiB x; fallocate -l 1KB y; stat -c %s y; fallocate -l 1.5K y; fallocate -l 0x400 y; stat -c %s y
echo hello > z; fallocate -p -o 1 -l 2 z; od -c z; fallocate -z -o 2 -l 10 z; od -c z; yes abc | head -c 12288 > w; cp w /root/w; cd /root; fallocate -c -o 4096 -l 4096 w; cksum w; fallocate -i -o 4096 -l 4096 w; cksum w; fallocate -c -o 8192 -l 4096 w; fallocate -c -o 4096 -l 409600 w; fallocate -i -o 409600 -l 4096 w
printf 'x%.0s' {1..20} > s; head -c 8192 /dev/zero >> s; fallocate -d s; stat -c '%s %b' s; fallocate -v -d s
