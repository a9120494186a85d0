/**
 * Hierarchies: the default one from boot on, and those that mounting v1 makes. A controller is in one at a time.
 * Linux: kernel/cgroup/cgroup.c, cgroup_init() and rebind_subsystems(); kernel/cgroup/cgroup-v1.c.
 */
import { EBUSY, EPERM, type Errno } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Hierarchy } from '../types.ts'
import { createHierarchy, hierarchyWith } from './cgroup.ts'
import { CONTROLLER_NAMES } from './controllers.ts'
import { fatalSignalPending } from './freezer.ts'
import { join } from './members.ts'
import { setSubtreeControl } from './subtree-control.ts'
import { flagBits, invalid, type V1Options } from './v1-options.ts'
import { isExiting } from '../thread-group.ts'

/** Id of the default hierarchy (cgrp_dfl_root). */
export const DEFAULT_HIERARCHY = 1

/** Before the first task. */
export function initCgroups(k: Kernel): void {
  createHierarchy(k, { version: 2, controllers: CONTROLLER_NAMES, name: '', options: [] })
  k.sched.groups.relocate()
  k.sched.isDying = taskId => fatalSignalPending(k, taskId)
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every(it => b.includes(it))

/** The hierarchy that these options name, if it exists. EBUSY for a name with other controllers. */
function existing(k: Kernel, want: V1Options): Hierarchy | undefined {
  for (const it of k.hierarchies.values()) {
    if (it.version !== 1) continue
    if (want.name !== undefined && it.name !== want.name) continue
    const asked = want.controllers.length > 0 || want.none
    if (!asked || sameSet(want.controllers, it.controllers)) return it
    if (want.name !== undefined) throw refuse(k, EBUSY, 'cgroup1-name-taken', { name: want.name })
  }
  return undefined
}

/** The hierarchy that the options of a mount mean, if it exists. */
export const findV1Hierarchy = (k: Kernel, want: V1Options): number | undefined => existing(k, want)?.id

/** Find or make the hierarchy to mount. Linux: cgroup1_root_to_use(). */
export function v1Hierarchy(k: Kernel, want: V1Options, inInitialNs: boolean): number {
  const found = existing(k, want)
  if (found && flagBits(found.options) !== flagBits(want.flags))
    k.log('new mount options do not match the existing superblock, will be ignored')
  if (found) return found.id
  if (!want.controllers.length && !want.none) throw invalid(k, 'No subsys list or none specified')
  if (!inInitialNs) throw refuse(k, EPERM, 'cgroup1-new-hierarchy', {})
  const taken = want.controllers.find(name => isTaken(k, name))
  if (taken) throw inUse(k, taken, true)
  return bind(k, want)
}

/** Whether another v1 hierarchy has a controller, or cgroups of the default one use it. Linux: rebind_subsystems(). */
function isTaken(k: Kernel, name: string): boolean {
  const at = hierarchyWith(k, name)
  const { children, subtreeControl } = k.cgroups.get(at.root)
  return at.version === 1 || (children.length > 0 && subtreeControl.includes(name))
}

/**
 * Other controllers or another release agent for what is mounted. EINVAL for other flags or another name; EBUSY where
 * there are cgroups, or the controllers are in use. Linux: cgroup1_reconfigure().
 */
export function v1Remount(k: Kernel, id: number, want: V1Options, taskId: number): void {
  const it = k.hierarchies.get(id)
  const added = want.controllers.filter(name => !it.controllers.includes(name))
  const removed = it.controllers.filter(name => !want.controllers.includes(name))
  if (added.length || removed.length || want.releaseAgent !== undefined)
    k.log(
      `option changes via remount are deprecated (pid=${k.tasks.get(taskId).tgid} comm=${k.tasks.get(taskId).comm})`,
    )
  const [flags, old] = [flagBits(want.flags), flagBits(it.options)]
  const hex = (bits: number) => `0x${bits.toString(16)}`
  if (flags !== old || (want.name ?? it.name) !== it.name)
    throw invalid(
      k,
      `option or name mismatch, new: ${hex(flags)} "${want.name ?? ''}", old: ${hex(old)} "${it.name}"`,
    )
  if (k.cgroups.get(it.root).children.length) throw refuse(k, EBUSY, 'cgroup1-populated', {})
  const taken = added.find(name => isTaken(k, name))
  if (taken) throw inUse(k, taken, false)
  const own = k.hierarchies.own(id)
  own.controllers = want.controllers
  if (want.releaseAgent !== undefined) own.releaseAgent = want.releaseAgent
  leaveDefault(k, added)
  returnToDefault(k, removed)
}

/** A new hierarchy has its number by then, and Linux does not use it again. */
function inUse(k: Kernel, name: string, isNumbered: boolean): Errno {
  const { version } = hierarchyWith(k, name)
  const draft = {
    version: 1,
    controllers: [],
    name: '',
    options: [],
    root: 0,
    visible: false,
    releaseAgent: '',
  } as const
  if (isNumbered) k.hierarchies.remove(k.hierarchies.insert(draft).id)
  return refuse(k, EBUSY, 'cgroup1-controller-taken', { name, version })
}

function bind(k: Kernel, want: V1Options): number {
  const id = createHierarchy(k, {
    version: 1,
    controllers: want.controllers,
    name: want.name ?? '',
    options: want.flags,
  })
  const { root } = k.hierarchies.get(id)
  if (want.releaseAgent !== undefined) k.hierarchies.own(id).releaseAgent = want.releaseAgent
  k.cgroups.own(root).cloneChildren = want.cloneChildren
  leaveDefault(k, want.controllers)
  enterAll(k, id, root)
  return id
}

function leaveDefault(k: Kernel, names: readonly string[]): void {
  const { root, controllers } = k.hierarchies.get(DEFAULT_HIERARCHY)
  k.hierarchies.own(DEFAULT_HIERARCHY).controllers = controllers.filter(name => !names.includes(name))
  const { subtreeControl } = k.cgroups.get(root)
  const kept = subtreeControl.filter(name => !names.includes(name))
  k.sched.groups.relocate()
  if (kept.length < subtreeControl.length) setSubtreeControl(k, root, kept)
}

/** Every task is in the root of a new hierarchy. */
function enterAll(k: Kernel, hierarchy: number, root: number): void {
  let count = 0
  for (const { id } of [...k.tasks.values()]) {
    const me = k.tasks.own(id)
    const places = [...me.cgroups]
    while (places.length < hierarchy) places.push(0)
    places[hierarchy - 1] = root
    me.cgroups = places
    if (isExiting(k, me)) continue
    join(k, root, id)
    count++
    k.sched.moved(id)
  }
  const it = k.cgroups.own(root)
  it.nrTasks = count
  it.pidsCurrent = k.tasks.size
}

/** The last mount of a v1 hierarchy is gone: it ceases to be if it has no cgroups. Linux: cgroup_kill_sb(). */
export function v1Unmounted(k: Kernel, id: number): void {
  const it = k.hierarchies.find(id)
  if (!it || k.cgroups.get(it.root).children.length) return
  for (const task of [...k.tasks.values()])
    if (task.cgroups[id - 1])
      k.tasks.own(task.id).cgroups = task.cgroups.map((cg, index) => (index === id - 1 ? 0 : cg))
  k.hierarchies.remove(id)
  k.cgroups.remove(it.root)
  returnToDefault(k, it.controllers)
}

function returnToDefault(k: Kernel, names: readonly string[]): void {
  const dfl = k.hierarchies.own(DEFAULT_HIERARCHY)
  dfl.controllers = CONTROLLER_NAMES.filter(it => dfl.controllers.includes(it) || names.includes(it))
  k.sched.groups.relocate()
  for (const task of k.tasks.values()) k.sched.moved(task.id)
}
