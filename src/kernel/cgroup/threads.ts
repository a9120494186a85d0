/**
 * Domains and threaded cgroups: cgroup.type, and what it means for who may be where. The threads of one process may be
 * in several cgroups of a threaded subtree, below the domain that its memory and the like are counted in.
 * Linux: kernel/cgroup/cgroup.c, cgroup_is_thread_root() and its neighbours; cgroups(7), "Thread mode".
 */
import { EBUSY, EINVAL, EOPNOTSUPP, type Errno } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { hasController, isPopulated, isThreadedController, shownPath } from './cgroup.ts'
import { CONTROLLERS } from './controllers.ts'

/** Linux: cgrp->dom_cgrp: where a threaded cgroup's resources are counted. */
export function domainOf(k: Kernel, cg: Cgroup): Cgroup {
  let it = cg
  while (it.threaded) it = k.cgroups.get(it.parent)
  return it
}

const childrenOf = (k: Kernel, cg: Cgroup): Cgroup[] => cg.children.map(id => k.cgroups.get(id))
const givesDomainControllers = (cg: Cgroup): boolean => !cg.subtreeControl.every(isThreadedController)

/** The root may be anything at the same time. Linux: cgroup_is_mixable(). */
const isMixable = (cg: Cgroup): boolean => cg.parent === 0

export function canBeThreadRoot(k: Kernel, cg: Cgroup): boolean {
  if (isMixable(cg)) return true
  if (cg.threaded || givesDomainControllers(cg)) return false
  return !childrenOf(k, cg).some(child => !child.threaded && isPopulated(k, child))
}

function isThreadRoot(k: Kernel, cg: Cgroup): boolean {
  if (cg.threaded) return false
  if (childrenOf(k, cg).some(child => child.threaded)) return true
  return cg.nrTasks > 0 && cg.subtreeControl.some(isThreadedController)
}

export function isValidDomain(k: Kernel, cg: Cgroup): boolean {
  if (cg.threaded) return false
  for (let it = cg; it.parent; ) {
    it = k.cgroups.get(it.parent)
    if (it.threaded || (!isMixable(it) && isThreadRoot(k, it))) return false
  }
  return true
}

/** The text of cgroup.type. */
export function typeOf(k: Kernel, cg: Cgroup): string {
  if (cg.threaded) return 'threaded'
  if (!isValidDomain(k, cg)) return 'domain invalid'
  return isThreadRoot(k, cg) ? 'domain threaded' : 'domain'
}

/** Writing `threaded`, the only change there is. Linux: cgroup_enable_threaded(). */
export function writeType(k: Kernel, cg: Cgroup, text: string): void {
  const cgroup = shownPath(k, cg.id)
  if (text.trim() !== 'threaded') throw refuse(k, EINVAL, 'cgroup-type', { cgroup })
  if (cg.threaded) return
  if (isPopulated(k, cg) || givesDomainControllers(cg))
    throw refuse(k, EOPNOTSUPP, 'cgroup-threaded-used', { cgroup, populated: isPopulated(k, cg) ? 1 : 0 })
  const domain = domainOf(k, k.cgroups.get(cg.parent))
  if (!isValidDomain(k, domain) || !canBeThreadRoot(k, domain))
    throw refuse(k, EOPNOTSUPP, 'cgroup-threaded-parent', { cgroup, parent: shownPath(k, domain.id) })
  // Domain controllers are not for it. Linux: cgroup_apply_control().
  const lost = CONTROLLERS.filter(it => hasController(k, cg, it.name) && !isThreadedController(it.name))
  k.cgroups.own(cg.id).threaded = true
  for (const it of lost) it.offline?.(k, k.cgroups.get(cg.id))
}

/** Of the type `domain invalid`: below a threaded one, and not yet threaded itself. */
const domainInvalid = (k: Kernel, cg: Cgroup): Errno =>
  refuse(k, EOPNOTSUPP, 'cgroup-domain-invalid', { cgroup: shownPath(k, cg.id) })

/** Whether tasks may come in. Linux: cgroup_migrate_vet_dst(). */
export function checkDestination(k: Kernel, cg: Cgroup): void {
  if (!isValidDomain(k, domainOf(k, cg))) throw domainInvalid(k, cg)
  if (canBeThreadRoot(k, cg) || cg.threaded) return
  if (cg.subtreeControl.length)
    throw refuse(k, EBUSY, 'cgroup-internal', {
      cgroup: shownPath(k, cg.id),
      controllers: cg.subtreeControl.join(' '),
    })
}

/** Whether children may get these controllers. Linux: cgroup_vet_subtree_control_enable(). */
export function checkEnable(k: Kernel, cg: Cgroup, names: ReadonlySet<string>): void {
  if (!names.size) return
  if (!isValidDomain(k, domainOf(k, cg))) throw domainInvalid(k, cg)
  if (isMixable(cg)) return
  if (![...names].every(isThreadedController)) {
    if (isThreadRoot(k, cg) || cg.threaded)
      throw refuse(k, EOPNOTSUPP, 'cgroup-threaded-control', {
        cgroup: shownPath(k, cg.id),
        controllers: [...names].filter(name => !isThreadedController(name)).join(' '),
      })
  } else if (canBeThreadRoot(k, cg) || cg.threaded) return
  // "no internal processes": a cgroup distributes resources or uses them - cgroups(7).
  if (cg.nrTasks)
    throw refuse(k, EBUSY, 'cgroup-has-tasks', { cgroup: shownPath(k, cg.id), tasks: cg.nrTasks })
}
