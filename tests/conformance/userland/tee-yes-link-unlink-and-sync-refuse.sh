# userland: tee, yes, link, unlink, sync, mkfifo, mknod - what they do and refuse
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
echo a | t tee x y; cat x y
echo b | t tee -a x; cat x
echo c | t tee .
echo c | t tee nosuch/x x; cat x
echo c | t tee ''
echo c | t tee - x
echo c | t tee -p x
echo c | t tee --output-error=warn-nopipe x
echo c | t tee --output-error=exit nosuch/x z; ls z
echo c | t tee --output-error=foo x
echo c | t tee --output-error=w x
echo c | t tee --output-error=warn- x
echo c | t tee --output-error x
echo c | t tee -Q
echo c | t tee -i x
echo c | t tee x > /dev/full
echo c | t tee /dev/full
t yes | head -2
t yes a b | head -2
yes -- -x | head -1
t yes -x
t yes --nosuch
yes > /dev/full; echo $?
t link x l; stat -c %h x
t link x
t link
t link x y z
t link nosuch m
t link x l
t link . m
t link x nosuch/m
t link -x a
t unlink l
t unlink l
t unlink
t unlink a b
t unlink .
t unlink /
t unlink -x
t unlink x/y
t sync
t sync x
t sync -d x
t sync -f x
t sync -d -f x
t sync -d
t sync -f
t sync nosuch
t sync .
t sync -x
t mkfifo p q; stat -c '%n %A %F' p q
t mkfifo p
t mkfifo -m 600 r; stat -c '%A' r
t mkfifo -m u+x s
t mkfifo -m 0777 s; stat -c '%A' s
t mkfifo -m x t
t mkfifo -m 7777 t
t mkfifo
t mkfifo nosuch/p
t mkfifo -Q
t mkfifo ''
t mknod n p; stat -c '%A' n
t mknod -m 600 c c 1 3; stat -c '%A %t,%T' c
t mknod c c 1 3
t mknod b b 7 0; stat -c '%A %t,%T' b
t mknod u u 0x1 010; stat -c '%A %t,%T' u
t mknod x1 p 1 2
t mknod x1 c
t mknod x1 c 1
t mknod x1 c 1 2 3
t mknod x1 z
t mknod x1
t mknod
t mknod x1 c x 1
t mknod x1 c 1 x
t mknod x1 c 99999999999 1
t mknod -m 9 x1 p
t mknod nosuch/x p
