/**
 * proc: the kernel's account of itself. What a mount shows are the processes of one pid namespace, that of the task
 * which mounted it. Linux: fs/proc/root.c, fs/proc/base.c; proc(5).
 *
 * Nobody reads it before the first prompt, so what is in it comes late (late.ts).
 */
import { ENODEV, EPERM } from '../../abi/index.ts'
import { type Kernel, pidIn, pidNsOf, refuse, taskByPid, tasksIn, userNsOfPidNs } from '../../kernel/index.ts'
import type { Caller, FileSystemType } from '../../vfs/index.ts'
import { dirent, type PseudoDir, type PseudoNode, pseudoFileSystem } from '../pseudo.ts'
import { type Later, procLater } from './late.ts'
import {
  hasPidPermissions,
  keptOptions,
  optionsOf,
  parseOptions,
  type ProcOptions,
  showOptions,
} from './options.ts'

const PROC_ROOT_INO = 1
const PROC_SUPER_MAGIC = 0x9fa0

function content(): Later {
  const later = procLater()
  if (!later) throw ENODEV // the network has gone since the page was opened
  return later
}

/** The directory of a task, as far as the mount options let the caller in. Linux: proc_pid_permission(). */
function hidden(k: Kernel, dir: PseudoDir, id: number, options: ProcOptions): PseudoDir {
  if (options.hidepid === 'off') return dir
  return {
    ...dir,
    permission(as) {
      if (!hasPidPermissions(k, options, as, id, ['noaccess', 'invisible', 'ptraceable']))
        throw refuse(k, EPERM, 'hidepid', { hidepid: options.hidepid })
    },
  }
}

/** What a mount shows of the processes of `pidNs`. `options` may change at a remount. */
function root(k: Kernel, pidNs: number, options: () => ProcOptions): PseudoDir {
  let all: Readonly<Record<string, PseudoNode>> | undefined
  const fixed = (): Readonly<Record<string, PseudoNode>> => {
    all ??= content().fixedNodes(k, pidNs)
    return options().pidOnly ? { self: all.self!, 'thread-self': all['thread-self']! } : all
  }
  const ns = () => k.pidNamespaces.get(pidNs)
  const visible = (id: number, as: Caller) =>
    hasPidPermissions(k, options(), as, id, ['invisible', 'ptraceable'])
  const directory = (id: number) => hidden(k, content().taskDirectory(k, id, ns()), id, options())
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
      return { root: root(k, pidNsOf(k, as.task), given), options: keptOptions(parseOptions(k, options, as)) }
    },
    remount: (_v, sb, options, as) => keptOptions(parseOptions(k, options, as, optionsOf(sb.options))),
    showOptions: (_v, sb) => showOptions(sb.options),
  })
