# user: a shell with a set-user-ID bit drops it, unless -p
cp /bin/bash /tmp/bash; cp /bin/dash /tmp/dash; cp /bin/id /tmp/id
chmod 4755 /tmp/bash /tmp/dash /tmp/id
su user -c '/tmp/id'
su user -c '/tmp/bash -c id; /tmp/bash -p -c id'
su user -c '/tmp/dash -c id; /tmp/dash -p -c id'
su user -c "/tmp/bash -p -c 'cat /etc/shadow > /dev/null && echo read'"
su user -c "/tmp/bash -c 'cat /etc/shadow > /dev/null && echo read'"
