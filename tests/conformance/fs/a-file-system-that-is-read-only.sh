# fs: EROFS for every change and none for reading
mkdir m; mount -t tmpfs t m; cd m; echo x > f; ln -s f l; mkdir d; mkfifo p; cd ..; mount -o remount,ro m; cd m
cat f l; echo y > f; echo y >> f; touch f; touch n; rm f; rm n; rm -f n; mkdir n; mkdir d; rmdir d; mv f g; mv n g; ln f g; ln -s f g; ln -s f l; chmod 600 f; chmod 600 n; chown 1 f; truncate -s 0 f; mkfifo q; mknod z c 1 3; setfattr -n user.a -v 1 f; setfattr -n trusted.a -v 1 f; : <> f; echo $?; exec 3<f; cat <&3; touch -c n; touch -c f; cp f n; dd if=f of=f conv=notrunc; test -w f; echo $?; test -w d; echo $?; [ -w p ]; echo $?
(echo fifo > p) & cat p; wait; tee n </dev/null; set -C; echo > f; echo > n; mv d/../f h; fallocate -l 1 f
cd ..; mount -o remount,rw m; touch m/n; ls m
