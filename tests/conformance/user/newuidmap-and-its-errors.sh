# user: newuidmap and newgidmap called wrongly
newuidmap; echo $?; newuidmap 1; echo $?; newuidmap abc 0 0 1; newuidmap 1 0 0; echo $?; newuidmap 99999 0 0 1; newuidmap 1 0 a 1; newuidmap 1 -1 0 1; newgidmap 1 0
su user -c 'unshare -U sleep 5 & p=$!; until [ "$(readlink /proc/$p/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
newuidmap $p 0 0 1; newuidmap $p 0 1000 2; newuidmap $p 0 100000 65537; newuidmap $p 0 1000 1 1 100000 65536 70000 0 1
newuidmap $p 0 1000 1 0 100000 5; newuidmap $p 0 1000 0; newuidmap $p 0 1000 4294967296; newuidmap $p 4294967295 1000 1
newuidmap $p 0 1000 1 1 100000 65536; echo $?; newuidmap $p 0 1000 1; newgidmap $p 0 1000 1; echo $?
cat /proc/$p/uid_map /proc/$p/gid_map /proc/$p/setgroups
newgidmap 1 0 1000 1; newuidmap 1 0 1000 1'
