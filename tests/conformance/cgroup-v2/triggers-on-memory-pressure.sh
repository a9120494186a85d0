# cgroup-v2: memory.pressure: a trigger, polled from a script; and what is refused
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.high
cat > /root/p.py << 'P'
import os, select
fd = os.open('/sys/fs/cgroup/x/memory.pressure', os.O_RDWR | os.O_NONBLOCK)
print(os.write(fd, b'some 50000 1000000\0'))
p = select.poll()
p.register(fd, select.POLLPRI)
print(p.poll(300))
os.mkdir('/root/ready')
print([events for f, events in p.poll(20000)])
try:
    os.write(fd, b'some 150000 1000000')
except OSError as e:
    print(e.errno, e.strerror)
other = os.open('/sys/fs/cgroup/x/memory.pressure', os.O_RDWR)
for line in (b'some 0 1000000', b'all 5 1000000', b'some 5', b'some 5 499999', b'full 2000001 2000000', b'some 5 10000001', b'full 1000 500000'):
    try:
        print(os.write(other, line))
    except OSError as e:
        print(e.strerror)
P
python3 /root/p.py & until [ -d /root/ready ]; do sleep .1; done
sh -c 'echo $$ > x/cgroup.procs; exec stress --vm 1 --vm-bytes 30M --vm-keep -t 20 > /dev/null 2>&1' & wait %1; kill %2
