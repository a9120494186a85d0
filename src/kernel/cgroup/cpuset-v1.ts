/**
 * The cpuset files of v1, whose rules are older and stricter: a cpuset lies within its parent's, is empty at first, and
 * takes no tasks until it has CPUs and memory. Linux: kernel/cgroup/cpuset.c, cpuset(7).
 *
 * Left out: what the flags do to memory (there is one node); sched_relax_domain_level.
 */
import { EACCES, EBUSY, EINVAL, ENOSPC } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { hierarchyOfCgroup, isPopulated, shownPath } from './cgroup.ts'
import {
  allCpus,
  type Cpuset,
  childrenOf,
  cpusetCss,
  effectiveCpus,
  whileCpusetChanges,
} from './cpus-allowed.ts'
import type { CgroupFile } from './files.ts'
import { kstrtoll, kstrtoull, parseCpuList, parseList, showCpuList } from './parse.ts'
import { rebuildDomains } from './sched-domains.ts'

/** The root has everything, and begins exclusive. */
function cpusetOf(k: Kernel, cg: Cgroup): Cpuset {
  const own = cpusetCss.of(cg)
  if (cg.parent) return own
  return {
    ...own,
    cpus: allCpus(k),
    mems: true,
    flags: { cpu_exclusive: true, mem_exclusive: true, ...own.flags },
  }
}

/** Linux: is_cpuset_subset(). */
const isSubset = (a: Cpuset, b: Cpuset): boolean =>
  a.cpus.every(cpu => b.cpus.includes(cpu)) &&
  (!a.mems || b.mems) &&
  (!a.flags.cpu_exclusive || b.flags.cpu_exclusive === true) &&
  (!a.flags.mem_exclusive || b.flags.mem_exclusive === true)

/** Whether two siblings want the same for themselves. */
const collide = (a: Cpuset, b: Cpuset): boolean => {
  const either = (flag: string) => a.flags[flag] === true || b.flags[flag] === true
  if (either('cpu_exclusive') && a.cpus.some(cpu => b.cpus.includes(cpu))) return true
  return either('mem_exclusive') && a.mems && b.mems
}

/** EBUSY: a child has more; EACCES: the parent has less; EINVAL: a sibling has it. Linux: validate_change(). */
function validateChange(k: Kernel, cg: Cgroup, trial: Cpuset): void {
  const old = cpusetOf(k, cg)
  const cgroup = shownPath(k, cg.id)
  if (childrenOf(k, cg).some(child => !isSubset(cpusetOf(k, child), trial)))
    throw refuse(k, EBUSY, 'cpuset1-children', { cgroup })
  if (!cg.parent) return
  const parent = k.cgroups.get(cg.parent)
  if (!isSubset(trial, cpusetOf(k, parent)))
    throw refuse(k, EACCES, 'cpuset1-parent', { parent: shownPath(k, parent.id) })
  const siblings = childrenOf(k, parent).filter(({ id }) => id !== cg.id)
  if (siblings.some(it => collide(cpusetOf(k, it), trial)))
    throw refuse(k, EINVAL, 'cpuset1-exclusive', { cgroup })
  if (!isPopulated(k, cg)) return
  if ((old.cpus.length && !trial.cpus.length) || (old.mems && !trial.mems))
    throw refuse(k, ENOSPC, 'cpuset-empty', { cgroup })
}

function storeCpus(k: Kernel, cg: Cgroup, text: string): void {
  if (!cg.parent) throw refuse(k, EACCES, 'cpuset1-root', {})
  const cpus = parseCpuList(text, k.cpus)
  validateChange(k, cg, { ...cpusetOf(k, cg), cpus })
  whileCpusetChanges(k, cg, () => cpusetCss.set(k, cg.id, { cpus }))
  rebuildDomains(k)
}

function storeMems(k: Kernel, cg: Cgroup, text: string): void {
  if (!cg.parent) throw refuse(k, EACCES, 'cpuset1-root', {})
  const nodes = parseList(text)
  if (nodes.some(node => node > 0)) throw refuse(k, EINVAL, 'cpuset-no-node', {})
  const mems = nodes.length > 0
  validateChange(k, cg, { ...cpusetOf(k, cg), mems })
  cpusetCss.set(k, cg.id, { mems })
}

const flagFile = (name: string, on?: 'root'): CgroupFile => ({
  name: `cpuset.${name}`,
  ...(on && { on }),
  show: (k, cg) => `${cpusetOf(k, cg).flags[name] ? 1 : 0}\n`,
  store(k, cg, text) {
    const flags = { ...cpusetOf(k, cg).flags, [name]: kstrtoull(text) !== 0 }
    validateChange(k, cg, { ...cpusetOf(k, cg), flags })
    cpusetCss.set(k, cg.id, { flags })
    if (name === 'sched_load_balance') rebuildDomains(k)
  },
})

const nodes = (has: boolean): string => (has ? '0\n' : '\n')

export const cpusetV1: readonly CgroupFile[] = [
  {
    name: 'cpuset.cpus',
    show: (k, cg) => `${showCpuList(cpusetOf(k, cg).cpus)}\n`,
    store: storeCpus,
  },
  { name: 'cpuset.mems', show: (k, cg) => nodes(cpusetOf(k, cg).mems), store: storeMems },
  {
    name: 'cpuset.effective_cpus',
    show: (k, cg) => `${showCpuList(cpusetOf(k, cg).cpus.length ? effectiveCpus(k, cg) : [])}\n`,
  },
  { name: 'cpuset.effective_mems', show: (k, cg) => nodes(cpusetOf(k, cg).mems) },
  flagFile('cpu_exclusive'),
  flagFile('mem_exclusive'),
  flagFile('mem_hardwall'),
  flagFile('sched_load_balance'),
  {
    name: 'cpuset.sched_relax_domain_level',
    show: (_, cg) => `${cpusetCss.of(cg).relaxDomainLevel}\n`,
    store(k, cg, text) {
      const relaxDomainLevel = kstrtoll(text)
      if (relaxDomainLevel < -1 || relaxDomainLevel > 2) throw EINVAL
      cpusetCss.set(k, cg.id, { relaxDomainLevel })
    },
  },
  flagFile('memory_migrate'),
  { name: 'cpuset.memory_pressure', show: () => '0\n' },
  flagFile('memory_spread_page'),
  flagFile('memory_spread_slab'),
  flagFile('memory_pressure_enabled', 'root'),
]

/** "cpuset.clone_children": a new cpuset is a copy, unless a sibling is exclusive. Linux: cpuset_css_online(). */
export function cloneCpuset(k: Kernel, cg: Cgroup, parent: Cgroup): void {
  if (!parent.cloneChildren) return
  const isExclusive = ({ flags }: Cpuset) => flags.cpu_exclusive === true || flags.mem_exclusive === true
  if (childrenOf(k, parent).some(it => isExclusive(cpusetOf(k, it)))) return
  const { cpus, mems } = cpusetOf(k, parent)
  cpusetCss.set(k, cg.id, { cpus, mems })
}

/** "allow moving tasks into an empty cpuset if on default hierarchy" - cpuset_can_attach() */
export function canAttachCpuset(k: Kernel, cg: Cgroup): void {
  if (hierarchyOfCgroup(k, cg).version === 2) return
  const { cpus, mems } = cpusetOf(k, cg)
  if (!cpus.length || !mems)
    throw refuse(k, ENOSPC, 'cpuset1-unset', {
      cgroup: shownPath(k, cg.id),
      cpus: cpus.length ? 1 : 0,
      mems: mems ? 1 : 0,
    })
}
