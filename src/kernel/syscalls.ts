/**
 * The table of system calls: what each does, how well Linux is matched, and what it costs. `Sys` objects, the
 * compatibility page and strace are made from it. Linux: arch/x86/entry/syscalls/syscall_64.tbl.
 */
import { type Blocking, exitedWith, type Sys, ENOSYS, Errno } from '../abi/index.ts'
import * as vfs from '../vfs/index.ts'
import * as at from './at-calls.ts'
import { brk, touch } from './brk.ts'
import { callerOf } from './caller.ts'
import { capget, capset } from './capset.ts'
import * as cred from './cred.ts'
import { execve } from './exec.ts'
import { doExit, doGroupExit } from './exit.ts'
import { fcntl } from './fcntl.ts'
import * as io from './file-calls.ts'
import { close, dup, dup2, dup3, fileOf } from './files.ts'
import { clone } from './fork.ts'
import { futex, setTidAddress } from './futex.ts'
import { inotifyAddWatch, inotifyInit1, inotifyRmWatch } from './inotify.ts'
import { afterIo, ioSchedule } from './io-schedule.ts'
import { ioctl, setns } from './ioctl.ts'
import { ioprioGet, ioprioSet } from './ioprio.ts'
import * as ipc from './ipc.ts'
import type { Kernel } from './kernel.ts'
import { fcntlLock, flock } from './lock-calls.ts'
import { memfdCreate } from './memfd.ts'
import { swapoff, swapon } from './mm/swap.ts'
import { eventFiles } from './late.ts'
import { type Net, netModule } from './net/late.ts'
import { unshare } from './nsproxy.ts'
import { poll } from './poll.ts'
import { prctl, setproctitle } from './prctl.ts'
import { getxattr, setxattr } from './posix-acl.ts'
import { personality } from './personality.ts'
import { ptrace, waitTracee } from './ptrace.ts'
import { refusals, refused } from './refusal.ts'
import { burn, MAX_BURST, preempt } from './run.ts'
import * as policy from './sched-policy.ts'
import { taskSwitches } from './sched/index.ts'
import { sigaction, signalPending, sigpending, sigprocmask } from './signal.ts'
import { handleUnblocked } from './deliver.ts'
import { alarm, pause, sigsuspend, sysKill, sysTgkill, sysTkill } from './signal-calls.ts'
import * as sys from './sys.ts'
import { deleteModule, finitModule } from './modules.ts'
import type { Task } from './types.ts'
import { wait4 } from './wait.ts'
import { waitEventNoRestart } from './wait-queue.ts'
import { SCHEDULE } from './wake-up.ts'

/** `full`: as Linux does it. `partial`: with the stated difference. `missing`: refuses. */
export type Level = 'full' | 'partial' | 'missing'

export interface Syscall {
  readonly level: Level
  readonly note: string
  /** Virtual ns for the entry and the usual work. */
  readonly cost: number
  /** Its result is `Blocking`. */
  readonly blocks: boolean
  readonly run: (k: Kernel, task: Task, ...args: any[]) => unknown
}

type Run = Syscall['run']
const ENTRY = 300
const PATH_WALK = 600

const full = (run: Run, cost = ENTRY): Syscall => ({ level: 'full', note: '', cost, blocks: false, run })
const partial = (run: Run, note: string, cost = ENTRY): Syscall => ({
  ...full(run, cost),
  level: 'partial',
  note,
})
const blocking = (it: Syscall): Syscall => ({ ...it, blocks: true })
const missing = (errno: Errno, note: string): Syscall => ({
  ...full(() => {
    throw errno
  }),
  level: 'missing',
  note,
})

/** A VFS function of a caller and its arguments, as a system call. */
const onPath =
  (act: (v: Kernel['vfs'], as: vfs.Caller, ...args: any[]) => unknown): Run =>
  (k, task, ...args) =>
    act(k.vfs, callerOf(k, task), ...args)

/** The same for a function of an open file. */
const onFile =
  (act: (v: Kernel['vfs'], as: vfs.Caller, file: number, ...args: any[]) => unknown): Run =>
  (k, task, fd: number, ...args) =>
    act(k.vfs, callerOf(k, task), io.usable(k, task, fd), ...args)

/** A function of the task and an open file, as a system call on a descriptor. */
const onOpen =
  (act: (k: Kernel, task: Task, file: vfs.OpenFile, ...args: any[]) => unknown): Run =>
  (k, task, fd: number, ...args) =>
    act(k, task, fileOf(k, task, fd), ...args)

