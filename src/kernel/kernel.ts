/**
 * The kernel: all tables of one machine, its clock, and what lives beside the tables because it is code or can be made
 * again from them.
 */
import {
  type Blocking,
  type FutexWord,
  type Program,
  SIGXFSZ,
  type Sys,
  type Timespec,
} from '../abi/index.ts'
import { type Rec, Store, type Table } from '../state/index.ts'
import {
  type Cred,
  type Dentry,
  type FsStruct,
  type Inode,
  type MntNamespace,
  type Mount,
  type OpenFile,
  type SuperBlock,
  Vfs,
  VFS_TABLES,
} from '../vfs/index.ts'
import type { Bio } from './block/blk-core.ts'
import type { RequestQueue } from './block/blk-stat.ts'
import { blkdevGet, blkdevPut, registerDisks } from './block/genhd.ts'
import { nsCapable } from './capability.ts'
import { checkDevice, initCgroups, memcgOf } from './cgroup/index.ts'
import { registerDevices } from './devices.ts'
import { Dmesg } from './dmesg.ts'
import type { FileLock } from './locks.ts'
import type { Timer } from './hrtimer.ts'
import type { Inotify } from './inotify.ts'
import type { UnixSock } from './net/af-unix.ts'
import type { NetDevice } from './net/types.ts'
import { getNs, type NsKind, putNs } from './nsproxy.ts'
import { initPidNamespace, type Pid } from './pid-namespace.ts'
import { fifoOps, type Pipe } from './pipe.ts'
import { Random, uuid } from './random.ts'
import { writeNote } from './refusal.ts'
import { Refusals } from './refuse.ts'
import { resume } from './run.ts'
import { Scheduler } from './sched/index.ts'
import { callUserModeHelper } from './spawn.ts'
import { SysCalls } from './syscalls.ts'
import { loadedAtBoot } from './modules.ts'
import { directIo, dirtyPages, dropPages, flushEmptied, mappingOf, readPages } from './mm/filemap.ts'
import { PageCache } from './mm/page-cache.ts'
import { fsyncPages } from './mm/page-writeback.ts'
import type { PsiTrigger } from './psi-trigger.ts'
import { hasShmemLimit, shmemCharged, shmemRoom, shmemUsed } from './mm/shmem.ts'
import type { SwapSpace } from './mm/swap.ts'
import { sendSignal } from './signal.ts'
import { sysctl } from './sysctl.ts'
import type { Tracing } from './tracing.ts'
import type { Line } from './tty/line.ts'
import { ttyOps, type TtyOps } from './tty/pty.ts'
import type {
  Cgroup,
  CgroupNamespace,
  Disk,
  Files,
  Hierarchy,
  IpcNamespace,
  IpcObject,
  KernelSchema,
  NetNamespace,
  NsProxy,
  PidNamespace,
  Sighand,
  Task,
  TimeNamespace,
  Tty,
  UserNamespace,
  UtsNamespace,
} from './types.ts'
import { setUserModeHelper } from './umh.ts'
import { gidIn, initUserNamespace, makeKgid, makeKuid, uidIn } from './user-namespace.ts'
import { wakeUp } from './wake-up.ts'

export interface KernelOptions {
  readonly cpus: number
  /** Bytes. */
  readonly memory: number
  readonly seed: number
  /** The realtime clock at virtual time 0. */
  readonly bootTime: Timespec
  readonly cgroup: 'v1' | 'v2'
  /** Freeze committed records: for tests. */
  readonly freeze?: boolean
}

/** Bytes that calls and disks moved for a task, and how many calls there were. Linux: struct task_io_accounting. */
export interface TaskIo {
  rchar: number
  wchar: number
  syscr: number
  syscw: number
  readBytes: number
  writeBytes: number
  cancelledWriteBytes: number
}

/** What a task is besides its record: the program it runs, and where it stands in it. */
export interface Thread {
  readonly id: number
  readonly sys: Sys
  program: Blocking<number>
  started: boolean
  /** The wait queues it sleeps in, and the timer that ends the sleep. */
  queues: readonly string[]
  timeout: Timer | undefined
  /** Becomes 0 when the thread ends. */
  clearTid: FutexWord | undefined
  /** It was a signal that ended its sleep. */
  signalled: boolean
  /** What a signal cut off a burst of computing. */
  unburnt: number
  /** TSK_… of the state D that it sleeps in. */
  uninterruptible: number
  /** Requests to disks that it has to wait for, the function it does that in, and TSK_MEMSTALL where memory is short. */
  inflight: number
  waitsIn: string
  memstall: number
}

