/**
 * What actors can be told to do. A command is a name and a few numbers; what these mean (which of its descriptors,
 * which process, which path) is looked up when it is carried out, so that it keeps a meaning when commands before it
 * are left out.
 */
import * as abi from '../../../src/abi/index.ts'
import { CAP_FULL_SET, CAPABILITIES, type Blocking, type Sys } from '../../../src/abi/index.ts'
import { pidIn } from '../../../src/kernel/index.ts'
import { actor, type World, writeFile } from './world.ts'

export interface Command {
  readonly what: string
  /** Which of the actors that are idle. */
  readonly who: number
  readonly numbers: readonly number[]
}

/** Tasks, zombies included, beyond which nobody forks. */
const MOST_TASKS = 14
/** What is left to choose: the numbers of a command, one after the other. */
export interface Dice {
  readonly world: World
  /** The acting task. */
  readonly me: number
  readonly numbers: readonly number[]
  at: number
}

const roll = (d: Dice): number => d.numbers[d.at++ % d.numbers.length]!

function pick<T>(d: Dice, list: readonly T[]): T {
  return list[roll(d) % list.length]!
}

const NAMESPACES = ['mnt', 'pid', 'user', 'uts', 'ipc', 'net', 'cgroup', 'time'] as const
const { CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET } = abi
const { CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_FS, CLONE_FILES, CLONE_PARENT, CLONE_VM, CLONE_SIGHAND } = abi

const NEW = [
  CLONE_NEWNS,
  CLONE_NEWUSER,
  CLONE_NEWPID,
  CLONE_NEWUSER | CLONE_NEWNS,
  CLONE_NEWUTS,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWCGROUP,
  CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS,
  CLONE_NEWNS | CLONE_NEWPID,
  CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP,
]
const CLONE = [
  ...NEW,
  CLONE_FS,
  CLONE_FILES,
  CLONE_FS | CLONE_FILES,
  CLONE_PARENT,
  CLONE_VM,
  CLONE_VM | CLONE_SIGHAND,
  CLONE_VM | CLONE_SIGHAND | abi.CLONE_THREAD,
  CLONE_FILES | CLONE_NEWPID,
  CLONE_FS | CLONE_NEWNS,
]
const UNSHARE = [...NEW, CLONE_NEWTIME, CLONE_NEWTIME | CLONE_NEWUSER, CLONE_FS, CLONE_FILES, CLONE_VM]

/** Places in the tree; n1 and n2 are files for namespaces to be mounted on. */
const PATHS = [
  '/w/a',
  '/w/b',
  '/w/c',
  '/w/a/x',
  '/w/n1',
  '/w/n2',
  '/',
  '/w',
  '.',
  '/w/f',
  '..',
  '/proc',
  '/cg',
]
const DIRECTORIES = ['/w/a', '/w/b', '/w/c', '/w/a/x', '/w', '.', '/', '..', '/w/new', '/cg', '/proc']
const NAMES = ['/w/new', '/w/a/x', '/w/a/new', '/w/c', '/w/f', 'new', '/w/n2', '/w/b/new', '/w/a']
const IDS = [1000, 0, 1001, 65534, 1, -1]
const { SIGTERM, SIGKILL, SIGSTOP, SIGCONT, SIGCHLD, SIGUSR1, SIGHUP, SIGTSTP } = abi
const SIGNALS = [SIGTERM, SIGKILL, SIGSTOP, SIGCONT, SIGCONT, 0, SIGUSR1, SIGHUP, SIGTSTP, SIGCHLD, 35]
const PROGRAMS = ['actor', 'suid', 'capable', 'sgid', 'suid-user', 'inheriting', 'secret', 'nothing']
const CGROUPS = ['/cg', '/cg/a', '/cg/b', '/cg/a/c', '/cg/b/d']

const task = ({ world: { k }, me }: Dice) => k.tasks.get(me)

