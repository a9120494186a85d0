/**
 * Boot: a kernel, its file systems, the image on the root disk, the mounts that a Debian host has, and init.
 * Linux: init/main.c; what systemd does before the first login.
 */
import {
  type Blocking, MNT_DETACH, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_RDONLY, MS_REC, MS_RELATIME, MS_REMOUNT, MS_SHARED, type Program, SIG_IGN, SIGCHLD, type Sys,
} from '../abi/index.ts'
import { cgroup, cgroup2, devpts, devtmpfs, ext4, overlay, proc, sysfs, tmpfs } from '../fs/index.ts'
import { Kernel } from '../kernel/index.ts'
import { makeDevices, unpack } from './image/unpack.ts'
import { programs } from './programs.ts'

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
  'cpu,cpuacct', 'cpuset', 'memory', 'freezer', 'blkio', 'net_cls,net_prio', 'devices', 'pids', 'perf_event', 'hugetlb',
]

/** pid 1: reaps orphans for ever. */
const init: Program = function* (sys): Blocking<number> {
  sys.sigaction(SIGCHLD, () => {})
  for (;;) {
    try {
      yield* sys.wait4(-1, 0)
    } catch {
      yield* sleepUntilChild(sys)
    }
  }
}

function* sleepUntilChild(sys: Sys): Blocking<void> {
  try {
    yield* sys.pause()
  } catch {
    // EINTR: a child has come or gone.
  }
}

/** Mounts, in the order of the real host, so that mountinfo lists them alike. */
function mountAll(sys: Sys, version: 'v1' | 'v2'): void {
  sys.mount('sysfs', '/sys', 'sysfs', HARDENED)
  sys.mount('udev', '/dev', 'devtmpfs', MS_NOSUID | MS_RELATIME, 'size=1000736k,nr_inodes=250184,mode=755')
  makeDevices(sys)
  sys.mount('proc', '/proc', 'proc', HARDENED)
  sys.mount('devpts', '/dev/pts', 'devpts', MS_NOSUID | MS_NOEXEC | MS_RELATIME, 'gid=5,mode=620,ptmxmode=000')
  sys.mount('tmpfs', '/run', 'tmpfs', HARDENED, 'size=201416k,mode=755')
  sys.mount('tmpfs', '/dev/shm', 'tmpfs', MS_NOSUID | MS_NODEV | MS_RELATIME)
  for (const [path, mode] of [['/run/lock', 0o1777], ['/run/mount', 0o755], ['/run/netns', 0o755], ['/run/user', 0o755]] as const) {
    sys.mkdir(path, 0o777)
    sys.chmod(path, mode)
  }
  sys.mount('tmpfs', '/run/lock', 'tmpfs', HARDENED, 'size=5120k')
  if (version === 'v2') sys.mount('cgroup2', '/sys/fs/cgroup', 'cgroup2', HARDENED, 'nsdelegate,memory_recursiveprot')
  else mountV1(sys)
  sys.mkdir('/run/user/1000', 0o700)
  sys.mount('tmpfs', '/run/user/1000', 'tmpfs', MS_NOSUID | MS_NODEV | MS_RELATIME, 'size=201416k,mode=700,uid=1000,gid=1000')
  sys.mount('none', '/', '', MS_SHARED | MS_REC)
}

function mountV1(sys: Sys): void {
  const root = '/sys/fs/cgroup'
  sys.mount('tmpfs', root, 'tmpfs', HARDENED, 'size=4096k,mode=755')
  const mountHierarchy = (directory: string, options: string) => {
    sys.mkdir(`${root}/${directory}`, 0o755)
    sys.mount('cgroup', `${root}/${directory}`, 'cgroup', HARDENED, options)
  }
  mountHierarchy('systemd', 'none,xattr,name=systemd')
  for (const controllers of V1_HIERARCHIES) {
    mountHierarchy(controllers, controllers)
    const parts = controllers.split(',')
    if (parts.length > 1) for (const part of parts) sys.symlink(controllers, `${root}/${part}`)
  }
  sys.mount('none', root, '', MS_REMOUNT | MS_RDONLY | HARDENED, 'size=4096k,mode=755')
}

/** v2: what a service manager would have enabled for the children of the root. */
function* enableControllers(sys: Sys): Blocking<void> {
  const controllers = yield* readText(sys, '/sys/fs/cgroup/cgroup.controllers')
  const fd = yield* sys.open('/sys/fs/cgroup/cgroup.subtree_control', 1)
  yield* sys.write(fd, controllers.trim().split(' ').map(name => `+${name}`).join(' '))
  sys.close(fd)
}

function* readText(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, 0)
  const bytes = yield* sys.read(fd, 4096)
  sys.close(fd)
  return new TextDecoder().decode(bytes)
}

/** A running host: init is pid 1, everything is mounted, nobody has logged in. */
export function boot(options: BootOptions): Kernel {
  const version = options.cgroup ?? 'v2'
  const k = new Kernel({
    cpus: options.cpus ?? 2, memory: options.memory ?? 2 * GIB, seed: options.seed ?? 1, bootTime: BOOT_TIME,
    cgroup: version, freeze: options.freeze ?? false,
  })
  for (const [name, program] of programs) k.programs.set(name, program)
  for (const type of [sysfs(k), tmpfs, proc(k), cgroup(k), cgroup2(k), devtmpfs, devpts(k), ext4, overlay]) k.vfs.registerFilesystem(type)
  return k
}
export { init, mountAll, enableControllers, unpack, MNT_DETACH, SIG_IGN }
