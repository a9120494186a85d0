# net: /proc/sys/net is the reader's: what a new namespace has, takes over and keeps to itself
cat /proc/sys/net/ipv4/ip_forward; sysctl net.ipv4.ip_forward net.core.somaxconn net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start
echo 1 > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/conf/*/forwarding; unshare -n sh -c 'cat /proc/sys/net/ipv4/ip_forward; echo 0 > /proc/sys/net/ipv4/ip_forward; ls /proc/sys/net /proc/sys/net/core /proc/sys/net/ipv4/conf'; cat /proc/sys/net/ipv4/ip_forward
ip link add dm0 type dummy; ls /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf /proc/sys/net/ipv4/neigh; sysctl net.ipv4.conf.dm0.rp_filter; sysctl -w net.ipv4.conf.dm0.rp_filter=1; ip link set dm0 name dm1; sysctl net.ipv4.conf.dm1.rp_filter net.ipv4.conf.dm0.rp_filter
sysctl -a 2>/dev/null | grep -c '^net.ipv4.conf.lo'; sysctl net.ipv4.nosuch; echo $?
