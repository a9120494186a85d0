# overlay: layers named by links, with dots and slashes, from another directory
mkdir real u w m 'sp ace'; echo r > real/f; ln -s real lnk; ln -s nowhere bad
t() { mount -t overlay o -o "$1" m 2>&1 | tail -1; cat m/f 2>/dev/null; grep ' /root/m ' /proc/mounts; umount m 2>/dev/null; }
t lowerdir=lnk,upperdir=u,workdir=w; t lowerdir=bad,upperdir=u,workdir=w; t lowerdir=real/.,upperdir=u/../u,workdir=./w/
t 'lowerdir=real:sp ace'; t lowerdir=real:real/; t lowerdir=real:lnk; mkdir real/m; cd real; t lowerdir=.:../u; cd ..
mkdir u/f2 w/f3; t lowerdir=real,upperdir=u,workdir=w; ls w; dmesg | sed -n 's/.*] overlayfs: //p'
