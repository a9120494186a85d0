/** Processes as the glass shows them: rows with the namespaces each one sees, and how much CPU it used lately. */
import type { Task, TaskState } from '../../kernel/index.ts'
import type { Snapshot } from '../machine.ts'

export const NAMESPACE_KINDS = ['mnt', 'pid', 'net', 'uts', 'ipc', 'user', 'cgroup', 'time'] as const
export type NamespaceKind = (typeof NAMESPACE_KINDS)[number]

/** The namespaces of a task by kind: the numbers that /proc/PID/ns shows. */
export type NamespaceNumbers = Readonly<Record<NamespaceKind, number>>

export interface TaskRow {
  readonly id: number
  /** As the initial pid namespace numbers it, and as its own does when that is another. */
  readonly pid: number
  readonly innerPid: number | undefined
  readonly parent: number
  readonly depth: number
  readonly comm: string
  readonly args: string
  readonly state: TaskState
  readonly uid: number
  /** `pts/0`, or nothing. */
  readonly tty: string
  readonly cpu: number
  readonly onCpu: boolean
  /** Blocked in a throttled cgroup or frozen. */
  readonly throttled: boolean
  readonly namespaces: NamespaceNumbers
  /** CPU time in ns. */
  readonly time: number
}

const numbersOf = new WeakMap<Task, readonly [Snapshot, NamespaceNumbers]>()

/** The namespace numbers of a task. */
export function namespacesOf(snapshot: Snapshot, task: Task): NamespaceNumbers {
  const kept = numbersOf.get(task)
  if (kept && kept[0] === snapshot) return kept[1]
  const t = snapshot.tables
  const proxy = t.nsproxies.find(task.nsproxy)
  const user = t.creds.find(task.cred)?.userNs ?? 0
  const numbers: NamespaceNumbers = {
    mnt: t.mntNamespaces.find(proxy?.mnt ?? 0)?.inum ?? 0,
    pid: t.pidNamespaces.find(task.pidNs)?.inum ?? 0,
    net: t.netNamespaces.find(proxy?.net ?? 0)?.inum ?? 0,
    uts: t.utsNamespaces.find(proxy?.uts ?? 0)?.inum ?? 0,
    ipc: t.ipcNamespaces.find(proxy?.ipc ?? 0)?.inum ?? 0,
    user: t.userNamespaces.find(user)?.inum ?? 0,
    cgroup: t.cgroupNamespaces.find(proxy?.cgroup ?? 0)?.inum ?? 0,
    time: t.timeNamespaces.find(proxy?.time ?? 0)?.inum ?? 0,
  }
  numbersOf.set(task, [snapshot, numbers])
  return numbers
}

/** The namespace numbers of init: what is not one of these is somebody's own. */
export function initialNamespaces(snapshot: Snapshot): NamespaceNumbers | undefined {
  const init = snapshot.tables.tasks.find(1)
  return init && namespacesOf(snapshot, init)
}

function row(snapshot: Snapshot, task: Task, depth: number): TaskRow {
  const tty = snapshot.tables.ttys.find(task.tty)
  const pid = task.pids[0]!
  const inner = task.pids.at(-1)!
  return {
    id: task.id,
    pid,
    innerPid: task.pids.length > 1 ? inner : undefined,
    parent: task.parent,
    depth,
    comm: task.comm,
    args: task.argv.join(' ') || `[${task.comm}]`,
    state: task.state,
    uid: snapshot.tables.creds.find(task.cred)?.euid ?? 0,
    tty: tty ? `pts/${tty.index}` : '',
    cpu: task.cpu,
    onCpu: task.onCpu,
    throttled: inThrottledCgroup(snapshot, task),
    namespaces: namespacesOf(snapshot, task),
    time: task.utime + task.stime,
  }
}

function inThrottledCgroup(snapshot: Snapshot, task: Task): boolean {
  if (task.state !== 'R') return false
  for (const id of task.cgroups)
    for (let cg = snapshot.tables.cgroups.find(id); cg; cg = snapshot.tables.cgroups.find(cg.parent))
      if (cg.throttled) return true
  return false
}

/** All processes, children below their parents, in the order of their pids. */
export function taskRows(snapshot: Snapshot): readonly TaskRow[] {
  const below = new Map<number, Task[]>()
  for (const task of snapshot.tables.tasks.values()) {
    const siblings = below.get(task.parent)
    if (siblings) siblings.push(task)
    else below.set(task.parent, [task])
  }
  const rows: TaskRow[] = []
  const visit = (parent: number, depth: number) => {
    for (const task of (below.get(parent) ?? []).sort((a, b) => a.pids[0]! - b.pids[0]!)) {
      rows.push(row(snapshot, task, depth))
      visit(task.id, depth + 1)
    }
  }
  visit(0, 0)
  return rows
}

/** The share of one CPU that a task used between two snapshots, 0 to 1 (more than 1 never, with one thread). */
export function cpuShare(from: Snapshot, to: Snapshot, id: number): number {
  const now = to.tables.tasks.find(id)
  if (!now || to.clock <= from.clock) return 0
  const then = from.tables.tasks.find(id)
  const used = now.utime + now.stime - (then ? then.utime + then.stime : 0)
  return Math.min(1, Math.max(0, used / (to.clock - from.clock)))
}
