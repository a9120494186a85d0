# cgroup-v2: messages and statuses of the tools of libcgroup
cgcreate -g memory:demo
t() { "$@"; echo "[$?]"; }
for c in cgcreate cgexec cgset cgget cgdelete cgclassify; do t $c; t $c -z; done
for g in memory memory: :x nosuch:x memory:/ memory,memory:x; do t cgcreate -g $g; done
t cgcreate demo
for g in memory nosuch:demo memory:nosuch; do t cgexec -g $g true; t cgdelete $g; t lscgroup $g; t cgclassify -g $g 1; done
t cgexec -g memory:demo nosuch
t cgexec -g memory:demo /etc/passwd
t cgexec -g memory:demo
t cgexec true
for r in memory.max=abc memory.nope=1 nope=1 foo.bar=1 memory.max= =1 cpu.max=1; do t cgset -r $r demo; done
t cgset -r memory.max=1M
t cgset -r memory.max=1M nosuch
t cgset demo
t cgset -r memory.max=1M --copy-from demo demo
t cgset --copy-from nosuch demo
for r in memory.nope nope foo.bar; do t cgget -r $r demo; done
t cgget -r memory.max nosuch
t cgget -r memory.max
t cgget -g memory
t cgget -g memory:nosuch
t cgget -g nosuch:demo
t cgget -r memory.max -g cpu demo
t cgclassify -g memory:demo abc 99999
t cgclassify 1
