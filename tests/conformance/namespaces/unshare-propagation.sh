# namespaces: what --propagation makes of the root's propagation
for p in slave shared private unchanged; do echo $p; unshare -m --propagation $p findmnt -n -o TARGET,PROPAGATION,OPT-FIELDS / | tr 0-9 n; done
unshare -m --propagation foo true; unshare -m --propagation; unshare --propagation slave true; echo $?
unshare -Um findmnt -n -o PROPAGATION /; unshare -Urm --propagation unchanged findmnt -n -o PROPAGATION /; unshare -Urm --propagation shared findmnt -n -o PROPAGATION /
unshare --mount-proc findmnt -n -o PROPAGATION /proc; unshare --mount-proc=/mnt -pf sh -c 'ls -d /mnt/[0-9]*'; unshare --mount-proc=/none -pf true; echo $?
unshare --mount-proc --propagation shared -pf findmnt -n -o PROPAGATION /proc; unshare --mount-proc --propagation slave -pf findmnt -n -o PROPAGATION /proc; findmnt -n -o PROPAGATION /proc
mkdir m; unshare -m sh -c 'mount -t tmpfs t m'; findmnt m; unshare -m --propagation shared mount -t tmpfs t m; findmnt m; unshare -m --propagation unchanged mount -t tmpfs t m; findmnt -n -o FSTYPE m
