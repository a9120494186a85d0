# chroot: a copied bash without its loader fails with ENOENT; with what ldd names it runs
mkdir -p r/bin; cp /bin/bash r/bin; chroot r /bin/bash; echo "status $?"
ldd /bin/bash | sed 's/(0x.*)/(ADDR)/'; mkdir -p r/lib64 r/lib/x86_64-linux-gnu
cp /lib64/ld-linux-x86-64.so.2 r/lib64; chroot r /bin/bash -c 'echo hi'; echo "status $?"
cp /lib/x86_64-linux-gnu/libtinfo.so.6 /lib/x86_64-linux-gnu/libc.so.6 r/lib/x86_64-linux-gnu
chroot r /bin/bash -c 'echo in $PWD; pwd; ls; echo /*; cd ..; pwd'; echo "status $?"
chroot r; echo "status $?"; cp /bin/ls r/bin; chroot r ls; echo "status $?"
