# cgroup-v2: memory.events and epoll(7), right and wrong
cd /sys/fs/cgroup; mkdir x; echo 10M > x/memory.max
cat > /root/e.py << 'P'
import select, os
f = os.open('/sys/fs/cgroup/x/memory.events', os.O_RDONLY)
os.read(f, 200)
e = select.epoll()
e.register(f, select.EPOLLPRI)
print(e.poll(0.1))
os.system('(bash -c "echo \\$\\$ > /sys/fs/cgroup/x/cgroup.procs; exec tail /dev/zero"; true) > /dev/null 2>&1')
print([events for fd, events in e.poll(9)], len(e.poll(0)))
os.lseek(f, 0, 0)
print([line for line in os.read(f, 200).decode().splitlines() if line.startswith('oom')])
for wrong in (f, open('/etc/passwd'), 99):
    try:
        e.register(wrong)
    except OSError as x:
        print(x)
e.unregister(f)
try:
    e.unregister(f)
except FileNotFoundError as x:
    print(x.strerror)
e.close()
P
python3 /root/e.py
