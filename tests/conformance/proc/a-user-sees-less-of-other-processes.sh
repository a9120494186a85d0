# proc: what uid 1000 may read in /proc of root's processes
# user: 1
cat /proc/1/comm; readlink /proc/1/exe; echo "status $?"; ls /proc/1/fd; cat /proc/1/environ
readlink /proc/1/ns/mnt; echo "status $?"; readlink /proc/1/cwd; cat /proc/1/io
wc -l < /proc/1/status > /dev/null; echo $?; kill -0 1; pkill -x init; echo "status $?"
ls -l /proc/1/ns 2>&1 | head -2; ls -ld /proc/self | cut -c1-10; stat -c %U /proc/self /proc/1
nsenter -t 1 -m; ps -o user= -p 1; cat /proc/self/loginuid; echo; cat /proc/kcore
cat /proc/sys/kernel/pid_max
