# overlay: what du, df, stat and find say of merged directories and of what is mounted below
mkdir l u w m; head -c 10000 /dev/zero > l/a; mkdir l/d; touch l/d/x
mount -t overlay layers -o lowerdir=l,upperdir=u,workdir=w m
du -a m | sort -k2; du -b m/a; du -sh m; echo more >> m/a; du -a u | sort -k2; du --apparent-size m/a
df m | awk '{print $1, $NF}'; df -T m | awk '{print $2}'; df --output=source,fstype,target m
stat -f -c '%T %t %l' m; stat -c '%n %F %o %m' m m/a; stat -c %h m m/d
mkdir m/d/t; mount -t tmpfs none m/d/t; touch m/d/t/y
find m -xdev | sort; find m -fstype overlay | sort; find m -fstype tmpfs | sort; find m -printf '%F %p\n' | sort
du -x m | sort -k2; rm -r --one-file-system m/d; echo $?; umount m/d/t; rm -r m/d; ls -l --time-style=+ u | tail -n +2
