# net: ip netns exec binds /etc/netns/NAME over /etc, and mounts a /sys of the namespace
ip netns add a; mkdir -p /etc/netns/a; echo nameserver 1.1.1.1 > /etc/netns/a/resolv.conf
ip netns exec a cat /etc/resolv.conf; cat /etc/resolv.conf; ip netns exec a sh -c 'ls /sys/class/net; readlink /proc/self/ns/net /proc/self/ns/mnt'
ip netns add b; ip -all netns exec ip -br link; ip -all netns delete; ip netns; ls /run/netns
