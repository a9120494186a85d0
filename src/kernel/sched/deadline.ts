/**
 * The deadline class: SCHED_DEADLINE runs before everybody else, whose deadline is nearest first, each for no more than
 * its runtime in a period. Linux: kernel/sched/deadline.c, the constant bandwidth server and global EDF.
 *
 * Left out: GRUB (SCHED_FLAG_RECLAIM), priority inheritance.
 */
import { SCHED_DEADLINE } from '../../abi/index.ts'
import type { Timer } from '../hrtimer.ts'
import { sysctl } from '../sysctl.ts'
import type { Task } from '../types.ts'
import type { Rq, SchedTask } from './entity.ts'
import type { Scheduler } from './scheduler.ts'

/** 1 << BW_SHIFT: bandwidths are fractions of a processor in these units. */
const BW_UNIT = 2 ** 20

export type DlParams = NonNullable<Task['deadline']>

/** Linux: struct sched_dl_entity. Times in ns, of the virtual clock. */
export class DlEntity {
  /** What was asked for: so much time, within so much, in each period. */
  dlRuntime = 0
  dlDeadline = 0
  dlPeriod = 0
  /** What is left until the absolute `deadline`. */
  runtime = 0
  deadline = 0
  /** It has had its runtime, and waits for its next period. */
  throttled = false
  timer: Timer | undefined

  constructor(params: DlParams) {
    this.setParams(params)
  }

  /** The present period goes on. Linux: __setparam_dl(). */
  setParams({ runtime, deadline, period }: DlParams): void {
    this.dlRuntime = runtime
    this.dlDeadline = deadline
    this.dlPeriod = period
  }

  /** Linux: dl_bw. */
  get bandwidth(): number {
    return toRatio(this.dlPeriod, this.dlRuntime)
  }
}

/** Linux: to_ratio(). */
const toRatio = (period: number, runtime: number): number => Math.floor((runtime * BW_UNIT) / period)

/** What a task has asked for; undefined for those of other classes. */
export const dlParams = ({ policy, deadline }: Task): DlParams | undefined =>
  policy === SCHED_DEADLINE ? deadline : undefined

// The constant bandwidth server.

/** A whole runtime from now on. Linux: replenish_dl_new_period(). */
function newPeriod(s: Scheduler, dl: DlEntity): void {
  dl.deadline = s.k.clock + dl.dlDeadline
  dl.runtime = dl.dlRuntime
}

/** Another runtime, at the cost of a later deadline. Linux: replenish_dl_entity(). */
function replenish(s: Scheduler, dl: DlEntity): void {
  if (!dl.deadline) newPeriod(s, dl)
  while (dl.runtime <= 0) {
    dl.deadline += dl.dlPeriod
    dl.runtime += dl.dlRuntime
  }
  if (dl.deadline < s.k.clock) newPeriod(s, dl)
  dl.throttled = false
}

/** Whether what is left until the deadline is more than its share. Linux: dl_entity_overflow(). */
const overflows = (s: Scheduler, dl: DlEntity): boolean =>
  dl.runtime * dl.dlDeadline > (dl.deadline - s.k.clock) * dl.dlRuntime

/** Who wakes goes on with what he had left, unless that is too old or too much. Linux: update_dl_entity(). */
function wakeUp(s: Scheduler, dl: DlEntity): void {
  if (dl.deadline >= s.k.clock && !overflows(s, dl)) return
  const laxity = dl.deadline - s.k.clock
  // "revised wakeup rule": a deadline before the end of the period is kept, with less to run until then.
  if (dl.dlDeadline < dl.dlPeriod && laxity >= 0)
    dl.runtime = Math.floor((dl.dlRuntime / dl.dlDeadline) * laxity)
  else newPeriod(s, dl)
}

/** When the present period ends. Linux: dl_next_period(). */
const nextPeriod = (dl: DlEntity): number => dl.deadline - dl.dlDeadline + dl.dlPeriod

/** Keep it off the CPUs until its next period; false when that has begun. Linux: start_dl_timer(). */
function throttle(s: Scheduler, task: SchedTask, dl: DlEntity): boolean {
  const at = nextPeriod(dl)
  if (at <= s.k.clock) return false
  dl.throttled = true
  dl.timer ??= s.timers.add(at, () => {
    dl.timer = undefined
    if (task.dl === dl && dl.throttled) unthrottle(s, task, dl)
  })
  return true
}

/** Linux: dl_task_timer(). */
function unthrottle(s: Scheduler, task: SchedTask, dl: DlEntity): void {
  replenish(s, dl)
  if (!task.onRtRq) return
  const rq = s.rqs[task.cpu]!
  join(s, rq, task)
  if (rq.dl[0] === task) s.resched(rq)
  pushDl(s, rq)
}

// The queue of a CPU.

function join(s: Scheduler, rq: Rq, task: SchedTask): void {
  const at = rq.dl.findIndex(it => it.dl!.deadline > task.dl!.deadline)
  rq.dl.splice(at < 0 ? rq.dl.length : at, 0, task)
  s.addRunning(rq, 1)
}

function leave(s: Scheduler, rq: Rq, task: SchedTask): void {
  const at = rq.dl.indexOf(task)
  if (at < 0) return
  rq.dl.splice(at, 1)
  s.addRunning(rq, -1)
}

