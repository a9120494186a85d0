# cgroup-v1: cpuacct.usage takes 0 only
# cgroup: v1
cd /sys/fs/cgroup/cpuacct; mkdir g; cd g; ls | grep cpuacct; (echo 0 > tasks; for i in 1 2 3 4 5 6 7 8 9; do /bin/true; done); [ $(cat cpuacct.usage) -gt 0 ] && echo used; echo 1 > cpuacct.usage; echo "exit $?"; echo 0 > cpuacct.usage; cat cpuacct.usage cpuacct.usage_percpu cpuacct.stat; cat cpuacct.usage_all; echo 0 > cpuacct.usage_user; echo "exit $?"; ls -l cpuacct.usage cpuacct.stat | cut -c1-10
