/**
 * The records of the kernel. Linux: include/linux/sched.h, nsproxy.h, pid_namespace.h, cgroup-defs.h, tty.h.
 * Everything here is flat: ids instead of pointers. What a task runs (its generator), wait queues, pipe buffers
 * and the event queue live outside the tables.
 */
import type { Rlimit, Termios } from '../abi/index.ts'
import type { Rec } from '../state/index.ts'
import type { VfsSchema } from '../vfs/index.ts'
import type { Neighbour, NetDevice, Route } from './net/types.ts'
import type { NamespaceLimit } from './sysctl.ts'

/** R running or runnable, S sleeping, D the same without signals, I idle (of no load), T stopped, Z zombie. */
export type TaskState = 'R' | 'S' | 'D' | 'I' | 'T' | 'Z'

/**
 * What all threads of a process share, and their parent. Every record of a thread group says the same here: they are read from whichever
 * is at hand, and written by `setProcess` into all of them. Linux: struct signal_struct.
 */
export interface SignalStruct {
  /** Ids of tasks, not pids: pids are what namespaces make of them. 0 for none. */
  readonly parent: number
  /** Leader tasks' own struct pid survives them while members remain, hence ids of tasks here as well. */
  readonly pgrp: number
  readonly session: number
  /** Terminal id, 0 for none. */
  readonly tty: number
  readonly childSubreaper: boolean
  readonly oomScoreAdj: number
  /** What the privileged have set last, below which nobody else may go. */
  readonly oomScoreAdjMin?: number
  readonly rlimits: readonly Rlimit[]
}

/** The same of the address space, which threads share as well. Linux: struct mm_struct. */
export interface MmStruct {
  readonly argv: readonly string[]
  readonly environ: readonly string[]
  /** Dentry and mount of the executable, 0 for kernel tasks. The leader's record holds the references. */
  readonly exeMount: number
  readonly exeDentry: number
  readonly dumpable: boolean
  /** Bits of /proc/PID/coredump_filter, where somebody has changed them. */
  readonly coredumpFilter?: number
}

/**
 * What a process has once: it stands in the record of its thread group's leader, which stays until the last thread is
 * gone. In other threads' records it is nothing. Linux: struct signal_struct and mm_struct.
 */
export interface ThreadGroup {
  /** Ids of the other threads, in the order of their birth. */
  readonly threads: readonly number[]
  /** Signals for whichever thread takes them: ShdPnd of /proc/PID/status. */
  readonly sharedPending: bigint
  readonly sharedQueue: readonly number[]
  /** The signal that stopped the process, -1 when it was continued, 0 once its parent knows. */
  readonly stopSignal: number
  /** What threads that are gone have used. Times in ns. */
  readonly deadUtime: number
  readonly deadStime: number
  /** What children that were waited for have used. */
  readonly cutime: number
  readonly cstime: number
  /** Anonymous memory in bytes (brk) and the highest it was. */
  readonly rss: number
  readonly hiwaterRss: number
  /** The cgroups that its memory is charged to; empty in the root. */
  readonly charges: readonly MemoryCharge[]
  /** How much of `rss` is in swap. */
  readonly swapped: number
}

/** A thread. Linux: struct task_struct. */
export interface Task extends Rec, SignalStruct, MmStruct, ThreadGroup {
  /** The id of its thread group's leader: its own if it is that itself. */
  readonly tgid: number
  /** The pid in each pid namespace from the initial one (index 0) inwards: NSpid of /proc/PID/status. */
  readonly pids: readonly number[]
  /** The pid namespace of the innermost of them. */
  readonly pidNs: number
  /** Those that it has forked or adopted itself. */
  readonly children: readonly number[]
  readonly comm: string
  readonly state: TaskState
  /** The wait channel of a sleeper, for /proc/PID/wchan and the glass: `pipe_read`, `do_wait`, `hrtimer_nanosleep`, … */
  readonly wchan: string
  /** Raw wait status once it is a zombie. */
  readonly exitCode: number
  /** What the parent is sent in the end; -1 for a thread that is not the leader. */
  readonly exitSignal: number
  readonly cred: number
  readonly nsproxy: number
  readonly fs: number
  readonly files: number
  readonly sighand: number
  /** Bit n-1 stands for signal n. */
  readonly blocked: bigint
  /** Signals for this thread alone: SigPnd of /proc/PID/status. */
  readonly pending: bigint
  /** Real-time signals among them, one entry each time one was sent. */
  readonly rtQueue: readonly number[]
  readonly noNewPrivs: boolean
  readonly pdeathsig: number
  readonly didExec: boolean
  /** ns of timerslack_ns, where somebody has changed it. */
  readonly timerSlack?: number
  /** Class and level of ioprio_set(2). */
  readonly ioprio?: number
  /** Who logged in, and in which audit session; absent for nobody. */
  readonly loginuid?: number
  readonly sessionid?: number
  /** PF_… that nothing else here says (task-flags.ts); absent for none. */
  readonly flags?: number
  /** PER_… and the flags of personality(2). */
  readonly personality?: number
  /** Virtual ns since boot. */
  readonly startTime: number
  // Scheduling: struct sched_entity and friends. Times in ns.
  readonly nice: number
  readonly policy: number
  /** 1 to 99 under SCHED_FIFO and SCHED_RR. */
  readonly rtPriority?: number
  /** Its children begin without a policy above the usual. */
  readonly resetOnFork?: boolean
  /** Under SCHED_DEADLINE, in ns. */
  readonly deadline?:
    | { readonly runtime: number; readonly deadline: number; readonly period: number }
    | undefined
  readonly affinity: readonly number[]
  readonly cpu: number
  readonly onCpu: boolean
  readonly vruntime: number
  /** CPU time settled so far; add what the running burst has used since `execStart` when reading (`taskCpuTime`). */
  readonly utime: number
  readonly stime: number
  readonly nvcsw: number
  readonly nivcsw: number
  /** Its cgroup in each hierarchy, by hierarchy index. Linux: css_set. */
  readonly cgroups: readonly number[]
}

