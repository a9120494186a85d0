# cgroup-v1: groups can be renamed in v1 in their directory only
# cgroup: v1
cd /sys/fs/cgroup/pids; mkdir -p a/b; mv a c; echo $?; ls -d c/b; mv c/b d; echo $?; mkdir e; mv c e; echo $?; rmdir c; echo $?; rmdir c/b c e; echo $?; mkdir .x "a b"; ls -A | grep -E "x|a b"; rmdir .x "a b"; touch f; rm tasks; ln -s a l; mkdir tasks; echo $?
