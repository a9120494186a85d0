# cgroup-v1: writing 0 to cpuacct.usage; cpuacct.stat does not go back; the root is not reset
# cgroup: v1
cd /sys/fs/cgroup/cpuacct; mkdir -p a/b; bash -c 'echo $$ > a/b/tasks; for i in {1..60000}; do :; done'; for f in a a/b; do [ $(cat $f/cpuacct.usage) -gt 0 ] && echo "$f has used some"; done; s=$(cat a/cpuacct.stat)
for v in 1 -1 a '' ' 0' 0x0 00 0; do echo "$v" > a/cpuacct.usage; echo "[$v] $?"; done; for f in usage usage_user usage_sys usage_percpu usage_percpu_user usage_percpu_sys usage_all; do cat a/cpuacct.$f; done; [ "$(cat a/cpuacct.stat)" = "$s" ] && echo 'the same stat'
[ $(cat a/b/cpuacct.usage) -gt 0 ] && echo 'b is another'; echo 0 > cpuacct.usage; echo $?; [ $(cat cpuacct.usage) -gt $(cat a/b/cpuacct.usage) ] && echo 'the root goes on'; echo 0 > a/cpuacct.stat; echo $?; echo 0 > a/cpuacct.usage_percpu; echo $?
