# namespaces: /proc/sys/user limits each user of a user namespace, and counts what is made inside as well
echo 2 > /proc/sys/user/max_uts_namespaces
unshare -u unshare -u unshare -u hostname
su user -c 'unshare -Uru unshare -u hostname'
su user -c 'unshare -Uru unshare -u unshare -u hostname'
su user -c 'unshare -Ur cat /proc/sys/user/max_uts_namespaces'
su user -c 'unshare -Ur sh -c "echo 1 > /proc/sys/user/max_uts_namespaces; unshare -u true; echo \$?; unshare -u unshare -u true"'
echo 0 > /proc/sys/user/max_net_namespaces; unshare -n true
echo 0 > /proc/sys/user/max_pid_namespaces; unshare -p true; unshare -m true; echo $?
echo 1 > /proc/sys/user/max_user_namespaces; unshare -Ur id -u; unshare -Ur unshare -Ur id -u
echo -1 > /proc/sys/user/max_user_namespaces; echo x > /proc/sys/user/max_user_namespaces
cat /proc/sys/user/max_user_namespaces
su user -c 'echo 5 > /proc/sys/user/max_user_namespaces'
