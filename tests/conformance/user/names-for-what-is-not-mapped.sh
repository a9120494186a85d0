# user: ids without a mapping read 65534; a file of such an owner cannot be given away
mkdir d; touch d/root d/user; chown user:user d/user; chmod 777 d
chmod 755 /root
su user -c 'unshare -Ur sh -c "ls -ln d; ls -l d; chown 0 d/user; echo \$?; chown 0 d/root; chown 1 d/user; chgrp 5 d/user; touch d/new; ls -ln d/new; cat d/root; rm -f d/root; chmod 600 d/root; stat -c %u:%g / /etc/passwd"'
ls -ln d
cat /proc/sys/kernel/overflowuid /proc/sys/kernel/overflowgid
unshare -U id; unshare -U sh -c 'ls -ldn /; touch /root/x'; su user -c 'unshare -U touch x; unshare -U ls -ln d/user'
