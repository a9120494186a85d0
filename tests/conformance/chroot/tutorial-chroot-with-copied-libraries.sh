# chroot: a jail with bash and ls and the libraries that ldd names
j=$HOME/jail; mkdir -p $j/bin $j/lib64 $j/lib/x86_64-linux-gnu; chroot $j; cp /bin/bash /bin/ls $j/bin; chroot $j /bin/bash -c pwd
for b in bash ls; do ldd /bin/$b | grep -o '/lib[^ ]*' | while read f; do cp --parents $f $j; done; done; find $j -type f | sed "s,$j,," | sort
chroot $j /bin/bash -c 'pwd; ls /; ls /root; cd ..; pwd; type cat; echo $HOME; /bin/ls -d /bin/b*'; chroot $j ls -a /; chroot $j /bin/cat; echo $?; chroot --userspec=1000:1000 $j /bin/bash -c 'echo $UID; mkdir /x'
mkdir $j/proc; mount --bind /proc $j/proc; chroot $j /bin/bash -c 'read c < /proc/1/comm; echo $c; ls -d /proc/1/root/etc'; umount $j/proc
