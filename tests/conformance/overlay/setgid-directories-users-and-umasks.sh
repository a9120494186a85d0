# overlay: new files in a setgid directory of a lower layer
chmod 755 /root; mkdir -p l/g u w m; chgrp user l/g; chmod 2775 l/g; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
touch m/g/a; mkdir m/g/b; stat -c '%n %a %G' m/g m/g/a m/g/b u/g u/g/b
su user -c 'cd /root/m/g; umask 002; touch c; mkdir d; echo x > d/e; stat -c "%n %a %U:%G" * d/e; chmod g+s c; stat -c %a c; chmod 2700 b; rm a; touch a; mkdir d/f'
rm -r m/g/b; mkdir m/g/b; stat -c '%a %G' m/g/b; touch l/g/late; ls m/g; stat -c '%U %G' u/g/*; chgrp root m/g; chmod g-s m/g
touch m/g/z; stat -c '%a %G' m/g m/g/z
