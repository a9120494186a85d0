# namespaces: the same process by its numbers inside and outside, its parent, and its death
unshare --pid --fork --mount-proc bash -c 'sleep 100 & echo inside $$ $!; ps -o pid,ppid,args; readlink /proc/self/ns/pid > inner; wait' & u=$!
until [ -s inner ]; do sleep 0.1; done; b=$(pgrep -P $u); s=$(pgrep -P $b); grep NSpid /proc/$s/status | awk '{print NF - 1, $NF}'; [ "$(readlink /proc/$s/ns/pid)" = "$(cat inner)" ] && echo same
nsenter -t $b -p -m ps -A -o pid,args | grep sleep; { nsenter -t $b -p -m sh -c 'kill -0 1 && kill -TERM 1; kill 2; sleep 0.3; ps -A -o args | grep -c [s]leep'; } 2> /dev/null; echo $?; wait $u; echo $?
unshare -fp sh -c 'ls /proc/self/exe; readlink /proc/self > /dev/null' ; unshare -fp --mount-proc sh -c 'sleep 50 & sleep 60 & exec true'; pgrep -x sleep | wc -l
