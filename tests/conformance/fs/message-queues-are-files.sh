# fs: mqueue: queues made by touch, what they say, what is refused, one set for each ipc namespace
cd /dev/mqueue; ls -ld . | cut -c1-24; touch q; echo $?; ls -l q | cut -c1-26; stat -c '%s %b %B %h %a %F %o' q .; cat q; cat q | od -c | tail -n2; echo x > q; echo $?; : > q; echo $?; cat q
mkdir d; echo $?; ln q r; echo $?; ln -s q s; echo $?; mv q r; echo $?; mknod f p; echo $?; touch a b; ls; ls -f; rm q; ls; cp /etc/passwd p; echo $?; ls -l | cut -c1-12
chmod 600 a; chown user a; stat -c '%a %U' a; head -c 3 b; echo; stat -f -c '%T %t %l %s %b' .; df . | tail -n1
su user -s /bin/sh -c 'touch u; ls -l u | cut -c1-24; rm a; cat a; rm b'; ls
unshare -i sh -c 'ls /dev/mqueue; mkdir /tmp/m; mount -t mqueue none /tmp/m; ls /tmp/m; touch /tmp/m/x; ls /tmp/m; grep /tmp/m /proc/mounts; umount /tmp/m'; ls
mkdir /tmp/m2; mount -t mqueue x /tmp/m2; ls /tmp/m2; rm /tmp/m2/b; umount /tmp/m2; ls
sysctl fs.mqueue; echo 2 > /proc/sys/fs/mqueue/queues_max; touch z1 z2; echo $?; rm z1 z2; su user -s /bin/sh -c 'touch v; echo $?'; ulimit -q; (ulimit -q 1000; touch t; echo $?)
echo 5 > /proc/sys/fs/mqueue/msg_default; cat /proc/sys/fs/mqueue/msg_default; echo 0 > /proc/sys/fs/mqueue/msg_max; echo $?; unshare -i sysctl fs.mqueue.msg_default fs.mqueue.queues_max; mount -t mqueue -o foo x /tmp/m2; echo $?
rm *; for i in 1 2 3 4 5 6 7 8 9 10 11; do touch w$i || break; done; ls | wc -l; grep mqueue /proc/filesystems /proc/mounts
