# userland: df of the mounted file systems, -h -T -i --output; du of a small tree
mkdir m; mount -t tmpfs -o size=1M small m; df m; df -h m; df -T m
df -i m | awk '{print $1,$3,$NF}'; df --output=source,fstype,target m /proc /; df -h m m | wc -l
head -c 300K /dev/zero > m/f; df -h m; df nosuch; echo "status $?"; df -z; du m/f; du -h m; du -sh m
du -s m nosuch; echo "status $?"; du -a m; du -sb m; mkdir m/d; head -c 5000 /dev/zero > m/d/g; du m
du -h --max-depth=0 m; du -c m | tail -1; head -c 2M /dev/zero > m/big; echo "status $?"
ls -l m/big | cut -d' ' -f5; df -h m | tail -1; umount m
