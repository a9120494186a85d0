# cgroup-v2: cgclassify, cgset --copy-from, cgdelete -r
cgcreate -g memory,pids:a/b
cgcreate -g memory,pids:c
sleep 100 & p=$!
cgclassify -g memory:a/b $p; cat /proc/$p/cgroup
cgclassify -g memory,pids:c --sticky $p; cat /proc/$p/cgroup
cgclassify -g memory:/a/b $p; cat /proc/$p/cgroup
cgset -r memory.max=64M -r pids.max=20 c
cgset --copy-from c a/b; echo $?
cgget -r memory.max -r pids.max a/b c
cgget -n -g pids:c | sort
cgdelete memory:a; echo $?
cgdelete -r -g memory:a; echo $?
cat /proc/$p/cgroup
cgdelete memory:c pids:c memory:nosuch; echo $?
lscgroup | sed 's/.*://'
kill $p
