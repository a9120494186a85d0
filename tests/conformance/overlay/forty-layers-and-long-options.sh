# overlay: many layers, and options longer than a page
for i in $(seq 1 40); do mkdir -p ll/$i; echo $i > ll/$i/f$i; echo $i > ll/$i/same; done; mkdir u w m
L=$(seq -s: -f 'll/%g' 1 40); mount -t overlay o -o lowerdir=$L,upperdir=u,workdir=w m; ls m | wc -l; cat m/same m/f40
rm m/same m/f7; ls m | wc -l; ls -A u; grep ' /root/m ' /proc/mounts | wc -c; umount m; mkdir -p $(printf 'd%.0s' $(seq 200))
D=$(printf 'd%.0s' $(seq 200)); mount -t overlay o -o lowerdir=$(seq -s: -f "$D" 1 25) m; echo $?
dmesg | tail -1 | sed 's/.*\] //' | cut -c1-60; for i in $(seq 1 20); do mkdir -p $D$i; done
mount -t overlay o -o lowerdir=$(seq -s: -f "$D%g" 1 19) m; echo $?
mount -t overlay o -o lowerdir=$(seq -s: -f "/root/$D%g" 1 20) m; echo $?; dmesg | tail -1 | sed 's/.*\] //' | cut -c1-60
