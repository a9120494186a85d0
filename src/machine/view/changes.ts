/**
 * What a stretch of time did to the kernel: the difference of two snapshots, as a list of objects made, changed and
 * removed. It is read off the records; no command's text is looked at.
 */
import { isDir } from '../../abi/index.ts'
import {
  type Cgroup,
  type IdExtent,
  type MemCgroup,
  type Task,
  weightFromShares,
} from '../../kernel/index.ts'
import { compare } from '../../state/index.ts'
import type { Snapshot } from '../machine.ts'
import { mountPath } from './paths.ts'

export type ChangeKind =
  | 'task'
  | 'thread'
  | 'mount'
  | 'namespace'
  | 'cgroup'
  | 'file'
  | 'hostname'
  | 'credential'
export type ChangeVerb = 'created' | 'changed' | 'removed'

/** One object and what happened to it. `field`, `from` and `to` say what changed, in the kernel's own words. */
export interface ObjectChange {
  readonly kind: ChangeKind
  readonly verb: ChangeVerb
  /** What it is called: `pid 1004 stress`, `mnt:[4026532177]`, `/sys/fs/cgroup/demo`. */
  readonly name: string
  readonly detail?: string
  readonly field?: string
  readonly from?: string
  readonly to?: string
}

const verb = (from: unknown, to: unknown): ChangeVerb => (from ? (to ? 'changed' : 'removed') : 'created')

const NAMESPACE_TABLES = {
  mntNamespaces: 'mnt',
  utsNamespaces: 'uts',
  ipcNamespaces: 'ipc',
  netNamespaces: 'net',
  pidNamespaces: 'pid',
  userNamespaces: 'user',
  cgroupNamespaces: 'cgroup',
  timeNamespaces: 'time',
} as const

const us = (ns: number): string => String(ns / 1000)
const most = (n = Number.POSITIVE_INFINITY): string => (n === Number.POSITIVE_INFINITY ? 'max' : String(n))
/** What v1 shows for no limit: PAGE_COUNTER_MAX, in bytes. */
const most1 = (n = Number.POSITIVE_INFINITY): string =>
  n === Number.POSITIVE_INFINITY ? '9223372036854771712' : String(n)
const memory = (cg: Cgroup): Partial<MemCgroup> => cg.css.memory ?? {}

/** What a person sets about a cgroup, by the files of its version and as they read; and how many tasks are in it. */
const CGROUP_FILES: Readonly<Record<1 | 2, Readonly<Record<string, (cg: Cgroup) => string>>>> = {
  1: {
    tasks: cg => String(cg.nrTasks),
    'cpu.cfs_quota_us': cg => (cg.quota < 0 ? '-1' : us(cg.quota)),
    'cpu.cfs_period_us': cg => us(cg.period),
    'cpu.cfs_burst_us': cg => us(cg.burst),
    'cpu.shares': cg => String(cg.shares),
    'freezer.state': cg => (cg.frozen ? 'FROZEN' : 'THAWED'),
    'pids.max': cg => most(cg.pidsMax),
    'memory.limit_in_bytes': cg => most1(memory(cg).max),
    'memory.soft_limit_in_bytes': cg => most1(memory(cg).softLimit),
  },
  2: {
    tasks: cg => String(cg.nrTasks),
    'cpu.max': cg => `${cg.quota < 0 ? 'max' : us(cg.quota)} ${us(cg.period)}`,
    'cpu.max.burst': cg => us(cg.burst),
    'cpu.weight': cg => String(weightFromShares(cg.shares)),
    'cgroup.freeze': cg => (cg.frozen ? '1' : '0'),
    'cgroup.subtree_control': cg => cg.subtreeControl.join(' '),
    'pids.max': cg => most(cg.pidsMax),
    'memory.max': cg => most(memory(cg).max),
    'memory.high': cg => most(memory(cg).high),
    'memory.low': cg => String(memory(cg).low ?? 0),
  },
}

