# net: /proc/net/fib_trie and route as routes come
ip addr add 192.168.5.5/24 dev eth0; cat /proc/net/fib_trie /proc/net/route
unshare -n sh -c 'ip link set lo up; cat /proc/net/fib_trie /proc/net/route /proc/net/if_inet6 /proc/net/igmp'