/** Linux: enqueue_task_dl(). */
export function enqueueDl(s: Scheduler, rq: Rq, task: SchedTask, dl: DlEntity, wakes: boolean): void {
  task.onRtRq = true
  if (dl.throttled) return
  const isLate = dl.deadline < s.k.clock
  // A deadline that is over, in a period that is not: it has had its turn. dl_check_constrained_dl()
  if (wakes && isLate && dl.dlDeadline < dl.dlPeriod && throttle(s, task, dl)) {
    dl.runtime = Math.min(dl.runtime, 0)
    return
  }
  if (wakes) wakeUp(s, dl)
  else if (isLate) newPeriod(s, dl)
  join(s, rq, task)
}

export function dequeueDl(s: Scheduler, rq: Rq, task: SchedTask): void {
  task.onRtRq = false
  leave(s, rq, task)
}

/** Charge the running task. Its time counts for the limit of real-time tasks, too. Linux: update_curr_dl(). */
export function updateCurrDl(s: Scheduler, rq: Rq, task: SchedTask, dl: DlEntity, delta: number): void {
  dl.runtime -= delta
  if (s.rtPeriodTimer) rq.rt.time += delta
  if (!dl.throttled && dl.runtime <= 0) exhaust(s, rq, task, dl)
}

function exhaust(s: Scheduler, rq: Rq, task: SchedTask, dl: DlEntity): void {
  leave(s, rq, task)
  if (throttle(s, task, dl)) return
  replenish(s, dl)
  join(s, rq, task)
}

/** sched_yield(2): the rest of the runtime is given up until the next period. Linux: yield_task_dl(). */
export function yieldDl(s: Scheduler, rq: Rq, task: SchedTask, dl: DlEntity): void {
  s.charge(rq)
  if (dl.throttled) return
  dl.runtime = Math.min(dl.runtime, 0)
  exhaust(s, rq, task, dl)
}

// Several CPUs: those with the nearest deadlines run.

const mayRun = (task: SchedTask, cpu: number): boolean => !task.allowed || task.allowed.includes(cpu)
const deadlineOn = (rq: Rq): number => rq.dl[0]?.dl?.deadline ?? Number.POSITIVE_INFINITY

/** A CPU without such tasks, or the one with the latest deadline, if that is later. Linux: find_later_rq(). */
function laterRq(s: Scheduler, task: SchedTask): Rq | undefined {
  let best: Rq | undefined
  for (const rq of s.rqs) {
    if (!mayRun(task, rq.cpu) || deadlineOn(rq) <= task.dl!.deadline) continue
    if (!best || deadlineOn(rq) > deadlineOn(best)) best = rq
  }
  return best
}

/** Linux: select_task_rq_dl(). */
export function selectTaskRqDl(s: Scheduler, task: SchedTask): Rq {
  const prev = s.rqs[task.cpu]!
  const fits = mayRun(task, prev.cpu)
  if (fits && !prev.dl.length) return prev
  return laterRq(s, task) ?? (fits ? prev : s.rqs.find(rq => mayRun(task, rq.cpu))!)
}

/** Those who wait here go where they can run at once. Linux: push_dl_tasks(). */
export function pushDl(s: Scheduler, rq: Rq): void {
  for (const task of rq.dl.slice(1)) {
    if (task === rq.curr) continue
    const to = laterRq(s, task)
    if (to && to !== rq) s.migrate(task, to)
  }
}

/** A CPU takes who waits elsewhere with a nearer deadline than it has itself. Linux: pull_dl_task(). */
export function pullDl(s: Scheduler, rq: Rq): void {
  for (const other of s.rqs) {
    const waiting = other === rq ? [] : other.dl.slice(1)
    const task = waiting.find(it => it !== other.curr && mayRun(it, rq.cpu))
    if (task && task.dl!.deadline < deadlineOn(rq)) s.migrate(task, rq)
  }
}

// Admission.

/**
 * The bandwidth that deadline tasks have been granted, against what real-time tasks may use of all processors. What
 * somebody had is free again at his 0-lag time: when he would have used it up at his rate. Linux: struct dl_bw.
 */
export class DlBandwidth {
  #total = 0
  readonly #s: Scheduler

  constructor(s: Scheduler) {
    this.#s = s
  }

  /** Whether `wanted` may take the place of `old`. Linux: __dl_overflow(). */
  fits(wanted: DlEntity, old: DlEntity | undefined): boolean {
    const runtime = sysctl(this.#s.k, 'kernel/sched_rt_runtime_us')
    if (runtime < 0) return true
    const limit = toRatio(sysctl(this.#s.k, 'kernel/sched_rt_period_us'), runtime) * this.#s.rqs.length
    return this.#total - (old?.bandwidth ?? 0) + wanted.bandwidth <= limit
  }

  /** A task gets other parameters, or comes to the class. */
  change(wanted: DlEntity, old: DlEntity | undefined): void {
    this.#total += wanted.bandwidth - (old?.bandwidth ?? 0)
  }

  /** A task leaves the class, or dies. Linux: task_non_contending(), inactive_task_timer(). */
  release(dl: DlEntity): void {
    const zeroLag = dl.deadline - Math.floor((dl.runtime * dl.dlPeriod) / dl.dlRuntime)
    const free = () => {
      this.#total -= dl.bandwidth
    }
    if (zeroLag <= this.#s.k.clock) free()
    else this.#s.timers.add(zeroLag, free)
  }
}
