# proc: files of a process without a writer refuse with another error than those at the top
for f in fdinfo/0 status stat cmdline maps wchan limits; do echo x > /proc/self/$f; echo "$f $?"; done
echo x > /proc/uptime; echo x > /proc/version; echo x > /proc/self/ns/mnt; echo x > /proc/self/task/$$/comm; cat /proc/$$/task/$$/comm; echo x > /proc/self/fdinfo/99
