# net: both ends have to be up; removing one removes the other
ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02; ip -br link
ip link set v0 up; ip link show v0; ip link show v1; cat /sys/class/net/v0/operstate /sys/class/net/v0/carrier
ip link set v1 up; ip link show v0; cat /sys/class/net/v0/operstate; ip link set v1 down; ip link show v0
ip link show type veth; cat /sys/class/net/v1/carrier; ip link del v1; ip link show v0; echo $?
