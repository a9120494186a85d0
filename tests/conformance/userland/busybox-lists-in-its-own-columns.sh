# userland: ls, wc, ps, df, free and date of busybox
umask 022; mkdir w; cd w; printf 'a b\nc\n' > f; mkdir d; ln -s f l; mkfifo p; printf x > g; chmod 4755 g; mknod n c 1 3
busybox ls -l; busybox ls; busybox ls -F; busybox ls -p d f; busybox ls -R; busybox ls -r; busybox ls -S; busybox ls -1s
busybox ls -C; busybox ls -ln f; busybox ls -lh /bin/busybox | cut -c1-44; busybox ls -lL l; busybox ls -A nope f; echo $?
busybox ls --color=always -l | cat -v; touch -d 2020-01-01 old; busybox ls -l old; busybox ls -l /dev/null | cut -c1-43
busybox ls --full-time old; busybox ls -m f 2>&1 | head -1
busybox wc f; busybox wc f g; busybox wc -l f; busybox wc -l < f; busybox wc < f; busybox wc -lc f g; busybox wc nope; echo $?
busybox df / | head -1; busybox df -h / | head -1; busybox df -T / | head -1; busybox df -P / | head -1; busybox df nope; echo $?
mkdir m; mount -t tmpfs -o size=1m x m; busybox df m; busybox df -h m; busybox df -i m | head -1; umount m
busybox free | head -1; busybox free -m | wc -l; busybox ps -o pid,user,comm | head -1; busybox ps -o nope; echo $?
busybox ps -o pid=PROC,comm=NAME | head -2; busybox ps -x 2>&1 | head -1
for when in '2020-01-02 03:04:05' '2020-01-02' @0 2020.01.02-03:04:05 202001020304.05 tomorrow; do busybox date -d "$when"; done
busybox date -d @0 +%c; busybox date -I -d @0; busybox date -R -d @0; busybox date -D %Y%m%d -d 20200102; busybox date -r old
TZ=EST5 busybox date -d '2020-01-02 03:04'; busybox date -u -d '1999-1-2 3:4:5 +0600'; busybox date -r nope
