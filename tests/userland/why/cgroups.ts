/** Control groups, version 2. */
import { type Cases, root, rootV1 } from './provoke.ts'

const CG = 'cd /sys/fs/cgroup; mkdir a; mkdir a/b;'

export const cgroups = {
  'cgroup-descendants': [
    root(`${CG} echo 1 > a/cgroup.max.descendants; mkdir a/c`, '/a allows 1, and has them.'),
  ],
  'cgroup-depth': [root(`${CG} echo 1 > a/cgroup.max.depth; mkdir a/b/c`, '/a allows 1.')],
  'cgroup-busy': [
    root(`${CG} rmdir a`, '/a has 1 cgroup below.'),
    root(`${CG} echo $$ > a/b/cgroup.procs; rmdir a/b`, '/a/b has 1 task.'),
  ],
  'cgroup-rename': [root(`${CG} mv a c`, 'This is one.')],
  'cgroup-type': [
    root(`${CG} echo domain > a/cgroup.type`, 'Another word was written to cgroup.type of /a.'),
  ],
  'cgroup-threaded-used': [
    root(
      `${CG} echo $$ > a/b/cgroup.procs; echo threaded > a/cgroup.type`,
      '/a has processes in it or below it.',
    ),
    root(
      `${CG} echo +memory > cgroup.subtree_control; echo +memory > a/cgroup.subtree_control; echo threaded > a/cgroup.type`,
      '/a gives its children such controllers.',
    ),
  ],
  'cgroup-threaded-parent': [
    root(
      `${CG} echo +memory > cgroup.subtree_control; echo +memory > a/cgroup.subtree_control; echo threaded > a/b/cgroup.type`,
      'Above /a/b is /a, which is not like that.',
    ),
  ],
  'cgroup-threaded-control': [
    root(
      `${CG} echo +memory > cgroup.subtree_control; echo threaded > a/b/cgroup.type; echo +memory > a/cgroup.subtree_control`,
      'memory cannot, and /a is threaded, or has threaded children.',
    ),
  ],
  'cgroup-domain-invalid': [
    root(
      `${CG} echo threaded > a/b/cgroup.type; mkdir a/c; echo $$ > a/c/cgroup.procs`,
      '/a/c is still of the type "domain invalid".',
    ),
  ],
  'cgroup-internal': [
    root(
      `${CG} echo +memory > cgroup.subtree_control; echo +memory > a/cgroup.subtree_control; echo $$ > a/cgroup.procs`,
      '/a gives memory to its children.',
    ),
  ],
  'cgroup-has-tasks': [
    root(
      `${CG} echo +memory > cgroup.subtree_control; echo $$ > a/cgroup.procs; echo +memory > a/cgroup.subtree_control`,
      '/a has 1 task in it.',
    ),
  ],
  'cgroup-controller-word': [
    root(`${CG} echo +nonsense > a/cgroup.subtree_control`, '"+nonsense" is neither.'),
    root(`${CG} echo memory > a/cgroup.subtree_control`, '"memory" is neither.'),
  ],
  'cgroup-controller-absent': [
    root(`${CG} echo +pids > a/b/cgroup.subtree_control`, 'pids is not among the controllers of /a/b.'),
  ],
  'cgroup-control-passed-on': [
    root(
      `${CG} echo +pids > cgroup.subtree_control; echo +pids > a/cgroup.subtree_control; echo -pids > cgroup.subtree_control`,
      '/a passes pids on.',
    ),
  ],
  'cgroup-other-domain': [
    root(
      `${CG} mkdir c; echo $$ > a/cgroup.procs; echo $$ > c/cgroup.threads`,
      'The process is in the domain /a; /c belongs to another.',
    ),
  ],
  'cgroup-procs-threaded': [
    root(`${CG} echo threaded > a/b/cgroup.type; cat a/b/cgroup.procs`, '/a/b is threaded.'),
  ],
  'cgroup-migrate': [
    root(
      `${CG} chown -R user a; su user -c 'echo $$ > /sys/fs/cgroup/a/cgroup.procs'`,
      'That is /, whose cgroup.procs belongs to uid 0; you are uid 1000.',
    ),
  ],
  'cgroup-namespace-root': [
    root(
      `${CG} echo +pids > cgroup.subtree_control; echo $$ > a/cgroup.procs; unshare -C bash -c 'echo 5 > /sys/fs/cgroup/a/pids.max'`,
      '/ is the root of your cgroup namespace, so pids.max is read-only for you.',
    ),
  ],
  'cgroup-delegate': [
    root(
      `${CG} echo $$ > a/cgroup.procs; unshare -C bash -c 'echo $$ > /sys/fs/cgroup/cgroup.procs'`,
      'The move is from / to /.., as seen from your cgroup namespace.',
    ),
  ],
  'kthread-bound': [
    root(`${CG} echo 2 > a/cgroup.procs`, '2 is [kthreadd].'),
    root('taskset -p 1 3', '3 is [rcu_gp].'),
  ],
  'cgroup-no-task': [root(`${CG} echo 99999 > a/cgroup.procs`, 'There is no process 99999.')],
  'pids-max': [
    root(
      `${CG} echo +pids > cgroup.subtree_control; echo 1 > a/pids.max; echo $$ > a/cgroup.procs; ( : )`,
      '/a has 1 task; its limit is 1.',
    ),
    root(
      `${CG} echo +pids > cgroup.subtree_control; echo +pids > a/cgroup.subtree_control; echo 2 > a/pids.max; echo $$ > a/b/cgroup.procs; sleep 9 & sleep 9 & sleep 9`,
      '/a has 2 tasks; its limit is 2.',
    ),
  ],
  'cpuset-empty': [
    root(
      `${CG} echo +cpuset > cgroup.subtree_control; echo 0 > a/cpuset.cpus; echo $$ > a/cgroup.procs; echo > a/cpuset.cpus`,
      '/a has tasks.',
    ),
    rootV1(
      'cd /sys/fs/cgroup/cpuset; mkdir a; echo 0 > a/cpuset.cpus; echo 0 > a/cpuset.mems; echo $$ > a/tasks; echo > a/cpuset.cpus',
      '/a has tasks.',
    ),
  ],
  'cpuset-no-cpus': [
    root(
      `${CG} mkdir a/c; echo +cpuset > cgroup.subtree_control; echo +cpuset > a/cgroup.subtree_control; echo 1 > a/cpuset.cpus; echo root > a/cpuset.cpus.partition; echo 1 > a/b/cpuset.cpus; echo root > a/b/cpuset.cpus.partition; echo $$ > a/c/cgroup.procs`,
      '/a/c has none.',
    ),
  ],
  'cpuset-no-node': [
    root(`${CG} echo +cpuset > cgroup.subtree_control; echo 1 > a/cpuset.mems`, 'This host has only node 0.'),
  ],
  'cpu-period': [
    root(
      `${CG} echo +cpu > cgroup.subtree_control; echo '1000 10' > a/cpu.max`,
      '10 µs is not between 1000 and 1000000 µs.',
    ),
  ],
  'cpu-quota': [
    root(`${CG} echo +cpu > cgroup.subtree_control; echo 10 > a/cpu.max`, '10 µs is less than 1000 µs.'),
  ],
  'cpu-burst': [
    root(
      `${CG} echo +cpu > cgroup.subtree_control; echo 5000 > a/cpu.max; echo 6000 > a/cpu.max.burst`,
      'The burst of 6000 µs is above the quota of 5000 µs.',
    ),
  ],
  'deadline-bandwidth': [
    root(
      'for i in 1 2 3; do sleep 9 & chrt -d -T 90000000 -P 100000000 -p 0 $!; done',
      '90000000 ns of every 100000000 ns are more than is left.',
    ),
  ],
  'cpu-idle-weight': [
    root(
      `${CG} echo +cpu > cgroup.subtree_control; echo 1 > a/cpu.idle; echo 50 > a/cpu.weight`,
      '/a is idle.',
    ),
  ],
  'memory-reclaim': [
    root(
      `${CG} echo +memory > cgroup.subtree_control; echo 1G > a/memory.reclaim`,
      '/a did not have 1 GiB that could be reclaimed.',
    ),
  ],
  'cgroup1-controller-taken': [
    root(
      `${CG} echo +memory > cgroup.subtree_control; mount -t cgroup -o memory m /mnt`,
      'memory is in use in a hierarchy of version 2.',
    ),
  ],
} satisfies Cases
