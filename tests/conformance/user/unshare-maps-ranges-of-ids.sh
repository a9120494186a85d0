# user: --map-users, --map-groups and --map-auto, and how a single id is cut out of a range
cat /etc/subuid /etc/subgid
m='cat /proc/self/uid_map'
su user -c "unshare --map-auto $m; unshare -r --map-auto $m; unshare -c --map-auto $m; unshare --map-auto --map-user=5 $m"
su user -c "unshare -r --map-users=100000,1000,10 $m; unshare -r --map-users=100000,0,10 $m; unshare --map-user=3 --map-users=100000,0,10 $m; unshare --map-user=10 --map-users=100000,0,10 $m"
su user -c "unshare -r --map-users=0,1,65536 id; unshare --map-users=100000,0,70000 true; unshare -r --map-groups=100000,1,100 cat /proc/self/gid_map"
unshare --map-users= true; unshare --map-users=1,2 true; unshare --map-users=1,2,3,4 true; unshare --map-users=1, true; unshare --map-users=x true; unshare --map-groups=,, true
unshare --map-users=0,0,10 --map-groups=0,0,10 sh -c 'cat /proc/self/uid_map /proc/self/gid_map; id'