/** A system call that comes late. */
const event =
  (name: 'eventfd2' | 'epollCreate1' | 'epollCtl' | 'epollWait'): Run =>
  (k, task, ...args) =>
    (eventFiles()[name] as Run)(k, task, ...args)

/** A system call on sockets. */
const net =
  (name: keyof Net['calls']): Run =>
  (k, task, ...args) =>
    (netModule().calls[name] as Run)(k, task, ...args)

function* exit(k: Kernel, task: Task, status: number): Blocking<never> {
  doExit(k, task.id, exitedWith(status))
  yield SCHEDULE
  throw new Error('exit returned')
}

function* exitGroup(k: Kernel, task: Task, status: number): Blocking<never> {
  doGroupExit(k, task.id, exitedWith(status))
  yield SCHEDULE
  throw new Error('exit_group returned')
}

function* schedYield(k: Kernel, task: Task): Blocking<void> {
  const { id } = task
  k.sched.yield_(id)
  yield* preempt(k, id)
}

function changeMask(k: Kernel, task: Task, how: number, set: bigint): bigint {
  const old = sigprocmask(k, task, how, set)
  if (signalPending(k, task.id)) handleUnblocked(k, task.id)
  return old
}

const never = (): boolean => false

function* nanosleep(k: Kernel, task: Task, ns: number): Blocking<void> {
  if (ns > 0) yield* waitEventNoRestart(k, task.id, [], 'hrtimer_nanosleep', never, k.now() + ns)
  k.trace?.returned(task.id, undefined)
}

/** The common case of a short computation costs no generator. */
function burnCall(k: Kernel, task: Task, ns: number): Blocking<void> {
  if (k.spent + ns > MAX_BURST) return burn(k, task.id, ns)
  k.spent += ns
  k.spentUser += ns
  return vfs.DONE
}

const POLICIES_KEPT = 'real-time policies are kept, and scheduled like the fair one'

