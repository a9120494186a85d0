# fs: RLIMIT_NOFILE and fs.file-max: descriptors, programs that can open no library, who may exceed them
ulimit -n; ulimit -Hn; cat /proc/sys/fs/nr_open; (ulimit -n 1048577; echo $?); (ulimit -Hn 2000000; echo $?)
(ulimit -n 6; exec 3</dev/null 4</dev/null; echo $?; exec 5</dev/null; echo $?; exec 6</dev/null; echo $?; cat /etc/hostname; echo hi | cat)
(ulimit -n 3; cat /etc/hostname; echo $?); (ulimit -n 0; echo x; ls)
su user -c 'ulimit -n 2000000; ulimit -n 100; ulimit -n; ulimit -Hn; ulimit -n 200; ulimit -Sn 50; ulimit -n'
cut -f2,3 /proc/sys/fs/file-nr; echo 1 > /proc/sys/fs/file-max; cut -f2,3 /proc/sys/fs/file-nr; cat /etc/hostname; echo $?
su user -s /bin/sh -c 'cat /etc/hostname'; echo $?; echo 199655 > /proc/sys/fs/file-max
python3 -c 'import os
n = 0
try:
    while n < 9999:
        os.open("/dev/null", 0)
        n = n + 1
except OSError as e:
    print(n, e)'
