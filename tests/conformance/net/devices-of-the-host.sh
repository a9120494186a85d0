# net: ip link: all, one device, brief, on one line, with details and counters, as JSON
ip link; ip l sh dev lo; ip -br link; ip -o link; ip -d link show lo; ip -d link show eth0; ip -j link; ip -j -p -br link
ip -s link show lo; ip -s -s link show lo; ip -j -s link show lo; ip link show up; ip link show type dummy; ip link show nosuch; echo $?
ip -c link show lo; ip -br -c addr show lo; ip -V
