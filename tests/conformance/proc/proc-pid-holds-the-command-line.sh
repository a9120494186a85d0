# proc: cmdline, comm, exe, cwd, root, environ, fd of a process
cd /tmp; A=secret sleep 50 < /dev/null > out & p=$!
until grep -q sleep /proc/$p/comm; do sleep 0.1; done; tr '\0' ' ' < /proc/$p/cmdline; echo
cat /proc/$p/comm; readlink /proc/$p/{exe,cwd,root}; tr '\0' '\n' < /proc/$p/environ | grep ^A
readlink /proc/$p/fd/{0,1}; ls /proc/$p/fd; ls /proc/$p/task | sed "s/$p/PID/"
cut -d' ' -f2,3 /proc/$p/stat; wc -w < /proc/$p/stat
cat /proc/$p/{oom_score_adj,loginuid,setgroups,uid_map}; kill $p
cat /proc/self/comm; readlink /proc/self/exe; cat /proc/99999/comm; echo "status $?"
ls /proc/nosuch; cd /proc/self; readlink cwd | sed 's/[0-9]*$/PID/'
