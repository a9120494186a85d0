# cgroup-v2: IN_MODIFY of cgroup.events and memory.events
cd /sys/fs/cgroup; mkdir x; echo 10M > x/memory.max
cat > /root/i.py << 'P'
import ctypes, os, struct
libc = ctypes.CDLL(None)
fd = libc.inotify_init()
for name in (b'memory.events', b'cgroup.events', b'pids.events', b'memory.max'):
    print(libc.inotify_add_watch(fd, b'/sys/fs/cgroup/x/' + name, 2))
os.system('cd /sys/fs/cgroup; echo 11M > x/memory.max; (bash -c "echo \\$\\$ > x/cgroup.procs; exec tail /dev/zero"; true) > /dev/null 2>&1')
os.system('cd /sys/fs/cgroup; echo 0 > x/pids.max; bash -c "echo \\$\\$ > x/cgroup.procs; (true)" > /dev/null 2>&1 & sleep 1; kill $! 2> /dev/null')
data = os.read(fd, 4096)
seen = set()
for i in range(0, len(data), 16):
    wd, mask, cookie, length = struct.unpack('iIII', data[i:i + 16])
    seen.add((wd, mask, length))
print(sorted(seen))
P
python3 /root/i.py
