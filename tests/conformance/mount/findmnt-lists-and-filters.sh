# mount: findmnt with a target, -t, -o, -n, -l, -S, -T, --raw and its statuses
mkdir -p m; mount -t tmpfs -o size=1M mine m; mkdir m/n; mount -t tmpfs other m/n
findmnt m; findmnt -n m; findmnt -o TARGET,FSTYPE,SOURCE m; findmnt -S mine; findmnt -t proc
findmnt -no TARGET -T m/n/; findmnt -R m; findmnt -l -R -o TARGET m
findmnt nosuch; echo "status $?"; findmnt -o NOSUCH; echo "status $?"; findmnt -no SOURCE,FSTYPE /
findmnt --raw -o TARGET,SOURCE m; findmnt -Q m; findmnt -P -o TARGET,OPTIONS m/n
findmnt -M m/n -no SOURCE; findmnt -D m | tail -1
