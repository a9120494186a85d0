# cgroup-v1: cgroup.event_control and memory.usage_in_bytes, right and wrong
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir x
cat > /root/wait.py << 'P'
import os, select
x = '/sys/fs/cgroup/memory/x/'
event = os.eventfd(0, os.EFD_NONBLOCK)
usage = os.open(x + 'memory.usage_in_bytes', os.O_RDONLY)
other = os.open('/etc/passwd', os.O_RDONLY)
limit = os.open(x + 'memory.limit_in_bytes', os.O_RDONLY)
root = os.open('/sys/fs/cgroup/memory/memory.usage_in_bytes', os.O_RDONLY)
c = os.open(x + 'cgroup.event_control', os.O_WRONLY)
for line in ('%d %d 10M' % (event, usage), '%d' % event, '99 %d 5M' % usage, '%d 99 5M' % event, '%d %d x' % (event, usage),
             '%d %d 5M' % (usage, usage), '%d %d 5M' % (event, other), '%d %d 5M' % (event, limit), '%d %d 5M' % (event, root), ''):
    try:
        print(line.split()[2:], os.write(c, line.encode()) == len(line))
    except OSError as e:
        print(line.split()[2:], e.errno, e.strerror)
try:
    os.eventfd_read(event)
except BlockingIOError as e:
    print(e)
os.mkdir('/root/ready')
p = select.poll()
p.register(event, select.POLLIN)
print('told', len(p.poll(20000)), os.eventfd_read(event))
print('and again', len(p.poll(20000)), os.eventfd_read(event))
P
python3 /root/wait.py > /root/out & until [ -d /root/ready ]; do sleep .1; done
( echo $BASHPID > x/cgroup.procs; exec stress --vm 1 --vm-bytes 20M --vm-keep -t 3 > /dev/null ); wait; cat /root/out
