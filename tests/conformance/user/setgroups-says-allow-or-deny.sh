# user: what may be written to setgroups and when
unshare -U sleep 100 & p=$!
until [ "$(readlink /proc/$p/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
s() { printf "$1" > /proc/$p/setgroups; echo "[$1] $?"; }
cat /proc/$p/setgroups
s allo; s allowx; s DENY; s 'deny    '; s allow; s 'deny '; cat /proc/$p/setgroups; s allow; s deny
printf '0 0 10' > /proc/$p/gid_map; s deny; s allow; kill $p
su user -c 'unshare -U bash -c "echo 0 1000 1 > /proc/self/gid_map; echo deny > /proc/self/setgroups; echo \$?"'
su user -c 'unshare -Ur sh -c "cat /proc/self/setgroups; unshare -U cat /proc/self/setgroups; setpriv --clear-groups id; setpriv --groups 0 id"'
unshare --map-users 0,0,100 --map-groups 0,0,100 sh -c 'cat /proc/self/setgroups; setpriv --groups 3,4 id -G; setpriv --groups 300 id -G'
