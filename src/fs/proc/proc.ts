/**
 * proc: the kernel's account of itself. What a mount shows are the processes of one pid namespace, that of the task
 * which mounted it. Linux: fs/proc/root.c, fs/proc/base.c; proc(5).
 */
import { EIO, ENOENT, EPERM } from '../../abi/index.ts'
import {
  type Kernel,
  lastPid,
  pidIn,
  pidNsOf,
  showLocks,
  showModules,
  showPartitions,
  showProcCgroups,
  createTrigger,
  destroyTrigger,
  pollTrigger,
  type PsiResource,
  showDiskstats,
  showPressure,
  triggerQueues,
  showKmsg,
  taskByPid,
  tasksIn,
  userNsOfPidNs,
} from '../../kernel/index.ts'
import type { Caller, FileSystemType } from '../../vfs/index.ts'
import {
  dirent,
  type PseudoDir,
  type PseudoFile,
  pseudoFileSystem,
  staticDir,
  type PseudoLink,
  type PseudoNode,
} from '../pseudo.ts'
import * as host from './host.ts'
import { showBuddyinfo, showMeminfo, showVmstat } from './meminfo.ts'
import { hasPidPermissions, optionsOf, parseOptions, type ProcOptions, showOptions } from './options.ts'
import { sysctlDirectory } from './sysctl.ts'
import { sysvipcDirectory } from './sysvipc.ts'
import { taskDirectory } from './task.ts'

const PROC_ROOT_INO = 1
const PROC_SUPER_MAGIC = 0x9fa0

const FILES: Record<string, (k: Kernel, as: Caller, pidNs: number) => string> = {
  buddyinfo: showBuddyinfo,
  cgroups: k => showProcCgroups(k),
  cmdline: () => host.showCmdline(),
  cpuinfo: host.showCpuinfo,
  devices: () => host.showDevices(),
  diskstats: k => showDiskstats(k),
  dma: () => host.showDma(),
  execdomains: () => host.showExecdomains(),
  filesystems: host.showFilesystems,
  interrupts: host.showInterrupts,
  locks: (k, _, pidNs) => showLocks(k, pidNs),
  loadavg: (k, as) => host.showLoadavg(k, lastPid(k, as.task)),
  meminfo: showMeminfo,
  modules: showModules,
  partitions: showPartitions,
  softirqs: host.showSoftirqs,
  stat: host.showStat,
  swaps: () => host.showSwaps(),
  uptime: host.showUptime,
  version: () => host.showVersion(),
  vmstat: showVmstat,
}

const LINKS: Record<string, string> = { mounts: 'self/mounts', net: 'self/net' }

/** A file at the top. Its mode can be changed, to no effect beyond itself. Linux: proc_notify_change(). */
function file(k: Kernel, name: string, ino: number, pidNs: number): PseudoFile {
  let mode = 0o444
  return {
    kind: 'file',
    ino,
    get mode() {
      return mode
    },
    show: as => FILES[name]!(k, as, pidNs),
    setattr(_, attr) {
      if (attr.mode !== undefined) mode = attr.mode & 0o7777
    },
  }
}

/** /proc/self and thread-self: who reads them decides where they lead. Linux: fs/proc/self.c. */
function selfLink(k: Kernel, pidNs: number, thread: boolean): PseudoLink {
  return {
    kind: 'link',
    ino: thread ? 3 : 2,
    mode: 0o777,
    readlink(as) {
      const task = k.tasks.find(as.task)
      const pid = task ? pidIn(k, task.tgid, pidNs) : 0
      if (!pid) throw ENOENT
      return thread ? `${pid}/task/${pidIn(k, as.task, pidNs)}` : `${pid}`
    },
  }
}

/** Linux: fs/proc/proc_tty.c. */
function ttyDirectory(): PseudoDir {
  const text = (ino: number, content: string): PseudoFile => ({
    kind: 'file',
    ino,
    mode: 0o444,
    show: () => content,
  })
  const none = (ino: number, mode: number): PseudoDir => staticDir({ ino, mode }, {})
  const nodes = {
    driver: none(25, 0o500),
    drivers: text(26, host.TTY_DRIVERS),
    ldisc: none(27, 0o555),
    ldiscs: text(28, host.TTY_LDISCS),
  }
  return staticDir({ ino: 24, mode: 0o555, nlink: 4 }, nodes)
}

/** Linux: psi_proc_init(). */
const pressureFile = (k: Kernel, resource: PsiResource, ino: number): PseudoFile => ({
  kind: 'file',
  ino,
  mode: 0o666,
  show: () => showPressure(k, resource),
  store: (_as, text, file) => createTrigger(k, 0, resource, text, file.id),
  poll: (_as, file) => pollTrigger(k, file.id),
  pollQueues: file => triggerQueues(file.id),
  release: file => destroyTrigger(k, file.id),
})