export const SYSCALLS = {
  getpid: full(sys.getpid, 100),
  getppid: full(sys.getppid, 100),
  gettid: full(sys.gettid, 100),
  clone: partial(clone, 'CLONE_VFORK does not wait; memory is shared by threads only', 15_000),
  set_tid_address: full(setTidAddress, 100),
  futex: blocking(partial(futex, 'FUTEX_WAIT and FUTEX_WAKE')),
  execve: blocking(partial(execve, 'no binfmt_misc', 15_000)),
  exit: blocking(full(exit, 5_000)),
  exit_group: blocking(full(exitGroup, 5_000)),
  wait4: blocking(full(wait4, 500)),
  burn: blocking(full(burnCall, 0)),
  sched_yield: blocking(full(schedYield)),
  brk: blocking(partial(brk, 'memory is counted, not addressed')),
  touch: blocking(full(touch, 0)),
  setproctitle: partial(setproctitle, 'of Vitrine: argv cannot be written to, it has no address', 0),
  prctl: partial(prctl, 'names, capabilities, dumpable, subreaper, no_new_privs, parent death signal'),

  getuid: full(cred.getuid, 100),
  geteuid: full(cred.geteuid, 100),
  getgid: full(cred.getgid, 100),
  getegid: full(cred.getegid, 100),
  getgroups: full(cred.getgroups, 100),
  getresuid: full(cred.getresuid, 100),
  getresgid: full(cred.getresgid, 100),
  setuid: full(cred.setuid),
  setgid: full(cred.setgid),
  setresuid: full(cred.setresuid),
  setresgid: full(cred.setresgid),
  setgroups: full(cred.setgroups),
  capget: full(capget),
  capset: full(capset),

  getpgid: full(sys.getpgid, 100),
  setpgid: full(sys.setpgid),
  getsid: full(sys.getsid, 100),
  setsid: full(sys.setsid),

  kill: blocking(full(sysKill)),
  tkill: blocking(full(sysTkill)),
  tgkill: blocking(full(sysTgkill)),
  sigaction: full(sigaction),
  sigprocmask: full(changeMask, 200),
  sigpending: full(sigpending, 200),
  sigsuspend: blocking(full(sigsuspend)),
  pause: blocking(full(pause)),
  alarm: full(alarm),

  ptrace: partial(ptrace, 'PTRACE_SEIZE and PTRACE_DETACH', 1_000),
  waitTracee: blocking(partial(waitTracee, 'what wait4 is to a tracer', 500)),

  nanosleep: blocking(full(nanosleep)),
  clock_settime: full(sys.clockSettime),
  clock_gettime: partial(
    sys.clockGettime,
    'realtime, monotonic, boottime and the clocks of process and thread',
    50,
  ),
  getrusage: full(sys.getrusage),

  getpriority: full(sys.getpriority),
  setpriority: full(sys.setpriority),
  ioprio_get: full(ioprioGet),
  ioprio_set: partial(ioprioSet, 'kept and shown'),
  sched_getaffinity: full(sys.getaffinity),
  sched_setaffinity: full(sys.setaffinity),
  sched_getscheduler: full(policy.getscheduler),
  sched_setscheduler: partial(policy.setscheduler, POLICIES_KEPT),
  sched_getattr: full(policy.getattr),
  sched_setattr: partial(policy.setattr, POLICIES_KEPT),
  personality: partial(personality, 'the machine of uname(2); the other flags are kept and shown', 100),
  prlimit: partial(sys.prlimit, 'RLIMIT_STACK, RSS, MEMLOCK and the queues are kept but not enforced'),
  umask: full((k, task, mask: number) => sys.umask(k, task, mask), 100),
  getcpu: full((k, task) => taskSwitches(k, task.id).cpu, 50),

  uname: full(sys.uname),
  sethostname: full(sys.sethostname),
  setdomainname: full(sys.setdomainname),
  sysinfo: full(sys.sysinfo),
  finit_module: blocking(partial(finitModule, 'no parameters; modules are names', 100_000)),
  delete_module: partial(deleteModule, 'modules are names', 10_000),
  refusals: partial(refusals, 'of Vitrine: why calls were refused, for why(1)', 1_000),
  getrandom: full((k, _task, bytes: number) => k.random.bytes(bytes)),

  unshare: full(unshare, 20_000),
  setns: partial(setns, 'no pidfds', 5_000),
  chroot: full(onPath(vfs.chroot), PATH_WALK),
  pivot_root: full(onPath(vfs.pivotRoot), 5_000),
  mount: partial(onPath(vfs.mount), 'see mount(2) in the compatibility list', 10_000),
  umount2: full(onPath(vfs.umount2), 10_000),

  msgget: partial(ipc.msgget, 'queues exist; no messages'),
  semget: partial(ipc.semget, 'sets exist; no operations'),
  shmget: partial(ipc.shmget, 'segments exist; nobody attaches'),
  msgctl: partial(ipc.msgctl, 'IPC_RMID'),
  semctl: partial(ipc.semctl, 'IPC_RMID'),
  shmctl: partial(ipc.shmctl, 'IPC_RMID'),

  open: blocking(full(io.open, 800)),
  close: full(close),
  read: blocking(full(io.read)),
  pread: blocking(full(io.pread)),
  write: blocking(full(io.write)),
  pwrite: blocking(full(io.pwrite)),
  lseek: full(onFile(vfs.lseek)),
  dup: full(dup),
  dup2: full(dup2),
  dup3: full(dup3),
  pipe2: full(io.pipe2, 2_000),
  memfd_create: partial(memfdCreate, 'no seals', 2_000),
  fcntl: partial(fcntl, 'no leases or owners; record locks are fcntl_lock'),
  poll: blocking(full(poll, 500)),
  fcntl_lock: blocking(full(onOpen(fcntlLock))),
  flock: blocking(full(onOpen(flock))),
  fsync: blocking(full(io.fsync)),
  ftruncate: blocking(full(io.growing(onFile(vfs.ftruncate)))),
  fallocate: blocking(full(io.growing(onFile(vfs.fallocate)))),
  sync: blocking(full(io.sync)),
  swapon: blocking(partial(swapon, 'memory comes back when its program gives it up, or with swapoff')),
  swapoff: blocking(full(swapoff)),

  socket: partial(net('socket'), 'AF_UNIX, AF_NETLINK', 2_000),
  socketpair: partial(net('socketpair'), 'AF_UNIX', 2_000),
  bind: full(net('bind'), PATH_WALK),
  listen: full(net('listen')),
  accept4: blocking(partial(net('accept4'), 'the peer is told by getpeername', 1_000)),
  connect: blocking(full(net('connect'), 1_000)),
  sendto: blocking(partial(net('sendto'), 'no control data')),
  recvfrom: blocking(partial(net('recvfrom'), 'no control data')),
  sendmsg: partial(net('sendmsg'), 'AF_NETLINK: messages are records', 2_000),
  recvmsg: blocking(partial(net('recvmsg'), 'AF_NETLINK: messages are records', 2_000)),
  shutdown: full(net('shutdown')),
  getsockname: full(net('getsockname'), 200),
  getpeername: full(net('getpeername'), 200),
  getsockopt: partial(net('getsockopt'), 'SOL_SOCKET'),

  inotify_init1: full(inotifyInit1, 1_000),
  inotify_add_watch: full(inotifyAddWatch, PATH_WALK),
  inotify_rm_watch: full(inotifyRmWatch),

  eventfd2: full(event('eventfd2'), 1_000),
  epoll_create1: full(event('epollCreate1'), 1_000),
  epoll_ctl: partial(event('epollCtl'), 'no EPOLLEXCLUSIVE'),
  epoll_wait: blocking(full(event('epollWait'))),

  isatty: full(io.isatty, 200),
  tcgetattr: full(io.tcgetattr),
  tcsetattr: blocking(full(io.tcsetattr)),
  tcgetpgrp: full(io.tcgetpgrp),
  tcsetpgrp: blocking(full(io.tcsetpgrp)),
  tiocgwinsz: full(io.tiocgwinsz),
  tiocswinsz: full(io.tiocswinsz),
  ioctl: partial(ioctl, 'terminals, pipes, namespaces'),

  stat: full(io.stat, PATH_WALK),
  lstat: full(io.lstat, PATH_WALK),
  fstat: full(io.fstat),
  access: full(onPath(vfs.access), PATH_WALK),
  statfs: full(onPath(vfs.statfs), PATH_WALK),
  fstatfs: full((k, task, fd: number) => vfs.fstatfs(k.vfs, fileOf(k, task, fd).id)),
  getdents: full(onFile(vfs.getdents), 2_000),
  getcwd: full(onPath(vfs.getcwd)),
  chdir: full(onPath(vfs.chdir), PATH_WALK),
  fchdir: full((k, task, fd: number) => vfs.fchdir(k.vfs, callerOf(k, task), fileOf(k, task, fd).id)),
  mkdir: full(onPath(vfs.mkdir), PATH_WALK),
  mknod: full(onPath(vfs.mknod), PATH_WALK),
  rmdir: full(onPath(vfs.rmdir), PATH_WALK),
  unlink: full(onPath(vfs.unlink), PATH_WALK),
  link: full((k, task, from: string, to: string) => vfs.link(k.vfs, callerOf(k, task), from, to), PATH_WALK),
  linkFollow: full(
    (k, task, from: string, to: string) => vfs.link(k.vfs, callerOf(k, task), from, to, true),
    PATH_WALK,
  ),
  symlink: full(onPath(vfs.symlink), PATH_WALK),
  readlink: full(onPath(vfs.readlink), PATH_WALK),
  rename: full(
    (k, task, from: string, to: string) => vfs.renameat2(k.vfs, callerOf(k, task), from, to, 0),
    PATH_WALK,
  ),
  renameat2: full(onPath(vfs.renameat2), PATH_WALK),
  chmod: full(onPath(vfs.chmod), PATH_WALK),
  fchmod: full(onFile(vfs.fchmod)),
  chown: full(io.chown, PATH_WALK),
  lchown: full(io.lchown, PATH_WALK),
  fchown: full(io.fchown),
  truncate: blocking(full(io.growing(onPath(vfs.truncate)), PATH_WALK)),
  utimensat: full(at.utimensat, PATH_WALK),
  getxattr: full(getxattr, PATH_WALK),
  setxattr: full(setxattr, PATH_WALK),
  listxattr: full(onPath(vfs.listxattr), PATH_WALK),
  removexattr: full(onPath(vfs.removexattr), PATH_WALK),

  openat: blocking(full(io.openat, 800)),
  mkdirat: full(at.mkdirat, PATH_WALK),
  mknodat: full(at.mknodat, PATH_WALK),
  unlinkat: full(at.unlinkat, PATH_WALK),
  linkat: partial(at.linkat, 'no AT_EMPTY_PATH', PATH_WALK),
  symlinkat: full(at.symlinkat, PATH_WALK),
  readlinkat: full(at.readlinkat, PATH_WALK),
  renameat: full(at.renameat, PATH_WALK),
  fchmodat: full(at.fchmodat, PATH_WALK),
  fchownat: partial(at.fchownat, 'no AT_EMPTY_PATH', PATH_WALK),
  fstatat: partial(at.fstatat, 'no AT_EMPTY_PATH', PATH_WALK),
} satisfies Record<keyof Sys, Syscall>