function taskChanges(from: Snapshot, to: Snapshot, ids: readonly { id: number }[]): ObjectChange[] {
  const list: ObjectChange[] = []
  for (const { id } of ids) {
    const [a, b] = [from.tables.tasks.find(id), to.tables.tasks.find(id)]
    const task = b ?? a
    if (!task) continue
    const name = `${task.pids[0]} ${task.comm}`
    if (!a || !b) {
      const args = task.argv.join(' ')
      const isSaid = args === task.comm || args.startsWith(`${task.comm} `)
      list.push({
        kind: task.tgid === task.id ? 'task' : 'thread',
        verb: verb(a, b),
        ...(isSaid ? { name: `${task.pids[0]} ${args}` } : { name, detail: args }),
      })
      continue
    }
    if (a.comm !== b.comm)
      list.push({ kind: 'task', verb: 'changed', name, field: 'exec', from: a.comm, to: b.comm })
    if (a.nice !== b.nice)
      list.push({ kind: 'task', verb: 'changed', name, field: 'nice', from: `${a.nice}`, to: `${b.nice}` })
    if (stopped(a.state) !== stopped(b.state))
      list.push({ kind: 'task', verb: 'changed', name, field: 'state', from: a.state, to: b.state })
    // Who exits gives up its namespaces; that is no move to others.
    if (b.nsproxy && a.nsproxy !== b.nsproxy && from.tables.nsproxies.find(a.nsproxy))
      list.push({ kind: 'task', verb: 'changed', name, field: 'nsproxy' })
  }
  return list
}

const stopped = (state: Task['state']): string => (state === 'T' || state === 'Z' ? state : '')

function mountChanges(from: Snapshot, to: Snapshot, ids: readonly { id: number }[]): ObjectChange[] {
  const list: ObjectChange[] = []
  const copied = new Map<number, number>()
  for (const { id } of ids) {
    const [a, b] = [from.tables.mounts.find(id), to.tables.mounts.find(id)]
    const mount = b ?? a
    if (!mount) continue
    // A new mount namespace copies every mount of the old one: said once, not forty times.
    const other = !a !== !b && (a ? to : from).tables.mntNamespaces.find(mount.ns) === undefined
    if (other) {
      copied.set(mount.ns, (copied.get(mount.ns) ?? 0) + 1)
      continue
    }
    const at = mountPath(b ? to : from, mount)
    const type = (b ? to : from).tables.superBlocks.find(mount.sb)?.type ?? ''
    if (!a || !b) list.push({ kind: 'mount', verb: verb(a, b), name: at, detail: type })
    else if (a.flags !== b.flags || a.peerGroup !== b.peerGroup || a.master !== b.master)
      list.push({
        kind: 'mount',
        verb: 'changed',
        name: at,
        detail: type,
        field: a.flags !== b.flags ? 'flags' : 'propagation',
      })
  }
  return list
}

/** The fields that one kind of namespace or another has. */
interface AnyNamespace {
  readonly inum: number
  readonly nodename?: string
  readonly uidMap?: readonly IdExtent[]
}

function namespaceChanges(
  from: Snapshot,
  to: Snapshot,
  set: Record<string, readonly { id: number }[]>,
): ObjectChange[] {
  const list: ObjectChange[] = []
  for (const [table, kind] of Object.entries(NAMESPACE_TABLES) as [keyof typeof NAMESPACE_TABLES, string][])
    for (const { id } of set[table] ?? []) {
      const [a, b] = [from.tables[table].find(id), to.tables[table].find(id)] as (AnyNamespace | undefined)[]
      const name = `${kind}:[${(b ?? a)?.inum}]`
      if (!a || !b) list.push({ kind: 'namespace', verb: verb(a, b), name })
      else if (a.nodename !== undefined && b.nodename !== undefined && a.nodename !== b.nodename)
        list.push({
          kind: 'hostname',
          verb: 'changed',
          name,
          field: 'hostname',
          from: a.nodename,
          to: b.nodename,
        })
      else if (b.uidMap && a.uidMap !== b.uidMap)
        list.push({
          kind: 'namespace',
          verb: 'changed',
          name,
          field: 'uid_map',
          to: b.uidMap.map(it => `${it.first} ${it.lowerFirst} ${it.count}`).join(', '),
        })
    }
  return list
}

