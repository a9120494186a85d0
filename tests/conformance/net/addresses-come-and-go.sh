# net: primary and secondary, broadcast, peer, label, scope, lifetime, flush
ip addr add 10.9.0.1/24 dev lo; ip addr add 10.9.0.1/24 dev lo; echo $?; ip addr add 10.9.0.2/24 dev lo; ip addr add 10.9.0.3 dev lo; ip -4 addr show lo
ip addr del 10.9.0.1/24 dev lo; ip -4 addr show lo; ip addr del 10.9.9.9/24 dev lo; echo $?
ip addr add 192.168.5.5/24 brd + dev eth0; ip addr add 192.168.6.5/24 brd 192.168.6.255 label eth0:1 dev eth0; ip addr add 192.168.7.1 peer 192.168.7.2 dev eth0
ip -4 addr show eth0; ip route
ip addr flush dev eth0; ip addr show eth0; ip route; ip addr del 10.9.0.2 dev lo; ip -4 a s lo
