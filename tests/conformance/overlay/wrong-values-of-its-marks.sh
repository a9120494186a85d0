# overlay: redirects, impure, metacopy and origin marks with values that mean nothing
mkdir -p l/d u/d l/x u w m; touch l/d/a l/x/b
o() { mount -t overlay o -o redirect_dir=on,metacopy=on,lowerdir=l,upperdir=u,workdir=w m; }
for v in x /x //x x/y /x/ '' /nope nope .. . /d; do setfattr -n trusted.overlay.redirect -v "$v" u/d; o
echo "$v: $(ls m/d 2>&1)"; umount m; done
setfattr -x trusted.overlay.redirect u/d; for v in x '' y 0; do setfattr -n trusted.overlay.impure -v "$v" u/d; o; ls m/d
umount m; getfattr -d -m impure u/d; done; touch u/f l/f; for v in '' x; do setfattr -n trusted.overlay.metacopy -v "$v" u/f
o; cat m/f; echo $?; umount m; done; rm l/f; o; cat m/f; ls m; umount m; setfattr -n trusted.overlay.metacopy -v x u/d; o
ls m/d; umount m; setfattr -n trusted.overlay.origin -v junk u/d; o; ls -d m/d; umount m
dmesg | sed -n 's/.*] overlayfs: //p' | sort | uniq -c
