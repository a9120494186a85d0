# net: add, replace, delete, gateways that cannot be reached, blackholes
ip route add 10.5.0.0/16 via 10.0.2.3; ip route add 10.6.0.0/16 dev eth0; ip route add 10.7.0.0/16 via 99.9.9.9; echo $?; ip route add 10.8.0.0/16 dev eth0 metric 5 src 10.0.2.15
ip route add blackhole 10.20.0.0/16; ip route add unreachable 10.21.0.0/16; ip route; ip route add default via 10.0.2.2; echo $?; ip route get 10.5.0.1; ip route get 10.20.1.1; echo $?; ip route get 10.21.1.1; echo $?
ip route del 10.5.0.0/16; ip route del 10.5.0.0/16; echo $?; ip route replace default via 10.0.2.9; ip route show default; ip route flush 10.6.0.0/16; ip route del default; ip route get 8.8.8.8; echo $?
ip route add 1.2.3.4/40 dev lo; echo $?; ip route add 10.3.0.1/16 dev eth0; echo $?; ip link set eth0 down; ip route; ip link set eth0 up; ip -4 route