function fixedNodes(k: Kernel, pidNs: number): Record<string, PseudoNode> {
  const nodes: Record<string, PseudoNode> = {
    self: selfLink(k, pidNs, false),
    'thread-self': selfLink(k, pidNs, true),
    sys: sysctlDirectory(k),
    sysvipc: sysvipcDirectory(k),
    pressure: staticDir(
      { ino: 9, mode: 0o555 },
      {
        cpu: pressureFile(k, 'cpu', 10),
        io: pressureFile(k, 'io', 12),
        memory: pressureFile(k, 'memory', 13),
      },
    ),
    tty: ttyDirectory(),
    kcore: {
      kind: 'file',
      ino: 11,
      mode: 0o400,
      show() {
        throw EIO
      },
    },
    kmsg: { kind: 'file', ino: 8, mode: 0o400, show: () => showKmsg(k) },
  }
  Object.keys(FILES).forEach((name, i) => {
    nodes[name] = file(k, name, 32 + i, pidNs)
  })
  Object.entries(LINKS).forEach(([name, target], i) => {
    nodes[name] = { kind: 'link', ino: 16 + i, mode: 0o777, readlink: () => target }
  })
  return nodes
}

/** The directory of a task, as far as the mount options let the caller in. Linux: proc_pid_permission(). */
function hidden(k: Kernel, dir: PseudoDir, id: number, options: ProcOptions): PseudoDir {
  if (options.hidepid === 'off') return dir
  return {
    ...dir,
    permission(as) {
      if (!hasPidPermissions(k, options, as, id, ['noaccess', 'invisible', 'ptraceable'])) throw EPERM
    },
  }
}

/** What a mount shows of the processes of `pidNs`. `options` may change at a remount. */
function root(k: Kernel, pidNs: number, options: () => ProcOptions): PseudoDir {
  const all = fixedNodes(k, pidNs)
  const { self, 'thread-self': threadSelf } = all
  const fixed = (): Readonly<Record<string, PseudoNode>> =>
    options().pidOnly ? { self: self!, 'thread-self': threadSelf! } : all
  const ns = () => k.pidNamespaces.get(pidNs)
  const visible = (id: number, as: Caller) =>
    hasPidPermissions(k, options(), as, id, ['invisible', 'ptraceable'])
  const directory = (id: number) => hidden(k, taskDirectory(k, id, ns()), id, options())
  return {
    kind: 'dir',
    ino: PROC_ROOT_INO,
    mode: 0o555,
    get nlink() {
      return 9 + tasksIn(k, pidNs).length
    },
    lookup(as, name) {
      if (Object.hasOwn(fixed(), name)) return fixed()[name]
      if (!/^[1-9]\d*$/.test(name) || !k.pidNamespaces.find(pidNs)) return undefined
      const id = taskByPid(k, pidNs, Number(name))
      return id && visible(id, as) ? directory(id) : undefined
    },
    readdir(as) {
      const tasks = k.pidNamespaces.find(pidNs) ? tasksIn(k, pidNs) : []
      const pids = tasks.filter(id => visible(id, as)).map(id => [pidIn(k, id, pidNs), id] as const)
      pids.sort(([a], [b]) => a - b)
      const entries = Object.entries(fixed()).sort(([a], [b]) => (a < b ? -1 : 1))
      return [
        ...entries.map(([name, node]) => dirent(name, node)),
        ...pids.map(([pid, id]) => dirent(`${pid}`, directory(id))),
      ]
    },
  }
}

/** The file system type; the kernel is bound when it boots. */
export const proc = (k: Kernel): FileSystemType =>
  pseudoFileSystem({
    name: 'proc',
    magic: PROC_SUPER_MAGIC,
    blockSize: 1024,
    usernsMount: true,
    usernsVisible: true,
    volatile: true,
    // The mount belongs to the user namespace that owns the pid namespace it shows.
    ownerUserNs: (_, as) => userNsOfPidNs(k, pidNsOf(k, as.task)),
    check: (_v, _source, options, _flags, as) => void parseOptions(k, options, as),
    tree(v, options, as, sb) {
      const given = () => optionsOf(v.superBlocks.get(sb).options)
      return { root: root(k, pidNsOf(k, as.task), given), options: showOptions(parseOptions(k, options, as)) }
    },
    remount: (_v, sb, options, as) => showOptions(parseOptions(k, options, as, optionsOf(sb.options))),
  })
