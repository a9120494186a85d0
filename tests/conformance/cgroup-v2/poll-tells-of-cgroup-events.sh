# cgroup-v2: cgroup.events and poll(2): POLLPRI and POLLERR until it is read again
cd /sys/fs/cgroup; mkdir x
cat > /root/p.py << 'P'
import select, os
f = open('/sys/fs/cgroup/x/cgroup.events')
print(f.read().split())
p = select.poll()
p.register(f, select.POLLPRI)
os.system('bash -c "echo \\$\\$ > /sys/fs/cgroup/x/cgroup.procs; exec sleep 1" &')
for i in range(2):
    print([events for fd, events in p.poll(9000)], len(p.poll(0)))
    f.seek(0)
    print(f.read().split(), p.poll(0))
os.system('echo 1 > /sys/fs/cgroup/x/cgroup.freeze')
print([events for fd, events in p.poll(9000)])
f.seek(0)
print(f.read().split(), p.poll(50))
P
python3 /root/p.py
