# namespaces: lsns -t -p -J -r -n -T and what it refuses
lsns -t foo; lsns -p 99999; echo $?; lsns -p abc; lsns -o FOO; lsns 123; lsns abc; lsns -Tfoo; lsns -p 1 123; lsns -x
lsns -p $$ -o TYPE,PATH | sed 's/[0-9]\+/N/'; lsns -J -t uts -o TYPE,USER; lsns -r -t uts -o TYPE,USER,PID; lsns -n -t uts -o TYPE,PID
unshare -u sleep 10 & until [ "$(readlink /proc/$!/ns/uts)" != "$(readlink /proc/self/ns/uts)" ]; do sleep 0.1; done; sleep 0.3
lsns -t uts -n -o TYPE,NPROCS,USER,COMMAND | tail -1; lsns -n -t user,uts; lsns -n -t user -t uts -o TYPE; lsns --output-all -t uts | head -1 | tr -s ' '; lsns -p $! -n -o TYPE -t uts; lsns -p $! -o TYPE,COMMAND -n | tail -1; lsns -l -t uts -o COMMAND | tail -1; n=$(readlink /proc/$!/ns/uts | tr -dc 0-9); lsns $n -o COMMAND,USER; lsns -l $n -n -o COMMAND
kill $!
unshare -Urpf --mount-proc lsns -n -o TYPE,NPROCS,PID,PPID,USER; touch u; unshare --uts=u true; lsns -t uts -o TYPE,NSFS | wc -l
