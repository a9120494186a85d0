/**
 * What cpusets say about tasks: which CPUs they may use, and which a partition has taken from its parent.
 * Linux: kernel/cgroup/cpuset.c, cpuset_cpus_allowed(), update_parent_subparts_cpumask().
 */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { cgroupFor, descendants, hasController } from './cgroup.ts'
import { cssOf } from './css.ts'
import { members } from './members.ts'

/** Linux: struct cpuset. No CPUs of its own is "as the parent"; the one memory node there is, or not. */
export interface Cpuset {
  readonly cpus: readonly number[]
  readonly mems: boolean
  /** What cpuset.cpus.partition was told, and why it is none nevertheless. */
  readonly partition: Partition
  readonly partitionError: string | undefined
  /** v1 only: cpuset.cpu_exclusive and the like, and sched_relax_domain_level. */
  readonly flags: Readonly<Record<string, boolean>>
  readonly relaxDomainLevel: number
}

/** A root has its CPUs for itself, an isolated one balances no load among them. */
export type Partition = 'member' | 'root' | 'isolated'

export const cpusetCss = cssOf<Cpuset>('cpuset', {
  cpus: [],
  mems: false,
  partition: 'member',
  partitionError: undefined,
  flags: { sched_load_balance: true },
  relaxDomainLevel: -1,
})

export const allCpus = (k: Kernel): number[] => Array.from({ length: k.cpus }, (_, cpu) => cpu)

/** The CPUs tasks in it really get: those of the cpuset without what partitions below have for themselves. */
export function effectiveCpus(k: Kernel, cg: Cgroup): readonly number[] {
  const cpus = cpusOf(k, cg)
  const taken = childrenOf(k, cg)
    .filter(it => isPartition(it))
    .flatMap(it => cpusetCss.of(it).cpus)
  return taken.length ? cpus.filter(cpu => !taken.includes(cpu)) : cpus
}

/** A partition's own; else its own that the parent has too, or the parent's. */
function cpusOf(k: Kernel, cg: Cgroup): readonly number[] {
  if (!cg.parent) return allCpus(k)
  const { cpus } = cpusetCss.of(cg)
  if (isPartition(cg)) return cpus
  const above = effectiveCpus(k, k.cgroups.get(cg.parent))
  const own = cpus.filter(cpu => above.includes(cpu))
  return own.length ? own : above
}

const childrenOf = (k: Kernel, cg: Cgroup): Cgroup[] => cg.children.map(id => k.cgroups.get(id))

/** Whether it is what cpuset.cpus.partition was told to make of it. */
const isPartition = (cg: Cgroup): boolean => {
  const { partition, partitionError } = cpusetCss.of(cg)
  return partition !== 'member' && partitionError === undefined
}

/** What forbids a cpuset to be a partition. Linux: perr_strings[]. */
function errorOf(k: Kernel, cg: Cgroup): string | undefined {
  const { cpus } = cpusetCss.of(cg)
  const parent = k.cgroups.get(cg.parent)
  const siblings = childrenOf(k, parent).filter(({ id }) => id !== cg.id)
  const overlap = (it: Cgroup) => cpusetCss.of(it).cpus.some(cpu => cpus.includes(cpu))
  if (!cpus.length) return 'cpuset.cpus is empty'
  if (siblings.some(overlap)) return 'Cpu list in cpuset.cpus not exclusive'
  if (parent.parent && !isPartition(parent))
    return cpusetCss.of(parent).partition === 'member'
      ? 'Parent is not a partition root'
      : 'Parent is an invalid partition root'
  const others = siblings.filter(it => isPartition(it)).flatMap(it => cpusetCss.of(it).cpus)
  const left = cpusOf(k, parent).filter(cpu => !cpus.includes(cpu) && !others.includes(cpu))
  return left.length || !parent.nrTasks ? undefined : 'Parent unable to distribute cpu downstream'
}

/** A partition that is none any more stays so, until somebody sets its CPUs or tells it again what to be. */
function revalidate(k: Kernel, id: number, { cpus, partition }: Partial<Cpuset>): void {
  const cg = k.cgroups.get(id)
  if (partition || cpus?.length || isPartition(cg)) cpusetCss.set(k, id, { partitionError: errorOf(k, cg) })
  for (const it of [...childrenOf(k, k.cgroups.get(cg.parent)), ...childrenOf(k, cg)])
    if (isPartition(it)) cpusetCss.set(k, it.id, { partitionError: errorOf(k, k.cgroups.get(it.id)) })
}

/** The cgroup whose cpuset counts for tasks in this one: the nearest that has the controller. */
function nearestCpuset(k: Kernel, cgroupId: number): Cgroup {
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
    if (placement(k, id) !== before[index]) resetAffinity(k, id)
  })
}

/** Change a cpuset. Partitions matter to everybody in the parent, too. */
export function setCpuset(k: Kernel, cg: Cgroup, change: Partial<Cpuset>): void {
  const matters = childrenOf(k, k.cgroups.get(cg.parent)).some(it => cpusetCss.of(it).partition !== 'member')
  const from = matters || change.partition ? cg.parent : cg.id
  const tasks = [...descendants(k, from)].flatMap(below => [...members(k, below.id)])
  whileCpusetsChange(k, tasks, () => {
    cpusetCss.set(k, cg.id, change)
    revalidate(k, cg.id, change)
  })
}
