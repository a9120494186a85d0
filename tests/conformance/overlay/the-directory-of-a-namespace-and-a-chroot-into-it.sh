# overlay: binds of a part of it, other mount namespaces, mounts on it, open files of it
mkdir -p l/sub u w m b; touch l/a l/sub/s; o() { mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; }; o
mount --bind m/sub b; touch b/x; ls m/sub u/sub; mount -o remount,bind,ro b; touch b/y; touch m/sub/y; ls b; umount b
unshare -m sh -c 'umount m; ls m | wc -l'; ls m | wc -l; cd m; umount /root/m; umount -l /root/m; ls; cd /root; ls m; o
mount -t tmpfs t m/sub; touch m/sub/t; ls u/sub l/sub; umount -R m; mount -t tmpfs t l/sub; touch l/sub/hid; o; ls m/sub
umount m l/sub; o; exec 3<m/a; readlink /proc/self/fd/3; rm m/a; readlink /proc/self/fd/3; umount m; exec 3<&-; umount m; echo $?
