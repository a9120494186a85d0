# namespaces: options of unshare as root, with right and wrong values
try() { echo "-- $*"; unshare "$@" sh -c 'id -u; pwd' 2>&1; echo $?; }
try --kill-child; try --kill-child=TERM; try --kill-child=9; try --kill-child=BOGUS; try --propagation shared; try -m --propagation=bogus
try --setgroups deny; try -U --setgroups allow; try --setgroups=bogus; try -R /; try -R /nope; try -w /tmp; try -w /nope
try -S 1000; try -S abc; try -G 1000; try -G -1; try -S -1; try --monotonic 5; try -T --monotonic 5; try -T --boottime x
try --map-user=bogus; try --map-group=bogus; try --map-users=1,2,3; try --map-users=1,2; try --map-users=1,2,3,4; try --map-users=a,b,c
try --map-users=; try -q; try -u --uts=/tmp
