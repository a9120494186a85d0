/**
 * The files every cgroup has, whatever its controllers. Linux: cgroup_base_files[], cgroup1_base_files[].
 */
import { E2BIG, EOPNOTSUPP, ERANGE, PATH_MAX, SIGKILL } from '../../abi/index.ts'
import type { Caller } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { pidIn } from '../pid-namespace.ts'
import { createTrigger } from '../psi-trigger.ts'
import { PSI_RESOURCES, type PsiResource, showPressure } from '../sched/index.ts'
import { sendSignal } from '../signal.ts'
import { isThreadGroupLeader } from '../thread-group.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { writeProcs, writeTasks } from './attach.ts'
import { countBelow, descendants, hierarchyOfCgroup, isPopulated, shownPath } from './cgroup.ts'
import { cpuStatFile } from './cpu.ts'
import type { CgroupFile } from './files.ts'
import { freezeFile, hasFrozen } from './freezer.ts'
import { members } from './members.ts'
import { kstrtoint, kstrtoull } from './parse.ts'
import { availableControllers, inOrder, writeSubtreeControl } from './subtree-control.ts'
import { typeOf, writeType } from './threads.ts'

const INFINITE = Number.POSITIVE_INFINITY
const INT_MAX = 0x7fffffff

/** Those that have not ended: a leader may have, before its threads. */
const threadsIn = (k: Kernel, cg: Cgroup): number[] =>
  [...members(k, cg.id)].filter(id => k.tasks.get(id).state !== 'Z')

/** The numbers of its threads as the reader's pid namespace has them: 0 for those it does not see. */
function tidsIn(k: Kernel, cg: Cgroup, as: Caller): number[] {
  const { pidNs } = k.tasks.get(as.task)
  return threadsIn(k, cg).map(id => pidIn(k, id, pidNs))
}

/** The processes whose leaders are in it. */
const leadersIn = (k: Kernel, cg: Cgroup): number[] =>
  [...members(k, cg.id)].filter(id => isThreadGroupLeader(k.tasks.get(id)))

function pidsIn(k: Kernel, cg: Cgroup, as: Caller): number[] {
  const { pidNs } = k.tasks.get(as.task)
  return leadersIn(k, cg).map(id => pidIn(k, id, pidNs))
}

/** A domain's processes are also those in the threaded cgroups below it. */
const threadedSubtree = (k: Kernel, cg: Cgroup): Cgroup[] => [
  cg,
  ...cg.children
    .map(id => k.cgroups.get(id))
    .filter(it => it.threaded)
    .flatMap(it => threadedSubtree(k, it)),
]

const lines = (list: readonly number[]): string => list.map(it => `${it}\n`).join('')
const wordList = (names: readonly string[]): string => (names.length ? `${names.join(' ')}\n` : '')

function parseMax(text: string): number {
  const word = text.trim()
  const value = word === 'max' ? INT_MAX : kstrtoint(word)
  if (value < 0) throw ERANGE
  return value === INT_MAX ? INFINITE : value
}
const showMax = (value: number): string => `${value === INFINITE ? 'max' : value}\n`

/** Linux: cgroup_kill_write(). */
function kill(k: Kernel, cg: Cgroup, text: string): void {
  if (kstrtoint(text) !== 1) throw ERANGE
  if (cg.threaded) throw EOPNOTSUPP
  for (const below of [...descendants(k, cg.id)])
    for (const task of leadersIn(k, below)) sendSignal(k, task, SIGKILL, 0)
}

const pressureFile = (pressure: PsiResource): CgroupFile => ({
  name: `${pressure}.pressure`,
  pressure,
  show: (k, cg) => showPressure(k, pressure, cg.id),
  store: (k, cg, text, _as, file) => createTrigger(k, cg.id, pressure, text, file.id),
})

