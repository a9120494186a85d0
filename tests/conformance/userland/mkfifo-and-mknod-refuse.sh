# userland: modes, numbers, operands
mkdir d
mkfifo; mkfifo p; mkfifo p; mkfifo -m 600 q; mkfifo -m zz r; ls -l --time-style=+ p q; mkfifo -m a+t r; mkfifo -m 1777 s; mkfifo a/b; mkfifo -Z t; mkfifo -x; mkfifo d/p p d/q; mkfifo -m u+s t; ls -l --time-style=+ t; mkfifo --context=x u; mkfifo ''
mknod; mknod a; mknod a p; mknod a p 1 2; mknod a b; mknod b b 1; mknod b b 1 2; mknod c c 1 3 4; mknod c x; mknod c c x 1; mknod c c 1 x; mknod c u 1 5; mknod d2 b 0x10 010; mknod a p; mknod -m 600 e p; mknod -m zz f2 p; ls -l --time-style=+ a b c d2 e; mknod nosuch/x p; mknod -x; mknod e2 p 1; mknod e3 c 99999999999 1; mknod e4 c 4096 1048576; ls -l --time-style=+ e4
