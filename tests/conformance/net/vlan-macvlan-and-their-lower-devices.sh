# net: devices that stand on eth0
ip link add link eth0 name eth0.5 type vlan id 5; ip link show eth0.5; ip -d link show eth0.5 | tail -1 | cut -c1-40; ip link set eth0.5 up; ip link show eth0.5
ip link add link eth0 mv0 address 02:00:00:00:00:05 type macvlan mode bridge; ip link show mv0; ip link add link eth0 ipv0 type ipvlan mode l2; echo $?; ip link del mv0
ip link add v type vlan; echo $?; ip link add link eth0 name x type vlan id 5000; echo $?; ip link add link nosuch name x type vlan id 5; echo $?; ip link add link eth0 name y type vlan id 5; echo $?
cat /sys/class/net/eth0.5/iflink /sys/class/net/eth0.5/address; ip link set eth0 down; ip link set eth0.5 up; ip link del eth0.5; ip -br link