function cgroupPath(snapshot: Snapshot, id: number): string {
  const names: string[] = []
  for (let it = snapshot.tables.cgroups.find(id); it; it = snapshot.tables.cgroups.find(it.parent))
    if (it.name) names.unshift(it.name)
  return `/${names.join('/')}`
}

function cgroupChanges(from: Snapshot, to: Snapshot, ids: readonly { id: number }[]): ObjectChange[] {
  const list: ObjectChange[] = []
  for (const { id } of ids) {
    const [a, b] = [from.tables.cgroups.find(id), to.tables.cgroups.find(id)]
    const name = cgroupPath(b ? to : from, id)
    if (!a || !b) {
      list.push({ kind: 'cgroup', verb: verb(a, b), name })
      continue
    }
    if (name === '/') continue
    const version = to.tables.hierarchies.find(b.hierarchy)?.version ?? 2
    for (const [field, show] of Object.entries(CGROUP_FILES[version])) {
      const [x, y] = [show(a), show(b)]
      if (x !== y) list.push({ kind: 'cgroup', verb: 'changed', name, field, from: x, to: y })
    }
  }
  return list
}

function fileChanges(from: Snapshot, to: Snapshot, ids: readonly { id: number }[]): ObjectChange[] {
  const names = new Names(ids)
  names.read(from)
  names.read(to)
  const list: ObjectChange[] = []
  for (const { id } of ids) {
    const [a, b] = [from.tables.inodes.find(id), to.tables.inodes.find(id)]
    const same =
      a &&
      b &&
      a.size === b.size &&
      a.mode === b.mode &&
      a.mtime === b.mtime &&
      a.uid === b.uid &&
      a.nlink === b.nlink
    if (same || (a && b && isDir(b) && a.mode === b.mode)) continue
    const name = names.of(id)
    if (name) list.push({ kind: 'file', verb: verb(a, b), name })
  }
  return list
}

/** Where the given inodes are called what, of the last of the snapshots read that knows. */
class Names {
  readonly #wanted: ReadonlySet<number>
  readonly #found = new Map<number, { snapshot: Snapshot; dentry: number }>()

  constructor(inodes: readonly { id: number }[]) {
    this.#wanted = new Set(inodes.map(it => it.id))
  }

  read(snapshot: Snapshot): void {
    if (this.#wanted.size === 0) return
    for (const it of snapshot.tables.dentries.values())
      if (this.#wanted.has(it.inode) && !it.unhashed) this.#found.set(it.inode, { snapshot, dentry: it.id })
  }

  of(inode: number): string | undefined {
    const it = this.#found.get(inode)
    return it && pathOf(it.snapshot, it.dentry)
  }
}

/** The path of a dentry, through the mount that shows its file system, if one does. */
function pathOf(snapshot: Snapshot, id: number): string {
  const dentry = snapshot.tables.dentries.find(id)
  const parts: string[] = []
  let it = dentry
  while (it && it.parent && it.parent !== it.id) {
    parts.unshift(it.name)
    it = snapshot.tables.dentries.find(it.parent)
  }
  const mount = [...snapshot.tables.mounts.values()].find(m => m.sb === dentry?.sb)
  const at = mount ? mountPath(snapshot, mount) : ''
  return `${at === '/' ? '' : at}/${parts.join('/')}`
}

/** Everything that differs, objects that a person thinks of first. */
export function objectChanges(from: Snapshot, to: Snapshot): readonly ObjectChange[] {
  const set = compare(from, to) as Record<string, readonly { id: number }[]>
  return [
    ...namespaceChanges(from, to, set),
    ...cgroupChanges(from, to, set.cgroups ?? []),
    ...mountChanges(from, to, set.mounts ?? []),
    ...taskChanges(from, to, set.tasks ?? []),
    ...fileChanges(from, to, set.inodes ?? []),
  ]
}
