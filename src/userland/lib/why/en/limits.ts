/** Limits, files that the kernel makes up, and control groups, in English. */
import { bytes, octal, type Part } from '../dictionary.ts'

const RIGHT = ['', '', 'write', '', 'read'] as const

export const limits = {
  nproc: ({ uid, limit }) => [
    'RLIMIT_NPROC (ulimit -u) is how many processes one user may have, all counted; root is free of it.',
    `uid ${uid} has ${limit} or more, and ${limit} is the limit.`,
  ],
  'threads-max': ({ max }) => ['kernel.threads-max is how many tasks there may be in all.', `It is ${max}.`],
  'pid-max': ({ max }) => [
    'Every task needs a number below kernel.pid_max, in each of its pid namespaces.',
    `All below ${max} are taken.`,
  ],
  nofile: ({ limit }) => [
    'RLIMIT_NOFILE (ulimit -n): descriptors are numbered below it.',
    `All ${limit} are in use.`,
    'ls -l /proc/PID/fd shows what is open.',
  ],
  'file-max': ({ max }) => [
    'fs.file-max is how many files may be open in all.',
    `It is ${max}, and reached.`,
  ],
  'nr-open': ({ max }) => ['No limit of descriptors can be above fs.nr_open.', `It is ${max}.`],
  'rlimit-raise': ({ max, wanted }) => [
    'A hard limit is lowered by anybody, raised with CAP_SYS_RESOURCE only.',
    `It is ${max}, and ${Number.isFinite(wanted) ? wanted : 'unlimited'} was wanted.`,
  ],
  'rlimit-soft': ({ soft, hard }) => [
    'The soft limit is never above the hard one.',
    `${Number.isFinite(soft) ? soft : 'unlimited'} is above ${hard}.`,
  ],
  'arg-strlen': ({ max }) => ['One argument or variable of execve(2) is limited.', `To ${bytes(max)}.`],
  'arg-max': ({ total, max }) => [
    'Arguments and environment of a program together are limited.',
    `They are ${bytes(total)}; the limit is ${bytes(max)}.`,
    'xargs splits them.',
  ],
  'memory-limit': ({ bytes: wanted, limit }) => [
    'RLIMIT_DATA and RLIMIT_AS (ulimit -d, -v) limit the memory of a process.',
    `${bytes(wanted)} were wanted; the limit is ${bytes(limit)}.`,
  ],
  'memory-host': ({ bytes: wanted, memory }) => [
    'Nobody is promised more memory than the host has.',
    `${bytes(wanted)} were wanted; there are ${bytes(memory)}.`,
  ],
  'pipe-max': ({ max }) => ['fs.pipe-max-size is how large a pipe can be made.', `It is ${bytes(max)}.`],
  'name-length': ({ max }) => ['Host and domain names are limited.', `To ${max} bytes.`],
  'fs-blocks': ({ type, size, used }) => [
    'A file system that is full takes no more (a part of a disk may be kept for root).',
    `This ${type} has ${bytes(size)}, of which ${bytes(used)} are in use.`,
    type === 'tmpfs' ? 'mount -o remount,size=… makes it larger.' : 'df -h',
  ],
  'fs-inodes': ({ type, max }) => [
    'Every file needs an inode, and their number is limited.',
    `All ${max} of this ${type} are in use.`,
    type === 'tmpfs' ? 'mount -o remount,nr_inodes=…' : 'df -i',
  ],
  'mqueue-max': ({ max }) => [
    'fs.mqueue.queues_max is how many message queues there may be.',
    `It is ${max}.`,
  ],
  'msgqueue-limit': ({ limit }) => [
    'RLIMIT_MSGQUEUE (ulimit -q) is how many bytes the message queues of a user may take.',
    `It is ${bytes(limit)}.`,
  ],
  'ipc-limit': ({ kind, most, total }) => [
    'Each ipc namespace limits its System V objects.',
    `For ${kind}: ${most} objects, ${total} in all.`,
    'ipcs -l',
  ],

  value: ({ path, text }) => [
    'Such a file takes words or numbers of its own, in its own range.',
    `${path} does not take "${text}".`,
  ],
  'sysctl-mode': ({ name, mode, want, uid }) => [
    'Sysctls go by their mode alone: root has the bits of the owner and no capability helps. In a user namespace one is not root here.',
    `${name || 'The directory'} has mode ${octal(mode)}; uid ${uid} may not ${RIGHT[want & 6] ?? 'read and write'} it.`,
  ],
  'pseudo-mode': ({ path, want }) => [
    'Some files of the kernel are for reading or for writing only, for root as well.',
    `${path} cannot be ${want === 4 ? 'read' : 'written'}.`,
  ],
  'pseudo-create': ({ type, name }) => [
    'What is in this file system the kernel makes up.',
    `${name} cannot be made in ${type}.`,
  ],
  'pseudo-remove': ({ type, name }) => [
    'What is in this file system the kernel makes up.',
    `${name} cannot be removed from ${type}.`,
    type.startsWith('cgroup') ? 'A cgroup is removed with rmdir, files and all.' : undefined,
  ],
  'not-empty': ({ count }) => [
    'Only empty directories are removed.',
    `There ${count === 1 ? 'is 1 name' : `are ${count} names`} in it.`,
  ],
  'module-used': ({ name }) => ['A module that is in use stays.', `${name} is.`, 'lsmod tells by whom.'],

  'cgroup-descendants': ({ cgroup, max }) => [
    'cgroup.max.descendants limits how many cgroups lie below one.',
    `${cgroup} allows ${max}.`,
  ],
  'cgroup-depth': ({ cgroup, max }) => [
    'cgroup.max.depth limits how deep cgroups lie below one.',
    `${cgroup} allows ${max}.`,
  ],
  'cgroup-busy': ({ cgroup, tasks, children }) => [
    'A cgroup is removed when no process is in it and no cgroup below it.',
    `${cgroup} has ${[tasks && `${tasks} task${tasks > 1 ? 's' : ''}`, children && `${children} cgroup${children > 1 ? 's' : ''} below`].filter(Boolean).join(' and ')}.`,
    tasks
      ? 'Move them (echo PID > …/cgroup.procs of another), or echo 1 > cgroup.kill.'
      : 'rmdir those below first.',
  ],
  'cgroup-rename': () => ['Cgroups of version 2 keep their names.', 'This is one.'],
  'cgroup-type': ({ cgroup }) => [
    'cgroup.type takes one word: threaded. There is no way back.',
    `That of ${cgroup} was given another.`,
  ],
  'cgroup-threaded-used': ({ cgroup, populated }) => [
    'A cgroup becomes threaded while nobody is in or below it, and while it gives no domain controllers (memory, io) to its children.',
    `${cgroup} ${populated ? 'is populated' : 'gives such controllers'}.`,
  ],
  'cgroup-threaded-parent': ({ cgroup, parent }) => [
    'Above threaded cgroups stands a domain that distributes no domain controllers and has no populated domains beside.',
    `Above ${cgroup} that is ${parent}, which cannot be it.`,
  ],
  'cgroup-threaded-control': ({ cgroup, controllers }) => [
    'In a threaded subtree only controllers that can tell threads apart are given on: cpu, cpuset, perf_event, pids.',
    `${controllers} cannot, and ${cgroup} is threaded (or the root of threads).`,
  ],
  'cgroup-domain-invalid': ({ cgroup }) => [
    'Below a threaded cgroup everything must be made threaded before it is used.',
    `${cgroup} is still of the type "domain invalid".`,
    'echo threaded > cgroup.type',
  ],
  'cgroup-internal': ({ cgroup, controllers }) => [
    'No internal processes: a cgroup that gives controllers to its children holds no processes itself (the root excepted).',
    `${cgroup} gives ${controllers} to its children.`,
    'Put the process into a cgroup below it.',
  ],
  'cgroup-has-tasks': ({ cgroup, tasks }) => [
    'No internal processes: a cgroup with processes in it gives no controllers to its children (the root excepted).',
    `${cgroup} has ${tasks} task${tasks > 1 ? 's' : ''}.`,
    'Move them into a cgroup below it first.',
  ],
  'cgroup-controller-word': ({ word }) => [
    'cgroup.subtree_control takes +NAME and -NAME of known controllers.',
    `"${word}" is not that.`,
  ],
  'cgroup-controller-absent': ({ name, cgroup, parent }) => [
    'A cgroup gives on only what it has: cgroup.controllers, which is what its parent gives.',
    `${name} is not among the controllers of ${cgroup}.`,
    parent ? `echo +${name} > cgroup.subtree_control in ${parent} first.` : 'It is mounted as version 1.',
  ],
  'cgroup-control-passed-on': ({ name, child }) => [
    'A controller is taken back when no child gives it on.',
    `${child} gives ${name} on.`,
    `echo -${name} > cgroup.subtree_control there first.`,
  ],
  'cgroup-other-domain': ({ from, to }) => [
    'A single thread moves only within the domain of its process.',
    `It is in ${from}, and ${to} is another.`,
    'cgroup.procs moves the whole process.',
  ],
  'cgroup-procs-threaded': ({ cgroup }) => [
    'In a threaded cgroup there are threads, not processes.',
    `${cgroup} is one.`,
    'cgroup.threads lists them.',
  ],
  'cgroup-migrate': ({ cgroup, uid, ouid }) => [
    'To move a process one must be able to write to cgroup.procs of the cgroup that source and destination have in common.',
    `That is ${cgroup}, whose file is of uid ${ouid}; you are uid ${uid}.`,
    'Delegated cgroups are moved between within the delegated part; somebody privileged puts the first process there.',
  ],
  'cgroup-delegate': ({ from, to }) => [
    'With nsdelegate a cgroup namespace is a wall: source and destination must lie within it.',
    `The move is from ${from} to ${to}.`,
  ],
  'cgroup-no-task': ({ pid, zombie }) => [
    "cgroup.procs takes the number of a living process as the writer's pid namespace has it.",
    zombie ? `Process ${pid} is a zombie.` : `There is no process ${pid}.`,
  ],
  'cgroup1-others': ({ pid, uid, tuid }) => [
    'In version 1 root moves everybody, others only their own processes.',
    `Process ${pid} is of uid ${tuid}; you are uid ${uid}.`,
  ],
  'cgroup1-name-taken': ({ name }) => [
    'A named hierarchy has one set of controllers.',
    `${name} exists with others.`,
  ],
  'cgroup1-new-hierarchy': () => [
    'New hierarchies of version 1 are made in the initial cgroup and user namespace only.',
    'You are in another.',
  ],
  'cgroup1-controller-taken': ({ name, version }) => [
    'A controller is in one hierarchy at a time.',
    `${name} is in use in one of version ${version}.`,
  ],
  'pids-max': ({ cgroup, current, max }) => [
    'pids.max is how many tasks a cgroup and all below it may hold.',
    `${cgroup} has ${current}; its limit is ${max}.`,
    'pids.events counts the refusals.',
  ],
  'cpuset-empty': ({ cgroup }) => [
    'While there are tasks in it a cpuset must have CPUs.',
    `${cgroup} has tasks.`,
  ],
  'cpuset-no-cpus': ({ cgroup }) => ['Tasks go only where there is a CPU for them.', `${cgroup} has none.`],
  'cpuset-no-node': () => ['Memory nodes must exist.', 'This host has node 0 only.'],
  'cpuset1-children': ({ cgroup }) => [
    'A cpuset holds all that its children have.',
    `A child of ${cgroup} has more than is wanted.`,
  ],
  'cpuset1-parent': ({ parent }) => ['A cpuset lies within that of its parent.', `${parent} has less.`],
  'cpuset1-exclusive': ({ cgroup }) => [
    'What is exclusive is shared with no sibling.',
    `A sibling of ${cgroup} has a part of it.`,
  ],
  'cpuset1-root': () => ['The root cpuset has everything, always.', 'This is the root.'],
  'cpuset1-unset': ({ cgroup, cpus, mems }) => [
    'A cpuset of version 1 takes no tasks before it has CPUs and memory nodes.',
    `${cgroup} has no ${[!cpus && 'cpuset.cpus', !mems && 'cpuset.mems'].filter(Boolean).join(' and no ')}.`,
    'echo 0 > cpuset.cpus; echo 0 > cpuset.mems',
  ],
  'devices-parent': ({ cgroup }) => [
    'A cgroup allows no device that its parent denies.',
    `The parent of ${cgroup} does not have all of this.`,
  ],
  'devices-children': ({ cgroup }) => [
    'All at once is allowed or denied only while there are no cgroups below.',
    `There are some below ${cgroup}.`,
  ],
  'device-cgroup': ({ cgroup, device, access }) => [
    'devices.list says which device files the tasks of a cgroup may read, write or make, and this holds for root, too.',
    `${cgroup} does not allow "${device} ${access}".`,
  ],
  'cpu-period': ({ period, min, max }) => [
    'The period of cpu.max has bounds.',
    `${period} µs is not within ${min} to ${max} µs.`,
  ],
  'cpu-quota': ({ quota, min }) => [
    'The quota of cpu.max is at least one millisecond.',
    `${quota} µs is less than ${min} µs (or far too much).`,
  ],
  'cpu-burst': ({ burst, quota }) => [
    'The burst is not above the quota.',
    `${burst} µs is above ${quota} µs.`,
  ],
  'cpu-idle-weight': ({ cgroup }) => [
    'The weight of an idle cgroup, or of the root, is fixed.',
    `${cgroup} is such a one.`,
  ],
  'cpu1-parent': ({ cgroup }) => [
    'In version 1 no child gets a larger share of time than its parent.',
    `${cgroup} allows less.`,
  ],
  'cpu1-child': ({ cgroup }) => [
    'In version 1 no child gets a larger share of time than its parent.',
    `${cgroup} below has more than this.`,
  ],
  'memory1-memsw': () => [
    'memory.limit_in_bytes is not above memory.memsw.limit_in_bytes.',
    'It would be.',
    'Write the one that grows first.',
  ],
  'memory1-usage': ({ usage, limit }) => [
    'In version 1 a limit is not set below what cannot be given back.',
    `${bytes(usage)} are in use, ${bytes(limit)} were wanted.`,
  ],
  'memory-reclaim': ({ cgroup, bytes: wanted }) => [
    'memory.reclaim gives back what is asked for, or says that it could not.',
    `${cgroup} had not ${bytes(wanted)} to give.`,
  ],
} satisfies Part