/** A descriptor of the actor, or now and then one that it has not. */
function fd(d: Dice): number {
  const { k } = d.world
  const { fds } = k.files.get(task(d).files)
  const open = fds.map((file, n) => (file ? n : -1)).filter(n => n >= 0)
  return pick(d, [...open, 9])
}

/** A process as the actor's pid namespace numbers it. */
function pid(d: Dice): number {
  const { k } = d.world
  const { pidNs } = task(d)
  const seen = [...k.tasks.values()].map(it => pidIn(k, it.id, pidNs)).filter(n => n > 0)
  return pick(d, [0, ...seen, 77])
}

/** A process's directory in the /proc of the first pid namespace. */
function procDirectory(d: Dice): string {
  const tasks = [...d.world.k.tasks.values()].filter(it => it.parent)
  return `/proc/${pick(d, ['self', ...tasks.map(it => it.pids[0]!)])}`
}

const nsFile = (d: Dice): string => `${procDirectory(d)}/ns/${pick(d, [...NAMESPACES, 'pid_for_children'])}`

function capabilities(d: Dice): bigint {
  const some = (1n << 21n) | (1n << 7n) | (1n << 6n) | (1n << 18n)
  return pick(d, [0n, CAP_FULL_SET, some, 1n << 21n, (1n << 12n) | (1n << 21n), CAP_FULL_SET & ~(1n << 21n)])
}
const capability = (d: Dice): number => pick(d, [21, 7, 12, 0, CAPABILITIES.length - 1])

/** Opens, joins, closes: what nsenter does. */
function* join(sys: Sys, path: string, type: number): Blocking<void> {
  const opened = yield* sys.open(path, abi.O_RDONLY)
  try {
    sys.setns(opened, type)
  } finally {
    sys.close(opened)
  }
}

function fork(sys: Sys, d: Dice, flags: number): void {
  const { world } = d
  if (world.k.tasks.size < MOST_TASKS) sys.clone(flags, its => actor(world, its))
}

const { MS_BIND, MS_REC, MS_MOVE, MS_REMOUNT, MS_RDONLY, MS_NOSUID, MS_NOATIME, MS_NODEV } = abi
const PROPAGATION = [abi.MS_SHARED, abi.MS_SLAVE, abi.MS_PRIVATE, abi.MS_UNBINDABLE]
const OVERLAYS = [
  'lowerdir=/w/a,upperdir=/w/up,workdir=/w/wk',
  'lowerdir=/w/a:/w/b',
  'lowerdir=/w/c:/w/a,upperdir=/w/up,workdir=/w/wk,userxattr',
]

/** A call that does not sleep, as an operation. */
type Run = (sys: Sys, d: Dice) => Blocking<unknown>
const plain = (call: (sys: Sys, d: Dice) => unknown): Run =>
  function* (sys, d) {
    return call(sys, d)
  }

