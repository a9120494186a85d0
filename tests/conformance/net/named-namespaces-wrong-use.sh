# net: what ip netns refuses, and how it says so
ip netns add; echo $?; ip netns exec; echo $?; ip netns exec nope true; echo $?; ip -n nope link; echo $?; ip netns add a/b; echo $?; ip netns add ..
ip netns foo; echo $?; ip netns del; ip netns del nope; echo $?; ip netns pids; ip netns pids nope; ip netns identify abc; ip netns identify 99999; echo $?
ip netns attach; ip netns attach q; ip netns add r; ip netns exec r; ip netns exec r nosuchcmd; echo $?; ip netns exec r /etc; echo $?
touch /run/netns/fake; ip netns exec fake true; echo $?; ip netns del fake; ip netns
