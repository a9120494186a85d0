# cgroup-v1: cgroup.event_control and memory.oom_control
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir -p x/y; echo 20M > x/memory.limit_in_bytes
cat > /root/wait.py << 'P'
import os
x = '/sys/fs/cgroup/memory/x/'
event = os.eventfd(0)
control = os.open(x + 'memory.oom_control', os.O_RDONLY)
c = os.open(x + 'cgroup.event_control', os.O_WRONLY)
os.write(c, ('%d %d' % (event, control)).encode())
os.close(c)
os.mkdir('/root/ready')
print('told', os.eventfd_read(event) > 0)
P
python3 /root/wait.py > /root/out & until [ -d /root/ready ]; do sleep .1; done
sh -c "echo \$\$ > x/cgroup.procs; tail /dev/zero; echo \$?" 2> /dev/null; wait; cat /root/out
ls -l x/cgroup.event_control | cut -c1-10; cat x/cgroup.event_control; for v in "1 2" "" a "1" "0 0 5M" "99 98"; do echo "$v" > x/cgroup.event_control; echo $?; done
