# overlay: names of one file under an index, over remounts and without it
mkdir -p l/d u w m; echo x > l/a; ln l/a l/b; ln l/a l/d/c
o() { mount -t overlay o -o index=on,lowerdir=l,upperdir=u,workdir=w m; }; o; echo y >> m/a; cat m/b m/d/c; umount m; o
stat -c '%n %h' m/a m/b m/d/c; find m -samefile m/a | sort; rm m/b; echo z >> m/d/c; cat m/a
stat -c '%n %h' m/a m/d/c u/a; umount m; o; stat -c '%h' m/a; mv m/a m/q; ln m/q m/r; stat -c %h m/q; umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; stat -c '%n %h' m/*; cat m/d/c; umount m; o; echo $?; ls m
rm m/q m/r m/d/c; ls w/index | wc -l; umount m; o; ls m
