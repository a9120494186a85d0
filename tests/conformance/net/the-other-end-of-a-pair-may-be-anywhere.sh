# net: a user namespace puts the other end of its veth into a namespace that is not its own, but moves nothing there
unshare -Urn sh -c 'ip link add e type veth peer name f netns 1; echo $?; ip -br link | cut -c1-20; ip link add g type dummy; ip link set g netns 1; echo $?'
su user -c "unshare -Urn sh -c 'ip link add d type dummy; ip link set d up; ip -br link | cut -c1-24; ip netns add q'"
ip link set lo netns 1; ip link set nope netns 1; ip link add d0 type dummy; ip link set d0 netns 999999; ip link set d0 netns nope; ip netns set a -1
