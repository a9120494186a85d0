# net: two named namespaces joined by a pair of veth, addresses, routes, and what goes when one is deleted
ip netns add red; ip netns add blue; ip netns
ip link add vr type veth peer name vb; ip link set vr netns red; ip link set vb netns blue
ip -n red link set vr name eth0; ip -n red addr add 10.1.1.1/24 dev eth0; ip -n red link set eth0 up
ip netns exec blue ip addr add 10.1.1.2/24 dev vb; ip netns exec blue ip link set vb up; ip -n blue link set lo up
ip -n red -4 -br addr; ip -n blue -4 -br addr; ip -n red route; ip -n red route add default via 10.1.1.2; ip -n red route
ip netns exec red cat /proc/net/route | cut -f1-3; ip netns exec red ls /sys/class/net; ls /sys/class/net | tr '\n' ' '
ip netns exec red sysctl -w net.ipv4.ip_forward=1; sysctl net.ipv4.ip_forward
ip netns exec red sleep 9 & sleep .2; ip netns identify $!; ip netns pids red | wc -l; kill $!
ip netns del blue; ip -n red -br link | cut -c1-20; ip netns del red; ip netns; ip -br link | cut -c1-20
