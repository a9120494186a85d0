/** Processes as the glass shows them: rows with the namespaces each one sees, and how much CPU it used lately. */
import { isKthread, type Task, type TaskState } from '../../kernel/index.ts'
import type { Snapshot } from '../machine.ts'
import { cpuHierarchy } from './cgroups.ts'

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
  /** Ready to run, but in a cgroup that has used up its quota. */
  readonly throttled: boolean
  /** In a cgroup that is frozen, by itself or by what it is in. */
  readonly frozen: boolean
  readonly namespaces: NamespaceNumbers
  /** The cgroup whose share of the CPU it uses. */
  readonly cgroup: number
  /** CPU time of all its threads in ns, and how many they are. */
  readonly time: number
  readonly threads: number
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

/** The threads of a process, its leader first. */
const threadsOf = (snapshot: Snapshot, leader: Task): readonly Task[] => [
  leader,
  ...leader.threads.flatMap(id => snapshot.tables.tasks.find(id) ?? []),
]

/** CPU time of a process: that of its threads, and of those that are gone. */
const timeOf = (snapshot: Snapshot, leader: Task): number =>
  threadsOf(snapshot, leader).reduce(
    (sum, { utime, stime }) => sum + utime + stime,
    leader.deadUtime + leader.deadStime,
  )

function row(snapshot: Snapshot, task: Task, depth: number, hierarchy: number): TaskRow {
  const threads = threadsOf(snapshot, task)
  // What a process does is what one of its threads does.
  const { state, cpu } = threads.find(it => it.state === 'R') ?? threads.find(it => it.state !== 'Z') ?? task
  const tty = snapshot.tables.ttys.find(task.tty)
  const pid = task.pids[0]!
  const inner = task.pids.at(-1)!
  return {
    id: task.id,
    pid,
    innerPid: task.pids.length > 1 ? inner : undefined,
    parent: snapshot.tables.tasks.find(task.parent)?.tgid ?? 0,
    depth,
    comm: task.comm,
    args: task.argv.join(' ') || `[${task.comm}]`,
    state,
    uid: snapshot.tables.creds.find(task.cred)?.euid ?? 0,
    tty: tty ? `pts/${tty.index}` : '',
    cpu,
    onCpu: threads.some(it => it.onCpu),
    throttled: threads.some(it => it.state === 'R' && isIn(snapshot, it, 'throttled')),
    frozen: task.state !== 'Z' && isIn(snapshot, task, 'frozen'),
    namespaces: namespacesOf(snapshot, task),
    cgroup: task.cgroups[hierarchy - 1] ?? 0,
    time: timeOf(snapshot, task),
    threads: threads.length,
  }
}

/** Whether some cgroup that a task is in is throttled, or frozen. */
function isIn(snapshot: Snapshot, task: Task, what: 'throttled' | 'frozen'): boolean {
  for (const id of task.cgroups)
    for (let cg = snapshot.tables.cgroups.find(id); cg; cg = snapshot.tables.cgroups.find(cg.parent))
      if (cg[what]) return true
  return false
}

/** How many threads the kernel has of its own: they are no processes, and one is seldom curious about them. */
export function countKthreads(snapshot: Snapshot): number {
  let count = 0
  for (const task of snapshot.tables.tasks.values()) if (isKthread(task)) count++
  return count
}

/** Those threads: kthreadd, and its children below it. */
export const kthreadRows = (snapshot: Snapshot): readonly TaskRow[] => tree(snapshot, isKthread)

/** All processes, children below their parents, in the order of their pids. */
export const taskRows = (snapshot: Snapshot): readonly TaskRow[] => tree(snapshot, task => !isKthread(task))

function tree(snapshot: Snapshot, isShown: (task: Task) => boolean): readonly TaskRow[] {
  const below = new Map<number, Task[]>()
  for (const task of snapshot.tables.tasks.values()) {
    if (task.tgid !== task.id || !isShown(task)) continue
    const parent = snapshot.tables.tasks.find(task.parent)?.tgid ?? 0
    const siblings = below.get(parent)
    if (siblings) siblings.push(task)
    else below.set(parent, [task])
  }
  const rows: TaskRow[] = []
  const hierarchy = cpuHierarchy(snapshot)
  const visit = (parent: number, depth: number) => {
    for (const task of (below.get(parent) ?? []).sort((a, b) => a.pids[0]! - b.pids[0]!)) {
      rows.push(row(snapshot, task, depth, hierarchy))
      visit(task.id, depth + 1)
    }
  }
  visit(0, 0)
  return rows
}

/** The share of one CPU that a process used between two snapshots: above 1 where its threads ran at the same time. */
export function cpuShare(from: Snapshot, to: Snapshot, id: number): number {
  const now = to.tables.tasks.find(id)
  if (!now || to.clock <= from.clock) return 0
  const then = from.tables.tasks.find(id)
  const used = timeOf(to, now) - (then ? timeOf(from, then) : 0)
  return Math.min(now.threads.length + 1, Math.max(0, used / (to.clock - from.clock)))
}
