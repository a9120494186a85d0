/**
 * Boot: a kernel, its file systems, the image on the root disk, the mounts that a Debian host has, and init.
 * Linux: init/main.c; what systemd does before the first login.
 */
import {
  type Blocking,
  EINTR,
  Errno,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_RELATIME,
  MS_REMOUNT,
  O_CREAT,
  O_WRONLY,
  type Program,
  SIGCHLD,
  type Sys,
} from '../abi/index.ts'
import {
  bareFileSystems,
  ramfs,
  loadableFileSystems,
  refusedFileSystems,
  cgroup,
  cgroup2,
  devpts,
  devtmpfs,
  ext4,
  olderExts,
  overlay,
  populate,
  proc,
  rootfs,
  settleDisk,
  sysfs,
  tmpfs,
} from '../fs/index.ts'
import { initCred, Kernel, spawnInit, spawnKthreads } from '../kernel/index.ts'
import {
  bootMount,
  copyMntNs,
  type Caller,
  initMntNs,
  mntNsRoot,
  newFs,
  putFs,
  shareRecursively,
  type SuperBlock,
} from '../vfs/index.ts'
import { BOOTED, makeDevices, UDEV_DATA } from './image/devices.ts'
import { diskImage } from './image/disk.ts'
import { programs, requestModules } from './programs.ts'

export interface BootOptions {
  /** Which cgroup layout is mounted at /sys/fs/cgroup. Default v2. */
  readonly cgroup?: 'v1' | 'v2'
  /** Feeds /dev/urandom, $RANDOM and everything else that is random. Default 1. */
  readonly seed?: number
  /** Virtual CPUs, 1 to 64. Default 2. */
  readonly cpus?: number
  /** Bytes of memory. Default 2 GiB. */
  readonly memory?: number
  /** Freeze committed records, so that a write to one throws: for tests. */
  readonly freeze?: boolean
}

const GIB = 2 ** 30
/** 2026-01-01 11:59:35 UTC, so that the first prompt comes at 12:00:02. */
const BOOT_TIME = { sec: 1767268775, nsec: 0 }
/** What firmware, kernel and early userland take before init runs. */
export const BOOTED_AT = 27_000_000_000

const HARDENED = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RELATIME

const V1_HIERARCHIES = [
  'cpu,cpuacct',
  'cpuset',
  'memory',
  'freezer',
  'blkio',
  'net_cls,net_prio',
  'devices',
  'pids',
  'perf_event',
  'hugetlb',
]

/** pid 1: reaps orphans for ever. */
const init: Program = function* (sys): Blocking<number> {
  sys.sigaction(SIGCHLD, () => {})
  for (;;) {
    try {
      yield* sys.wait4(-1, 0)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (e !== EINTR) yield* untilChild(sys)
    }
  }
}

/** Nobody to wait for: sleep until somebody is left to us and dies. */
function* untilChild(sys: Sys): Blocking<void> {
  try {
    yield* sys.pause()
  } catch (e) {
    if (e !== EINTR) throw e
  }
}

interface MountLine {
  readonly type: string
  readonly source: string
  readonly target: string
  readonly flags: number
  readonly options?: string
  readonly mntId?: number
  readonly seq?: number
}

/** The one file system of devices, of which every mount is another view. */
const DEVTMPFS = { type: 'devtmpfs', options: 'size=1000736k,nr_inodes=250184,mode=755' }

/** What is mounted before anything is shared; the numbers are those of a real boot. */
const EARLY: readonly MountLine[] = [
  { ...DEVTMPFS, source: 'udev', target: '/dev', flags: MS_NOSUID | MS_RELATIME, mntId: 23, seq: 0 },
  { type: 'sysfs', source: 'sysfs', target: '/sys', flags: HARDENED, mntId: 22 },
  { type: 'proc', source: 'proc', target: '/proc', flags: HARDENED, mntId: 25 },
  {
    type: 'devpts',
    source: 'devpts',
    target: '/dev/pts',
    flags: MS_NOSUID | MS_NOEXEC | MS_RELATIME,
    options: 'gid=5,mode=620,ptmxmode=000',
    mntId: 26,
  },
  {
    type: 'tmpfs',
    source: 'tmpfs',
    target: '/run',
    flags: HARDENED,
    options: 'size=201416k,mode=755',
    mntId: 27,
  },
  { type: 'securityfs', source: 'securityfs', target: '/sys/kernel/security', flags: HARDENED, mntId: 28 },
  {
    type: 'tmpfs',
    source: 'tmpfs',
    target: '/dev/shm',
    flags: MS_NOSUID | MS_NODEV | MS_RELATIME,
    mntId: 29,
  },
]

