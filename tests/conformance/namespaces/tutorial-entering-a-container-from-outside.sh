# namespaces: a process in namespaces of its own, found from outside and entered one namespace at a time
unshare -m -u -i -p -f --mount-proc --propagation private sh -c 'hostname inner; mount -t tmpfs secret /mnt; echo hello > /mnt/note; echo > up; sleep 1000 & wait' & until [ -e up ]; do sleep 0.1; done
p=$(pgrep -x sleep -n); grep -E '^NSpid' /proc/$p/status | awk '{ print NF, $NF }'; for n in cgroup ipc mnt net pid user uts; do [ "$(readlink /proc/$p/ns/$n)" = "$(readlink /proc/$$/ns/$n)" ] && echo "$n same" || echo "$n its own"; done
ls /mnt; cat /proc/$p/root/mnt/note; hostname; nsenter -t $p -u hostname; nsenter -t $p -m cat /mnt/note; nsenter -t $p -m findmnt -n -o SOURCE,FSTYPE /mnt; nsenter -t $p -p -m ps -o pid,args | sed 's/ *$//'
nsenter -t $p -a sh -c 'hostname; echo $$ | grep -c .; ls /proc | grep -c "^[0-9]"; kill -0 1 && echo may'; nsenter -t $p --root --wd pwd; nsenter --net=/proc/$p/ns/net --uts=/proc/$p/ns/uts uname -n
lsns -t uts -o TYPE,NPROCS,COMMAND | sed 1d | tail -1; nsenter -t 99999 -m true; nsenter -m true; nsenter -t $p -U true; nsenter --mount=/etc/passwd true; nsenter -t $p -m -- sh -c 'umount /mnt; ls /mnt'; cat /proc/$p/root/mnt/note 2>&1 | sed 's/[0-9]\{4\}/PID/'
kill $p; wait; ls /proc/$p 2>&1 | sed "s/$p/PID/"; nsenter -t $p -m true 2>&1 | sed "s/$p/PID/"
