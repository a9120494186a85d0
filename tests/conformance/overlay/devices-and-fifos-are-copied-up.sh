# overlay: device nodes and fifos of lower layers, written to, changed, renamed and removed
mkdir -p l u w m; mkfifo l/p; mknod l/n c 1 3; mknod l/z c 1 5; mknod l/b b 7 0
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo x > m/n; ls u; head -c 3 m/z | od -An -tx1
chmod 600 m/n m/p; ls -l u | awk '{print $1,$5,$6,$NF}'; mv m/p m/p2; mv m/z m/z2; rm m/b; ls -l u | awk '{print $1,$NF}'
test -p m/p2 && echo fifo; test -c m/z2 && echo chr; mount -o remount,nodev m; cat m/z2; echo x > m/n
ls -l m | awk '{print $1,$NF}'
