# host: os-release, hostname, uname, nproc, date, uptime since
grep -E '^(ID|NAME|VERSION_ID|PRETTY_NAME|VERSION_CODENAME)=' /etc/os-release
cat /etc/hostname /etc/debian_version; hostname; uname -srm; nproc; getconf _NPROCESSORS_ONLN
grep -c ^processor /proc/cpuinfo; cat /etc/issue; ls -d /etc/debian_version /etc/redhat-release
date +'%Y-%m-%d %H:%M %Z'; uptime -s | cut -c1-10; arch; cat /proc/sys/kernel/random/uuid | wc -c
lsb_release -a; echo "status $?"; readlink /bin /sbin /lib /lib64 /bin/sh
which sh bash ls nosuch; echo "status $?"; type -p python3 awk; whereis -b ls