/** What is kept of a cgroup that was removed. */
interface DyingCgroup {
  readonly name: string
  readonly parent: number
  pidsCurrent: number
}

const KERNEL_TABLES = [
  'tasks',
  'files',
  'sighands',
  'nsproxies',
  'utsNamespaces',
  'ipcNamespaces',
  'ipcObjects',
  'netNamespaces',
  'netDevices',
  'cgroupNamespaces',
  'timeNamespaces',
  'pidNamespaces',
  'userNamespaces',
  'hierarchies',
  'cgroups',
  'ttys',
  'disks',
] as const satisfies readonly (keyof KernelSchema)[]

/** Linux: PROC_DYNAMIC_FIRST and the numbers of the initial namespaces. */
/** The time of the last tick (HZ=250), which inodes are stamped with. Linux: ktime_get_coarse_real_ts64(). */
const coarse = ({ sec, nsec }: Timespec): Timespec => ({ sec, nsec: nsec - (nsec % 4_000_000) })

const FIRST_INUM = 4026531834
const NEXT_INUM = 4026532128
/** Of the first mount namespace, and that of the thread that makes device nodes. */
const BOOT_MNT_INUMS = [FIRST_INUM + 7, FIRST_INUM + 28]

/** What happens to the memory of cgroups, for those who are told by eventfds (cgroup/memcg-event.ts). */
export interface MemcgEvents {
  charged(cgroup: number): void
  oom(cgroup: number): void
  /** So many pages were looked at, and so many of them given back. */
  reclaimed(cgroup: number, scanned: number, reclaimed: number): void
  removed(cgroup: number): void
}

export class Kernel {
  readonly store: Store<KernelSchema>
  readonly creds: Table<Cred>
  readonly fsStructs: Table<FsStruct>
  readonly superBlocks: Table<SuperBlock>
  readonly inodes: Table<Inode>
  readonly dentries: Table<Dentry>
  readonly mounts: Table<Mount>
  readonly mntNamespaces: Table<MntNamespace>
  readonly openFiles: Table<OpenFile>
  readonly tasks: Table<Task>
  readonly files: Table<Files>
  readonly sighands: Table<Sighand>
  readonly nsproxies: Table<NsProxy>
  readonly utsNamespaces: Table<UtsNamespace>
  readonly ipcNamespaces: Table<IpcNamespace>
  readonly ipcObjects: Table<IpcObject>
  readonly netNamespaces: Table<NetNamespace>
  readonly netDevices: Table<NetDevice>
  readonly cgroupNamespaces: Table<CgroupNamespace>
  readonly timeNamespaces: Table<TimeNamespace>
  readonly pidNamespaces: Table<PidNamespace>
  readonly userNamespaces: Table<UserNamespace>
  readonly hierarchies: Table<Hierarchy>
  readonly cgroups: Table<Cgroup>
  readonly ttys: Table<Tty>
  readonly disks: Table<Disk>

  readonly vfs: Vfs
  readonly sched: Scheduler
  readonly random: Random
  readonly cpus: number
  readonly memory: number
  /** The realtime clock at virtual time 0; who sets the clock moves it. */
  bootTime: Timespec
  readonly cgroup: 'v1' | 'v2'
  readonly programs = new Map<string, Program>()
  readonly dmesg = new Dmesg()
  /** Tunables that were written, by their path below /proc/sys: the text that reading them gives. */
  readonly sysctl = new Map<string, string>()
  /** The names of the modules that are loaded, the last one first. */
  readonly modules = loadedAtBoot()
  /** What disks have been asked, by device number. */
  /** Who is told of pressure, by open file. */
  readonly psiTriggers = new Map<number, PsiTrigger>()
  /** How often control files that can be polled have changed, and who else is to be told. */
  readonly cgroupFileEvents = new Map<string, number>()
  /** How often they had when an open file read them. */
  readonly kernfsSeen = new Map<number, number>()
  /** Which mount namespace a /proc/PID/mounts that is open is of, and how often its mounts had changed when it was told. */
  readonly mountsSeen = new Map<number, { readonly ns: number; readonly event: number }>()
  cgroupFileModified: ((cgroup: number, name: string) => void) | undefined
  readonly requestQueues = new Map<number, RequestQueue>()
  /** Hold a request back if it is above a limit; undefined while there are none. */
  blkThrottle: ((bio: Bio) => boolean) | undefined
  /** Where programs' memory goes when there is too little; undefined while there is no swap. */
  swap: SwapSpace | undefined
  /** Who is told by v1's memory controller; undefined while nobody is. */
  memcgEvents: MemcgEvents | undefined
  /** The names of swap files, by inode: they stay while they are in use. */
  readonly swapDentries = new Map<number, number>()
  /** Files' pages in memory. */
  readonly pageCache = new PageCache()
  /** The running task has asked a disk for something and must wait before its call returns. */
  mustWait = false
  /** What calls were refused, and why. */
  readonly refusals = new Refusals((id, rule, facts) => writeNote(this, id, rule, facts))
  /** While somebody is traced. */
  trace: Tracing | undefined
  /** Have the drivers fetched that come late; the world stands still until they are there. Linux: request_module(). */
  requestModule: (() => void) | undefined

