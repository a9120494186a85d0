/**
 * The cgroup core: hierarchies, the trees of cgroups in them, and who may make and remove what.
 * Linux: kernel/cgroup/cgroup.c.
 */
import type { Draft } from '../../state/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup, Hierarchy, Task } from '../types.ts'
import { wakeUp } from '../wake-up.ts'

const INFINITE = Number.POSITIVE_INFINITY
/** inode numbers: a block of this size for every cgroup, its directory first. */
const INO_BLOCK = 256

/** What the controllers of a new cgroup start with, and go back to when they are switched off. */
export const FRESH = {
  children: [],
  subtreeControl: [],
  threaded: false,
  pressure: true,
  css: {},
  nrTasks: 0,
  attrs: {},
  frozen: false,
  maxDescendants: INFINITE,
  maxDepth: INFINITE,
  notifyOnRelease: false,
  cloneChildren: false,
  shares: 1024,
  quota: -1,
  period: 100_000_000,
  burst: 0,
  idle: 0,
  nrPeriods: 0,
  nrThrottled: 0,
  throttledTime: 0,
  nrBursts: 0,
  burstTime: 0,
  throttled: false,
  usage: 0,
  usageUser: 0,
  usageSystem: 0,
  runtime: 0,
  pidsMax: INFINITE,
  pidsCurrent: 0,
  pidsEvents: 0,
  pidsPeak: 0,
} as const satisfies Partial<Draft<Cgroup>>

type Place = Pick<Cgroup, 'hierarchy' | 'parent' | 'level' | 'name' | 'uid' | 'gid'>

export function insert(k: Kernel, place: Place): number {
  const { id } = k.cgroups.insert({ ...FRESH, ...place, ino: 0 })
  k.cgroups.own(id).ino = place.parent ? id * INO_BLOCK : 1
  return id
}

/** A hierarchy with nothing but its root, which every task is in. Linux: cgroup_setup_root(). */
export function createHierarchy(
  k: Kernel,
  draft: Omit<Draft<Hierarchy>, 'root' | 'visible' | 'releaseAgent'>,
): number {
  const { id } = k.hierarchies.insert({ ...draft, root: 0, visible: false, releaseAgent: '' })
  k.hierarchies.own(id).root = insert(k, { hierarchy: id, parent: 0, level: 0, name: '', uid: 0, gid: 0 })
  return id
}

export const hierarchyOfCgroup = (k: Kernel, cg: Cgroup): Hierarchy => k.hierarchies.get(cg.hierarchy)
export const isV2 = (k: Kernel, cg: Cgroup): boolean => hierarchyOfCgroup(k, cg).version === 2

/** The hierarchy that a controller is in. */
export const hierarchyWith = (k: Kernel, controller: string): Hierarchy =>
  k.hierarchies.get(k.sched.groups.hierarchyId(controller))

/** A task's cgroup in the hierarchy that a controller is in; 0 for none. */
export const cgroupFor = (k: Kernel, task: Task, controller: string): number =>
  cgroupOf(task, k.sched.groups.hierarchyId(controller))

/** A task's cgroup in a hierarchy. */
export const cgroupOf = (task: Task, hierarchy: number): number => task.cgroups[hierarchy - 1] ?? 0

/** The cgroup and those above it, the root last. */
export function* ancestors(k: Kernel, cgroupId: number): Generator<Cgroup> {
  for (let id = cgroupId; id; ) {
    const cg = k.cgroups.get(id)
    yield cg
    id = cg.parent
  }
}

/** The cgroup and everything below it, parents first. */
export function* descendants(k: Kernel, cgroupId: number): Generator<Cgroup> {
  const cg = k.cgroups.get(cgroupId)
  yield cg
  for (const child of cg.children) yield* descendants(k, child)
}

export const isBelow = (k: Kernel, cgroupId: number, ancestor: number): boolean => {
  for (const cg of ancestors(k, cgroupId)) if (cg.id === ancestor) return true
  return false
}

export function countBelow(k: Kernel, cg: Cgroup): number {
  let count = cg.children.length
  for (const child of cg.children) count += countBelow(k, k.cgroups.get(child))
  return count
}

/** Whether there is a living task in it or below. Linux: cgroup_is_populated(). */
export const isPopulated = (k: Kernel, cg: Cgroup): boolean =>
  cg.nrTasks > 0 || cg.children.some(child => isPopulated(k, k.cgroups.get(child)))

/** Controllers that handle competition between tasks and child cgroups. Linux: cgrp_dfl_threaded_ss_mask. */
const THREADED: readonly string[] = ['cpuset', 'cpu', 'perf_event', 'pids']
export const isThreadedController = (name: string): boolean => THREADED.includes(name)

/** Whether a controller is at work in a cgroup. Linux: cgroup_css(cgrp, ss) != NULL. */
export function hasController(k: Kernel, cg: Cgroup, name: string): boolean {
  const { version, controllers } = hierarchyOfCgroup(k, cg)
  if (!controllers.includes(name)) return false
  if (version === 1 || !cg.parent) return true
  if (cg.threaded && !isThreadedController(name)) return false
  return k.cgroups.get(cg.parent).subtreeControl.includes(name)
}

/** Somebody may wait for cgroup.events to change. */
export function notifyPopulated(k: Kernel, id: number): void {
  for (const cg of ancestors(k, id)) if (cg.parent) fileModified(k, cg.id, 'cgroup.events')
}

/** A control file's text has changed: pollers and watchers look again. Linux: cgroup_file_notify(). */
export function fileModified(k: Kernel, id: number, name: string): void {
  k.cgroupFileEvents.set(`${name}:${id}`, (k.cgroupFileEvents.get(`${name}:${id}`) ?? 0) + 1)
  wakeUp(k, `${name}:${id}`)
  k.cgroupFileModified?.(id, name)
}

/** The names from the root of its hierarchy down to a cgroup. */
export function cgroupNames(k: Kernel, id: number): string[] {
  return [...ancestors(k, id)]
    .map(cg => cg.name)
    .slice(0, -1)
    .reverse()
}

/** The cgroup that a cgroup namespace has for the root of a hierarchy. */
export function namespaceRoot(k: Kernel, cgroupNs: number, hierarchy: number): number {
  const root = k.cgroupNamespaces.find(cgroupNs)?.roots[hierarchy - 1]
  return root && k.cgroups.find(root) ? root : k.hierarchies.get(hierarchy).root
}

/** Its path as the running task sees it. */
export const shownPath = (k: Kernel, id: number): string =>
  cgroupPath(k, id, k.nsproxies.find(k.tasks.find(k.current)?.nsproxy ?? 0)?.cgroup ?? 0)

/** A cgroup's path as a cgroup namespace sees it: `/..` leads out of its root. Linux: cgroup_path_ns(). */
export function cgroupPath(k: Kernel, id: number, cgroupNs: number): string {
  const names = cgroupNames(k, id)
  const from = cgroupNames(k, namespaceRoot(k, cgroupNs, k.cgroups.get(id).hierarchy))
  let common = 0
  while (common < from.length && from[common] === names[common]) common++
  const path =
    '/..'.repeat(from.length - common) +
    names
      .slice(common)
      .map(name => `/${name}`)
      .join('')
  return path || '/'
}
