# net: eth0 goes to a namespace without its addresses, and comes back down
unshare -n sleep 60 & p=$!; until [ "$(readlink /proc/$p/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep .1; done
ip link add vv address 02:00:00:00:01:02 index 99 type dummy; ip link set vv netns $p; ip link show vv; ip link set eth0 netns $p; ip -br link
nsenter -n -t $p ip a; ip route; kill $p; wait 2>/dev/null; sleep .5; ip a show eth0; ip route; ls /sys/class/net