export const V2_CORE: readonly CgroupFile[] = [
  {
    name: 'cgroup.type',
    on: 'nonRoot',
    show: (k, cg) => `${typeOf(k, cg)}\n`,
    store: writeType,
  },
  {
    name: 'cgroup.procs',
    isDelegatable: true,
    show(k, cg, as) {
      if (cg.threaded) throw refuse(k, EOPNOTSUPP, 'cgroup-procs-threaded', { cgroup: shownPath(k, cg.id) })
      return lines(threadedSubtree(k, cg).flatMap(it => pidsIn(k, it, as)))
    },
    byOpener: true,
    store: (k, cg, text, as, file) => writeProcs(k, cg, text, as, 'process', file),
  },
  {
    name: 'cgroup.threads',
    isDelegatable: true,
    show: (k, cg, as) => lines(tidsIn(k, cg, as)),
    byOpener: true,
    store: (k, cg, text, as, file) => writeProcs(k, cg, text, as, 'thread', file),
  },
  { name: 'cgroup.controllers', show: (k, cg) => wordList(availableControllers(k, cg)) },
  {
    name: 'cgroup.subtree_control',
    isDelegatable: true,
    show: (_, cg) => wordList(inOrder(cg.subtreeControl)),
    store: (k, cg, text) => writeSubtreeControl(k, cg, text),
  },
  {
    name: 'cgroup.events',
    on: 'nonRoot',
    notifies: true,
    show: (k, cg) => `populated ${isPopulated(k, cg) ? 1 : 0}\nfrozen ${hasFrozen(k, cg) ? 1 : 0}\n`,
  },
  {
    name: 'cgroup.max.descendants',
    show: (_, cg) => showMax(cg.maxDescendants),
    store(k, cg, text) {
      k.cgroups.own(cg.id).maxDescendants = parseMax(text)
    },
  },
  {
    name: 'cgroup.max.depth',
    show: (_, cg) => showMax(cg.maxDepth),
    store(k, cg, text) {
      k.cgroups.own(cg.id).maxDepth = parseMax(text)
    },
  },
  { name: 'cgroup.stat', show: (k, cg) => `nr_descendants ${countBelow(k, cg)}\nnr_dying_descendants 0\n` },
  {
    name: 'cgroup.pressure',
    show: (_, cg) => `${cg.pressure ? 1 : 0}\n`,
    store(k, cg, text) {
      const value = kstrtoint(text)
      if (value < 0 || value > 1) throw ERANGE
      k.cgroups.own(cg.id).pressure = value === 1
    },
  },
  ...PSI_RESOURCES.map(pressureFile),
  freezeFile,
  { name: 'cgroup.kill', on: 'nonRoot', store: kill },
  cpuStatFile,
]

/** v1 lists a process wherever one of its threads is. Linux: pidlist_array_load(). */
function tgidsIn(k: Kernel, cg: Cgroup, as: Caller): number[] {
  const { pidNs } = k.tasks.get(as.task)
  const leaders = threadsIn(k, cg).map(id => k.tasks.get(id).tgid)
  return [...new Set(leaders)].map(id => pidIn(k, id, pidNs))
}

const sorted = (pids: readonly number[]): string => lines(pids.filter(pid => pid).sort((a, b) => a - b))

export const V1_CORE: readonly CgroupFile[] = [
  {
    name: 'cgroup.procs',
    show: (k, cg, as) => sorted(tgidsIn(k, cg, as)),
    byOpener: true,
    store: (k, cg, text, as, file) => writeTasks(k, cg, text, as, 'process', file),
  },
  {
    name: 'cgroup.clone_children',
    show: (_, cg) => `${cg.cloneChildren ? 1 : 0}\n`,
    store(k, cg, text) {
      k.cgroups.own(cg.id).cloneChildren = kstrtoull(text) !== 0
    },
  },
  { name: 'cgroup.sane_behavior', on: 'root', show: () => '0\n' },
  {
    name: 'tasks',
    show: (k, cg, as) => sorted(tidsIn(k, cg, as)),
    byOpener: true,
    store: (k, cg, text, as, file) => writeTasks(k, cg, text, as, 'thread', file),
  },
  {
    name: 'notify_on_release',
    show: (_, cg) => `${cg.notifyOnRelease ? 1 : 0}\n`,
    store(k, cg, text) {
      k.cgroups.own(cg.id).notifyOnRelease = kstrtoull(text) !== 0
    },
  },
  {
    name: 'release_agent',
    on: 'root',
    show: (k, cg) => `${hierarchyOfCgroup(k, cg).releaseAgent}\n`,
    store(k, cg, text) {
      if (text.length >= PATH_MAX) throw E2BIG
      k.hierarchies.own(cg.hierarchy).releaseAgent = text.trim()
    },
  },
]
