# chroot: unshare -R and -w, nsenter -r and -w
mkdir -p j/sub; cp /bin/busybox j; b=/busybox
unshare -R j $b pwd; unshare -R j -w /sub $b pwd; unshare -w j pwd; unshare -w /none true; unshare -R none true; unshare -R j -w none $b pwd; unshare -R /etc/passwd true; unshare -R j $b ls; unshare -R j; unshare -R j nosuch; echo $?
unshare -R j $b sleep 100 & p=$!; until [ "$(readlink /proc/$p/exe)" = "$PWD/j/busybox" ]; do sleep 0.1; done
nsenter -t $p -r $b ls /; nsenter -t $p -w pwd; nsenter -t $p -m -r $b ls /; nsenter -t $p -r ls; nsenter --root=j $b ls /; nsenter --wd=j ls; nsenter --wd=none ls; nsenter -r ls; nsenter -w ls; nsenter -t $p -W /tmp pwd; nsenter -t $p -W none pwd; nsenter -t $p -r -w $b pwd; ls -l /proc/$p/root /proc/$p/cwd | sed 's/.* -> //'
kill $p
