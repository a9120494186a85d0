# host: stable parts of df, free, /proc/meminfo, lsblk
df | head -1; df -h | head -1; df -hT | head -1; df -i / | head -1; df -P / | head -1
df --output=source,fstype,target; df -h /nosuch; echo "status $?"
df -x tmpfs -x devtmpfs --output=target; df -t tmpfs --output=target; df -a | wc -l; free | head -1
free -w | head -1; free | awk '{print $1}'; free -t | tail -1 | awk '{print $1}'
free -b -m; echo "status $?" | head -1; swapon --show; cat /proc/swaps | wc -l
lsblk -no NAME,TYPE,MOUNTPOINTS; cat /proc/partitions | tail -1 | awk '{print $1, $2, $4}'
