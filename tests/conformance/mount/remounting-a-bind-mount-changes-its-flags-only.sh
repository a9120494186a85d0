# mount: remount,bind with ro, nosuid, noexec, nodev, noatime; back to rw; the other mount stays as it was
mkdir a b; mount -t tmpfs t a; cp /bin/true a; mknod a/null c 1 3; mount --bind a b
o() { findmnt -no VFS-OPTIONS,FS-OPTIONS $1; }
mount -o remount,bind,ro b; o a; o b; touch b/x; touch a/x; mount -o remount,bind,noexec,nodev,nosuid b; o b
b/true; echo "status $?"
echo x > b/null; echo "status $?"; touch b/y; mount -o remount,bind,rw b; o b; mount -o remount,ro b; o a
o b; touch a/z; mount -o remount,rw a; o a; o b
mount -o bind,remount,noatime,ro b; o b; mount -o remount,bind b; o b; mount -o remount,bind,nosuch b
echo "status $?"; o b
