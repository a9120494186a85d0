/**
 * Scheduling policies: who may choose which, and what a child inherits of them. Linux: kernel/sched/core.c:
 * __sched_setscheduler(), sched_fork(); sched(7).
 */
import {
  CAP_SYS_NICE,
  EAGAIN,
  EBUSY,
  EINVAL,
  EPERM,
  RLIMIT_NICE,
  RLIMIT_RTPRIO,
  SCHED_BATCH,
  SCHED_DEADLINE,
  SCHED_FIFO,
  SCHED_FLAG_RESET_ON_FORK,
  SCHED_IDLE,
  SCHED_OTHER,
  SCHED_RESET_ON_FORK,
  SCHED_RR,
  type SchedAttr,
} from '../abi/index.ts'
import { capable, nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { wanted } from './pid-namespace.ts'
import { refuse } from './refuse.ts'
import type { Task } from './types.ts'

const RT_MAX = 99
/** Limits of a deadline's period, in ns, and the least runtime. */
const [PERIOD_MIN, PERIOD_MAX, RUNTIME_MIN] = [100_000, 2 ** 22 * 1000, 1024]

const isRt = (policy: number): boolean => policy === SCHED_FIFO || policy === SCHED_RR
const isFair = (policy: number): boolean => policy === SCHED_OTHER || policy === SCHED_BATCH
const isValid = (policy: number): boolean =>
  isFair(policy) || isRt(policy) || policy === SCHED_IDLE || policy === SCHED_DEADLINE

/** With SCHED_RESET_ON_FORK in it, where that was asked for. */
export function getscheduler(k: Kernel, task: Task, pid: number): number {
  const { policy, resetOnFork } = wanted(k, task, pid)
  return policy | (resetOnFork ? SCHED_RESET_ON_FORK : 0)
}

export function setscheduler(k: Kernel, task: Task, pid: number, policy: number, priority: number): void {
  const flags = policy & SCHED_RESET_ON_FORK ? SCHED_FLAG_RESET_ON_FORK : 0
  const { nice } = wanted(k, task, pid)
  const bare = policy & ~SCHED_RESET_ON_FORK
  setattr(k, task, pid, { policy: bare, flags, nice, priority, runtime: 0, deadline: 0, period: 0 })
}

/** sched_getattr(2). */
export function getattr(k: Kernel, task: Task, pid: number): SchedAttr {
  const it = wanted(k, task, pid)
  const { policy, nice } = it
  const flags = it.resetOnFork ? SCHED_FLAG_RESET_ON_FORK : 0
  return { policy, flags, nice, priority: it.rtPriority ?? 0, ...(it.deadline ?? NO_DEADLINE) }
}

const NO_DEADLINE = { runtime: 0, deadline: 0, period: 0 }

/** sched_setattr(2). Errors: ESRCH, EINVAL, EPERM; EBUSY for a deadline that there is no time left for. */
export function setattr(k: Kernel, task: Task, pid: number, attr: SchedAttr): void {
  const it = wanted(k, task, pid)
  const { policy, flags, nice, priority, runtime, deadline, period } = attr
  if (!isValid(policy) || flags & ~SCHED_FLAG_RESET_ON_FORK) throw EINVAL
  if (!(priority >= 0 && priority <= RT_MAX) || isRt(policy) !== (priority !== 0)) throw EINVAL
  if (policy === SCHED_DEADLINE) checkDeadline(attr)
  const cred = k.creds.get(task.cred)
  if (needsPrivilege(k, task, it, attr) && !capable(k, cred, CAP_SYS_NICE)) throw EPERM
  checkSafeNice(k, task, it)
  if (k.stopTasks.has(it.id)) throw EINVAL
  // A deadline is met somewhere, so the task must be free to run everywhere.
  if (policy === SCHED_DEADLINE && it.affinity.length < k.cpus) throw EPERM
  const params = policy === SCHED_DEADLINE ? { runtime, deadline, period: period || deadline } : undefined
  if (params && !k.sched.admit(it.id, params)) throw refuse(k, EBUSY, 'deadline-bandwidth', params)

  const me = k.tasks.own(it.id)
  me.policy = policy
  me.rtPriority = priority
  me.resetOnFork = (flags & SCHED_FLAG_RESET_ON_FORK) !== 0
  me.deadline = params
  if (isFair(policy)) me.nice = nice
  k.sched.setNice(it.id)
}

/** Linux: __checkparam_dl(). */
function checkDeadline({ runtime, deadline, period }: SchedAttr): void {
  if (!deadline || runtime < RUNTIME_MIN) throw EINVAL
  const span = period || deadline
  if (span < deadline || deadline < runtime || span < PERIOD_MIN || span > PERIOD_MAX) throw EINVAL
}

/** Linux: is_nice_reduction(): whether RLIMIT_NICE allows the value. */
const allowsNice = (it: Task, nice: number): boolean => 20 - nice <= it.rlimits[RLIMIT_NICE]!.cur

/** Linux: user_check_sched_setscheduler(). */
function needsPrivilege(
  k: Kernel,
  task: Task,
  it: Task,
  { policy, flags, nice, priority }: SchedAttr,
): boolean {
  if (policy === SCHED_DEADLINE) return true
  if (isFair(policy) && nice < it.nice && !allowsNice(it, nice)) return true
  if (isRt(policy)) {
    const limit = it.rlimits[RLIMIT_RTPRIO]!.cur
    if (policy !== it.policy && !limit) return true
    if (priority > (it.rtPriority ?? 0) && priority > limit) return true
  }
  // SCHED_IDLE is like nice 20: leaving it is becoming more important.
  if (it.policy === SCHED_IDLE && policy !== SCHED_IDLE && !allowsNice(it, it.nice)) return true
  const mine = k.creds.get(task.cred)
  const its = k.creds.get(it.cred)
  if (its.uid !== mine.euid && its.euid !== mine.euid) return true
  return (it.resetOnFork ?? false) && !(flags & SCHED_FLAG_RESET_ON_FORK)
}

/** Linux: cap_safe_nice(): not of somebody who has capabilities that the caller has not. */
export function checkSafeNice(k: Kernel, task: Task, it: Task): void {
  const mine = k.creds.get(task.cred)
  const its = k.creds.get(it.cred)
  if (its.capPermitted & ~mine.capPermitted && !nsCapable(k, mine, CAP_SYS_NICE, its.userNs)) throw EPERM
}

/** A task with a deadline has no children that share it. EAGAIN. */
export function checkForkPolicy({ policy, resetOnFork }: Task): void {
  if (policy === SCHED_DEADLINE && !resetOnFork) throw EAGAIN
}

/** What a child of the task gets: with SCHED_RESET_ON_FORK nothing that is above the usual. Linux: sched_fork(). */
export function inheritedPolicy(
  task: Task,
): Partial<Pick<Task, 'policy' | 'rtPriority' | 'nice' | 'deadline' | 'resetOnFork'>> {
  if (!task.resetOnFork) return {}
  const { policy, nice } = task
  const isSpecial = isRt(policy) || policy === SCHED_DEADLINE
  const usual = { resetOnFork: false, nice: isSpecial ? 0 : Math.max(0, nice) }
  return isSpecial ? { ...usual, policy: SCHED_OTHER, rtPriority: 0, deadline: undefined } : usual
}
