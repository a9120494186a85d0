# namespaces: lab 2: unshare -m, a tmpfs, nsenter from the outside, lsns
mkdir /tmp/m; unshare -m sleep 100 & p=$!
until [ "$(readlink /proc/$p/ns/mnt)" != "$(readlink /proc/$$/ns/mnt)" ]; do sleep 0.1; done
nsenter -t $p -m mount -t tmpfs inside /tmp/m; nsenter -t $p -m touch /tmp/m/file; ls /tmp/m
nsenter -t $p -m ls /tmp/m; nsenter -t $p --mount findmnt -no SOURCE /tmp/m
findmnt /tmp/m; echo "status $?"; grep -c inside /proc/$p/mounts /proc/$$/mounts | cut -d: -f2
readlink /proc/$$/ns/mnt /proc/$p/ns/mnt; lsns -t mnt -no NPROCS,COMMAND | grep sleep
ls /proc/$p/root/tmp/m; touch /tmp/m/outside; nsenter -t $p -m ls /tmp/m; kill $p; wait $p
ls /tmp/m
