/**
 * Hierarchies: the default one from boot on, and those that mounting v1 makes. A controller is in one at a time.
 * Linux: kernel/cgroup/cgroup.c, cgroup_init() and rebind_subsystems(); kernel/cgroup/cgroup-v1.c.
 */
import { EBUSY, EINVAL, EPERM, type Errno } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Hierarchy } from '../types.ts'
import { createHierarchy, hierarchyWith } from './cgroup.ts'
import { CONTROLLER_NAMES, legacyName } from './controllers.ts'
import { fatalSignalPending } from './freezer.ts'
import { join } from './members.ts'
import { setSubtreeControl } from './subtree-control.ts'

/** Id of the default hierarchy (cgrp_dfl_root). */
export const DEFAULT_HIERARCHY = 1

/** Before the first task. */
export function initCgroups(k: Kernel): void {
  createHierarchy(k, { version: 2, controllers: CONTROLLER_NAMES, name: '', options: [] })
  k.sched.groups.relocate()
  k.sched.isDying = taskId => fatalSignalPending(k, taskId)
}

/** What `mount -t cgroup -o …` asks for. Linux: struct cgroup_fs_context. */
export interface V1Options {
  readonly controllers: readonly string[]
  readonly none: boolean
  readonly all: boolean
  readonly name: string | undefined
  readonly flags: readonly string[]
  readonly cloneChildren: boolean
  readonly releaseAgent: string | undefined
}

/** The word after `key=` must be a name: letters, digits, dot, dash, underscore; at most 63. */
const isName = (word: string): boolean => /^[A-Za-z0-9._-]{1,63}$/.test(word)

/** Linux: cgroup1_parse_param(), check_cgroupfs_options(). */
export function parseV1Options(text: string): V1Options {
  const words = text ? text.split(',') : []
  const value = (key: string): string | undefined =>
    words.find(word => word.startsWith(`${key}=`))?.slice(key.length + 1)
  const named = CONTROLLER_NAMES.filter(it => words.includes(legacyName(it)))
  const flags: readonly string[] = words.filter(
    word => word === 'noprefix' || word === 'cpuset_v2_mode' || word === 'xattr',
  )
  const plain = ['none', 'all', 'clone_children']
  for (const word of words) {
    const isValued = word.startsWith('name=') || word.startsWith('release_agent=')
    if (
      !isValued &&
      !plain.includes(word) &&
      !named.some(it => legacyName(it) === word) &&
      !flags.includes(word)
    )
      throw EINVAL
  }
  const [none, all] = [words.includes('none'), words.includes('all')]
  const name = value('name')
  if (name !== undefined && !isName(name)) throw EINVAL
  if ((all || none) && named.length) throw EINVAL
  if (none && name === undefined) throw EINVAL
  const everything = all || (!named.length && !none && name === undefined)
  return {
    controllers: everything ? CONTROLLER_NAMES : named,
    none,
    all: everything,
    name,
    flags,
    cloneChildren: words.includes('clone_children'),
    releaseAgent: value('release_agent'),
  }
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

/** Find or make the hierarchy to mount. Linux: cgroup1_root_to_use(). */
export function v1Hierarchy(k: Kernel, want: V1Options, inInitialNs: boolean): number {
  const found = existing(k, want)
  if (found) return found.id
  if (!want.controllers.length && !want.none) throw EINVAL
  if (!inInitialNs) throw refuse(k, EPERM, 'cgroup1-new-hierarchy', {})
  for (const name of want.controllers) {
    const at = hierarchyWith(k, name)
    const children = k.cgroups.get(at.root)
    if (at.version === 1 || (children.children.length && children.subtreeControl.includes(name)))
      throw inUse(k, name, at.version)
  }
  return bind(k, want)
}

/** Linux has given the hierarchy its number by then, and does not use it again. */
function inUse(k: Kernel, name: string, version: 1 | 2): Errno {
  const draft = {
    version: 1,
    controllers: [],
    name: '',
    options: [],
    root: 0,
    visible: false,
    releaseAgent: '',
  } as const
  k.hierarchies.remove(k.hierarchies.insert(draft).id)
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
  for (const { id, state } of [...k.tasks.values()]) {
    const me = k.tasks.own(id)
    const places = [...me.cgroups]
    while (places.length < hierarchy) places.push(0)
    places[hierarchy - 1] = root
    me.cgroups = places
    if (state === 'Z') continue
    join(k, root, id)
    count++
    k.sched.moved(id)
  }
  const it = k.cgroups.own(root)
  it.nrTasks = it.pidsCurrent = count
}

/** The last mount of a v1 hierarchy is gone: it ceases to be if it has no cgroups. Linux: cgroup_kill_sb(). */
export function v1Unmounted(k: Kernel, id: number): void {
  const it = k.hierarchies.find(id)
  if (!it || k.cgroups.get(it.root).children.length) return
  for (const task of [...k.tasks.values()])
    if (task.cgroups[id - 1])
      k.tasks.own(task.id).cgroups = task.cgroups.map((cg, index) => (index === id - 1 ? 0 : cg))
  const dfl = k.hierarchies.own(DEFAULT_HIERARCHY)
  dfl.controllers = CONTROLLER_NAMES.filter(
    name => dfl.controllers.includes(name) || it.controllers.includes(name),
  )
  k.hierarchies.remove(id)
  k.cgroups.remove(it.root)
  k.sched.groups.relocate()
  for (const task of k.tasks.values()) k.sched.moved(task.id)
}