export const OPERATIONS: Readonly<Record<string, Run>> = {
  nothing: plain(sys => sys.getpid()),
  fork: plain((sys, d) => fork(sys, d, 0)),
  clone: plain((sys, d) => fork(sys, d, pick(d, CLONE) | (roll(d) % 4 ? 0 : pick(d, CLONE)))),
  unshare: plain((sys, d) => sys.unshare(pick(d, UNSHARE) | (roll(d) % 4 ? 0 : pick(d, UNSHARE)))),
  *join(sys, d) {
    yield* join(sys, nsFile(d), roll(d) % 4 ? 0 : CLONE_NEWNS)
  },
  *joinMounted(sys, d) {
    yield* join(sys, pick(d, ['/w/n1', '/w/n2', '/w/f']), 0)
  },
  setns: plain((sys, d) => sys.setns(fd(d), 0)),
  *openNs(sys, d) {
    yield* sys.open(nsFile(d), abi.O_RDONLY | pick(d, [0, abi.O_CLOEXEC]))
  },
  relative: plain((sys, d) => sys.ioctl(fd(d), pick(d, [abi.NS_GET_PARENT, abi.NS_GET_USERNS]))),
  mountNs: plain((sys, d) => sys.mount(nsFile(d), pick(d, ['/w/n1', '/w/n2', '/w/f']), '', MS_BIND)),
  mount: plain((sys, d) => sys.mount('t', pick(d, PATHS), 'tmpfs', pick(d, [0, MS_RDONLY, MS_NOSUID]))),
  mountProc: plain((sys, d) => sys.mount('p', pick(d, PATHS), pick(d, ['proc', 'cgroup2']), 0)),
  overlay: plain((sys, d) => sys.mount('o', pick(d, DIRECTORIES), 'overlay', 0, pick(d, OVERLAYS))),
  bind: plain((sys, d) => sys.mount(pick(d, PATHS), pick(d, PATHS), '', MS_BIND | pick(d, [0, MS_REC]))),
  move: plain((sys, d) => sys.mount(pick(d, PATHS), pick(d, PATHS), '', MS_MOVE)),
  remount: plain((sys, d) => {
    const flags = pick(d, [MS_RDONLY, 0, MS_NOSUID, MS_NOATIME, MS_NODEV]) | pick(d, [MS_BIND, MS_BIND, 0])
    sys.mount('none', pick(d, PATHS), '', MS_REMOUNT | flags)
  }),
  propagation: plain((sys, d) =>
    sys.mount('none', pick(d, PATHS), '', pick(d, PROPAGATION) | pick(d, [0, MS_REC])),
  ),
  umount: plain((sys, d) =>
    sys.umount2(
      pick(d, PATHS),
      pick(d, [0, 0, abi.MNT_DETACH, abi.MNT_DETACH, abi.MNT_FORCE, abi.MNT_EXPIRE, abi.UMOUNT_NOFOLLOW]),
    ),
  ),
  pivot_root: plain((sys, d) => sys.pivot_root(pick(d, DIRECTORIES), pick(d, DIRECTORIES))),
  /** As pivot_root(8) suggests: onto itself, and away with the old root. */
  container: plain((sys, d) => {
    const root = pick(d, ['/w/a', '/w/b', '/w/c'])
    sys.mount('none', '/', '', MS_REC | abi.MS_PRIVATE)
    sys.mount(root, root, '', MS_BIND | MS_REC)
    sys.chdir(root)
    sys.pivot_root('.', '.')
    if (roll(d) % 3) sys.umount2('.', abi.MNT_DETACH)
  }),
  chroot: plain((sys, d) => sys.chroot(pick(d, DIRECTORIES))),
  chdir: plain((sys, d) => sys.chdir(pick(d, DIRECTORIES))),
  fchdir: plain((sys, d) => sys.fchdir(fd(d))),
  *kill(sys, d) {
    yield* sys.kill(pick(d, [1, 1, 1, 1, 1, -1]) * (pid(d) || pick(d, [0, -1])), pick(d, SIGNALS))
  },
  *exec(sys, d) {
    yield* sys.execve(`/bin/${pick(d, PROGRAMS)}`, ['actor'], [])
  },
  setuid: plain((sys, d) => sys.setuid(pick(d, IDS))),
  setresuid: plain((sys, d) => sys.setresuid(pick(d, IDS), pick(d, IDS), pick(d, IDS))),
  setresgid: plain((sys, d) => sys.setresgid(pick(d, IDS), pick(d, IDS), pick(d, IDS))),
  setgroups: plain((sys, d) => sys.setgroups([pick(d, [0, 1000, 5])])),
  capset: plain((sys, d) => {
    const [effective, permitted, inheritable] = [capabilities(d), capabilities(d), capabilities(d)]
    sys.capset({ effective: effective & permitted, permitted, inheritable })
  }),
  ambient: plain((sys, d) => sys.prctl(abi.PR_CAP_AMBIENT, pick(d, [2, 2, 2, 3, 4]), capability(d))),
  bounding: plain((sys, d) => sys.prctl(abi.PR_CAPBSET_DROP, capability(d))),
  prctl: plain((sys, d) => {
    const [option, value] = pick(d, [
      [abi.PR_SET_CHILD_SUBREAPER, 1],
      [abi.PR_SET_CHILD_SUBREAPER, 0],
      [abi.PR_SET_NO_NEW_PRIVS, 1],
      [abi.PR_SET_KEEPCAPS, 1],
      [abi.PR_SET_DUMPABLE, 0],
      [abi.PR_SET_DUMPABLE, 1],
      [abi.PR_SET_PDEATHSIG, SIGKILL],
      [abi.PR_SET_PDEATHSIG, SIGHUP],
      [abi.PR_SET_SECUREBITS, abi.SECBIT_NOROOT],
      [abi.PR_SET_SECUREBITS, abi.SECBIT_NO_SETUID_FIXUP],
      [abi.PR_SET_SECUREBITS, abi.SECBIT_NO_CAP_AMBIENT_RAISE],
    ] as const)
    sys.prctl(option, value)
  }),
  *map(sys, d) {
    const [uid, gid] = [sys.geteuid(), sys.getegid()]
    const file = pick(d, ['uid_map', 'gid_map', 'setgroups'])
    const own = file === 'uid_map' ? uid : gid
    const maps = [`0 ${own} 1`, '0 0 65536', '0 1000 1\n1000 0 1', `${own} ${own} 1`, '0 1000 2', '5 0 1']
    yield* writeFile(sys, `${procDirectory(d)}/${file}`, file === 'setgroups' ? 'deny' : pick(d, maps))
  },
  *timens(sys, d) {
    const offset = pick(d, ['monotonic 100 0', 'boottime -3 5', 'monotonic 1 0\nboottime 2 0'])
    yield* writeFile(sys, `${procDirectory(d)}/timens_offsets`, offset)
  },
  *open(sys, d) {
    const flags = pick(d, [0, abi.O_RDWR, abi.O_CREAT | abi.O_RDWR, abi.O_PATH, abi.O_WRONLY, abi.O_CLOEXEC])
    yield* sys.open(pick(d, [...PATHS, ...NAMES]), flags | abi.O_NONBLOCK, 0o644)
  },
  *openOther(sys, d) {
    yield* sys.open(`${procDirectory(d)}/${pick(d, ['root', 'cwd', 'status', 'exe', 'ns'])}`, abi.O_RDONLY)
  },
  *temporary(sys, d) {
    yield* sys.open(pick(d, DIRECTORIES), abi.O_TMPFILE | abi.O_RDWR, 0o600)
  },
  close: plain((sys, d) => sys.close(fd(d))),
  dup: plain((sys, d) => sys.dup(fd(d))),
  dup2: plain((sys, d) => sys.dup2(fd(d), pick(d, [5, 6, 70, 2]))),
  dup3: plain((sys, d) => sys.dup3(fd(d), pick(d, [5, 6, 4]), pick(d, [abi.O_CLOEXEC, 0]))),
  pipe: plain((sys, d) => sys.pipe2(pick(d, [0, abi.O_CLOEXEC]))),
  socketpair: plain(sys => sys.socketpair(1, 1)),
  *wait(sys, d) {
    yield* sys.wait4(pick(d, [-1, -1, -1, pid(d)]), pick(d, [abi.WNOHANG, abi.WNOHANG | abi.WUNTRACED]))
  },
  *waitFor(sys, d) {
    yield* sys.wait4(pick(d, [-1, 0, pid(d)]), 0)
  },
  *exit(sys, d) {
    yield* sys.exit(roll(d) % 4)
  },
  setsid: plain(sys => sys.setsid()),
  setpgid: plain((sys, d) => sys.setpgid(pid(d), pick(d, [0, pid(d)]))),
  ignore: plain((sys, d) =>
    sys.sigaction(pick(d, [SIGCHLD, SIGHUP, SIGTERM]), pick(d, ['SIG_IGN', 'SIG_DFL'])),
  ),
  handle: plain((sys, d) => sys.sigaction(pick(d, [SIGUSR1, SIGCHLD, SIGHUP]), () => {})),
  mask: plain((sys, d) => sys.sigprocmask(pick(d, [0, 1, 2]), pick(d, [0n, abi.sigmask(SIGTERM), ~0n]))),
  mkcgroup: plain((sys, d) => sys.mkdir(pick(d, CGROUPS), 0o755)),
  rmcgroup: plain((sys, d) => sys.rmdir(pick(d, CGROUPS))),
  *attach(sys, d) {
    const target = pid(d)
    // The host's own init stays where it is: nobody would bring it back.
    if (target === 1 && task(d).pids.length === 1) return
    yield* writeFile(sys, `${pick(d, CGROUPS)}/cgroup.procs`, String(target))
  },
  *control(sys, d) {
    const words = ['+pids', '-pids', '+memory', '-memory', '+cpu', '-cpu']
    yield* writeFile(sys, `${pick(d, CGROUPS)}/cgroup.subtree_control`, pick(d, words))
  },
  *limit(sys, d) {
    const [file, text] = pick(d, [
      ['pids.max', '3'],
      ['pids.max', 'max'],
      ['cgroup.type', 'threaded'],
      ['cgroup.kill', '1'],
    ] as const)
    yield* writeFile(sys, `${pick(d, CGROUPS)}/${file}`, text)
  },
  ipc: plain((sys, d) =>
    pick(d, [
      () => sys.shmget(pick(d, [0, 7]), 4096, abi.IPC_CREAT | 0o600),
      () => sys.msgget(pick(d, [0, 7]), abi.IPC_CREAT | 0o600),
      () => sys.semget(pick(d, [0, 7]), 1, abi.IPC_CREAT | 0o600),
    ])(),
  ),
  ipcrm: plain((sys, d) => {
    const it = pick(d, [...d.world.k.ipcObjects.values()])
    if (it) pick(d, [sys.shmctl, sys.msgctl, sys.semctl]).call(sys, it.ipcId, abi.IPC_RMID)
  }),
  hostname: plain((sys, d) => sys.sethostname(pick(d, ['a', 'b']))),
  mkdir: plain((sys, d) => sys.mkdir(pick(d, NAMES), 0o755)),
  rmdir: plain((sys, d) => sys.rmdir(pick(d, NAMES))),
  unlink: plain((sys, d) => sys.unlink(pick(d, NAMES))),
  link: plain((sys, d) => sys.link(pick(d, NAMES), pick(d, NAMES))),
  rename: plain((sys, d) => sys.rename(pick(d, NAMES), pick(d, NAMES))),
  umask: plain((sys, d) => sys.umask(pick(d, [0o22, 0, 0o77]))),
}

/** How often each is chosen; one that is not here, once. */
export const WEIGHTS: Readonly<Record<string, number>> = {
  fork: 6,
  clone: 8,
  unshare: 9,
  join: 6,
  joinMounted: 2,
  setns: 4,
  openNs: 4,
  relative: 2,
  mountNs: 3,
  mount: 4,
  mountProc: 2,
  overlay: 2,
  bind: 7,
  move: 3,
  remount: 3,
  propagation: 7,
  umount: 7,
  pivot_root: 2,
  container: 2,
  chroot: 2,
  chdir: 2,
  kill: 4,
  exec: 5,
  setuid: 2,
  setresuid: 3,
  capset: 2,
  prctl: 3,
  map: 6,
  open: 4,
  openOther: 2,
  close: 4,
  wait: 4,
  exit: 3,
  attach: 4,
  mkcgroup: 2,
  rmdir: 2,
  unlink: 2,
}
