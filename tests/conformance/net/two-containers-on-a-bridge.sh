# net: the sequence of tutorials: two namespaces, a bridge between them, addresses and default routes
ip link add br0 address 02:00:00:00:00:99 type bridge; ip addr add 172.18.0.1/16 dev br0; ip link set br0 up
for n in 1 2; do ip netns add c$n; ip link add ve$n address 02:00:00:00:01:0$n type veth peer name eth0 address 02:00:00:00:02:0$n netns c$n; ip link set ve$n master br0; ip link set ve$n up
ip -n c$n addr add 172.18.0.1$n/16 dev eth0; ip -n c$n link set eth0 up; ip -n c$n link set lo up; ip -n c$n route add default via 172.18.0.1; done
sleep .3; ip link show master br0; ip -n c1 -4 a; ip -n c2 route; ip route show dev br0; ip netns list; ip netns exec c1 cat /proc/net/dev | cut -d: -f1; ip -all netns delete; sleep .5; ls /sys/class/net
