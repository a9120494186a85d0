/**
 * The cpuset controller: which CPUs the tasks of a cgroup may use. Linux: kernel/cgroup/cpuset.c.
 * Left out: memory nodes (there is one).
 */
import { EINVAL, ENOSPC } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { checkSafeNice } from '../sched-policy.ts'
import type { Cgroup } from '../types.ts'
import { cgroupOf, isPopulated, shownPath } from './cgroup.ts'
import { cpusetCss, effectiveCpus, nearestCpuset, type Partition } from './cpus-allowed.ts'
import { canAttachCpuset, cloneCpuset, cpusetV1 } from './cpuset-v1.ts'
import type { CgroupFile, Controller } from './files.ts'
import { parseCpuList, parseList, showCpuList } from './parse.ts'
import { setCpus, setPartition, showPartition } from './partition.ts'
import { rebuildDomains } from './sched-domains.ts'

/** "Cpusets with tasks can't be changed to have empty cpus_allowed or mems_allowed" - validate_change() */
function checkNotEmptied(k: Kernel, cg: Cgroup, had: boolean, has: boolean): void {
  if (had && !has && isPopulated(k, cg))
    throw refuse(k, ENOSPC, 'cpuset-empty', { cgroup: shownPath(k, cg.id) })
}

function storeCpus(k: Kernel, cg: Cgroup, text: string): void {
  const list = parseCpuList(text, k.cpus)
  checkNotEmptied(k, cg, cpusetCss.of(cg).cpus.length > 0, list.length > 0)
  setCpus(k, cg, list)
  rebuildDomains(k)
}

const PARTITIONS: readonly Partition[] = ['member', 'root', 'isolated']

function storePartition(k: Kernel, cg: Cgroup, text: string): void {
  const partition = PARTITIONS.find(it => it === text.trim())
  if (!partition) throw EINVAL
  setPartition(k, cg, partition)
  rebuildDomains(k)
}

/**
 * Tasks need CPUs, and memory; who gives them another cpuset must be as privileged as they are. Linux:
 * cpuset_can_attach(). Errors: ENOSPC, EPERM.
 */
function canAttach(k: Kernel, cg: Cgroup, taskId: number): void {
  canAttachCpuset(k, cg)
  const task = k.tasks.get(taskId)
  const changes = nearestCpuset(k, cgroupOf(task, cg.hierarchy)).id !== nearestCpuset(k, cg.id).id
  if (changes && k.current) checkSafeNice(k, k.tasks.get(k.current), task)
  if (!effectiveCpus(k, cg).length) throw refuse(k, ENOSPC, 'cpuset-no-cpus', { cgroup: shownPath(k, cg.id) })
}

/** There is one memory node, number 0. */
function storeMems(k: Kernel, cg: Cgroup, text: string): void {
  const list = parseList(text)
  if (list.some(node => node > 0)) throw refuse(k, EINVAL, 'cpuset-no-node', {})
  checkNotEmptied(k, cg, cpusetCss.of(cg).mems, list.length > 0)
  cpusetCss.set(k, cg.id, { mems: list.length > 0 })
}

const files: readonly CgroupFile[] = [
  {
    name: 'cpuset.cpus',
    on: 'nonRoot',
    show: (_, cg) => `${showCpuList(cpusetCss.of(cg).cpus)}\n`,
    store: storeCpus,
  },
  { name: 'cpuset.cpus.effective', show: (k, cg) => `${showCpuList(effectiveCpus(k, cg))}\n` },
  {
    name: 'cpuset.cpus.partition',
    on: 'nonRoot',
    notifies: true,
    show: (_, cg) => showPartition(cg),
    store: storePartition,
  },
  {
    name: 'cpuset.mems',
    on: 'nonRoot',
    show: (_, cg) => (cpusetCss.of(cg).mems ? '0\n' : '\n'),
    store: storeMems,
  },
  { name: 'cpuset.mems.effective', show: () => '0\n' },
]

export const cpuset: Controller = {
  name: 'cpuset',
  v1: cpusetV1,
  v2: files,
  online: cloneCpuset,
  canAttach,
  offline(k, cg) {
    setPartition(k, cg, 'member')
    const { cpus } = cpusetCss.of(k.cgroups.get(cg.id))
    cpusetCss.reset(k, cg.id)
    if (cpus.length) rebuildDomains(k)
  },
}