  /** Virtual ns since boot of the event being processed, and what the running burst has used so far. */
  clock = 0
  spent = 0
  spentUser = 0
  /** The running task, 0 for none. */
  current = 0
  /** Tasks made since boot. */
  forks = 0

  readonly #logged = new Set<string>()

  // What is not in the tables. Everything here is code or an index.
  readonly threads = new Map<number, Thread>()
  /** The functions that handle signals, by sighand and signal. */
  readonly handlers = new Map<number, Map<number, (signal: number) => void>>()
  /** The queues of those who sleep on words of shared memory. */
  readonly futexes = new WeakMap<FutexWord, string>()
  nextFutex = 1
  /** The alarms of processes, by their leaders. */
  readonly alarms = new Map<number, Timer>()
  /** Inits of pid namespaces that have died and wait for who is left in there, by namespace. */
  readonly dyingInits = new Map<number, number>()
  /** What tasks have read and written, their reaped children's included; kept until they are reaped themselves. */
  readonly io = new Map<number, TaskIo>()
  readonly queues = new Map<string, number[]>()
  readonly pids = new Map<number, Pid>()
  readonly pidNumbers = new Map<number, Map<number, Pid>>()
  readonly pidSpaces = new Map<number, readonly number[]>()
  /** How many tasks run an executable on each mount. */
  readonly exeMounts = new Map<number, number>()
  /** Who opened a file that is going to ask, by open file. Linux: file->f_cred. */
  readonly fileCreds = new Map<number, number>()
  /** How many tasks share a credential. */
  readonly credUsers = new Map<number, number>()
  /** How many processes each user has. */
  readonly processes = new Map<number, number>()
  /** Tasks that changed to a user who has too many processes. */
  readonly overNproc = new Set<number>()
  /** The audit session that began last. */
  auditSessions = 0
  /** The groups that sessions are to the scheduler, by their leaders; the boot has made one already. Linux: struct autogroup. */
  readonly autogroups = new Map<number, { readonly number: number; nice: number }>()
  lastAutogroup = 1
  /** When somebody without CAP_SYS_ADMIN may set the next nice value of one. */
  autogroupNext = 0
  /** Cgroups that were removed, while there are zombies in them. Linux: css_is_dying(). */
  readonly dyingCgroups = new Map<number, DyingCgroup>()
  /** Tasks that may have pending signals. */
  readonly withPending = new Set<number>()
  /** How many tasks are stopped. */
  stopped = 0
  /** Heap of all tasks, in bytes. */
  memoryUsed = 0
  readonly fifos = new Map<number, Pipe>()
  /** The FIFO that a task is waiting to open, as an open file: given back if the task dies there. */
  readonly opening = new Map<number, number>()
  nextPipe = 1
  /** Locks on files in the order in which they were got, and the requests of tasks that wait for one. */
  locks: FileLock[] = []
  readonly lockWaiters = new Map<number, FileLock>()
  readonly inotifies = new Set<Inotify>()
  /** In the order of their making. */
  readonly unixSockets = new Set<UnixSock>()
  readonly lines = new Map<number, Line>()
  readonly ptys = new Map<number, number>()
  readonly fileLines = new Map<number, Line>()
  readonly ttyOps: TtyOps
  /** The open that is running said O_NOCTTY. */
  noctty = false
  /** Tasks whose end somebody outside waits for, and the wait status of those that ended. */
  readonly watched = new Set<number>()
  readonly reaped = new Map<number, number>()

