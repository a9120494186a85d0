# net: master and nomaster; a bridge has a carrier when one of its ports has
ip link add br0 address 02:00:00:00:00:99 type bridge; ip link set br0 up; ip link show br0
ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02; ip link set v0 master br0
ip link set v0 up; ip link set v1 up; sleep .3; ip link show master br0; ip link show br0; ip link show type bridge
ip link set v0 nomaster; ip link show nomaster type veth; ip link set eth0 master lo; echo $?; ip link set br0 master br0; ip link set lo master br0; echo $?
ip link set br0 netns 1; echo $?; ip link del br0; ip -br link
