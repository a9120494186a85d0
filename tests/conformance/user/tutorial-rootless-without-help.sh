# user: a user who makes a container without root: what works, and what the kernel refuses
# user: 1
cat /proc/sys/user/max_user_namespaces | grep -qx 0 || echo allowed; id -u; unshare -m true; unshare -U id; unshare -Ur id; unshare -Ur cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups
mkdir -p r/{bin,proc,tmp,dev}; cp /bin/busybox r/bin; for a in sh ls cat ps id hostname mount touch chown mknod; do ln -s busybox r/bin/$a; done
unshare -Urmpf --mount-proc=r/proc chroot r /bin/sh -c 'id; echo $$; ps -o pid,user,args; touch /tmp/f; ls -ln /tmp/f | cat; chown 1 /tmp/f; mknod /dev/null c 1 3; mount -t tmpfs t /tmp && touch /tmp/g; ls /tmp; hostname box; cat /proc/self/uid_map'
ls -ln r/tmp/f | cut -d' ' -f3,4; unshare -Urm sh -c 'mount -t sysfs s /mnt; mount -t proc p /mnt; mount --bind /etc /mnt && ls /mnt/passwd; mount -o remount,rw /; umount /proc; echo $?'; unshare -Urmu sh -c 'hostname box; hostname; mount -t overlay o -o lowerdir=/etc,upperdir=/tmp,workdir=/var/tmp /mnt; echo $?'
mkdir l u w m; echo low > l/f; unshare -Urm sh -c 'mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m && echo new > m/f && rm m/f; ls -l u | sed 1d | cut -c1'; unshare -Ur --map-users 0,1000,2 id; unshare -U --map-user=7 id -u; unshare -U --map-current-user id -un
unshare -Ur unshare -Ur id -u; unshare -Ur sh -c 'setpriv --reuid 5 id -u; kill -0 1; nice -n -5 true; ulimit -c unlimited; echo 1 > /proc/sys/kernel/panic'