/** Calls that programs know of and that are not there, for the compatibility page. */
export const MISSING: Readonly<Record<string, Syscall>> = {
  mmap: missing(ENOSYS, 'no address spaces'),
  init_module: missing(ENOSYS, 'no modules'),
  bpf: missing(ENOSYS, 'no BPF'),
  io_uring_setup: missing(ENOSYS, 'no io_uring'),
}

/** The `Sys` of one task: a few fields, and methods that all tasks share. */
export class SysCalls {
  readonly k: Kernel
  readonly id: number
  /** The last call that might sleep and its arguments, for a tracer that finds the task in it. */
  call = ''
  a: unknown = undefined
  b: unknown = undefined
  c: unknown = undefined

  constructor(k: Kernel, id: number) {
    this.k = k
    this.id = id
  }
}

type Method = (this: SysCalls, a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown) => unknown

/** A method with the price of the call, and for those that may sleep the end of a burst that has become long. */
function method(name: string, { run, cost, blocks }: Syscall): Method {
  const plain: Method = function (a, b, c, d, e) {
    const { k, id } = this
    k.spent += cost
    if (k.trace) return traced(k, id, name, cost, run, [a, b, c, d, e])
    try {
      return run(k, k.tasks.get(id), a, b, c, d, e)
    } catch (error) {
      throw refused(k, id, name, [a, b, c, d, e], error)
    }
  }
  if (!blocks) return plain
  return function (a, b, c, d, e) {
    const { k, id } = this
    k.spent += cost
    this.call = name
    this.a = a
    this.b = b
    this.c = c
    if (k.trace?.tracees.has(id)) return tracedBlocking(k, id, name, cost, run, [a, b, c, d, e])
    if (k.spent > MAX_BURST && k.current === id) return preempted(k, id, name, run, [a, b, c, d, e])
    try {
      const result = run(k, k.tasks.get(id), a, b, c, d, e) as Blocking<unknown>
      const all = k.mustWait ? afterIo(k, id, result) : result
      return vfs.isSettled(all) ? all : sleeping(k, id, name, [a, b, c, d, e], all)
    } catch (error) {
      return vfs.failed(refused(k, id, name, [a, b, c, d, e], error))
    }
  }
}

