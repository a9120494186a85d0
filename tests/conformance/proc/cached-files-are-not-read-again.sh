# proc: read_bytes after drop_caches and after that
cd /root; dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null; cat f > /dev/null
read_bytes() { bash -c 'cat "$@" > /dev/null; awk "/^read_bytes/ { print int(\$2 / 1048576) }" /proc/$$/io' x "$@"; }
read_bytes f; echo 1 > /proc/sys/vm/drop_caches; cat /dev/null; read_bytes f; read_bytes f; head -c 2M f > g; sync; echo 3 > /proc/sys/vm/drop_caches; head -c 1M f > /dev/null; read_bytes f
