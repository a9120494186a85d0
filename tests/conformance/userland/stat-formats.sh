# userland: stat -c with its letters, the long form, -f, -L, -t; errors
umask 022; printf hello > f; chmod 640 f; ln -s f l; mkdir d
stat -c '%n %s %a %A %U %G %u %g %h %F' f; stat -c %y f | cut -c1-16; stat -c '%N %F' l f d
stat -L -c '%n %s' l; stat -c %F /dev/null /dev/vda /tmp /proc/self
stat -c '%t %T %F' /dev/null /dev/tty
stat f | sed 's/Device.*Inode: *[0-9]* *//; s/Blocks: [0-9]*/Blocks: N/; s/\.[0-9]* +/ +/'
stat nosuch; echo "status $?"; stat; echo "status $?"; stat -c %n,%a -- f d; stat --printf='%s\n' f
stat -fc '%T' / /proc /sys /tmp /dev/shm /sys/fs/cgroup /run; stat -c %z,%w nosuch
