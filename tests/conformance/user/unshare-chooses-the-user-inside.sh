# user: --map-user, --map-group, -r, -c, -S, -G and --setgroups
unshare --map-user=5 --map-group=6 id; unshare --map-user=user --map-group=user id -u; unshare -c id; unshare -r -c id -u; unshare -c -r id -u
unshare --map-user=nosuch id; unshare --map-group=nosuch id; unshare -r -S 0 -G 0 id; unshare -S 1000 -G 1000 id; unshare -S abc id; unshare -G -5 id
su user -c 'unshare -r id; unshare -c id; unshare --map-user=0 id; unshare -r -S 5 id; unshare -r -G 0 id; unshare -S 5 id; unshare -r --setgroups allow id; unshare -r --setgroups deny id -u; unshare -r --setgroups foo id; unshare --map-group=5 id -g; unshare -U --setgroups deny cat /proc/self/setgroups'
