# namespaces: lsns columns, -t, -p, -o, -n, one namespace, errors
lsns -p $$ -o NS,TYPE,PID,USER; lsns | head -1 | tr -s ' '; unshare -u sleep 70 & p=$!
until [ "$(readlink /proc/$p/ns/uts)" != "$(readlink /proc/self/ns/uts)" ]; do sleep 0.1; done
lsns -t uts -no TYPE,NPROCS,USER,COMMAND | tail -1; lsns -p $p -no TYPE | tr '\n' ' '; echo
lsns -t uts -n | wc -l; lsns $(stat -Lc %i /proc/$p/ns/uts) | awk '{print $2, $3, $4}'
lsns -t nosuch; echo "status $?"; lsns -p 99999; echo "status $?"; lsns 12345; echo "status $?"
lsns -o NOSUCH; echo "status $?"; lsns -Q; echo "status $?"
lsns -r -t uts -n -o NPROCS,COMMAND | tail -1; kill $p; unshare -U sleep 50 & sleep 0.5
lsns -t user -no NPROCS,USER,COMMAND | tail -1
