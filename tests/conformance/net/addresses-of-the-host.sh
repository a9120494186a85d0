# net: ip addr: all, one device, one family, brief, on one line, as JSON
ip addr; ip a show lo; ip -4 addr show dev eth0; ip -6 a; ip -br a; ip -br -4 addr; ip -o a; ip -o -4 addr show eth0
ip -j addr show lo; ip -j -p addr show eth0; ip -j -br addr; ip addr show up; ip addr show scope host; ip addr show to 10.0.0.0/8
ip a s nosuch; echo $?; ip addr show eth0 lo; echo $?; ip addr foo; echo $?
