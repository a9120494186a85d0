# namespaces: root maps a child's ids from outside; a map is written once
mkfifo up go
unshare -U bash -c '
	id; echo > up; cat go; id; cat /proc/self/uid_map; touch f; ls -l f | cut -d" " -f3' & p=$!
cat up
echo '0 1000 1' > /proc/$p/uid_map; echo "status $?"
echo '0 2000 1' > /proc/$p/uid_map; echo "status $?"
echo '0 1000 5' > /proc/$p/gid_map; echo "status $?"; cat /proc/$p/uid_map; echo > go; wait
ls -l f 2>&1 | cut -d' ' -f3
echo '0 0 1' > /proc/self/uid_map; echo "status $?"
echo deny > /proc/self/setgroups; echo "status $?"; cat /proc/self/setgroups