/** Bytes of a task's memory that a cgroup is charged with, and whether its program's own pages are among them. */
export interface MemoryCharge {
  readonly cgroup: number
  readonly anon: number
  readonly program: boolean
  /** Bytes of it that are in swap, and no longer in `anon`. */
  readonly swap?: number
}

/** Linux: struct files_struct. `fds[n]` is an open file id or 0; `cloexec` has one bit a descriptor. */
export interface Files extends Rec {
  readonly fds: readonly number[]
  readonly cloexec: readonly boolean[]
  /** How many descriptors there is room for; never shrinks. Linux: fdtable.max_fds. */
  readonly size: number
  readonly users: number
}

/** Linux: struct sighand_struct: 'SIG_DFL', 'SIG_IGN' or 'handler'; the functions live beside the generator. */
export interface Sighand extends Rec {
  readonly actions: readonly ('SIG_DFL' | 'SIG_IGN' | 'handler')[]
  readonly flags: readonly number[]
  readonly users: number
}

/** Linux: struct nsproxy. Which namespaces a task sees; shared by tasks until one unshares. */
export interface NsProxy extends Rec {
  readonly mnt: number
  readonly uts: number
  readonly ipc: number
  readonly net: number
  readonly pidForChildren: number
  readonly cgroup: number
  readonly time: number
  readonly timeForChildren: number
  readonly users: number
}

/** Linux: struct ns_common. `inum` is the number shown in /proc/PID/ns; `refs` counts who keeps it alive. */
export interface Namespace extends Rec {
  readonly inum: number
  readonly userNs: number
  /** On whose account it is: the kernel id of who made it, -1 for those of the boot. Linux: ucounts. */
  readonly creator: number
  readonly refs: number
}
export interface UtsNamespace extends Namespace {
  readonly nodename: string
  readonly domainname: string
}
/** System V message queues, semaphore sets and shared memory segments. */
export type IpcKind = 'msg' | 'sem' | 'shm'
export interface IpcNamespace extends Namespace {
  /** The index given out last, and how often they have wrapped, for each kind. */
  readonly last: Readonly<Record<IpcKind, { readonly index: number; readonly seq: number }>>
  /** Limits that were written to /proc/sys/kernel. */
  readonly limits: Readonly<Record<string, number>>
}
/** Linux: struct kern_ipc_perm with msg_queue, sem_array or shmid_kernel. `size` is bytes or semaphores. */
export interface IpcObject extends Rec {
  readonly ns: number
  readonly kind: IpcKind
  readonly ipcId: number
  readonly key: number
  readonly mode: number
  readonly size: number
  readonly uid: number
  readonly gid: number
  readonly cuid: number
  readonly cgid: number
  /** The creator's pid as its own pid namespace numbers it. */
  readonly cpid: number
  /** Seconds of the realtime clock. */
  readonly ctime: number
}
/** Linux: struct net. Its devices are in a table of their own. */
export interface NetNamespace extends Namespace {
  /** The index given out last. */
  readonly lastIfindex: number
  readonly routes: readonly Route[]
  readonly neighbours: readonly Neighbour[]
  /** The numbers by which it knows others, by their ids. Linux: netns_ids. */
  readonly nsids: Readonly<Record<number, number>>
}
export interface CgroupNamespace extends Namespace {
  /** The cgroup that is its root in each hierarchy. */
  readonly roots: readonly number[]
}
export interface TimeNamespace extends Namespace {
  readonly monotonicOffset: number
  readonly boottimeOffset: number
  /** Somebody has lived in it: the offsets stay. */
  readonly frozenOffsets: boolean
}
export interface PidNamespace extends Namespace {
  readonly parent: number
  readonly level: number
  /** The task that is pid 1 in it, 0 before it is born; when it dies the namespace takes no more (ENOMEM). */
  readonly childReaper: number
  readonly lastPid: number
  readonly dead: boolean
}
/** Linux: struct uid_gid_extent. */
export interface IdExtent {
  readonly first: number
  readonly lowerFirst: number
  readonly count: number
}
export interface UserNamespace extends Rec {
  readonly inum: number
  readonly parent: number
  readonly level: number
  /** Kernel ids of who made it. */
  readonly owner: number
  readonly group: number
  readonly uidMap: readonly IdExtent[]
  readonly gidMap: readonly IdExtent[]
  readonly setgroupsAllowed: boolean
  /** Whether its creator had CAP_SETFCAP; needed to map id 0. */
  readonly parentCouldSetfcap: boolean
  /** Limits that were written to /proc/sys/user. */
  readonly limits: Readonly<Partial<Record<NamespaceLimit, number>>>
  readonly refs: number
}

