# overlay: what an open file is copied up for once is not given its name again when another mount has removed that
mkdir l1 l2 l3 u w m; echo one > l2/d; ln l2/d l2/e
mount -t overlay overlay -o lowerdir=l1:l2,upperdir=u,workdir=w,index=on m
exec 3>> m/d
mv m/d m/c; ls u; stat -c %h m/c m/e
mount -t overlay overlay -o lowerdir=l3,upperdir=u,workdir=w m
rm m/c; ls m u
echo two >&3; chmod 600 /proc/self/fd/3; ls -l u | cut -c 1-10; stat -L -c %h /proc/self/fd/3
umount m; ls m; cat m/e; stat -c %h m/e; ls u
