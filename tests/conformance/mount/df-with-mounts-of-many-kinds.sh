# mount: df of a bind mount, a hidden mount, a mount over a mount, files, -a, --output=target, no file systems
mkdir a b c; mount -t tmpfs -o size=1m t a; mount --bind a b; mkdir a/s; mount --bind a/s c
df a b c a/s | awk '{print $1, $6}'; df -a | grep -c /root; df | grep -c /root
mount -t tmpfs -o size=2m u a; df a | awk 'NR>1 {print $1, $2, $6}'; df b | awk 'NR>1 {print $1, $2, $6}'
df t | awk 'NR>1'; df -t ramfs; echo "status $?"; df -t tmpfs --output=target a b; df nosuch
echo "status $?"; df -l a | tail -1 | awk '{print $2}'; df /proc /sys | awk '{print $1,$2,$5,$6}'
df -B1 a | tail -1; df --total a b | tail -1; stat -f -c '%T %s %b' a b; df -P a | head -1
df -h a | tail -1; df -iT a | tail -1 | awk '{print $2,$4}'
