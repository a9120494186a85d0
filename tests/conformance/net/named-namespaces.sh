# net: ip netns add, list, exec, identify, pids, delete
ip netns add red; echo $?; ip netns; ip netns add red; echo $?; ls -l /run/netns | awk '{print $1, $NF}'
ip netns exec red ip a; ip -n red link set lo up; ip -n red a; ip -n red route; ip netns exec red sh -c 'ls /sys/class/net; mount | grep ^red; exit 7'; echo $?
ip netns exec red sleep 60 & until [ "$(ip netns pids red | wc -l)" = 1 ]; do sleep .1; done; ip netns identify $!; ip netns identify 1; ip netns identify
kill $!; wait 2>/dev/null; ip netns delete red; echo $?; ip netns; ip netns del red; echo $?
