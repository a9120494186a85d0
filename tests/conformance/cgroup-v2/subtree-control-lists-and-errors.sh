# cgroup-v2: cgroup.subtree_control: several words, unknown ones, order, what children have enabled
cd /sys/fs/cgroup; mkdir a; cd a
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat cgroup.controllers | tr " " "\n" | sort | tr "\n" " "; echo; e "+cpu +pids" cgroup.subtree_control; e "-cpu +memory" cgroup.subtree_control; e "+nosuch" cgroup.subtree_control; e "cpu" cgroup.subtree_control; e "+cpu nosuch" cgroup.subtree_control; e "" cgroup.subtree_control; e "+cpu +cpu -cpu" cgroup.subtree_control; mkdir b; e "+pids" b/cgroup.subtree_control; e "-pids" cgroup.subtree_control; cat b/cgroup.controllers; e "+io" b/cgroup.subtree_control
