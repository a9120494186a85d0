# net: an address brings its own route at once, the others when the device gets up; without a carrier they are marked
ip link add dm0 type dummy; ip addr add 10.4.0.1/24 dev dm0; ip r show table local dev dm0; ip r show dev dm0; ip link set dm0 up; ip r show table local dev dm0; ip r show dev dm0
ip link set dm0 down; ip r show table local dev dm0; ip r show dev dm0; ip addr del 10.4.0.1/24 dev dm0; ip r show table local dev dm0
ip link add v0 type veth peer name v1; ip addr add 10.4.1.1/24 dev v0; ip link set v0 up; ip r show dev v0; ip link set v1 up; sleep .3; ip r show dev v0
