# net: what ip link refuses
ip link add foo type nosuch; echo $?; ip link add verylonginterfacename type dummy; echo $?; ip link add 'a/b' type dummy; echo $?; ip link set nosuch up; echo $?; ip link set; echo $?
ip link add; ip link add name x; echo $?; ip link foo; echo $?; ip link add x type veth peer name x; echo $?; ip link add x mtu; ip link delete; ip link set eth0 mtu 10; ip link set eth0 mtu 70000; echo $?
ip link set eth0 mtu abc; ip link set eth0 address zz; ip link set eth0 name lo; ip link set eth0 master nosuch; ip link set eth0 netns nosuch; ip link set eth0 netns 99999; echo $?
ip link set lo netns 1; ip link set eth0 garbage; ip link add d type dummy; echo $?
