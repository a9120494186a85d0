# net: ip neigh add, show, delete, and /proc/net/arp
ip neigh add 10.0.2.77 lladdr 02:00:00:00:00:77 dev eth0; ip neigh; ip neigh show dev eth0; ip neigh add 10.0.2.77 lladdr 02:00:00:00:00:77 dev eth0; echo $?; cat /proc/net/arp
ip neigh add 10.0.2.78 lladdr 02:00:00:00:00:78 nud stale dev eth0; ip neigh show nud stale; ip neigh del 10.0.2.77 dev eth0; ip neigh add 10.0.2.79 dev eth0; echo $?
ip neigh del 10.0.2.99 dev eth0; echo $?; ip neigh flush all; ip neigh; cat /proc/net/arp
