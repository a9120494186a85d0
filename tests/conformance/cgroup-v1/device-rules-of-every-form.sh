# cgroup-v1: devices.allow and devices.deny: each form, right and wrong
# cgroup: v1
cd /sys/fs/cgroup/devices; mkdir x; cat x/devices.list; try() { echo "$2" > x/devices.$1; echo "$1 '$2' $? $(cat x/devices.list | tr '\n' ';')"; }
try deny a; for v in 'c 1:3 rwm' 'c 1:3' 'c 1:* r' 'b *:* m' 'c *:* m' 'c 1:5 rwx' 'c 1:5 ' 'd 1:5 r' 'c 1 r' 'c 1:5 rw'; do try allow "$v"; done
for v in 'c 1:3 w' 'c 1:3 r' 'c 1:3 m' 'c 1:* r' 'b 8:0 m'; do try deny "$v"; done
for v in 'c x:5 r' 'c 999999:5 r' 'c 5:99999999 r' 'c 1:5 mrw' '' 'c  1:7 r' 'c 1:7  r' ' c 1:7 r' 'c 1:7 rrr' 'a *:* rwm' 'c 4294967295:1 r' 'c 4294967296:1 r' b c; do try allow "$v"; done; try deny 'a 1:3 rwm'; try allow $'c 1:3 r\nc 1:5 r'
cat devices.list; ls -l x | awk '$9 ~ /devices/ { print $1, $9 }'
