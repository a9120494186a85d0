# user: set-user-ID and set-group-ID across user namespaces, nosuid, scripts
cp /bin/id /tmp/i; cd /tmp; chmod 4755 i; su user -c './i -u; ./i -ru; unshare -U ./i -u; unshare -Ur ./i -u; setpriv --nnp ./i -u'
chown user i; chmod 4755 i; ./i -u; ./i -ru; unshare -Ur ./i -u; unshare -U ./i -u; su nobody -s /bin/sh -c ./i
chown root:tty i; chmod 2755 i; su user -c './i -g; ./i -rg; unshare -Ur ./i -g'; chmod 2745 i; su user -c './i -g'
printf '#!/bin/sh\nid -u\n' > s; chmod 4755 s; su user -c ./s; mkdir m; mount -t tmpfs -o nosuid none m; cp i m; chown root m/i; chmod 4755 m/i; su user -c 'm/i -u'; su user -c 'unshare -Urm sh -c "mount -t tmpfs none m; cp /bin/id m/j; chmod 4755 m/j; m/j -u; m/j -ru"'
chmod 6755 i; chown root i; stat -c %a i; chmod u+s i; su user -c 'cp i mine; stat -c "%a %U" mine; ./mine -u'; echo >> i; stat -c %a i
