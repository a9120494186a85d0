/**
 * Partitions: cpusets of v2 that take CPUs from their parent for themselves alone. One that may not have them is
 * invalid until a change of CPUs heals it. Linux: kernel/cgroup/cpuset.c, update_prstate(), update_cpumask(),
 * update_cpumasks_hier(), and update_parent_subparts_cpumask(), whose four commands are functions here.
 */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { descendants, fileModified, isPopulated } from './cgroup.ts'
import {
  allCpus,
  type Cpuset,
  childrenOf,
  cpusetCss,
  effectiveCpus,
  type Partition,
  whileCpusetChanges,
} from './cpus-allowed.ts'

type Cpus = readonly number[]

/** Linux: perr_strings[]. */
const INVALID_CPUS = 'Invalid cpu list in cpuset.cpus'
const INVALID_PARENT = 'Parent is an invalid partition root'
const NOT_PARTITION = 'Parent is not a partition root'
const NOT_EXCLUSIVE = 'Cpu list in cpuset.cpus not exclusive'
const NO_CPUS = 'Parent unable to distribute cpu downstream'
const EMPTY = 'cpuset.cpus is empty'

const both = (a: Cpus, b: Cpus): Cpus => a.filter(cpu => b.includes(cpu))
const without = (a: Cpus, b: Cpus): Cpus => a.filter(cpu => !b.includes(cpu))
const isSubset = (a: Cpus, b: Cpus): boolean => a.every(cpu => b.includes(cpu))

const fresh = (k: Kernel, cg: Cgroup): Cgroup => k.cgroups.get(cg.id)
const cpusetOf = (k: Kernel, cg: Cgroup): Cpuset => cpusetCss.of(fresh(k, cg))
const parentOf = (k: Kernel, cg: Cgroup): Cgroup => k.cgroups.get(cg.parent)
/** cpus_allowed: the root has all. */
const ownCpus = (k: Kernel, cg: Cgroup): Cpus => (cg.parent ? cpusetOf(k, cg).cpus : allCpus(k))

/** Whether it is what cpuset.cpus.partition was told to make of it; the root always is. */
export function isValidPartition(k: Kernel, cg: Cgroup): boolean {
  const { partition, invalid } = cpusetOf(k, cg)
  return !cg.parent || (partition !== 'member' && !invalid)
}

/** Why it cannot have partitions below it. */
function unfit(k: Kernel, parent: Cgroup): string | undefined {
  if (isValidPartition(k, parent)) return undefined
  return cpusetOf(k, parent).partition === 'member' ? NOT_PARTITION : INVALID_PARENT
}

/** Whether somebody lives on what it keeps for itself. Linux: partition_is_populated(). */
function needsCpus(k: Kernel, cg: Cgroup, except?: Cgroup): boolean {
  if (cg.nrTasks) return true
  if (!except && !cpusetOf(k, cg).subparts.length) return isPopulated(k, cg)
  return childrenOf(k, cg).some(it => it.id !== except?.id && !isValidPartition(k, it) && isPopulated(k, it))
}

/** Exclusive siblings share no CPU with anybody. Linux: validate_change(). */
const collides = (k: Kernel, cg: Cgroup, cpus: Cpus, exclusive: boolean): boolean =>
  childrenOf(k, parentOf(k, cg)).some(it => {
    const { cpus: others, flags } = cpusetCss.of(it)
    return it.id !== cg.id && (exclusive || flags.cpu_exclusive) && cpus.some(cpu => others.includes(cpu))
  })

const setFlag = (k: Kernel, cg: Cgroup, name: string, value: boolean): void =>
  cpusetCss.set(k, cg.id, { flags: { ...cpusetOf(k, cg).flags, [name]: value } })

/** It gets CPUs from its parent's, or gives them back. */
function exchange(k: Kernel, cg: Cgroup, adding: Cpus, deleting: Cpus): void {
  const parent = parentOf(k, cg)
  const { subparts } = cpusetOf(k, parent)
  const kept = without([...subparts, ...without(adding, subparts)], deleting)
  cpusetCss.set(k, parent.id, { subparts: [...kept].sort((a, b) => a - b) })
}

/** partcmd_enable: what forbids it, if anything does. */
function enable(k: Kernel, cg: Cgroup): string | undefined {
  const parent = parentOf(k, cg)
  const { cpus } = cpusetOf(k, cg)
  if (!both(cpus, ownCpus(k, parent)).length) return INVALID_CPUS
  if (isSubset(effectiveCpus(k, parent), cpus) && needsCpus(k, parent, cg)) return NO_CPUS
  exchange(k, cg, cpus, [])
  return undefined
}

/** What it has of its parent's. */
const taken = (k: Kernel, cg: Cgroup): Cpus =>
  both(cpusetOf(k, cg).cpus, cpusetOf(k, parentOf(k, cg)).subparts)

/** partcmd_disable: a member of its parent again. */
function disable(k: Kernel, cg: Cgroup): void {
  if (isValidPartition(k, cg) && !unfit(k, parentOf(k, cg))) exchange(k, cg, [], taken(k, cg))
}

/** partcmd_invalidate: somebody wants the same CPUs. */
function invalidate(k: Kernel, cg: Cgroup): void {
  if (isValidPartition(k, cg)) transit(k, cg, NOT_EXCLUSIVE, [], taken(k, cg))
}

