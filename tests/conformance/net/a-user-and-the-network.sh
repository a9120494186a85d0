# net: what an ordinary user may not, and what root of a user namespace may
su user -c 'ip link set lo down; ip link add dm0 type dummy; ip a add 1.1.1.1/8 dev lo; ip netns add x; ip netns exec x true; ip route add 9.9.9.9 dev lo; ip -br a'
su user -c "unshare -rn sh -c 'ip a; ip link set lo up; ip a; ip link add dm0 address 02:00:00:00:00:01 type dummy; ip -br l; ip netns add foo; echo 1 > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward; ls /proc/sys/net/core'"
cat /proc/sys/net/ipv4/ip_forward; su user -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1400 > /sys/class/net/eth0/mtu'
