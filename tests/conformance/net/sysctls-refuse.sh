# net: what may not be written
t() { echo "$1 <- $2"; (printf '%s\n' "$2" > /proc/sys/$1) 2>&1 | sed 's/.*line [0-9]*: //'; cat /proc/sys/$1; }
for x in 1 2 -1 x '' 99999999999 '1 2' 0x1 01; do t net/ipv4/ip_forward "$x"; done; for x in 80 65536 65535 0 -1; do t net/ipv4/ip_unprivileged_port_start "$x"; done
for x in '32768 60999' '5' '60000 5' '1 65535' '0 0' '70000 80000'; do t net/ipv4/ip_local_port_range "$x"; done; for x in reno nosuch; do t net/ipv4/tcp_congestion_control "$x"; done
for x in pfifo_fast nosuch; do t net/core/default_qdisc "$x"; done; t net/core/somaxconn -1; t net/core/rmem_max 100; t net/core/rmem_max 3000; t net/ipv4/route/flush 1; ls -l /proc/sys/net/ipv4/route/flush | cut -c1-10