/** partcmd_update: other CPUs of its own (`wanted`; the same where absent), or other ones of its parent's. */
function update(k: Kernel, cg: Cgroup, wanted?: Cpus): void {
  const parent = parentOf(k, cg)
  const { cpus } = cpusetOf(k, cg)
  const { subparts } = cpusetOf(k, parent)
  if (unfit(k, parent) || !(wanted ?? cpus).length) return
  const deleting = wanted ? both(without(cpus, wanted), subparts) : []
  const adding = without(both(wanted ?? cpus, ownCpus(k, parent)), subparts)
  const starves = adding.length > 0 && isSubset(effectiveCpus(k, parent), adding) && needsCpus(k, parent, cg)
  const isOrphan = !wanted && isValidPartition(k, cg) && !subparts.length
  const loses = (starves && !deleting.length) || isOrphan
  if (loses) transit(k, cg, NO_CPUS, [], wanted || isValidPartition(k, cg) ? taken(k, cg) : [])
  else transit(k, cg, undefined, adding, deleting)
}

/** From valid to invalid or back. What is to become valid may find its CPUs taken, and stays what it is. */
function transit(k: Kernel, cg: Cgroup, error: string | undefined, adding: Cpus, deleting: Cpus): void {
  const { invalid: wasInvalid, cpus, flags } = cpusetOf(k, cg)
  const invalid = error !== undefined
  if (error) cpusetCss.set(k, cg.id, { partitionError: error })
  if (!adding.length && !deleting.length && invalid === wasInvalid) return
  if (invalid !== wasInvalid) {
    if (!invalid && !flags.cpu_exclusive && collides(k, cg, cpus, true)) return
    setFlag(k, cg, 'cpu_exclusive', !invalid)
  }
  exchange(k, cg, adding, deleting)
  setState(k, cg, { invalid })
}

/** Linux: notify_partition_change(). */
function setState(k: Kernel, cg: Cgroup, state: Partial<Cpuset>): void {
  const before = showPartition(fresh(k, cg))
  cpusetCss.set(k, cg.id, state)
  if (showPartition(fresh(k, cg)) !== before) fileModified(k, cg.id, 'cpuset.cpus.partition')
}

export function showPartition(cg: Cgroup): string {
  const { partition, invalid, partitionError } = cpusetCss.of(cg)
  return partition !== 'member' && invalid ? `${partition} invalid (${partitionError})\n` : `${partition}\n`
}

/** Partitions below one that has changed follow it. Linux: update_cpumasks_hier(). */
function updateBelow(k: Kernel, top: Cgroup): void {
  for (const { id } of [...descendants(k, top.id)]) {
    const cg = k.cgroups.get(id)
    if (id !== top.id && cpusetCss.of(cg).partition !== 'member') {
      const partitionError = unfit(k, parentOf(k, cg))
      if (partitionError) setState(k, cg, { invalid: true, partitionError })
      else update(k, cg)
    }
    if (!isValidPartition(k, cg) && cpusetOf(k, cg).subparts.length) cpusetCss.set(k, id, { subparts: [] })
  }
}

/** Write cpuset.cpus of v2. Whose CPUs are not his alone any more is no partition any more. Linux: update_cpumask(). */
export function setCpus(k: Kernel, cg: Cgroup, cpus: Cpus): void {
  whileCpusetChanges(k, cg, () => {
    const isShared = collides(k, cg, cpus, cpusetCss.of(cg).flags.cpu_exclusive === true)
    if (isShared)
      for (const it of childrenOf(k, parentOf(k, cg)))
        if (it.id !== cg.id && both(cpusetCss.of(it).cpus, cpus).length) invalidate(k, it)
    if (cpusetOf(k, cg).partition !== 'member') {
      if (isShared) invalidate(k, cg)
      else update(k, cg, cpus)
    }
    cpusetCss.set(k, cg.id, { cpus })
    trimSubparts(k, cg)
    updateBelow(k, cg)
  })
}

/** What is below a partition keeps what the partition still has, unless nothing would be left for its own tasks. */
function trimSubparts(k: Kernel, cg: Cgroup): void {
  const { cpus, subparts } = cpusetOf(k, cg)
  if (!subparts.length) return
  const starves = isSubset(cpus, subparts) && needsCpus(k, fresh(k, cg))
  const kept = isValidPartition(k, cg) && !starves ? both(subparts, cpus) : []
  cpusetCss.set(k, cg.id, { subparts: kept })
}

/** Write cpuset.cpus.partition. Linux: update_prstate(). */
export function setPartition(k: Kernel, cg: Cgroup, partition: Partition): void {
  const { partition: old, invalid } = cpusetCss.of(cg)
  if (partition === old) return
  // One that is invalid stays so, as what it is told to be now.
  if (invalid && partition !== 'member') setState(k, cg, { partition })
  else whileCpusetChanges(k, parentOf(k, cg), () => changePartition(k, cg, partition))
}

function changePartition(k: Kernel, cg: Cgroup, partition: Partition): void {
  const { partition: old, cpus } = cpusetCss.of(cg)
  let error: string | undefined
  if (partition === 'member') {
    disable(k, cg)
    cpusetCss.set(k, cg.id, { subparts: [] })
    setFlag(k, cg, 'cpu_exclusive', false)
  } else if (old === 'member') {
    if (!cpus.length) error = EMPTY
    else if (collides(k, cg, cpus, true)) error = NOT_EXCLUSIVE
    else {
      setFlag(k, cg, 'cpu_exclusive', true)
      error = unfit(k, parentOf(k, cg)) ?? enable(k, cg)
      if (error) setFlag(k, cg, 'cpu_exclusive', false)
    }
  }
  setState(k, cg, { partition, invalid: error !== undefined, partitionError: error ?? '' })
  updateBelow(k, cg)
}
