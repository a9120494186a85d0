# namespaces: each option of unshare and some together, as a user: who one is inside and what the maps say
# user: 1
try() { echo "-- $*"; unshare "$@" sh -c 'id; cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups; grep CapEff /proc/self/status' 2>&1; echo $?; }
for option in -m -u -i -n -p -C -T; do echo "-- $option"; unshare $option true; done
try -U; try -r; try -c; try -Urm; try -U --keep-caps; try -c --keep-caps; try -r --setgroups allow; try -U --setgroups deny
try --map-user=5; try --map-user=user; try --map-group=5; try --map-user=0 --map-group=7; try -r -S 1000; try -r -G 5
try --map-auto; try -r --map-auto; try -c --map-auto; try --map-auto -S 7 -G 8; try -rmuinpCTf
