# overlay: volatile makes work/incompat/volatile, which must go before the layer is mounted again
mkdir l u w m; touch l/a; v() { mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w$1 m
echo "status $?"; }
v ,volatile; findmnt -no OPTIONS m; find w -printf '%d %f %m\n' | sort; touch m/x; sync m/x; umount m; find w -printf '%d %f %m\n' | sort; v
v ,volatile; dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'; (cd w/work; rm -r incompat); v; findmnt -no OPTIONS m
find w -printf '%d %f %m\n' | sort; umount m
mount -t overlay overlay -o volatile,lowerdir=l:u m; echo "status $?"; findmnt -no OPTIONS m
dmesg | grep overlayfs | tail -1 | sed 's/^\[[^]]*\] //'
