# proc: /proc/PID/io: bytes from and to the disk
cd /root; dd if=/dev/zero of=f bs=1M count=2 conv=fsync 2> /dev/null; dd if=f of=/dev/null bs=64k iflag=direct 2> /dev/null
show() { bash -c '"$@" 2> /dev/null; grep -E "^(read|write|cancelled)" /proc/$$/io' x "$@"; }
show dd if=f of=/dev/null bs=1M; show dd if=f of=/dev/null bs=64k count=3 iflag=direct; show dd if=/dev/zero of=g bs=64k count=3 oflag=direct; show dd if=/dev/zero of=g bs=64k count=3
show sh -c "dd if=/dev/zero of=h bs=64k count=3; rm h"; show dd if=/dev/zero of=g bs=4k count=3 conv=notrunc; sync; show dd if=/dev/zero of=g bs=4k count=3 conv=notrunc
