# namespaces: gid_map only after setgroups deny; only one's own id, one line
# user: 1
mkfifo up go
unshare -U bash -c 'echo > up; cat go; id; grep CapEff /proc/self/status' & p=$!; cat up
echo '0 1000 1' > /proc/$p/gid_map; echo "gid $?"; echo deny > /proc/$p/setgroups
echo '0 1000 1' > /proc/$p/gid_map; echo "gid $?"
echo allow > /proc/$p/setgroups; echo "setgroups $?"
echo '0 0 1' > /proc/$p/uid_map; echo "uid $?"; echo '0 1000 2' > /proc/$p/uid_map; echo "uid $?"
echo nonsense > /proc/$p/uid_map; echo "uid $?"; echo '0 1000 1' > /proc/$p/uid_map; echo "uid $?"
cat /proc/$p/{uid_map,gid_map,setgroups}; echo > go; wait
