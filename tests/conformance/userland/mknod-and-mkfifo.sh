# userland: device nodes, named pipes, their errors
mknod null c 1 3; ls -l null | cut -c1-10,23-27; echo x > null; cat null; mknod -m 600 p p
stat -c '%F %a' p; mknod b b 7 0; stat -c '%F %t,%T' b; mkfifo q; echo through > q & cat q; wait
mknod x; echo "status $?"; mknod x c; echo "status $?"; mknod x p 1 2; mknod null c 1 3
mknod x z 1 1; mknod x c 0 0; stat -c '%F %t,%T' x; cat x; echo "status $?"; mknod y c a b
mknod; echo "status $?"; mkfifo q; mknod w c 99 99; cat w; echo x > w
