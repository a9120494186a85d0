# overlay: relatime, noatime, strictatime and nodiratime
mkdir -p l/d u/e w m; echo a > l/a; echo b > u/b; touch -d 2019-01-01 l/a u/b u/e l/d
o() { mount -t overlay o -o $1lowerdir=l,upperdir=u,workdir=w m; }; y() { stat -c '%n %x' "$@" | cut -d- -f1; }; o
cat m/a m/b; ls m/e m/d; y m/a m/b m/e m/d l/a u/b u/e; touch -a -d 2019-01-01 u/b u/e; umount m; o noatime,; cat m/b
ls m/e; y m/b m/e; umount m; o strictatime,; cat m/b; ls m/e; y m/b m/e; touch -a -d 2019-01-01 m/b m/e; umount m
o nodiratime,; cat m/b; ls m/e; y m/b m/e; ln -s b m/s; touch -h -d 2019-01-01 m/s; readlink m/s; cat m/s; y m/s
