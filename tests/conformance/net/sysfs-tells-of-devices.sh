# net: /sys/class/net: attributes, writing to them, and each namespace's own
ls /sys/class/net; ls -l /sys/class/net/lo/ | awk 'NR>1{print $1,$NF}'; cd /sys/class/net/eth0; readlink /sys/class/net/eth0 /sys/class/net/lo subsystem device
cat address addr_len broadcast carrier duplex flags ifindex iflink mtu operstate speed tx_queue_len type uevent; cat phys_port_id; cat ../lo/speed; ls statistics queues
echo 1400 > mtu; cat mtu; echo 10 > mtu; echo x > mtu; echo hello > ifalias; cat ifalias; ip link show eth0 | tail -1; echo 1 > operstate; echo 0x1002 > flags; ip link show eth0 | head -1
unshare -n sh -c 'ls /sys/class/net'; unshare -nm sh -c 'mount -t sysfs s /sys; ls /sys/class/net; cat /sys/class/net/lo/operstate'; ip link add dm0 type dummy; ls /sys/class/net /sys/devices/virtual/net