/** What comes after the control groups. */
const LATE: readonly MountLine[] = [
  { type: 'bpf', source: 'bpf', target: '/sys/fs/bpf', flags: HARDENED, options: 'mode=700' },
  {
    type: 'hugetlbfs',
    source: 'hugetlbfs',
    target: '/dev/hugepages',
    flags: MS_RELATIME,
    options: 'pagesize=2M',
  },
  { type: 'mqueue', source: 'mqueue', target: '/dev/mqueue', flags: HARDENED },
  { type: 'debugfs', source: 'debugfs', target: '/sys/kernel/debug', flags: HARDENED },
  { type: 'tracefs', source: 'tracefs', target: '/sys/kernel/tracing', flags: HARDENED },
  { type: 'fusectl', source: 'fusectl', target: '/sys/fs/fuse/connections', flags: HARDENED },
  { type: 'configfs', source: 'configfs', target: '/sys/kernel/config', flags: HARDENED },
]

const RUN_DIRECTORIES = [
  ['/run/lock', 0o1777],
  ['/run/mount', 0o755],
  ['/run/netns', 0o755],
  ['/run/udev', 0o755],
  ['/run/udev/data', 0o755],
  ['/run/user', 0o755],
  ['/run/user/1000', 0o700],
] as const

function mountEarly(k: Kernel, sys: Sys, as: Caller): void {
  for (const line of EARLY) {
    bootMount(k.vfs, as, line)
    if (line.type === 'devtmpfs') makeDevices(sys)
  }
  for (const [path, mode] of RUN_DIRECTORIES) {
    sys.mkdir(path, 0o777)
    sys.chmod(path, mode)
  }
  for (const [name, text] of Object.entries(UDEV_DATA))
    complete(k, writeNew(sys, `/run/udev/data/${name}`, text))
  shareRecursively(k.vfs, mntNsRoot(k.vfs, as.mntNs).mount)
  bootMount(k.vfs, as, {
    type: 'tmpfs',
    source: 'tmpfs',
    target: '/run/lock',
    flags: HARDENED,
    options: 'size=5120k',
    mntId: 30,
  })
}

function* writeNew(sys: Sys, path: string, text: string): Blocking<void> {
  const fd = yield* sys.open(path, O_WRONLY | O_CREAT, 0o644)
  yield* sys.write(fd, text)
  sys.close(fd)
}

function mountV2(k: Kernel, sys: Sys, as: Caller): void {
  bootMount(k.vfs, as, {
    type: 'cgroup2',
    source: 'cgroup2',
    target: '/sys/fs/cgroup',
    flags: HARDENED,
    options: 'nsdelegate,memory_recursiveprot',
    mntId: 31,
  })
  complete(k, enableControllers(sys))
}

function mountV1(k: Kernel, sys: Sys, as: Caller): void {
  const root = '/sys/fs/cgroup'
  bootMount(k.vfs, as, {
    type: 'tmpfs',
    source: 'tmpfs',
    target: root,
    flags: HARDENED,
    options: 'size=4096k,mode=755',
    mntId: 31,
  })
  let mntId = 32
  const mountHierarchy = (directory: string, options: string) => {
    sys.mkdir(`${root}/${directory}`, 0o755)
    bootMount(k.vfs, as, {
      type: 'cgroup',
      source: 'cgroup',
      target: `${root}/${directory}`,
      flags: HARDENED,
      options,
      mntId: mntId++,
    })
  }
  mountHierarchy('systemd', 'none,xattr,name=systemd')
  for (const controllers of V1_HIERARCHIES) {
    mountHierarchy(controllers, controllers)
    const parts = controllers.split(',')
    if (parts.length > 1) for (const part of parts) sys.symlink(controllers, `${root}/${part}`)
  }
  sys.mount('none', root, '', MS_REMOUNT | MS_RDONLY | HARDENED, 'size=4096k,mode=755')
}

/** v2: hand every controller down to the children of the root, as a service manager does. */
function* enableControllers(sys: Sys): Blocking<void> {
  const list = yield* sys.open('/sys/fs/cgroup/cgroup.controllers', 0)
  const controllers = new TextDecoder()
    .decode(yield* sys.read(list, 4096))
    .trim()
    .split(' ')
  sys.close(list)
  const fd = yield* sys.open('/sys/fs/cgroup/cgroup.subtree_control', O_WRONLY)
  yield* sys.write(fd, controllers.map(name => `+${name}`).join(' '))
  sys.close(fd)
}

/** Runs init's calls to their end. Nobody else runs yet: where a call lets others have their turn, it goes on at once. */
function complete(k: Kernel, calls: Blocking<void>): void {
  do k.spent = 0
  while (!calls.next().done)
}

/** The kernel itself as a caller, in the first mount namespace, and that of the thread that makes device nodes. */
function mountRootfs(k: Kernel): { as: Omit<Caller, 'fs'>; devtmpfsNs: number } {
  const cred = k.creds.insert(initCred(k.initUserNs))
  const bare = { task: 0, cred, fsizeLimit: Number.POSITIVE_INFINITY }
  const mntNs = initMntNs(k.vfs, bare, rootfs)
  k.vfs.reserveAnonDevs(1, 4)
  k.vfs.reserveAnonDevs(6, 19)
  k.vfs.reserveMntIds(1, 4)
  const fs = newFs(k.vfs, mntNsRoot(k.vfs, mntNs), 0o022)
  const devtmpfsNs = copyMntNs(k.vfs, mntNs, k.initUserNs, -1, fs.id)
  const inside: Caller = { ...bare, mntNs: devtmpfsNs, fs }
  bootMount(k.vfs, inside, { ...DEVTMPFS, source: 'devtmpfs', target: '/', flags: MS_RELATIME, mntId: 6 })
  putFs(k.vfs, fs.id)
  return { as: { ...bare, mntNs }, devtmpfsNs }
}

