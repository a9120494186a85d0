# proc: the pid, the open files and the directory stay; name, arguments and handlers change
cd /tmp; echo 'read p _ < /proc/self/stat; echo same: $((p == OLD))' > s; exec 7> out; OLD=$BASHPID
export OLD; (export OLD=$BASHPID; exec bash s)
(exec bash -c 'echo seven >&7; readlink /proc/self/fd/7; cat /proc/$$/comm; pwd'); cat out
(trap 'echo handler' USR1; exec bash -c 'kill -USR1 $$; echo unreached') | cat
echo "${PIPESTATUS[0]}"; (trap '' USR1; exec bash -c 'kill -USR1 $$; echo still ignored')
(exec -c env); (exec -a newname sleep 40) & until grep -q sleep /proc/$!/comm; do sleep 0.1; done
tr '\0' ' ' < /proc/$!/cmdline; echo; cat /proc/$!/comm; ps -o comm,args -p $!; kill $!
