/**
 * What cpusets say about tasks: which CPUs they may use. Linux: kernel/cgroup/cpuset.c, cpuset_cpus_allowed(),
 * compute_effective_cpumask(), update_tasks_cpumask().
 */
import type { Kernel } from '../kernel.ts'
import { isPerCpu } from '../task-flags.ts'
import type { Cgroup } from '../types.ts'
import { cgroupFor, descendants, hasController } from './cgroup.ts'
import { cssOf } from './css.ts'
import { members } from './members.ts'

/** Linux: struct cpuset. No CPUs of its own is "as the parent"; the one memory node there is, or not. */
export interface Cpuset {
  readonly cpus: readonly number[]
  readonly mems: boolean
  /** What cpuset.cpus.partition was told; whether it is not that nevertheless, and why it was not the last time. */
  readonly partition: Partition
  readonly invalid: boolean
  readonly partitionError: string
  /** The CPUs that partitions below have taken for themselves. Linux: subparts_cpus. */
  readonly subparts: readonly number[]
  /** cpuset.cpu_exclusive and the like of v1; partitions of v2 are exclusive, too. */
  readonly flags: Readonly<Record<string, boolean>>
  /** v1: cpuset.sched_relax_domain_level. */
  readonly relaxDomainLevel: number
}

/** A root has its CPUs for itself, an isolated one balances no load among them. */
export type Partition = 'member' | 'root' | 'isolated'

export const cpusetCss = cssOf<Cpuset>('cpuset', {
  cpus: [],
  mems: false,
  partition: 'member',
  invalid: false,
  partitionError: '',
  subparts: [],
  flags: { sched_load_balance: true },
  relaxDomainLevel: -1,
})

export const allCpus = (k: Kernel): number[] => Array.from({ length: k.cpus }, (_, cpu) => cpu)
export const childrenOf = (k: Kernel, cg: Cgroup): Cgroup[] => cg.children.map(id => k.cgroups.get(id))
const without = (cpus: readonly number[], others: readonly number[]): readonly number[] =>
  others.length ? cpus.filter(cpu => !others.includes(cpu)) : cpus

/** The CPUs tasks in it really get: its own without what partitions below have for themselves. */
export function effectiveCpus(k: Kernel, cg: Cgroup): readonly number[] {
  const { subparts } = cpusetCss.of(cg)
  return without(cg.parent ? cpusFromAbove(k, cg) : allCpus(k), subparts)
}

/** Its own that the parent has, too; all the parent's when that is none. Linux: compute_effective_cpumask(). */
function cpusFromAbove(k: Kernel, cg: Cgroup): readonly number[] {
  const { cpus, subparts } = cpusetCss.of(cg)
  const parent = k.cgroups.get(cg.parent)
  const above = effectiveCpus(k, parent)
  const given = cpusetCss.of(parent).subparts
  const own = cpus.filter(cpu => above.includes(cpu) || given.includes(cpu))
  // A partition that has distributed all its CPUs has none left.
  return own.length || (subparts.length && subparts.length === cpus.length) ? own : above
}

/** The cgroup whose cpuset counts for tasks in this one: the nearest that has the controller. */
export function nearestCpuset(k: Kernel, cgroupId: number): Cgroup {
  let css = k.cgroups.get(cgroupId)
  while (css.parent && !hasController(k, css, 'cpuset')) css = k.cgroups.get(css.parent)
  return css
}

/** The CPUs a task's cpuset leaves it. Linux: cpuset_cpus_allowed(). */
export function cpusetOf(k: Kernel, taskId: number): readonly number[] {
  const id = cgroupFor(k, k.tasks.get(taskId), 'cpuset')
  return id ? effectiveCpus(k, nearestCpuset(k, id)) : allCpus(k)
}

/** A task gets all CPUs of its new cpuset, whatever its affinity was before. Linux: cpuset_attach(). */
export function resetAffinity(k: Kernel, taskId: number): void {
  k.tasks.own(taskId).affinity = cpusetOf(k, taskId)
  k.sched.setAffinity(taskId)
}

/** Which cpuset counts for a task, and which CPUs it gives. */
function placement(k: Kernel, taskId: number): string {
  const id = cgroupFor(k, k.tasks.get(taskId), 'cpuset')
  if (!id) return ''
  const css = nearestCpuset(k, id)
  return `${css.id} ${effectiveCpus(k, css)}`
}

/** The cpusets of these tasks may be others than before: those with another one, or other CPUs in it, are reset. */
export function whileCpusetsChange(k: Kernel, tasks: readonly number[], act: () => void): void {
  const before = tasks.map(id => placement(k, id))
  act()
  tasks.forEach((id, index) => {
    if (placement(k, id) !== before[index] && !isPerCpu(k.tasks.get(id))) resetAffinity(k, id)
  })
}

/** Do something to a cpuset. Where there are partitions it matters to everybody in the parent, too. */
export function whileCpusetChanges(k: Kernel, cg: Cgroup, act: () => void): void {
  const isSpecial = (it: Cgroup) => cpusetCss.of(it).partition !== 'member'
  const from = cg.parent && childrenOf(k, k.cgroups.get(cg.parent)).some(isSpecial) ? cg.parent : cg.id
  whileCpusetsChange(k, tasksBelow(k, from), act)
}

/** The tasks in a cgroup and everything below it. */
export const tasksBelow = (k: Kernel, id: number): number[] =>
  [...descendants(k, id)].flatMap(cg => [...members(k, cg.id)])
