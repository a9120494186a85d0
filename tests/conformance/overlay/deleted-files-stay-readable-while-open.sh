# overlay: unlinked lower and upper files through an open descriptor; link count; writing on
mkdir l u w m; echo low > l/a; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; exec 3< m/a
rm m/a
cat <&3; readlink /proc/self/fd/3; stat -Lc '%h %s' /dev/fd/3; exec 4<> m/b; echo up >&4; rm m/b
cat /dev/fd/4
stat -Lc '%h' /dev/fd/4; readlink /proc/self/fd/4; ls -A u; echo new > m/a; cat /dev/fd/3 m/a
exec 3<&- 4>&-
ls -A u; umount m; echo "status $?"
