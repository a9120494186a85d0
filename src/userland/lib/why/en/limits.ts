/** Limits, files that the kernel makes up, and control groups, in English. */
import { bytes, octal, type Part } from '../dictionary.ts'

const RIGHT = ['', '', 'write', '', 'read'] as const
/** The files of controllers. */
const CONTROLLED = /^(cpu|cpuset|hugetlb|io|memory|misc|pids|rdma)\./
/** Objects of System V, and what their size is counted in. */
const IPC: Readonly<Record<string, readonly [objects: string, unit: string]>> = {
  shm: ['shared memory segments', 'pages'],
  sem: ['semaphore sets', 'semaphores'],
  msg: ['message queues', 'bytes'],
}

export const limits = {
  nproc: ({ uid, limit }) => [
    'RLIMIT_NPROC (ulimit -u) limits how many tasks a user may have in all; root is exempt.',
    `uid ${uid} has ${limit} or more; the limit of your process is ${limit}.`,
  ],
  'threads-max': ({ max }) => [
    'kernel.threads-max limits how many tasks there may be on the host.',
    `The limit is ${max}, and it is reached.`,
  ],
  'pid-max': ({ max }) => [
    'Every task needs a free number below kernel.pid_max in each of its pid namespaces (those below 300 are given out only once).',
    `kernel.pid_max is ${max}, and no number is free.`,
  ],
  nofile: ({ limit }) => [
    'RLIMIT_NOFILE (ulimit -n): every descriptor has a number below this limit.',
    `All numbers below ${limit} are in use.`,
    'ls -l /proc/PID/fd shows what is open.',
  ],
  'file-max': ({ max }) => [
    'fs.file-max limits how many files may be open on the host.',
    `The limit is ${max}, and it is reached.`,
  ],
  'nr-open': ({ max }) => ['RLIMIT_NOFILE (ulimit -n) cannot be above fs.nr_open.', `fs.nr_open is ${max}.`],
  'rlimit-raise': ({ max, wanted }) => [
    'Everybody may lower a hard limit; raising it needs CAP_SYS_RESOURCE.',
    `The hard limit is ${max}, and ${Number.isFinite(wanted) ? wanted : 'unlimited'} was wanted.`,
  ],
  'rlimit-soft': ({ soft, hard }) => [
    'A soft limit cannot be above its hard limit.',
    `The soft limit ${Number.isFinite(soft) ? soft : 'unlimited'} would be above the hard limit ${hard}.`,
  ],
  'arg-strlen': ({ max }) => [
    'A single argument (or environment variable) of a program has a largest length.',
    `One is longer than ${bytes(max)}.`,
    'Give the text through a pipe or a file.',
  ],
  'arg-max': ({ total, max }) => [
    'The arguments and the environment of a program together have a largest size.',
    `They have ${bytes(total)}; the limit is ${bytes(max)}.`,
    'xargs splits them over several commands.',
  ],
  'memory-limit': ({ bytes: wanted, limit }) => [
    'RLIMIT_DATA and RLIMIT_AS (ulimit -d, -v) limit the memory of a process.',
    `The process asked for ${bytes(wanted)}; its limit is ${bytes(limit)}.`,
  ],
  'memory-host': ({ bytes: wanted, memory }) => [
    'A single request for more memory than the host has is refused at once (vm.overcommit_memory is 0).',
    `The process asked for ${bytes(wanted)}; the host has ${bytes(memory)}.`,
  ],
  'pipe-max': ({ max }) => [
    'fs.pipe-max-size limits how large a pipe can be made without CAP_SYS_RESOURCE.',
    `The limit is ${bytes(max)}.`,
  ],
  'name-length': ({ max }) => ['Host names and domain names have a largest length.', `It is ${max} bytes.`],
  'path-length': ({ of, max }) => [
    'Each name in a path has a largest length, and so has the whole path.',
    of === 'name' ? `A name here is longer than ${max} bytes.` : `The path is longer than ${max} bytes.`,
  ],
  'fs-blocks': ({ type, size, used }) => [
    'A full file system takes no more data (a disk may keep a part for root).',
    `This ${type} has ${bytes(size)}, of which ${bytes(used)} are in use.`,
    type === 'tmpfs' ? 'mount -o remount,size=… makes it larger.' : 'df -h',
  ],
  'fs-inodes': ({ type, max }) => [
    'Every file needs an inode, and a file system has only so many.',
    `All ${max} inodes of this ${type} are in use.`,
    type === 'tmpfs' ? 'mount -o remount,nr_inodes=…' : 'df -i',
  ],
  'mqueue-max': ({ max }) => [
    'fs.mqueue.queues_max limits how many message queues an ipc namespace may have.',
    `The limit is ${max}, and it is reached.`,
  ],
  'msgqueue-limit': ({ limit }) => [
    'RLIMIT_MSGQUEUE (ulimit -q) limits how many bytes the message queues of a user may take together.',
    `The limit is ${bytes(limit)}${limit < 1024 ? ' bytes' : ''}.`,
  ],
  'inotify-max': ({ of, max }) => [
    `user.max_inotify_${of} limits how many inotify ${of} a user may have.`,
    `The limit is ${max}, and it is reached.`,
    'tail -f and other programs that watch files use them.',
  ],
  'ipc-limit': ({ kind, of, most }) => [
    `Each ipc namespace limits how many ${IPC[kind]?.[0]} it holds, and their size together.`,
    of === 'objects'
      ? `The limit is ${most}, and it is reached.`
      : `Together they would have more than ${most} ${IPC[kind]?.[1]}.`,
    'ipcs -l shows the limits, ipcs what there is, ipcrm removes it.',
  ],

  value: ({ path, text }) => [
    'A file that the kernel makes up takes only the words or numbers that are meant for it.',
    `${path} does not take "${text}".`,
  ],
  'write-at-once': ({ path }) => [
    'This file takes everything in one write(2), at its beginning.',
    `To ${path} something was written a second time, or too much at once.`,
    'echo and printf of bash write line by line: put the lines into a file and cat it.',
  ],
  'sysctl-mode': ({ name, mode, want, uid }) => [
    'A sysctl goes by its mode alone: root has the bits of the owner, and no capability helps. The root of a user namespace is not root here.',
    `${name || 'The directory'} has mode ${octal(mode)}; uid ${uid} may not ${RIGHT[want & 6] ?? 'read and write'} it.`,
  ],
  'pseudo-mode': ({ path, want }) => [
    'Some files of the kernel are only read or only written, also by root.',
    `${path} cannot be ${want === 4 ? 'read' : 'written'}.`,
  ],
  'pseudo-create': ({ type, name }) => [
    'The kernel itself makes up the names in this file system.',
    `${name} cannot be made in ${type}.`,
    type === 'cgroup2' && CONTROLLED.test(name)
      ? `The file is there only where the parent gives the controller: in the parent, echo +${name.split('.')[0]} > cgroup.subtree_control`
      : undefined,
  ],
  'pseudo-remove': ({ type, name }) => [
    'The kernel itself makes up the names in this file system.',
    `${name} cannot be removed from ${type}.`,
    type.startsWith('cgroup') ? 'Remove a cgroup with rmdir: its files go along.' : undefined,
  ],
  'not-empty': ({ count }) => [
    'Only an empty directory is removed, or replaced by mv.',
    `It has ${count} name${count === 1 ? '' : 's'} in it.`,
    'ls -A shows them; rm -r removes them, too.',
  ],
  'module-used': ({ name }) => [
    'A module in use is not unloaded.',
    `${name} is in use.`,
    'lsmod tells by whom.',
  ],

  'cgroup-descendants': ({ cgroup, max }) => [
    'cgroup.max.descendants limits how many cgroups may be below a cgroup.',
    `${cgroup} allows ${max}, and has them.`,
  ],
  'cgroup-depth': ({ cgroup, max }) => [
    'cgroup.max.depth limits how many levels of cgroups may be below a cgroup.',
    `${cgroup} allows ${max}.`,
  ],
  'cgroup-busy': ({ cgroup, tasks, children }) => [
    'A cgroup is removed only when it has no process in it and no cgroup below it.',
    `${cgroup} has ${[tasks && `${tasks} task${tasks > 1 ? 's' : ''}`, children && `${children} cgroup${children > 1 ? 's' : ''} below`].filter(Boolean).join(' and ')}.`,
    tasks
      ? 'Move them to another cgroup (echo PID > cgroup.procs there) or end them.'
      : 'First rmdir those below.',
  ],
  'cgroup-rename': () => ['A cgroup of version 2 cannot be renamed.', 'This is one.'],
  'cgroup-type': ({ cgroup }) => [
    'cgroup.type takes only the word threaded. There is no way back.',
    `Another word was written to cgroup.type of ${cgroup}.`,
  ],
  'cgroup-threaded-used': ({ cgroup, populated }) => [
    'A cgroup becomes threaded only while no process is in it or below it, and while it gives its children no domain controllers (memory, io).',
    `${cgroup} ${populated ? 'has processes in it or below it' : 'gives its children such controllers'}.`,
  ],
  'cgroup-threaded-parent': ({ cgroup, parent }) => [
    'The cgroup above threaded ones must be a domain, must give its children no domain controllers (memory, io), and must not have processes in other children.',
    `Above ${cgroup} is ${parent}, which is not like that.`,
  ],
  'cgroup-threaded-control': ({ cgroup, controllers }) => [
    'In a threaded subtree only controllers that can tell threads apart are passed on: cpu, cpuset, perf_event, pids.',
    `${controllers} cannot, and ${cgroup} is threaded, or has threaded children.`,
  ],
  'cgroup-domain-invalid': ({ cgroup }) => [
    'Beside and below threaded cgroups every cgroup must be made threaded before it is used.',
    `${cgroup} is still of the type "domain invalid".`,
    'echo threaded > cgroup.type',
  ],
  'cgroup-internal': ({ cgroup, controllers }) => [
    'No internal processes: a cgroup that gives controllers to its children holds no processes itself (except the root).',
    `${cgroup} gives ${controllers} to its children.`,
    'Put the process into a cgroup below it.',
  ],
  'cgroup-has-tasks': ({ cgroup, tasks }) => [
    'No internal processes: a cgroup with processes in it gives no controllers to its children (except the root).',
    `${cgroup} has ${tasks} task${tasks > 1 ? 's' : ''} in it.`,
    'First move them into a cgroup below it.',
  ],
  'cgroup-controller-word': ({ word }) => [
    'cgroup.subtree_control takes +NAME and -NAME, with the names of controllers.',
    `"${word}" is neither.`,
    'cat cgroup.controllers',
  ],
  'cgroup-controller-absent': ({ name, cgroup, parent }) => [
    'A cgroup passes on only the controllers it has (cgroup.controllers): those that its parent gives.',
    `${name} is not among the controllers of ${cgroup}.`,
    parent
      ? `First, in ${parent}: echo +${name} > cgroup.subtree_control`
      : `A hierarchy of version 1 has ${name}.`,
  ],
  'cgroup-control-passed-on': ({ name, child }) => [
    'A controller is taken back only when no child passes it on.',
    `${child} passes ${name} on.`,
    `First, in ${child}: echo -${name} > cgroup.subtree_control`,
  ],
  'cgroup-other-domain': ({ from, to }) => [
    'cgroup.threads moves a thread only within the domain of its process.',
    `The process is in the domain ${from}; ${to} belongs to another.`,
    'cgroup.procs moves the whole process.',
  ],
  'cgroup-procs-threaded': ({ cgroup }) => [
    'A threaded cgroup holds threads, so its cgroup.procs cannot be read.',
    `${cgroup} is threaded.`,
    'cgroup.threads lists them.',
  ],
  'cgroup-migrate': ({ cgroup, uid, ouid }) => [
    'To move a process you need write access to cgroup.procs of the nearest cgroup that contains both the old place and the new.',
    `That is ${cgroup}, whose cgroup.procs belongs to uid ${ouid}; you are uid ${uid}.`,
    'Within a delegated part you move freely; root must put the first process into it.',
  ],
  'cgroup-namespace-root': ({ cgroup, file }) => [
    'From within a cgroup namespace the limits of its root are not changed: they are set from outside (mount option nsdelegate).',
    `${cgroup} is the root of your cgroup namespace, so ${file} is read-only for you.`,
    'Make a cgroup below it and set the limit there.',
  ],
  'cgroup-delegate': ({ from, to }) => [
    'A process moves into or out of a cgroup namespace only from outside (mount option nsdelegate): for you both places must be within yours.',
    `The move is from ${from} to ${to}, as seen from your cgroup namespace.`,
  ],
  'cgroup-no-task': ({ pid }) => [
    "cgroup.procs takes the number that a process has in the writer's pid namespace.",
    `There is no process ${pid}.`,
  ],
  'kthread-bound': ({ pid, comm }) => [
    'Threads of the kernel that belong to a CPU or to a pool of workers, and kthreadd, stay where the kernel has put them.',
    `${pid} is [${comm}].`,
  ],
  'cgroup1-others': ({ pid, uid, tuid }) => [
    'In cgroup version 1 root moves every process, other users only their own.',
    `Process ${pid} belongs to uid ${tuid}; you are uid ${uid}.`,
  ],
  'cgroup1-name-taken': ({ name }) => [
    'A named hierarchy has one set of controllers.',
    `The hierarchy ${name} exists with other controllers.`,
  ],
  'cgroup1-new-hierarchy': () => [
    'A new hierarchy of version 1 is made only in the initial cgroup and user namespaces.',
    'You are in other ones.',
  ],
  'cgroup1-option': ({ message }) => [
    'The options of a version 1 hierarchy say which controllers it has, and its name if it has one.',
    `The kernel found: ${message}.`,
  ],
  'cgroup1-populated': () => [
    'A hierarchy gets other controllers only while its root is its only cgroup.',
    'This one has others.',
  ],
  'cgroup1-controller-taken': ({ name, version }) => [
    'A controller belongs to one hierarchy at a time.',
    `${name} is in use in a hierarchy of version ${version}.`,
  ],
  'pids-max': ({ cgroup, current, max }) => [
    'pids.max limits how many tasks a cgroup and all below it may hold.',
    `${cgroup} has ${current} task${current === 1 ? '' : 's'}; its limit is ${max}.`,
    'pids.events counts such refusals.',
  ],
  'deadline-bandwidth': ({ runtime, period }) => [
    'All deadline tasks together get no more than kernel.sched_rt_runtime_us of each kernel.sched_rt_period_us and CPU.',
    `${runtime} ns of every ${period} ns are more than is left.`,
  ],
  'cpuset-empty': ({ cgroup }) => [
    'A cpuset with tasks in it must keep CPUs (and in version 1 a memory node).',
    `${cgroup} has tasks.`,
  ],
  'cpuset-no-cpus': ({ cgroup }) => [
    'Tasks move only into a cpuset that has a CPU for them.',
    `${cgroup} has none.`,
  ],
  'cpuset-no-node': () => ['A memory node must exist.', 'This host has only node 0.'],
  'cpuset1-children': ({ cgroup }) => [
    'A cpuset keeps all that its children have.',
    `A child of ${cgroup} has something that would be taken away.`,
  ],
  'cpuset1-parent': ({ parent }) => [
    'A cpuset has only what its parent has.',
    `${parent} does not have all of this.`,
  ],
  'cpuset1-exclusive': ({ cgroup }) => [
    'An exclusive cpuset shares nothing with its siblings.',
    `A sibling of ${cgroup} has a part of this, and one of the two is exclusive.`,
  ],
  'cpuset1-root': () => ['The root cpuset always has everything.', 'This is the root.'],
  'cpuset1-unset': ({ cgroup, cpus, mems }) => [
    'A cpuset of version 1 takes no tasks before it has CPUs and memory nodes.',
    `${cgroup} has no ${[!cpus && 'cpuset.cpus', !mems && 'cpuset.mems'].filter(Boolean).join(' and no ')}.`,
    'echo 0 > cpuset.cpus; echo 0 > cpuset.mems',
  ],
  'devices-parent': ({ cgroup }) => [
    'A cgroup cannot allow a device that its parent denies.',
    `The parent of ${cgroup} denies this, or a part of it.`,
  ],
  'devices-children': ({ cgroup }) => [
    '"a" (all devices at once) is written only while there are no cgroups below.',
    `There are cgroups below ${cgroup}.`,
  ],
  'device-cgroup': ({ cgroup, device, access }) => [
    'devices.list says which devices the tasks of a cgroup may read (r), write (w) and make files of (m). It holds for root, too.',
    `${cgroup} does not allow "${device} ${access}".`,
  ],
  'cpu-period': ({ period, min, max }) => [
    'The period of a CPU limit has bounds.',
    `${period} µs is not between ${min} and ${max} µs.`,
  ],
  'cpu-quota': ({ quota, min }) => [
    'The quota of a CPU limit has bounds.',
    `${quota} µs is ${quota < min ? `less than ${min} µs` : 'too much'}.`,
  ],
  'cpu-burst': ({ burst, quota }) => [
    'A burst cannot be above the quota.',
    `The burst of ${burst} µs is above the quota of ${quota} µs.`,
  ],
  'cpu-idle-weight': ({ cgroup }) => [
    'The weight of an idle cgroup (cpu.idle is 1) and that of the root are fixed.',
    `${cgroup} is ${cgroup === '/' ? 'the root' : 'idle'}.`,
  ],
  'cpu1-parent': ({ cgroup }) => [
    'In cgroup version 1 no child may have a larger quota, relative to its period, than its parent.',
    `The parent ${cgroup} has less.`,
  ],
  'cpu1-child': ({ cgroup }) => [
    'In cgroup version 1 no child may have a larger quota, relative to its period, than its parent.',
    `${cgroup} below has more than this.`,
  ],
  'memory1-memsw': () => [
    'memory.limit_in_bytes (memory) cannot be above memory.memsw.limit_in_bytes (memory and swap).',
    'After this it would be.',
    'To raise both, write memory.memsw.limit_in_bytes first; to lower both, memory.limit_in_bytes.',
  ],
  'memory1-usage': ({ usage, limit }) => [
    'In cgroup version 1 a memory limit cannot be set below what is in use and cannot be reclaimed.',
    `${bytes(usage)} are in use; the new limit would be ${bytes(limit)}.`,
  ],
  'memory-reclaim': ({ cgroup, bytes: wanted }) => [
    'memory.reclaim fails if it cannot reclaim as much as was asked for.',
    `${cgroup} did not have ${bytes(wanted)} that could be reclaimed.`,
  ],

  'device-name-taken': ({ name }) => [
    'A network namespace has each name of a network device once.',
    `There is a device ${name} already.`,
    `ip link show ${name}`,
  ],
  'device-down': ({ name }) => [
    'This needs a network device that is up.',
    `${name} is down.`,
    `ip link set ${name} up`,
  ],
  'device-stays': ({ name }) => [
    'Some network devices cannot leave their network namespace: each namespace has a lo of its own.',
    `${name} is such a device.`,
  ],
  'ipv6-off': ({ name }) => [
    'An IPv6 address needs a device with IPv6 switched on.',
    `net.ipv6.conf.${name}.disable_ipv6 is 1.`,
    `sysctl -w net.ipv6.conf.${name}.disable_ipv6=0`,
  ],
  'address-taken': ({ address, name }) => [
    'A network device has an address once.',
    `${name} has ${address} already.`,
    `ip addr show ${name}`,
  ],
  'route-taken': ({ network }) => [
    'A routing table has one route to the same network with the same metric.',
    `There is a route to ${network} already.`,
    'ip route show; ip route replace takes its place.',
  ],
  'gateway-unreachable': ({ gateway }) => [
    'A gateway must be a neighbour: in a network that a device which is up is directly connected to.',
    `No such device has ${gateway} in its network.`,
    'First give a device an address in that network and set it up: ip addr add, ip link set … up',
  ],
} satisfies Part
