# overlay: an upper layer mounted on another version of the lower one, without and with an index
mkdir v1 v2 u w m; echo 1 > v1/ver; echo a > v1/a; echo 2 > v2/ver; echo b > v2/b; o() { mount -t overlay o -o upperdir=u,workdir=w,$1 m; }
o lowerdir=v1; echo mine > m/mine; rm m/a; umount m; o lowerdir=v2; cat m/ver m/mine; ls m; echo edit >> m/ver; umount m
o lowerdir=v1; cat m/ver; ls m; umount m; mount -t overlay o -o lowerdir=u:v2:v1 m; ls m; umount m
o lowerdir=v2:v1; rm m/b; ls m; umount m; o lowerdir=v2,index=on; echo "status $?"; umount m; o lowerdir=v1,index=on
o lowerdir=v1; echo "status $?"; ls w; umount m; rm -rf w; mkdir w; o lowerdir=v1,index=on; setfattr -x trusted.overlay.origin u
o lowerdir=v1,index=on; echo "status $?"; ls w
