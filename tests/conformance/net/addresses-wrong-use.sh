# net: what ip addr refuses
ip addr add foo dev lo; echo $?; ip addr add 1.2.3.4/33 dev lo; ip addr add 1.2.3.4/24; echo $?; ip addr add 1.2.3.4/24 dev nosuch; echo $?; ip addr add dev lo; echo $?
ip addr add; ip addr add 1.1.1.1/8 dev lo garbage; echo $?; ip addr del 1.1.1.1; ip addr flush; echo $?; ip addr flush dev nosuch; ip -f foo a; echo $?; ip -z; echo $?; ip foo; echo $?
