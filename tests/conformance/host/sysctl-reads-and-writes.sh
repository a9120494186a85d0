# host: sysctl and /proc/sys: reading, writing, unknown keys, as a user
sysctl kernel.hostname kernel.ostype; sysctl -n kernel.pid_max; sysctl -w kernel.hostname=other
hostname; sysctl kernel.nosuch; echo "status $?"; sysctl -w kernel.ostype=x; echo "status $?"
echo 1 > /proc/sys/net/ipv4/ip_forward; sysctl net.ipv4.ip_forward; sysctl vm.swappiness
cat /proc/sys/vm/swappiness; echo abc > /proc/sys/vm/swappiness; echo "status $?"
echo 300 > /proc/sys/vm/swappiness; echo "status $?"; cat /proc/sys/vm/swappiness
cat /proc/sys/user/max_user_namespaces | grep -c .
cat /proc/sys/kernel/{ngroups_max,cap_last_cap,overflowuid}
su user -c 'sysctl -w vm.swappiness=1; echo 1 > /proc/sys/vm/swappiness; sysctl -n vm.overcommit_memory'
echo 0 > /proc/sys/user/max_uts_namespaces; unshare -u true; echo "status $?"
