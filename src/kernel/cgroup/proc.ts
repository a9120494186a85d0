/** /proc/PID/cgroup and /proc/cgroups. Linux: proc_cgroup_show(), proc_cgroupstats_show(). */
import type { Kernel } from '../kernel.ts'
import type { Hierarchy, Task } from '../types.ts'
import { cgroupOf, cgroupPath, countBelow, hierarchyWith } from './cgroup.ts'
import { CONTROLLER_NAMES, legacyName } from './controllers.ts'
import { DEFAULT_HIERARCHY } from './hierarchy.ts'

/** Hierarchies are numbered from 0, which is the default one. */
const numberOf = (it: Hierarchy): number => it.id - DEFAULT_HIERARCHY

/** The cgroup namespace of a task; 0, which is the initial one's view, for those that have none any more. */
export const cgroupNsOf = (k: Kernel, taskId: number): number =>
  k.nsproxies.find(k.tasks.find(taskId)?.nsproxy ?? 0)?.cgroup ?? 0

/** Whether a task is in the initial cgroup namespace, which alone may make hierarchies and set their flags. */
export const inInitCgroupNs = (k: Kernel, taskId: number): boolean =>
  (k.cgroupNamespaces.find(cgroupNsOf(k, taskId))?.inum ?? k.inums.cgroup) === k.inums.cgroup

/** /proc/PID/cgroup of `taskId` as the task `reader` sees it. */
export function cgroupsOf(k: Kernel, taskId: number, reader: number): string {
  const task = k.tasks.get(taskId)
  const ns = cgroupNsOf(k, reader)
  const rows = [...k.hierarchies.values()].filter(it => it.version === 1 || it.visible)
  return rows
    .sort((a, b) => b.id - a.id)
    .map(it => `${numberOf(it)}:${label(it)}:${pathOf(k, task, it, ns)}\n`)
    .join('')
}

function label(it: Hierarchy): string {
  if (it.version === 2) return ''
  return [...it.controllers.map(legacyName), ...(it.name ? [`name=${it.name}`] : [])].join(',')
}

/** A zombie has left its v1 cgroups; where it was in v2 stays visible. */
function pathOf(k: Kernel, task: Task, it: Hierarchy, ns: number): string {
  const id = cgroupOf(task, it.id)
  if (it.version === 1 && task.state === 'Z') return '/'
  return k.cgroups.find(id) ? cgroupPath(k, id, ns) : `${dyingPath(k, id, ns)} (deleted)`
}

/** Linux: cgroup_is_dead(): it was removed, and keeps its name for those who ended there. */
function dyingPath(k: Kernel, id: number, ns: number): string {
  const it = k.dyingCgroups.get(id)
  if (!it) return k.cgroups.find(id) ? cgroupPath(k, id, ns) : '/'
  return `${dyingPath(k, it.parent, ns).replace(/\/$/, '')}/${it.name}`
}

export function showProcCgroups(k: Kernel): string {
  const rows = CONTROLLER_NAMES.map(name => {
    const it = hierarchyWith(k, name)
    return `${legacyName(name)}\t${numberOf(it)}\t${countBelow(k, k.cgroups.get(it.root)) + 1}\t1\n`
  })
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${rows.join('')}`
}
