# net: ip route: the main table, others, as JSON; which way an address goes
ip route; ip r show table local; ip -6 route; ip route show table all; ip -j route; ip rule; ip -6 rule
ip route get 127.0.0.1; ip route get 8.8.8.8; ip route get 10.0.2.3; ip route show default; ip route list dev eth0
ip route show scope link; ip route show proto kernel; ip route show match 10.0.2.4; ip route show root 10.0.0.0/8; ip neigh
