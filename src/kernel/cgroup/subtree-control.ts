/**
 * cgroup.controllers and cgroup.subtree_control: which controllers a v2 cgroup has, and which its children get.
 * Linux: kernel/cgroup/cgroup.c, cgroup_subtree_control_write().
 */
import { EBUSY, EINVAL, ENOENT, type Errno } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { hierarchyOfCgroup, isThreadedController, shownPath } from './cgroup.ts'
import { CONTROLLERS, V2_NAMES } from './controllers.ts'
import { tasksBelow, whileCpusetsChange } from './cpus-allowed.ts'
import { checkEnable } from './threads.ts'

/** Linux: cgroup_control(). */
export function availableControllers(k: Kernel, cg: Cgroup): readonly string[] {
  if (cg.parent) {
    const given = inOrder(k.cgroups.get(cg.parent).subtreeControl)
    return cg.threaded ? given.filter(isThreadedController) : given
  }
  const { controllers } = hierarchyOfCgroup(k, cg)
  return V2_NAMES.filter(name => controllers.includes(name))
}

export const inOrder = (names: readonly string[]): string[] => V2_NAMES.filter(name => names.includes(name))

interface Wish {
  readonly enable: Set<string>
  readonly disable: Set<string>
}

function parse(k: Kernel, text: string): Wish {
  const wish: Wish = { enable: new Set(), disable: new Set() }
  for (const word of text.trim().split(' ')) {
    if (!word) continue
    const name = word.slice(1)
    // perf_event is at work everywhere without being listed or handed down: "implicit_on_dfl".
    const isKnown = V2_NAMES.includes(name) || name === 'perf_event'
    if (!isKnown || !'+-'.includes(word[0]!)) throw refuse(k, EINVAL, 'cgroup-controller-word', { word })
    const [to, from] = word[0] === '+' ? [wish.enable, wish.disable] : [wish.disable, wish.enable]
    to.add(name)
    from.delete(name)
  }
  return wish
}

/** Its parent does not give it the controller, or it is mounted elsewhere. */
const notAvailable = (k: Kernel, cg: Cgroup, name: string): Errno =>
  refuse(k, ENOENT, 'cgroup-controller-absent', {
    name,
    cgroup: shownPath(k, cg.id),
    parent: cg.parent ? shownPath(k, cg.parent) : '',
  })

/** ENOENT for a controller the cgroup has not itself, EBUSY for one a child passes on. */
function check(k: Kernel, cg: Cgroup, { enable, disable }: Wish): void {
  if (enable.has('perf_event')) throw notAvailable(k, cg, 'perf_event')
  for (const name of V2_NAMES) {
    if (enable.has(name)) {
      if (cg.subtreeControl.includes(name)) enable.delete(name)
      else if (!availableControllers(k, cg).includes(name)) throw notAvailable(k, cg, name)
    } else if (disable.has(name)) {
      if (!cg.subtreeControl.includes(name)) disable.delete(name)
      else {
        const child = cg.children.find(it => k.cgroups.get(it).subtreeControl.includes(name))
        if (child) throw refuse(k, EBUSY, 'cgroup-control-passed-on', { name, child: shownPath(k, child) })
      }
    }
  }
  checkEnable(k, cg, enable)
}

export function writeSubtreeControl(k: Kernel, cg: Cgroup, text: string): void {
  const wish = parse(k, text)
  check(k, cg, wish)
  if (!wish.enable.size && !wish.disable.size) return
  const kept = cg.subtreeControl.filter(name => !wish.disable.has(name))
  setSubtreeControl(k, cg.id, inOrder([...kept, ...wish.enable]))
}

/** Change it, and let the controllers leave the children that lose them. */
export function setSubtreeControl(k: Kernel, id: number, names: readonly string[]): void {
  const before = k.cgroups.get(id).subtreeControl
  const lost = CONTROLLERS.filter(it => before.includes(it.name) && !names.includes(it.name))
  const tasks = tasksBelow(k, id)
  whileCpusetsChange(k, tasks, () => {
    k.cgroups.own(id).subtreeControl = names
    for (const task of tasks) k.sched.moved(task)
    for (const child of k.cgroups.get(id).children)
      for (const it of lost) it.offline?.(k, k.cgroups.get(child))
  })
}
