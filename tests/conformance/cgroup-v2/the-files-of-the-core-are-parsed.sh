cd /sys/fs/cgroup; mkdir -p p/q; for f in p/q/*; do echo "" > $f 2>&1 | head -1; done
for f in cgroup.max.depth cgroup.max.descendants; do for v in 0 1 -1 max foo 99999999999; do echo "+ $f $v"; echo $v > p/$f; cat p/$f; done; done
cat p/cgroup.stat cgroup.stat; echo 1 > p/cgroup.stat; echo 1 > p/cgroup.controllers; cat p/cgroup.kill; cat p/q/cgroup.freeze; echo domain > p/q/cgroup.type; echo foo > p/q/cgroup.type
