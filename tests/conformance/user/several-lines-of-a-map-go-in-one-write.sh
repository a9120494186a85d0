# user: an id map is written once, at its beginning; bash's echo and printf write line by line
fresh() { unshare -U sleep 100 & p=$!; until [ "$(readlink /proc/$p/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done; }
fresh
echo -e '0 1000 1\n1 100000 65536' > /proc/$p/uid_map; echo $?
cat /proc/$p/uid_map; kill $p; wait $p 2>/dev/null
fresh
printf '0 1000 1\n1 100000 65536\n' > /proc/$p/uid_map; echo $?
{ echo 0 1000 1; echo 1 100000 65536; } > /proc/$p/gid_map; echo $?
cat /proc/$p/gid_map; kill $p; wait $p 2>/dev/null
fresh
cat > /proc/$p/uid_map <<X
0 1000 1
1 100000 65536
X
echo $?
/bin/echo -e '0 1000 1\n1 100000 65536' > /proc/$p/gid_map; echo $?
cat /proc/$p/uid_map /proc/$p/gid_map; echo again > /proc/$p/uid_map
printf 'deny' > /proc/$p/setgroups; kill $p
for i in $(seq 0 340); do echo "$((i * 2)) $((i * 2)) 1"; done > map
fresh; cat map > /proc/$p/uid_map; echo $?
head -340 map > short; cat short > /proc/$p/uid_map; echo $?; wc -l < /proc/$p/uid_map; kill $p
