# namespaces: nsenter -t with each flag, -a, namespace files, errors
unshare -muinpf --mount-proc sleep 80 2> /dev/null & until pgrep -x sleep > p; do sleep 0.1; done
p=$(cat p); nsenter -t $p -a ps -o pid,args
nsenter -t $p -p ps -o args -p 1 | tail -1 | cut -d' ' -f1; nsenter -t $p -p -m ps -o pid,args
nsenter -t $p -u hostname inner; nsenter -t $p -a hostname
nsenter -t $p -a readlink /proc/self/ns/uts | grep -c uts; nsenter --uts=/proc/$p/ns/uts hostname
nsenter -t $p -m pwd; nsenter -t $p -p -m bash -c 'echo $$'
[ "$(nsenter -t $p -n readlink /proc/self/ns/net)" = "$(readlink /proc/$p/ns/net)" ] && echo same
nsenter -t 99999 -m; echo "status $?"; nsenter -m true; echo "status $?"
nsenter --uts=nosuch true; echo "status $?"; nsenter --uts=/etc/passwd true; echo "status $?"
nsenter -t $p; echo "status $?"; nsenter -t $p -u nosuch; echo "status $?"
nsenter -t $p -u false; echo "status $?"; nsenter -Q; echo "status $?"
nsenter -t abc -u true; echo "status $?"; nsenter -t $p -U true; echo "status $?"
nsenter -t $$ -u true; echo "status $?"; nsenter -t $p -r -w pwd; kill -9 $p
