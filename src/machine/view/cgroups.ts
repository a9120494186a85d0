/** The cgroup tree of the hierarchy that controls the CPU, with what the glass shows of each group. */
import type { Cgroup } from '../../kernel/index.ts'
import type { Snapshot } from '../machine.ts'

export interface CgroupNode {
  readonly id: number
  readonly name: string
  readonly path: string
  readonly depth: number
  /** Of cgroups: its files have other names and units in version 1. */
  readonly version: 1 | 2
  readonly tasks: number
  /** pids.current and pids.max, where the hierarchy counts tasks and a limit is set. */
  readonly pids: { readonly current: number; readonly max: number } | undefined
  /** CPU time allowed per period in ns; undefined without a limit. */
  readonly quota: number | undefined
  readonly period: number
  /** What may be saved up beyond the quota, ns. */
  readonly burst: number
  readonly parent: number
  /** What is left of the period's quota, 0 to 1; undefined without a limit. */
  readonly left: number | undefined
  /** cpu.shares of version 1; cpu.weight of version 2 is reckoned from it. */
  readonly shares: number
  readonly usage: number
  readonly nrPeriods: number
  readonly nrThrottled: number
  readonly throttledTime: number
  readonly nrBursts: number
  readonly burstTime: number
  readonly throttled: boolean
  /** By itself or by what it is in. */
  readonly frozen: boolean
}

/** The hierarchy whose groups share and limit the CPU: the v1 one with `cpu`, else the unified one. */
export function cpuHierarchy(snapshot: Snapshot): number {
  for (const it of snapshot.tables.hierarchies.values())
    if (it.version === 1 && it.controllers.includes('cpu')) return it.id
  for (const it of snapshot.tables.hierarchies.values()) if (it.version === 2) return it.id
  return 0
}

function node(cg: Cgroup, version: 1 | 2, path: string, above: CgroupNode | undefined): CgroupNode {
  const limited = cg.quota > 0
  const isCounted = cg.pidsMax < Number.POSITIVE_INFINITY
  return {
    id: cg.id,
    name: cg.name || '/',
    path: path || '/',
    depth: above ? above.depth + 1 : 0,
    version,
    tasks: cg.nrTasks,
    pids: isCounted ? { current: cg.pidsCurrent, max: cg.pidsMax } : undefined,
    quota: limited ? cg.quota : undefined,
    period: cg.period,
    burst: cg.burst,
    parent: cg.parent,
    left: limited ? Math.max(0, Math.min(1, cg.runtime / cg.quota)) : undefined,
    shares: cg.shares,
    usage: cg.usage,
    nrPeriods: cg.nrPeriods,
    nrThrottled: cg.nrThrottled,
    throttledTime: cg.throttledTime,
    nrBursts: cg.nrBursts,
    burstTime: cg.burstTime,
    throttled: cg.throttled,
    frozen: cg.frozen || (above?.frozen ?? false),
  }
}

const known = new WeakMap<Snapshot, readonly CgroupNode[]>()

/** Groups below their parents, in the order of their making. */
export function cgroupNodes(snapshot: Snapshot): readonly CgroupNode[] {
  const kept = known.get(snapshot)
  if (kept) return kept
  const hierarchy = snapshot.tables.hierarchies.find(cpuHierarchy(snapshot))
  const nodes: CgroupNode[] = []
  const visit = (id: number, path: string, above: CgroupNode | undefined) => {
    const cg = snapshot.tables.cgroups.find(id)
    if (!cg || !hierarchy) return
    const it = node(cg, hierarchy.version, path, above)
    nodes.push(it)
    for (const child of cg.children) {
      const name = snapshot.tables.cgroups.find(child)?.name ?? ''
      visit(child, `${path}/${name}`, it)
    }
  }
  if (hierarchy) visit(hierarchy.root, '', undefined)
  known.set(snapshot, nodes)
  return nodes
}

/** CPUs' worth of time a group used between two snapshots: 0.1 is ten percent of one CPU. */
export function cgroupShare(from: Snapshot, to: Snapshot, id: number): number {
  const now = to.tables.cgroups.find(id)
  if (!now || to.clock <= from.clock) return 0
  return Math.max(0, (now.usage - (from.tables.cgroups.find(id)?.usage ?? 0)) / (to.clock - from.clock))
}
