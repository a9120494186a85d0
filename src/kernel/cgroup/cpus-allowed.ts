/**
 * What cpusets say about tasks: which CPUs they may use. Linux: kernel/cgroup/cpuset.c, cpuset_cpus_allowed().
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
  /** v1 only: cpuset.cpu_exclusive and the like, and sched_relax_domain_level. */
  readonly flags: Readonly<Record<string, boolean>>
  readonly relaxDomainLevel: number
}

export const cpusetCss = cssOf<Cpuset>('cpuset', {
  cpus: [],
  mems: false,
  flags: { sched_load_balance: true },
  relaxDomainLevel: -1,
})

export const allCpus = (k: Kernel): number[] => Array.from({ length: k.cpus }, (_, cpu) => cpu)

/** The CPUs tasks in it really get: its own that the parent has too, or else the parent's. */
export function effectiveCpus(k: Kernel, cg: Cgroup): readonly number[] {
  if (!cg.parent) return allCpus(k)
  const above = effectiveCpus(k, k.cgroups.get(cg.parent))
  const own = cpusetCss.of(cg).cpus.filter(cpu => above.includes(cpu))
  return own.length ? own : above
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

/** Give a cpuset other CPUs of its own. */
export function setCpus(k: Kernel, cg: Cgroup, cpus: readonly number[]): void {
  const tasks = [...descendants(k, cg.id)].flatMap(below => [...members(k, below.id)])
  whileCpusetsChange(k, tasks, () => cpusetCss.set(k, cg.id, { cpus }))
}
