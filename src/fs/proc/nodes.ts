/**
 * What stands at the top of /proc beside the processes. Linux: fs/proc/{root,self,proc_tty}.c, psi_proc_init() and the
 * *_init() of the files. Comes late (late.ts).
 */
import { EIO, ENOENT } from '../../abi/index.ts'
import {
  createTrigger,
  destroyTrigger,
  type Kernel,
  lastPid,
  pidIn,
  pollTrigger,
  type PsiResource,
  showDiskstats,
  showKmsg,
  showLocks,
  showModules,
  showPartitions,
  showPressure,
  showSwaps,
  showProcCgroups,
  triggerQueues,
} from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { type PseudoDir, type PseudoFile, type PseudoLink, type PseudoNode, staticDir } from '../pseudo.ts'
import * as host from './host.ts'
import { showBuddyinfo, showMeminfo } from './meminfo.ts'
import { sysctlDirectory } from './sysctl.ts'
import { sysvipcDirectory } from './sysvipc.ts'
import { SERIAL, topNodes } from './top-nodes.ts'

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
  swaps: k => showSwaps(k),
  uptime: host.showUptime,
  version: () => host.showVersion(),
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
    driver: staticDir({ ino: 25, mode: 0o500 }, { serial: text(29, SERIAL) }),
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

/** All of it, for a mount that shows the processes of `pidNs`. */
export function fixedNodes(k: Kernel, pidNs: number): Record<string, PseudoNode> {
  const nodes: Record<string, PseudoNode> = {
    ...topNodes(k),
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