/** A call may be refused after it has slept, too. */
function* sleeping(
  k: Kernel,
  id: number,
  name: string,
  args: unknown[],
  call: Blocking<unknown>,
): Blocking<unknown> {
  try {
    return yield* call
  } catch (error) {
    throw refused(k, id, name, args, error)
  }
}

function* preempted(k: Kernel, id: number, name: string, run: Run, args: unknown[]): Blocking<unknown> {
  yield* preempt(k, id)
  try {
    const result = run(k, k.tasks.get(id), ...args) as Blocking<unknown>
    return yield* k.mustWait ? afterIo(k, id, result) : result
  } catch (error) {
    throw refused(k, id, name, args, error)
  }
}

function traced(k: Kernel, id: number, name: string, cost: number, run: Run, args: unknown[]): unknown {
  k.trace?.entered(id, name, args, cost)
  let result: unknown
  try {
    result = run(k, k.tasks.get(id), ...args)
  } catch (e) {
    if (refused(k, id, name, args, e) instanceof Errno) k.trace?.returned(id, undefined, e as Errno)
    throw e
  }
  k.trace?.returned(id, result)
  return result
}

/** The tracee stops where the call begins and where it ends. */
function* tracedBlocking(
  k: Kernel,
  id: number,
  name: string,
  cost: number,
  run: Run,
  args: unknown[],
): Blocking<unknown> {
  k.trace?.entered(id, name, args, cost)
  if (k.trace) yield* k.trace.stop(id)
  if (k.spent > MAX_BURST && k.current === id) yield* preempt(k, id)
  let result: unknown
  try {
    result = yield* run(k, k.tasks.get(id), ...args) as Blocking<unknown>
    if (k.mustWait) yield* ioSchedule(k, id)
  } catch (e) {
    if (!(refused(k, id, name, args, e) instanceof Errno)) throw e
    k.trace?.returned(id, undefined, e as Errno)
    if (k.trace) yield* k.trace.stop(id)
    throw e
  }
  k.trace?.returned(id, result)
  if (k.trace) yield* k.trace.stop(id)
  return result
}

for (const [name, call] of Object.entries(SYSCALLS))
  Object.defineProperty(SysCalls.prototype, name, { value: method(name, call) })
