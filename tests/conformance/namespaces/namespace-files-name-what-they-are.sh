# namespaces: ls -l /proc/self/ns, equality of inodes, what a zombie and a user see
ls /proc/self/ns; ls -l /proc/self/ns | awk 'NR>1 {print $1, $9, $10, $11}'
stat -Lc '%F %a %s' /proc/self/ns/uts
[ "$(stat -Lc %i /proc/$$/ns/mnt)" = "$(stat -Lc %i /proc/1/ns/mnt)" ] && echo same as init
cat /proc/self/ns/uts; echo "status $?"; echo x > /proc/self/ns/uts; echo "status $?"
readlink /proc/self/ns/nosuch; echo "status $?"
su user -c 'readlink /proc/self/ns/uts /proc/1/ns/uts; echo "status $?"'
[ /proc/$$/ns/uts -ef /proc/self/ns/uts ] && echo same file; readlink /proc/thread-self/ns/net
