# fs: setgid directories give their group and bit to what is made in them
chmod 755 .
mkdir d; chgrp 50 d; chmod 2775 d; touch d/f; mkdir d/e; mkfifo d/p; ln -s x d/l; stat -c '%a %g %n' d/*; mkdir -m 700 d/g; stat -c '%a %g' d/g; chmod 755 d/g; stat -c %a d/g; chmod 0755 d/g; stat -c %a d/g; chmod 00755 d/g; stat -c %a d/g; chmod g-s d/e; stat -c %a d/e; chmod 777 d
setpriv --reuid 1000 --regid 1000 --groups 60 bash -c 'cd d; touch u; mkdir v; stat -c "%a %u %g" u v; chmod g+s u; stat -c %a u; chgrp 60 u; chmod g+s u; stat -c %a u; chgrp 50 u; chgrp 61 u; touch w; chmod 2755 w; stat -c %a w; mkdir x; chmod 2777 x; stat -c %a x; cp -p u y; stat -c "%a %g" y; install -m 2755 /etc/hostname z; stat -c "%a %g" z'
cp -r d c; stat -c '%a %g' c c/e; cp -a d b; stat -c '%a %g' b b/e; umask 077; touch d/k; mkdir d/m; stat -c '%a %g' d/k d/m; mv d/k .; stat -c %g k; touch o; mv o d; stat -c %g d/o