  readonly inums = {
    time: FIRST_INUM,
    cgroup: FIRST_INUM + 1,
    pid: FIRST_INUM + 2,
    user: FIRST_INUM + 3,
    uts: FIRST_INUM + 4,
    ipc: FIRST_INUM + 5,
    net: FIRST_INUM + 6,
    mnt: FIRST_INUM + 7,
  } as const
  #bootId = ''
  /** The namespace numbers in use, as far as `count` namespaces go. */
  #inums = { taken: new Set<number>(), next: NEXT_INUM, count: 0 }
  /** The number of the network namespace that died last: a worker takes it down a moment later. */
  lingeringInum = 0
  readonly initUserNs: number
  readonly initPidNs: number
  initTimeNs = 0
  /** The id of pid 1, 0 before it is born. */
  initTask = 0
  /** The id of pid 2, 0 where the kernel has no threads of its own; and those of them that stop a CPU. Linux: rq->stop. */
  kthreadd = 0
  readonly stopTasks = new Set<number>()

  constructor(options: KernelOptions) {
    this.cpus = options.cpus
    this.memory = options.memory
    this.bootTime = options.bootTime
    this.cgroup = options.cgroup
    this.random = new Random(options.seed)
    this.store = new Store<KernelSchema>([...VFS_TABLES, ...KERNEL_TABLES], options.freeze ?? false)
    const { tables } = this.store
    this.creds = tables.creds
    this.fsStructs = tables.fsStructs
    this.superBlocks = tables.superBlocks
    this.inodes = tables.inodes
    this.dentries = tables.dentries
    this.mounts = tables.mounts
    this.mntNamespaces = tables.mntNamespaces
    this.openFiles = tables.openFiles
    this.tasks = tables.tasks
    this.files = tables.files
    this.sighands = tables.sighands
    this.nsproxies = tables.nsproxies
    this.utsNamespaces = tables.utsNamespaces
    this.ipcNamespaces = tables.ipcNamespaces
    this.ipcObjects = tables.ipcObjects
    this.netNamespaces = tables.netNamespaces
    this.netDevices = tables.netDevices
    this.cgroupNamespaces = tables.cgroupNamespaces
    this.timeNamespaces = tables.timeNamespaces
    this.pidNamespaces = tables.pidNamespaces
    this.userNamespaces = tables.userNamespaces
    this.hierarchies = tables.hierarchies
    this.cgroups = tables.cgroups
    this.ttys = tables.ttys
    this.disks = tables.disks
    this.vfs = new Vfs(tables, this.#vfsHost())
    this.sched = new Scheduler(this, id => resume(this, id))
    this.initUserNs = initUserNamespace(this)
    this.initPidNs = initPidNamespace(this)
    this.ttyOps = ttyOps(this)
    this.vfs.fifoOps = fifoOps(this)
    registerDevices(this)
    registerDisks(this)
    initCgroups(this)
    setUserModeHelper(this, callUserModeHelper)
  }

  #vfsHost(): ConstructorParameters<typeof Vfs>[1] {
    const k = this
    return {
      now: () => coarse(k.realtime()),
      capable: (cred, cap, userNs) => nsCapable(k, cred, cap, userNs || k.initUserNs),
      capableWrtInode: (cred, cap, inode) =>
        nsCapable(k, cred, cap, cred.userNs) &&
        uidIn(k, cred.userNs, inode.uid) !== undefined &&
        gidIn(k, cred.userNs, inode.gid) !== undefined,
      nextInum: () => k.nextInum(),
      get mountMax() {
        return sysctl(k, 'fs/mount-max')
      },
      log: line => k.log(line),
      mountUsers: mount => k.exeMounts.get(mount) ?? 0,
      getNs: (kind, id) => void getNs(k, kind as NsKind, id),
      putNs: (kind, id) => putNs(k, kind as NsKind, id),
      makeKuid: (userNs, uid) => makeKuid(k, userNs, uid),
      makeKgid: (userNs, gid) => makeKgid(k, userNs, gid),
      // Whoever's credentials are used, as those of an overlay's mounter: it is the running task that counts.
      memcgOf: () => (k.current ? memcgOf(k, k.tasks.get(k.current)) : 0),
      shmemCharged: (inode, pages) => shmemCharged(k, inode, pages),
      hasShmemLimit: inode => hasShmemLimit(k, inode),
      shmemRoom: (inode, pages) => shmemRoom(k, inode, pages),
      shmemUsed: (inode, from, to) => shmemUsed(k, inode, from, to),
      readPages: (inode, from, to, extents) => readPages(k, inode, from, to, extents),
      dirtyPages: (inode, from, to) => dirtyPages(k, inode, from, to),
      dropPages: (inode, from, to) => dropPages(k, inode, from, to),
      directIo: (inode, op, pos, count) => directIo(k, inode, op, pos, count),
      flushEmptied: inode => flushEmptied(k, inode),
      fsyncPages: inode => fsyncPages(k, mappingOf(k, inode)),
      checkDevice: (mode, rdev, access) => checkDevice(k, k.current, mode, rdev, access),
      fileTooLarge: as => sendSignal(k, as.task, SIGXFSZ, 0),
      blkdevGet: dev => blkdevGet(k, dev),
      blkdevPut: dev => blkdevPut(k, dev),
      refused: (errno, rule, facts, unlessSaid) => k.refusals.say(k.now(), errno, rule, facts, unlessSaid),
      mountsChanged: ns => wakeUp(k, `mounts:${ns}`),
    }
  }

