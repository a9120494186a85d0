# userland: stat %Y of early times, names of file systems
touch -d 1960-01-01 o; stat -c '%y %Y %.2Y %10Y' o; touch -d @-0.5 o; stat -c '%Y %.Y %.2Y %.9Y %.1Y' o; touch -d '1969-12-31 23:59:58.25' o; stat -c '%Y %.3Y' o; touch -d @1.75 o; stat -c '%Y %.1Y|%8.1Y|%-8.1Y|%08.1Y' o
mkdir m; for t in tmpfs ramfs proc sysfs devpts mqueue cgroup2 tracefs debugfs bpf fusectl configfs; do mount -t $t none m 2>/dev/null && { stat -f -c "$t %T %t %l" m; umount m; }; done
stat - < o | head -1; stat - <&-; echo $?; stat -f -; echo $?; stat -f nosuch; echo $?; stat -c '%F %t,%T' /dev/null /dev/zero; stat --cached=x o; echo $?
