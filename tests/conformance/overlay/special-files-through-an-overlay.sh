# overlay: FIFOs, devices, sockets and symlinks of a lower layer work and are copied up as what they are
mkdir l u w m; mkfifo l/p; mknod l/null c 1 3; mknod l/zero c 1 5; ln -s nowhere l/s; ln -s null l/t
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; echo x > m/null; echo "status $?"; ls u
head -c 3 m/zero | od -An -tx1; (echo hi > m/p &) ; cat m/p; ls u; cat m/s; readlink m/s
chmod 600 m/null m/p; stat -c '%F %a %t,%T %n' u/*; chown -h 5 m/s; stat -c '%F %u %n' u/s; echo y > m/t
mv m/zero m/z; stat -c '%F %t,%T' u/z u/zero; mount -o remount,nodev m; echo x > m/null