  /** Virtual ns since boot, at this point of the running burst. */
  now(): number {
    return this.clock + this.spent
  }

  /** CLOCK_REALTIME. */
  realtime(): Timespec {
    const ns = this.bootTime.nsec + this.clock + this.spent
    const sec = Math.floor(ns / 1e9)
    return { sec: this.bootTime.sec + sec, nsec: Math.floor(ns - sec * 1e9) }
  }

  /** A number for a new namespace: the lowest free one, but for the mount namespaces of the boot. */
  nextInum(): number {
    const early = this.initTask ? undefined : BOOT_MNT_INUMS[this.mntNamespaces.size]
    if (early) return early
    const count = this.#namespaces().reduce((sum, table) => sum + table.size, 0)
    // Each number becomes one namespace, so another count says that some have gone.
    if (count !== this.#inums.count) this.#collectInums()
    const { taken } = this.#inums
    let { next } = this.#inums
    while (taken.has(next) || next === this.lingeringInum) next++
    this.lingeringInum = 0
    taken.add(next)
    this.#inums.next = next + 1
    this.#inums.count = count + 1
    return next
  }

  #collectInums(): void {
    const taken = new Set<number>()
    for (const table of this.#namespaces()) for (const ns of table.values()) taken.add(ns.inum)
    this.#inums = { taken, next: NEXT_INUM, count: 0 }
  }

  #namespaces(): readonly Table<Rec & { readonly inum: number }>[] {
    const { utsNamespaces, ipcNamespaces, netNamespaces, cgroupNamespaces, timeNamespaces } = this
    const { pidNamespaces, userNamespaces, mntNamespaces } = this
    return [
      utsNamespaces,
      ipcNamespaces,
      netNamespaces,
      cgroupNamespaces,
      timeNamespaces,
      pidNamespaces,
      userNamespaces,
      mntNamespaces,
    ] as unknown as readonly Table<Rec & { readonly inum: number }>[]
  }

  /** /proc/sys/kernel/random/boot_id, made when first asked for. */
  get bootId(): string {
    this.#bootId ||= uuid(this.random)
    return this.#bootId
  }

  /** A line of the kernel log. */
  log(text: string, level = 6): void {
    this.dmesg.log(this.now(), text, level)
    wakeUp(this, 'kmsg')
  }

  /** Linux: printk_once(). */
  logOnce(text: string, level?: number): void {
    if (this.#logged.has(text)) return
    this.#logged.add(text)
    this.log(text, level)
  }

  /** The system calls of a living task. */
  sys(taskId: number): Sys {
    const thread = this.threads.get(taskId)
    if (!thread) throw new Error(`task ${taskId} does not run`)
    return thread.sys
  }

  newSys(taskId: number): Sys {
    return new SysCalls(this, taskId) as unknown as Sys
  }

  newThread(id: number, sys: Sys, program: Blocking<number>): Thread {
    const thread: Thread = {
      id,
      sys,
      program,
      started: false,
      queues: [],
      timeout: undefined,
      clearTid: undefined,
      signalled: false,
      unburnt: 0,
      uninterruptible: 0,
      inflight: 0,
      waitsIn: '',
      memstall: 0,
    }
    this.threads.set(id, thread)
    return thread
  }
}