/** Linux: struct cgroup_root. Index 0 is the default hierarchy (v2); a v1 one has its controllers and perhaps a name. */
export interface Hierarchy extends Rec {
  readonly version: 1 | 2
  readonly controllers: readonly string[]
  readonly name: string
  readonly root: number
  /** Mount options that are flags of the hierarchy: nsdelegate, xattr, … */
  readonly options: readonly string[]
  /** The default hierarchy shows in /proc/PID/cgroup from its first mount on (cgrp_dfl_visible). */
  readonly visible: boolean
  readonly releaseAgent: string
}

/** Owner and mode of a cgroup's directory or of one of its files, where somebody has changed them. */
export interface CgroupFileAttr {
  readonly uid?: number
  readonly gid?: number
  readonly mode?: number
}

/** Linux: struct cgroup with the state of its controllers. Fields of a controller that is off keep their defaults. */
export interface Cgroup extends Rec {
  readonly hierarchy: number
  readonly parent: number
  readonly children: readonly number[]
  readonly level: number
  readonly name: string
  /** inode number of its directory. */
  readonly ino: number
  /** Who made it, and by file name ('' is the directory) what chown and chmod changed. */
  readonly uid: number
  readonly gid: number
  readonly attrs: Readonly<Record<string, CgroupFileAttr>>
  readonly subtreeControl: readonly string[]
  /** v2: cgroup.type is `threaded`. */
  readonly threaded: boolean
  /** v2: whether pressure is shown (cgroup.pressure). */
  readonly pressure: boolean
  /** What controllers keep about it, by their names (see cgroup/css.ts). */
  readonly css: Readonly<Record<string, object>>
  /** Tasks directly in it; the list itself is found by walking the tasks. */
  readonly nrTasks: number
  readonly frozen: boolean
  readonly maxDescendants: number
  readonly maxDepth: number
  readonly notifyOnRelease: boolean
  readonly cloneChildren: boolean
  // cpu: weight is the kernel's share value (1024 = v2's 100). Times in ns; quota -1 is none.
  readonly shares: number
  readonly quota: number
  readonly period: number
  readonly burst: number
  readonly idle: number
  readonly nrPeriods: number
  readonly nrThrottled: number
  readonly throttledTime: number
  readonly nrBursts: number
  readonly burstTime: number
  readonly throttled: boolean
  /** CPU time of everything below it, settled (see Task.utime). */
  readonly usage: number
  readonly usageUser: number
  readonly usageSystem: number
  /** What is left of the running period's quota in the global pool. */
  readonly runtime: number
  // pids: counts of everything below it
  readonly pidsMax: number
  readonly pidsCurrent: number
  readonly pidsEvents: number
  readonly pidsPeak: number
}

/** Linux: struct tty_struct of a pty's slave side. The line discipline's buffers live beside the table. */
export interface Tty extends Rec {
  /** N of /dev/pts/N. */
  readonly index: number
  readonly termios: Termios
  readonly rows: number
  readonly cols: number
  /** Task ids, 0 for none. */
  readonly session: number
  readonly pgrp: number
  readonly hungUp: boolean
  /** Owner and mode of its node in devpts, once they differ from what the mount's options say. */
  readonly uid?: number
  readonly gid?: number
  readonly mode?: number
  /** Super block of the devpts instance whose ptmx made it; the first one when absent. */
  readonly devpts?: number
}

/** Linux: struct gendisk, and struct loop_device of a loop device. */
export interface Disk extends Rec {
  readonly name: string
  readonly dev: number
  /** Of 512 bytes. */
  readonly sectors: number
  readonly readOnly: boolean
  /** Counts the media that were ever put into any drive. */
  readonly diskseq: number
  /** The open file behind a loop device, 0 when it has none; the part of it that is shown; LO_FLAGS_*; lo_file_name. */
  readonly backing: number
  readonly offset: number
  readonly sizeLimit: number
  readonly loFlags: number
  readonly fileName: string
}

/** All tables of a machine. */
export interface KernelSchema extends VfsSchema {
  readonly tasks: Task
  readonly files: Files
  readonly sighands: Sighand
  readonly nsproxies: NsProxy
  readonly utsNamespaces: UtsNamespace
  readonly ipcNamespaces: IpcNamespace
  readonly ipcObjects: IpcObject
  readonly netNamespaces: NetNamespace
  readonly netDevices: NetDevice
  readonly cgroupNamespaces: CgroupNamespace
  readonly timeNamespaces: TimeNamespace
  readonly pidNamespaces: PidNamespace
  readonly userNamespaces: UserNamespace
  readonly hierarchies: Hierarchy
  readonly cgroups: Cgroup
  readonly ttys: Tty
  readonly disks: Disk
}
