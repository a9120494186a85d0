# strace: arguments, results and errors of the calls that lessons look at
A='s/0x[0-9a-f]*/ADDR/g'
strace -e trace=write echo hi
echo hello >f; mkdir d
strace -P f cat f 2>&1 | grep -v fadvise
strace -P f -P nofile -e trace=openat cat f nofile
strace -e trace=%file rm f 2>&1 | grep 'unlinkat\|+++'
strace -e mkdir,rmdir mkdir -m 700 e
strace -e trace=rmdir rmdir e d nodir
strace -e trace=sethostname hostname other
strace -e trace=chroot,chdir chroot / true
strace -e trace=unshare,sethostname unshare -u hostname inner
strace -e trace=setns nsenter -t 1 -m -u true
strace -e trace=mount mount -t tmpfs -o nosuid none /mnt
strace -e trace=umount2 umount -l /mnt
strace -e trace=mount mount --make-rprivate /
strace -e trace=umount2 umount /nope
strace -e trace=kill,exit_group kill -9 99999
strace -e trace=fchmodat chmod 640 /etc/hostname
strace -e trace=fchownat chown 5:6 /etc/hostname
strace -e trace=linkat,symlinkat ln -s a b
strace -e trace=linkat ln b c
strace -e trace=mknodat mkfifo p
strace -e trace=mknodat mknod n c 1 3
strace -e trace=getcwd pwd
strace -e trace=clock_nanosleep sleep 0.01 2>&1 | sed "$A"
strace -e trace=readlink readlink a 2>&1 | sed "s/0x[0-9a-f]*/ADDR/; s/, [0-9]*) */, N) /"
