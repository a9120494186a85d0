# namespaces: what root of a user namespace inside another one is and may
# user: 1
unshare -Ur sh -c 'unshare -Ur sh -c "id -u; cat /proc/self/uid_map; unshare -m sh -c \"mount -t tmpfs t /mnt && echo ok\"; unshare -u sh -c \"hostname y && hostname\"; hostname x"; mount -t tmpfs t /mnt'
unshare -Ur sh -c 'unshare -Uc sh -c "id; cat /proc/self/uid_map; grep Cap /proc/self/status"'
unshare -U sh -c 'id; unshare -U id; unshare -Ur id'
unshare -Uc unshare -Ur unshare -Uc sh -c 'id; cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups'
unshare -U --map-user=5 --map-group=6 sh -c 'id; unshare -U --map-user=7 sh -c "id; cat /proc/self/uid_map"; unshare -Ur cat /proc/self/uid_map /proc/self/gid_map'
