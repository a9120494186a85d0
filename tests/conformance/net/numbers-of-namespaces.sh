# net: ip netns set, list-id: how one namespace calls another
ip netns add a; ip netns add b; ip netns set a 4; ip netns set a 5; echo $?; ip netns set b 4; echo $?; ip netns; ip netns list-id
ip netns set nope 1; ip netns set; ip netns set a; ip netns set b abc; ip netns list-id nsid 4
ip link add v address 02:00:00:00:00:01 type veth peer name w address 02:00:00:00:00:02 netns a; ip link show v; ip -n a link show w; ip -n a netns list-id
