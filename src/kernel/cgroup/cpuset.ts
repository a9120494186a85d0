/**
 * The cpuset controller: which CPUs the tasks of a cgroup may use.
 * Linux: kernel/cgroup/cpuset.c.
 * Left out: memory nodes (there is one), partitions (every cpuset is a `member`), exclusive sets, and the v1 files but those of CPUs and nodes.
 */
import { EINVAL, ENOSPC } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { cgroupFor, descendants, hasController, isPopulated } from './cgroup.ts'
import type { CgroupFile, Controller } from './files.ts'
import { members } from './members.ts'
import { parseCpuList, parseList, showCpuList } from './parse.ts'

const allCpus = (k: Kernel): number[] => Array.from({ length: k.cpus }, (_, cpu) => cpu)

/** The CPUs tasks in it really get: its own that the parent has too, or else the parent's. */
export function effectiveCpus(k: Kernel, cg: Cgroup): readonly number[] {
  if (!cg.parent) return allCpus(k)
  const above = effectiveCpus(k, k.cgroups.get(cg.parent))
  if (!cg.cpusetCpus) return above
  const own = cg.cpusetCpus.filter(cpu => above.includes(cpu))
  return own.length ? own : above
}

/** The cgroup whose cpuset counts for tasks in this one: the nearest that has the controller. */
export function cpusetCss(k: Kernel, cgroupId: number): Cgroup {
  let css = k.cgroups.get(cgroupId)
  while (css.parent && !hasController(k, css, 'cpuset')) css = k.cgroups.get(css.parent)
  return css
}

/** The CPUs a task's cpuset leaves it. Linux: cpuset_cpus_allowed(). */
export function cpusetOf(k: Kernel, taskId: number): readonly number[] {
  const id = cgroupFor(k, k.tasks.get(taskId), 'cpuset')
  return id ? effectiveCpus(k, cpusetCss(k, id)) : allCpus(k)
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
  const css = cpusetCss(k, id)
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

function setCpus(k: Kernel, cg: Cgroup, cpus: readonly number[] | undefined): void {
  const tasks = [...descendants(k, cg.id)].flatMap(below => [...members(k, below.id)])
  whileCpusetsChange(k, tasks, () => {
    k.cgroups.own(cg.id).cpusetCpus = cpus
  })
}

function storeCpus(k: Kernel, cg: Cgroup, text: string): void {
  const list = parseCpuList(text, k.cpus)
  // "Cpusets with tasks can't be changed to have empty cpus_allowed" - validate_change()
  if (!list.length && cg.cpusetCpus && isPopulated(k, cg)) throw ENOSPC
  setCpus(k, cg, list.length ? list : undefined)
}

/** There is one memory node, number 0. */
function storeMems(k: Kernel, cg: Cgroup, text: string): void {
  const list = parseList(text)
  if (list.some(node => node > 0)) throw EINVAL
  k.cgroups.own(cg.id).cpusetMems = list.length > 0
}

const files: readonly CgroupFile[] = [
  {
    name: 'cpuset.cpus',
    on: 'nonRoot',
    show: (_, cg) => `${showCpuList(cg.cpusetCpus ?? [])}\n`,
    store: storeCpus,
  },
  { name: 'cpuset.cpus.effective', show: (k, cg) => `${showCpuList(effectiveCpus(k, cg))}\n` },
  {
    name: 'cpuset.cpus.partition',
    on: 'nonRoot',
    show: () => 'member\n',
    store(_k, _cg, text) {
      if (text.trim() !== 'member') throw EINVAL
    },
  },
  { name: 'cpuset.mems', on: 'nonRoot', show: (_, cg) => (cg.cpusetMems ? '0\n' : '\n'), store: storeMems },
  { name: 'cpuset.mems.effective', show: () => '0\n' },
]

export const cpuset: Controller = {
  name: 'cpuset',
  v1: [],
  v2: files,
  offline(k, cg) {
    const it = k.cgroups.own(cg.id)
    it.cpusetCpus = undefined
    it.cpusetMems = false
  },
}
