# net: one end moves, gets addresses and routes there, and goes when its namespace goes
ip netns add red; ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02; ip link set v1 netns red
ip link show v0; ip -n red link show v1; ip addr add 10.1.1.1/24 dev v0; ip link set v0 up; ip -n red addr add 10.1.1.2/24 dev v1; ip -n red link set v1 up
ip -4 a show v0; ip -n red -4 a; ip r; ip -n red r; cat /proc/net/route | wc -l; ip netns exec red cat /proc/net/route
ip -n red route add default via 10.1.1.1; ip -n red route; ip -n red route add default via 10.1.1.1; echo $?; ip netns delete red; sleep .5; ip -br link
