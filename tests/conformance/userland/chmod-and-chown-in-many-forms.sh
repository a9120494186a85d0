# userland: chmod, chown, chgrp - many forms of modes and owners
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
mkdir d; touch f d/x; ln -s f l; umask 022
m() { t chmod "$@"; stat -c '%a %n' f d d/x; }
chmod 644 f
for a in 755 0644 4755 u+x g-r o=w a=rx +x -w u=rwx,go= u+s g+s +t o+t u=g g=u o+u a+X u-X 7 00755 10000 8 abc u+z ug+rw,o= u+ = + +r=w u+r-w g=o- o-rwx =r a-rwx,u+rw u=rw,u+X -x +xr -r,+w 'u+x,' ',u+x' '' a+st +s -s 02755 u=s go+t; do m $a f; done
m -v 600 f; m -c 600 f; m -c 644 f; m -v u+x f nosuch
m -R 755 d; m -R -v 700 d; m --reference=d f; m --reference=nosuch f; m -f 755 nosuch; m 755 nosuch; m 755; m; m -R a-x d
m --preserve-root -R 755 /
m 644 l; t stat -c %a l; t chmod -h 644 l; m +x l nosuch
m -w f; m -rwx f; m -- -r f; m --nosuch f
m 2755 d; m 755 d; m 00755 d; m u-s,g-s d; m =755 f; m +4000 f; m -4000 f; m u=4 f
m g+s d; m 0 d; su user -c 'chmod 644 /root' ; su user -c 'chmod 777 /tmp'
umask 077; m +rwx f; m =rw f; m a=rw f; m +w f
t chown root f; t chown user:user f; t chown :root f; t chown user: f; t chown user. f; t chown 1:2 f; t stat -c '%u:%g' f; t chown --from=1:2 0:0 f; t stat -c '%u:%g' f; t chown --from=user 5 f;t chown --from=:root :7 f; t stat -c '%u:%g' f; t chown --from=x 1 f; t chown nosuch f; t chown user:nosuch f; t chown :nosuch f; t chown user; t chown; t chown -v user f; t chown -c user f; t chown -c root f; t chown -v 3:4 f nosuch; t chown -h user l; t stat -c '%U' l f; t chown -R user d; t chown -Rv root d; t chown --reference=l f; t chown --reference=nosuch f; t chown -f nosuch f; t chown -f user nosuch; t chown '' f; t chown : f; t chown -RH user l; t chown -R --dereference -P user l; t chown -R -h -L user l; t chown --preserve-root -R user /; t chown 4294967296 f; t chown -1 f; t chown +1 f; t chown root:root: f; t chown -v : f; t chown -v '' f
t chgrp user f; t chgrp nosuch f; t chgrp 5 f; t chgrp -v user f; t chgrp -c root f; t chgrp; t chgrp user; t chgrp '' f; t chgrp user: f; t chgrp -R user d; t chgrp --reference=l f; t chgrp -v user nosuch; su user -c 'chgrp root /tmp; chown user /etc/passwd'
