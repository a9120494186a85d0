# proc: position and flags of what a shell opens, in /proc/PID/fdinfo
exec 3</etc/passwd 4>o 5>>o 6<>o 7</ 8<<<x 9</dev/null; cd /proc/self/fdinfo
for i in 3 4 5 6 7 8 9; do echo $i; grep -v "^ino\|mnt_id" $i; done
read -n 3 -u 3; grep pos 3; echo abc >&5; grep pos 5; head -c 2 <&8; grep pos 8
mkfifo /tmp/ff; exec 3<>/tmp/ff; grep -v "^ino\|mnt" 3; exec 4</dev/ptmx; grep -v "^ino\|mnt" 4
true | grep -v ino /proc/self/fdinfo/0; cat 99; stat -c '%s %A' 3; ls -ld /proc/self/fdinfo /proc/self/fd | cut -c1-10
su user -s /bin/sh -c "cat /proc/$$/fdinfo/0; ls /proc/$$/fdinfo"
