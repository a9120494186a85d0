# proc: values of sysctls: ranges, vectors, cuts, what they do
cd /proc/sys; echo foo > kernel/hostname; hostname; for v in 100 301 32768 abc 4194305 '1 2' ''; do echo $v > kernel/pid_max; cat kernel/pid_max; done; echo 4194304 > kernel/pid_max
for f in kernel/randomize_va_space vm/overcommit_memory fs/protected_symlinks kernel/yama/ptrace_scope vm/swappiness user/max_user_namespaces vm/drop_caches; do for v in -1 5 201 x; do echo $v > $f; cat $f; done; done
echo x > kernel/ostype; printf 'a%.0s' {1..200} > kernel/core_pattern; cat kernel/core_pattern | wc -c; sysctl kernel.hostname; sysctl -w kernel.domainname=dom; sysctl kernel.nosuch; sysctl -n kernel.ostype; sysctl -b kernel.ostype; echo
su user -c 'echo x > kernel/hostname; sysctl -w kernel.hostname=x; cat kernel/cad_pid; sysctl vm.stat_refresh; unshare -Ur bash -c "echo y > kernel/hostname; echo 1 > kernel/pid_max; echo 5 > user/max_user_namespaces; cat user/max_user_namespaces"'