/** The root disk, mounted, in the first mount namespace. */
function mountRoot(k: Kernel, bare: Omit<Caller, 'fs'>): Caller {
  const { mntNs } = bare
  const early: Caller = { ...bare, fs: newFs(k.vfs, mntNsRoot(k.vfs, mntNs), 0o022) }
  bootMount(k.vfs, early, {
    type: 'ext4',
    source: '/dev/vda',
    target: '/',
    flags: MS_RELATIME,
    options: 'errors=remount-ro',
    mntId: 24,
  })
  return { ...bare, fs: newFs(k.vfs, mntNsRoot(k.vfs, mntNs), 0o022) }
}

const rootDisk = (k: Kernel, as: Caller): SuperBlock =>
  k.vfs.superBlocks.get(k.mounts.get(as.fs.rootMount).sb)

/** The order of /proc/filesystems. */
const REGISTERED = [
  'sysfs',
  'tmpfs',
  'proc',
  'cgroup',
  'cgroup2',
  'devtmpfs',
  'debugfs',
  'tracefs',
  'securityfs',
  'bpf',
  'ramfs',
  'hugetlbfs',
  'devpts',
  'mqueue',
  'pstore',
  'ext3',
  'ext2',
  'ext4',
  'configfs',
  'overlay',
  'fuseblk',
  'fuse',
  'fusectl',
]

/** Directories in memory that the real host filled before its clock was set. */
const FILLED_AT_BOOT = [
  '/dev',
  '/dev/shm',
  '/run',
  '/run/lock',
  '/run/mount',
  '/run/netns',
  '/run/udev',
  '/run/udev/data',
  '/run/user',
  '/run/user/1000',
]

/** What an installation like this takes on a disk: blocks of 4 KiB, inodes, and where new inode numbers begin. */
const DISK_USE = { usedBlocks: 329022, usedInodes: 18277, nextIno: 131072 }

/** A running host: init is pid 1, everything is mounted, nobody has logged in. */
export function boot(options: BootOptions): Kernel {
  const version = options.cgroup ?? 'v2'
  const k = new Kernel({
    cpus: options.cpus ?? 2,
    memory: options.memory ?? 2 * GIB,
    seed: options.seed ?? 1,
    bootTime: BOOT_TIME,
    cgroup: version,
    freeze: options.freeze ?? false,
  })
  k.clock = BOOTED_AT
  k.requestModule = requestModules
  for (const [name, program] of programs) k.programs.set(name, program)
  const types = [
    ...bareFileSystems(k),
    ...refusedFileSystems,
    sysfs(k),
    tmpfs,
    ramfs,
    proc(k),
    cgroup(k),
    cgroup2(k),
    devtmpfs,
    devpts(k),
    ext4,
    ...olderExts,
    overlay,
  ]
  types.sort((a, b) => REGISTERED.indexOf(a.name) - REGISTERED.indexOf(b.name))
  for (const type of types) k.vfs.registerFilesystem(type)
  for (const type of loadableFileSystems) k.vfs.loadable.set(type.name, type)
  const { as: kernel, devtmpfsNs } = mountRootfs(k)
  const as = mountRoot(k, kernel)
  const sys = k.sys(spawnInit(k, init, { argv: ['/sbin/init'], hostname: 'host', mntNs: as.mntNs }))
  spawnKthreads(k, devtmpfsNs)
  populate(k.vfs, as, rootDisk(k, as), diskImage(new Set(programs.keys())))
  mountEarly(k, sys, as)
  if (version === 'v2') mountV2(k, sys, as)
  else mountV1(k, sys, as)
  sys.mkdir('/dev/hugepages', 0o755)
  k.vfs.reserveMntIds(1, 31)
  for (const line of LATE) bootMount(k.vfs, as, line)
  sys.mount(
    'tmpfs',
    '/run/user/1000',
    'tmpfs',
    MS_NOSUID | MS_NODEV | MS_RELATIME,
    'size=201416k,mode=700,uid=1000,gid=1000',
  )
  for (const path of FILLED_AT_BOOT) sys.utimensat(path, BOOTED, BOOTED)
  k.pageCache.bootInodes = k.inodes.size
  settleDisk(k.vfs, rootDisk(k, as).id, DISK_USE)
  k.spent = 0
  // A real boot has given out this many pids, to threads of the kernel and to what set the host up.
  k.pidNamespaces.own(k.initPidNs).lastPid = 999
  return k
}
