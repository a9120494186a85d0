# net: disable_ipv6 takes the addresses away and gives back those that the kernel makes
ip -6 -br a; echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip -6 a; cat /proc/sys/net/ipv6/conf/lo/disable_ipv6; ip -6 addr add fd00::1/64 dev lo; echo $?
echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip -6 addr show lo; ip -6 addr add fd00::1/64 dev lo; ip -6 addr show lo; ip -6 addr del fd00::1/64 dev lo; ip -6 addr del fd00::1/64 dev lo; echo $?
ip link set lo down; ip a show lo; ip link set lo up; ip a show lo
