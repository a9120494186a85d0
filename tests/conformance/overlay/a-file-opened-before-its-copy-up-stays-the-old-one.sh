# overlay: a descriptor opened for reading keeps reading the lower file after somebody wrote
mkdir l u w m; echo old > l/a; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
exec 3< m/a 4< m/a; echo new > m/a; cat <&3; cat m/a; cat l/a
stat -Lc '%s %n' /proc/self/fd/4 m/a; readlink /proc/self/fd/4
echo more >> m/a; cat <&4; exec 5< m/a; echo again >> m/a; cat <&5
[ m/a -ef /proc/self/fd/4 ] && echo same; exec 3<&- 4<&- 5<&-; umount m; echo "status $?"
