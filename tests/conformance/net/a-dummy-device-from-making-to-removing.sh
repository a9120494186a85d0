# net: make, up, rename, address, mtu, alias, group, remove
ip link add d0 address 02:00:00:00:00:01 type dummy; echo $?; ip link show d0; ip link add d0 type dummy; echo $?
ip link set d0 up; ip link show d0; ip -6 addr show d0; ip link set d0 name e; echo $?; ip link set d0 down; ip link set d0 name e; ip link show d0; echo $?
ip link set e mtu 1400; ip link set e txqueuelen 500; ip link set e alias 'my dev'; ip link set e group 5; ip link show group 5
ip link set e address 02:00:00:00:00:02; ip link set e arp off; ip link set e promisc on; ip link show e; ip link set e address 01:00:00:00:00:00; echo $?
ip link del e; echo $?; ip link del e; echo $?; ip link del lo; echo $?
