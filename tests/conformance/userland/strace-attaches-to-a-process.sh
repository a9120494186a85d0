# strace: -p, TracerPid, who may, what cannot be traced twice
N() { sed "s/0x[0-9a-f]*/ADDR/g; s/$p/PID/g; s/si_pid=[0-9]*/si_pid=N/"; }
sleep 100 & p=$!; sleep 0.2
grep TracerPid /proc/$p/status
(sleep 0.5; kill -TERM $p) &
strace -p $p 2>&1 | N
mkfifo q; cat q >/dev/null & p=$!; exec 5>q; sleep 0.2
strace -o out -p $p 2>msg & s=$!; sleep 0.5; N <msg
[ "$(sed -n 's/TracerPid:\t//p' /proc/$p/status)" = $s ] && echo traced
strace -p $p 2>&1 | N
echo hi >&5; sleep 0.3; kill -INT $s; wait $s; echo "status $?"; N <msg
N <out | grep -v fadvise
grep TracerPid /proc/$p/status
exec 5>&-; wait $p
strace -p 99999; echo "status $?"
strace -p abc; echo "status $?"
su user -c 'strace -p 1'; echo "status $?"
