# net: the files of /proc/net, and what they say when nothing happens
ls -la /proc/net/ | awk 'NR>1{print $1,$NF}'; cd /proc/net; for f in arp dev_mcast fib_trie icmp if_inet6 ip6_mr_vif ip_mr_cache ipv6_route mcfilter packet protocols psched raw route snmp sockstat sockstat6 tcp tcp6 udp udp6 udplite unix wireless xfrm_stat; do echo "== $f"; cat $f; done
head -c 2000 netstat; wc -l < netstat; cut -d: -f1 dev; unshare -n sh -c 'ls /proc/net; cat /proc/net/dev /proc/net/route /proc/net/if_inet6 /proc/net/fib_trie /proc/net/tcp'
