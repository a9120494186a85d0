# mount: -o bind,ro and --bind -o nosuid; strace shows a mount and a remount
t() { grep -v ^+++ | sed 's/0x[0-9a-f]*/PTR/'; }
mkdir a b; mount --bind -o ro a b; findmnt -no VFS-OPTIONS b; touch b/x; umount b
strace -e trace=mount mount -o bind,nosuid,noexec a b 2>&1 | t
findmnt -no VFS-OPTIONS b; umount b; strace -e trace=mount mount --rbind -o ro a b 2>&1 | t
umount b; strace -e trace=mount,umount2 mount --make-rshared --bind a b 2>&1 | t
strace -e trace=umount2 umount b 2>&1 | t
strace -e trace=mount mount -t tmpfs -o size=1m,ro,noatime t b 2>&1 | t
strace -e trace=mount mount -o remount,rw b 2>&1 | t
strace -e trace=umount2 umount -lf b 2>&1 | t
