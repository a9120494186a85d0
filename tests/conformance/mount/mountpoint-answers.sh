# mount: mountpoint of mounts, directories, files, links, missing paths, devices; -q, -d, -x, --nofollow
mkdir d e; touch f; ln -s d l; ln -s / r; mount -t tmpfs x d
for i in / d e f l r nosuch d/. /proc /dev/null; do mountpoint $i; echo "status $?"; done; mountpoint -q d
echo "status $?"; mountpoint -q nosuch; echo "status $?"; mountpoint -d /proc | grep -c :
mountpoint -x /dev/vda; mountpoint -x d; echo "status $?"; mountpoint -x /dev/null; echo "status $?"
mountpoint --nofollow l; echo "status $?"; mountpoint a b; echo "status $?"; mountpoint; echo "status $?"
mount --bind f f; mountpoint f; mount --bind e e; mountpoint e; mountpoint -qd e > /dev/null
echo "status $?"
