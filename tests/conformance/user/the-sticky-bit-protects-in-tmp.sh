# user: deleting and renaming others' files in a sticky directory; setgid directories pass the group on
touch /tmp/roots; chmod 666 /tmp/roots; mkdir /tmp/g; chgrp user /tmp/g; chmod 2777 /tmp/g
touch /tmp/g/r; mkdir /tmp/g/sub; stat -c '%G %a %n' /tmp/g/r /tmp/g/sub
su user -c 'cd /tmp; rm roots; rm -f roots; mv roots x; touch mine; rm mine; touch g/u; rm g/r; ls g; ls -ld /tmp | cut -c1-10'
chmod -t /tmp; su user -c 'cd /tmp; rm roots; ls'; chmod 1777 /tmp; mkdir /tmp/own
chown user /tmp/own; touch /tmp/own/roots
su user -c 'rm /tmp/own/roots; ls /tmp/own; cp /bin/id /tmp/own'; chmod 4755 /tmp/own/id
su user -c '/tmp/own/id -u; chmod 4755 /tmp/own/id; /tmp/own/id -u'; chown root /tmp/own/id
stat -c %a /tmp/own/id; chmod 4755 /tmp/own/id; su user -c '/tmp/own/id -u; /tmp/own/id'
mount -t tmpfs -o nosuid t /mnt; cp -p /tmp/own/id /mnt; stat -c %a /mnt/id; su user -c '/mnt/id -u'
