/**
 * The real-time class: SCHED_FIFO and SCHED_RR run before every ordinary task, by priority, but no more than 950 ms of
 * each second. Linux: kernel/sched/rt.c, as built without CONFIG_RT_GROUP_SCHED (Debian): control groups do not matter.
 */
import { SCHED_DEADLINE, SCHED_FIFO, SCHED_RR } from '../../abi/index.ts'
import { sysctl } from '../sysctl.ts'
import type { Task } from '../types.ts'
import type { Rq, SchedTask } from './entity.ts'
import type { Scheduler } from './scheduler.ts'

const US = 1000
const MS = 1_000_000
/** Above the priorities that can be asked for: the class of deadline.ts. */
const DEADLINE_PRIORITY = 100

/** 1 to 99 as sched(7) counts them; 0 for ordinary tasks. */
export function rtPriority({ policy, rtPriority: priority = 0 }: Task): number {
  if (policy === SCHED_DEADLINE) return DEADLINE_PRIORITY
  return policy === SCHED_FIFO || policy === SCHED_RR ? priority : 0
}

const period = (s: Scheduler): number => sysctl(s.k, 'kernel/sched_rt_period_us') * US
const runtime = (s: Scheduler): number => {
  const us = sysctl(s.k, 'kernel/sched_rt_runtime_us')
  return us < 0 ? Number.POSITIVE_INFINITY : us * US
}
/** Linux: RR_TIMESLICE. */
const timeslice = (s: Scheduler): number => sysctl(s.k, 'kernel/sched_rr_timeslice_ms') * MS

/** Put a task behind those of its priority, or before them when it was preempted. Linux: enqueue_task_rt(). */
function insert(queue: SchedTask[], task: SchedTask): void {
  let at = 0
  while (at < queue.length && queue[at]!.rtPriority >= task.rtPriority) at++
  queue.splice(at, 0, task)
}

export function enqueueRt(s: Scheduler, rq: Rq, task: SchedTask): void {
  task.onRtRq = true
  if (task.timeSlice <= 0) task.timeSlice = timeslice(s)
  insert(rq.rt.queue, task)
  if (!rq.rt.throttled) s.addRunning(rq, 1)
  startPeriod(s)
}

export function dequeueRt(s: Scheduler, rq: Rq, task: SchedTask): void {
  task.onRtRq = false
  rq.rt.queue.splice(rq.rt.queue.indexOf(task), 1)
  if (!rq.rt.throttled) s.addRunning(rq, -1)
}

/** Charge the CPU's real-time tasks for what one of them ran. Linux: update_curr_rt(). */
export function updateCurrRt(s: Scheduler, rq: Rq, task: SchedTask, delta: number): void {
  const { rt } = rq
  rt.time += delta
  if (task.policy === SCHED_RR) task.timeSlice -= delta
  if (rt.throttled || rt.time < runtime(s)) return
  rt.throttled = true
  if (!s.rtThrottledOnce) s.k.dmesg?.log(s.k.clock, 'sched: RT throttling activated', 4)
  s.rtThrottledOnce = true
  s.addRunning(rq, -rt.queue.length)
}

/** Who has used up his turn of SCHED_RR goes behind the others of his priority. Linux: task_tick_rt(). */
export function endTurn(s: Scheduler, rq: Rq, task: SchedTask): void {
  if (task.timeSlice > 0) return
  task.timeSlice = timeslice(s)
  const { queue } = rq.rt
  queue.splice(queue.indexOf(task), 1)
  insert(queue, task)
}

/** sched_yield(2) lets all others of the priority go first. */
export function yieldRt(rq: Rq, task: SchedTask): void {
  rq.rt.queue.splice(rq.rt.queue.indexOf(task), 1)
  insert(rq.rt.queue, task)
}

/** How long the running real-time task may go on; Infinity when nobody takes turns with it. */
export function untilRtEnds(s: Scheduler, rq: Rq, task: SchedTask): { turn: number; throttled: number } {
  const peers = rq.rt.queue.some(it => it !== task && it.rtPriority === task.rtPriority)
  const turn = task.policy === SCHED_RR && peers ? Math.max(0, task.timeSlice) : Number.POSITIVE_INFINITY
  // Deadline tasks may have used up the time: it is found out when a real-time task runs.
  return { turn, throttled: Math.max(1, runtime(s) - rq.rt.time) }
}

/** One timer for all CPUs, while there are real-time tasks. Linux: sched_rt_period_timer(), do_sched_rt_period_timer(). */
function startPeriod(s: Scheduler): void {
  if (s.rtPeriodTimer) return
  s.rtPeriodTimer = s.timers.add(s.k.clock + period(s), () => {
    s.rtPeriodTimer = undefined
    let busy = false
    for (const rq of s.rqs) busy = refill(s, rq) || busy
    if (busy) startPeriod(s)
  })
}

/** A new period on one CPU; says whether there is anything to count in it. */
function refill(s: Scheduler, rq: Rq): boolean {
  const { rt } = rq
  s.charge(rq)
  rt.time = Math.max(0, rt.time - Math.min(rt.time, runtime(s)))
  if (rt.throttled && rt.time < runtime(s)) {
    rt.throttled = false
    s.addRunning(rq, rt.queue.length)
    if (rt.queue.length) s.resched(rq)
  }
  return rt.time > 0 || rt.queue.length > 0
}

/** The priority that a CPU works at: 0 for ordinary tasks, -1 for nothing. Linux: cpupri. */
const working = ({ dl, rt, curr, nrRunning }: Rq): number =>
  dl.length ? DEADLINE_PRIORITY : (rt.first?.rtPriority ?? (curr || nrRunning ? 0 : -1))

const mayRun = (task: SchedTask, cpu: number): boolean => !task.allowed || task.allowed.includes(cpu)

/** The CPU where the task disturbs the least important, if that is less than the task is. Linux: find_lowest_rq(). */
function lowestRq(s: Scheduler, task: SchedTask): Rq | undefined {
  let best: Rq | undefined
  for (const rq of s.rqs)
    if (mayRun(task, rq.cpu) && working(rq) < task.rtPriority && (!best || working(rq) < working(best)))
      best = rq
  return best
}

/** Where it was, unless somebody of its importance is there. Linux: select_task_rq_rt(). */
export function selectTaskRqRt(s: Scheduler, task: SchedTask): Rq {
  const prev = s.rqs[task.cpu]!
  const fits = mayRun(task, prev.cpu)
  if (fits && working(prev) < task.rtPriority) return prev
  return lowestRq(s, task) ?? (fits ? prev : s.rqs.find(rq => mayRun(task, rq.cpu))!)
}

/** Those who wait here go where they can run at once. Linux: push_rt_tasks(). */
export function pushRt(s: Scheduler, rq: Rq): void {
  for (const task of [...rq.rt.queue]) {
    if (task === rq.curr || task === rq.rt.first) continue
    const to = lowestRq(s, task)
    if (to && to !== rq) s.migrate(task, to)
  }
}

/** A CPU that comes down to less important work takes what waits elsewhere. Linux: pull_rt_task(). */
export function pullRt(s: Scheduler, rq: Rq): void {
  for (const other of s.rqs) {
    if (other === rq || other.rt.queue.length < 2 || other.rt.throttled) continue
    const best = other.rt.queue.find(it => it !== other.curr && it !== other.rt.first && mayRun(it, rq.cpu))
    if (best && best.rtPriority > working(rq)) s.migrate(best, rq)
  }
}
