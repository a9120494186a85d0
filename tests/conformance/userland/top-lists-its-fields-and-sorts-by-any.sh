# userland: top -O; -o with fields that are shown and with others, wrong fields, -e and -E scales, widths
top -O
mkdir /sys/fs/cgroup/g; (echo $BASHPID > /sys/fs/cgroup/g/cgroup.procs; exec sleep 100) & sleep 0.5
for f in PID +PID -PID CGROUPS CGNAME SUPGRPS nsMNT OOMa EXE STARTED %CUU ioR nTH foo +foo cpu ''; do top -b -n 1 -o "$f" > o 2>&1; echo "$f [$?] $(grep -c COMMAND o) $(grep 'top:' o)"; done
top -b -n 1 -p $! -o -PID | tail -1 | awk '{print NF, $2, $3, $4, $8, $12}'; top -b -n 1 -w 60 -p $! | tail -2 | sed 's/[0-9][0-9]*/N/g' | tr -s ' '
for s in k m g t p; do top -b -n 1 -e $s -p $! | tail -1 | awk '{gsub(/[0-9.]/, "", $5); print $5}'; done; for s in k m g t p e; do top -b -n 1 -E $s -p $! | sed -n '4p' | cut -c1-9; done; top -b -n 1 -e e -p $!; top -b -n 1 -E x -p $!
ps -o cgroup= -p $!; ps -o cgname= -p $!; [ "$(ps -o cgroupns= -p $!)" = "$(readlink /proc/self/ns/cgroup | tr -dc 0-9)" ] && echo same; ps -C sleep -o cgroup:8,args; kill $!
