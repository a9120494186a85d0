# overlay: files made in upper and in lower behind its back; merged shows them; upper on tmpfs
mkdir l m t; mount -t tmpfs t t; mkdir t/u t/w; echo low > l/a
mount -t overlay overlay -o lowerdir=l,upperdir=t/u,workdir=t/w m
echo new > t/u/added; cat m/added; cat m/a; echo up > m/a; echo low2 > l/a; cat m/a l/a
df m | awk 'NR==2 {print $1, $NF}'; df --output=fstype m | tail -1; stat -fc %T m
umount t; echo "status $?"; umount m t; echo "status $?"; cat l/a
