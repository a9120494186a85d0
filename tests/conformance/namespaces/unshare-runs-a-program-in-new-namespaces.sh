# namespaces: unshare without arguments, with each flag; only the asked ones are new
readlink /proc/self/ns/{mnt,uts,ipc,net,user,pid,cgroup,time}
unshare -u readlink /proc/self/ns/{uts,mnt}; unshare -m readlink /proc/self/ns/{mnt,uts}
unshare -i readlink /proc/self/ns/{ipc,uts}; unshare -n readlink /proc/self/ns/{net,uts}
unshare -C readlink /proc/self/ns/{cgroup,uts}; unshare -U readlink /proc/self/ns/{user,uts}
unshare -T readlink /proc/self/ns/{time,time_for_children}
unshare -p readlink /proc/self/ns/{pid,pid_for_children}; unshare -fp readlink /proc/self/ns/pid
unshare readlink /proc/self/ns/uts; unshare --uts --ipc --mount true; echo "status $?"
