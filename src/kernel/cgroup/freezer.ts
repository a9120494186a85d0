/**
 * The freezers: cgroup.freeze of v2, whose tasks can still be killed, and the v1 controller, whose tasks cannot.
 * Linux: kernel/cgroup/freezer.c, kernel/cgroup/legacy_freezer.c.
 * Left out: FREEZING, since tasks freeze in no time.
 */
import { EINVAL, ERANGE, SIGCONT, SIGKILL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { actionOf, isDefaultIgnored, isStopSignal } from '../signal.ts'
import { isKthread } from '../task-flags.ts'
import { leaderOf } from '../thread-group.ts'
import type { Cgroup, Hierarchy, Task, TaskState } from '../types.ts'
import { cgroupOf, descendants, notifyPopulated } from './cgroup.ts'
import type { CgroupFile, Controller } from './files.ts'
import { members } from './members.ts'
import { kstrtoint } from './parse.ts'

/** Frozen by itself or by what it is in. */
export function isFrozen(k: Kernel, cgroupId: number): boolean {
  for (let id = cgroupId; id; ) {
    const cg = k.cgroups.get(id)
    if (cg.frozen) return true
    id = cg.parent
  }
  return false
}

/** Whether everybody in a cgroup and below it is frozen: threads of the kernel never are. Linux: CGRP_FROZEN. */
export const hasFrozen = (k: Kernel, cg: Cgroup): boolean =>
  isFrozen(k, cg.id) &&
  [...descendants(k, cg.id)].every(it => [...members(k, it.id)].every(id => !isKthread(k.tasks.get(id))))

/** The hierarchies that can freeze: the default one and that of the v1 freezer. */
function freezers(k: Kernel): Hierarchy[] {
  return [...k.hierarchies.values()].filter(it => it.version === 2 || it.controllers.includes('freezer'))
}

/** How a task is frozen: 'v1' cannot be killed either. */
export function frozenBy(k: Kernel, task: Task): 'v1' | 'v2' | undefined {
  let by: 'v1' | 'v2' | undefined
  for (const { id, version } of freezers(k)) {
    const cgroup = cgroupOf(task, id)
    if (cgroup && isFrozen(k, cgroup)) by = version === 1 ? 'v1' : (by ?? 'v2')
  }
  return by
}

/**
 * The state that ps shows: who is frozen by v1 is in an uninterruptible sleep, by v2 in an interruptible one, unless he
 * was stopped already.
 */
export function shownState(k: Kernel, task: Task): TaskState | 't' {
  if (task.wchan === 'ptrace_stop') return 't'
  const by = task.state !== 'Z' && k.sched.isFrozen(task.id) ? frozenBy(k, task) : undefined
  if (!by) return task.state
  if (by === 'v1') return 'D'
  return task.state === 'T' ? 'T' : 'S'
}

/** Sleeps in which v1 freezes a task where it is. Linux: those with TASK_FREEZABLE. */
const FREEZABLE = new Set(['hrtimer_nanosleep', 'do_poll', 'futex_wait_queue', 'ep_poll', 'sigtimedwait'])

/** Where a task sleeps, as /proc/PID/wchan says: the frozen do so in the freezer's own functions, others must first wake up. */
export function shownWchan(k: Kernel, task: Task): string {
  const by = task.state !== 'Z' && k.sched.isFrozen(task.id) ? frozenBy(k, task) : undefined
  if (!by || task.state === 'T') return task.state === 'R' ? '' : task.wchan
  if (by === 'v2') return 'get_signal'
  return FREEZABLE.has(task.wchan) ? task.wchan : '__refrigerator'
}

/** A signal that ends the task gets through to one frozen by v2. Linux: complete_signal(), fatal_signal_pending(). */
export function fatalSignalPending(k: Kernel, taskId: number): boolean {
  const task = k.tasks.get(taskId)
  const deliverable = (task.pending | leaderOf(k, task).sharedPending) & ~task.blocked
  for (let signal = 1; deliverable >> BigInt(signal - 1); signal++) {
    if (!(deliverable & (1n << BigInt(signal - 1)))) continue
    if (signal === SIGKILL) return true
    const isDefault = actionOf(k, task, signal) === 'SIG_DFL'
    if (isDefault && !isDefaultIgnored(signal) && !isStopSignal(signal) && signal !== SIGCONT) return true
  }
  return false
}

/** Tell the scheduler whether a task is frozen where it is now. The kernel's threads cannot be. */
export function refreeze(k: Kernel, taskId: number): void {
  const task = k.tasks.get(taskId)
  if (task.state === 'Z' || isKthread(task)) return
  if (!k.sched.isFrozen(taskId) && !task.cgroups.some(id => id && isFrozen(k, id))) return
  const by = frozenBy(k, task)
  k.sched.setFrozen(taskId, by !== undefined, by === 'v2')
}

function setFrozen(k: Kernel, cg: Cgroup, frozen: boolean): void {
  if (cg.frozen === frozen) return
  k.cgroups.own(cg.id).frozen = frozen
  for (const below of [...descendants(k, cg.id)])
    for (const task of [...members(k, below.id)]) refreeze(k, task)
  notifyPopulated(k, cg.id)
}

/** cgroup.freeze of v2. */
export const freezeFile: CgroupFile = {
  name: 'cgroup.freeze',
  on: 'nonRoot',
  show: (_, cg) => `${cg.frozen ? 1 : 0}\n`,
  store(k, cg, text) {
    const value = kstrtoint(text)
    if (value < 0 || value > 1) throw ERANGE
    setFrozen(k, cg, value === 1)
  },
}

export const freezer: Controller = {
  name: 'freezer',
  v1: [
    {
      name: 'freezer.state',
      on: 'nonRoot',
      show: (k, cg) => (isFrozen(k, cg.id) ? 'FROZEN\n' : 'THAWED\n'),
      store(k, cg, text) {
        const word = text.trim()
        if (word !== 'FROZEN' && word !== 'THAWED') throw EINVAL
        setFrozen(k, cg, word === 'FROZEN')
      },
    },
    { name: 'freezer.self_freezing', on: 'nonRoot', show: (_, cg) => `${cg.frozen ? 1 : 0}\n` },
    {
      name: 'freezer.parent_freezing',
      on: 'nonRoot',
      show: (k, cg) => `${cg.parent && isFrozen(k, cg.parent) ? 1 : 0}\n`,
    },
  ],
}
