# proc: names and forms of the general files of /proc
cut -d: -f1 /proc/meminfo | head -5; wc -w < /proc/loadavg; wc -w < /proc/uptime
cut -d' ' -f1 /proc/stat | sort | tr '\n' ' '; echo; cut -d' ' -f1-3 /proc/version
grep -c ^processor /proc/cpuinfo; cat /proc/filesystems | grep -v nodev
grep -E 'tmpfs|overlay|proc$|cgroup' /proc/filesystems
cat /proc/sys/kernel/{ostype,osrelease,pid_max,hostname}
readlink /proc/self/ns/uts /proc/mounts /proc/net; cat /proc/swaps; cat /proc/cgroups | head -1
cat /proc/nosuch; rm /proc/version; touch /proc/x; mkdir /proc/d
echo 1 > /proc/version; echo "status $?"; chmod 777 /proc/version; echo x > /proc/sys/kernel/ostype
echo 1 > /proc/sys/kernel/nosuch
