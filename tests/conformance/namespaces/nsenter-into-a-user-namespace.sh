# namespaces: nsenter -U becomes root there, unless credentials are to be kept
su user -c 'unshare -Urmu sleep 100' & until p=$(pgrep -x sleep); do sleep 0.1; done; until [ "$(readlink /proc/$p/ns/mnt)" != "$(readlink /proc/self/ns/mnt)" ]; do sleep 0.1; done; sleep 0.3
nsenter -t $p -U id; nsenter -t $p -U --preserve-credentials id; nsenter -t $p -U -S 0 -G 0 id; nsenter -t $p -U -G 5 id; nsenter -t $p -U -S 5 id; nsenter -t $p -Um sh -c 'mount -t tmpfs t /mnt; echo $?; mount -o remount,bind,ro /; id -u'; nsenter -t $p -m sh -c 'findmnt -n -o FSTYPE /mnt'; nsenter -t $p -Uu sh -c 'hostname inner; hostname'; hostname
su user -c "nsenter -t $p -U id; nsenter -t $p -Umu hostname; nsenter -t $p -m id; nsenter -t $p -U --preserve-credentials id -u; nsenter -t $p -a id -u"
nsenter -t $p -a cat /proc/self/uid_map; cat /proc/$p/uid_map; nsenter -t $p -U grep CapEff /proc/self/status; kill $p
