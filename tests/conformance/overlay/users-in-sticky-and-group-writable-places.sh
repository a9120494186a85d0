# overlay: what an ordinary user may do to lower files
chmod 755 /root; mkdir -p l/t l/p u w m; chmod 1777 l/t; chmod 700 l/p; echo x > l/t/r; chown user l/t/r; echo y > l/t/q; chmod 666 l/t/q
echo z > l/secret; chmod 600 l/secret; echo w > l/gw; chmod 664 l/gw; chgrp user l/gw; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
u() { su user -c "cd /root/m; $1"; }
u 'rm t/q'; u 'rm t/r; ls t'; u 'echo 1 > t/q'; u 'echo 1 >> t/q; cat t/q'; u 'touch new'; u 'cat secret'; u 'ls p'; u 'echo g >> gw; cat gw'
u 'ln t/q t/hl'; u 'ln gw t/hl; stat -c %h gw'; u 'mv gw t/'; u 'chmod 777 gw'; u 'chown user gw'; u 'mkdir t/d; chmod 700 t/d'
stat -c '%U %a' u/t/d u/t u/gw; u 'setfattr -n user.z -v 1 t/q; setfattr -n user.z -v 1 t/d; getfattr -d t/d'; u 'mknod t/x c 0 0; mknod t/y c 1 3; mkfifo t/f; ls t'
