# overlay: new files take the group of a setgid lower directory; modes with umask; sticky holds through layers
chmod 755 .; mkdir -p l/g l/t u w m; chgrp 50 l/g; chmod 2777 l/g; chmod 1777 l/t; echo a > l/t/roots
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; touch m/g/f; mkdir m/g/d
stat -c '%g %a %n' u/g u/g/f u/g/d; umask 077; touch m/p; mkdir m/pd; stat -c '%a %n' u/p u/pd; umask 022
su user -c 'cd m; touch t/mine g/u; rm -f t/roots; mv t/roots t/x; rm t/mine; echo "status $?"; echo x > t/roots'
stat -c '%U:%g %n' m/g/u; chmod g-s m/g; touch m/g/z; stat -c %g m/g/z; chmod 6755 m/g/f; stat -c %a u/g/f
