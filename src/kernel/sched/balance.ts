/**
 * Which CPU a task goes to: when it wakes, when a CPU runs dry, and now and then among busy CPUs.
 * Linux: kernel/sched/fair.c, select_task_rq_fair(), newbalance_idle(), load_balance().
 *
 * Left out: caches and levels of domains. Where Linux's estimates let an odd task wander between CPUs, so that three
 * burners on two CPUs get two thirds each, turns are taken here.
 */
import type { Rq, SchedEntity, SchedTask } from './entity.ts'
import type { Scheduler } from './scheduler.ts'

/** How often busy CPUs compare their loads. */
export const BALANCE_INTERVAL = 32_000_000
const MOVES = 8

const isIdle = (rq: Rq): boolean => !rq.curr && !rq.nrRunning
export const mayRunOn = (task: SchedTask, cpu: number): boolean => !task.allowed || task.allowed.includes(cpu)

/** The CPU for a task that becomes runnable: its last one if idle, else an idle one, else the least crowded. */
export function selectTaskRq(s: Scheduler, task: SchedTask): Rq {
  const prev = s.rqs[task.cpu]!
  if (s.rqs.length === 1 || (isIdle(prev) && mayRunOn(task, prev.cpu))) return prev
  let best: Rq | undefined
  for (const rq of prev.domain) {
    if (!mayRunOn(task, rq.cpu)) continue
    if (isIdle(rq)) return rq
    if (!best || rq.nrRunning < best.nrRunning || (rq.nrRunning === best.nrRunning && rq === prev)) best = rq
  }
  return best ?? s.rqs.find(rq => mayRunOn(task, rq.cpu)) ?? prev
}

/** What a task weighs on its CPU as a whole: its share of its group's share. Linux: task_h_load(). */
function taskHLoad(task: SchedTask): number {
  let load = task.se.weight
  for (let se: SchedEntity | undefined = task.se; se?.parent; se = se.parent)
    load *= se.parent.weight / se.cfsRq.load
  return load
}

/** Linux: can_migrate_task(); throttled_lb_pair(): a group that is throttled on either CPU is left alone. */
const movable = (task: SchedTask, to: Rq): boolean =>
  !task.rtPriority &&
  !task.se.cfsRq.throttleCount &&
  !task.group.cfsRq[to.cpu]!.throttleCount &&
  mayRunOn(task, to.cpu)

/** A CPU that has nothing to do takes a waiting task from the busiest. Linux: newidle_balance(). */
export function pullTask(s: Scheduler, idle: Rq): boolean {
  let busiest: Rq | undefined
  for (const rq of idle.domain) if (rq.nrRunning > 1 && rq.nrRunning > (busiest?.nrRunning ?? 0)) busiest = rq
  if (!busiest) return false
  let best: SchedTask | undefined
  for (const task of busiest.tasks)
    if (task !== busiest.curr && movable(task, idle) && (!best || task.migrated < best.migrated)) best = task
  if (!best) return false
  s.migrate(best, idle)
  return true
}

/** Even out the loads of busy CPUs. Linux: rebalance_domains(), load_balance(). */
export function balance(s: Scheduler): void {
  for (const rq of s.rqs)
    if (rq.domain[0] === rq) for (let moves = 0; moves < MOVES; moves++) if (!moveOne(s, rq.domain)) break
}

/**
 * Move the task that brings the heaviest CPU and the lightest nearest to each other. One that would only swap their
 * roles is moved too, the longest resident first: that is what makes turns. Returns whether another move may help.
 */
function moveOne(s: Scheduler, domain: readonly Rq[]): boolean {
  let busiest: Rq | undefined
  for (const rq of domain) if (rq.nrRunning > 1 && (!busiest || loadOf(rq) > loadOf(busiest))) busiest = rq
  if (!busiest) return false
  const targets = domain
    .filter(rq => rq !== busiest)
    .sort((a, b) => loadOf(a) - loadOf(b) || a.pulled - b.pulled)
  for (const target of targets) {
    const gap = loadOf(busiest) - loadOf(target)
    if (!(gap > 0)) return false
    const [task, left] = candidate(busiest, target, gap)
    if (!task) continue
    s.migrate(task, target)
    return left < gap * 0.95
  }
  return false
}

/** What ordinary tasks weigh on a CPU; one that real-time tasks are on has nothing to give. Linux: scale_rt_capacity(). */
const loadOf = (rq: Rq): number =>
  rq.dl.length || rq.rt.queue.length ? Number.POSITIVE_INFINITY : rq.cfs.load

/** The task whose move leaves the smallest gap, and that gap; among equals the longest resident. */
function candidate(from: Rq, to: Rq, gap: number): [task: SchedTask | undefined, left: number] {
  let best: SchedTask | undefined
  let least = gap * 1.05
  for (const task of from.tasks) {
    if (!movable(task, to)) continue
    const left = Math.abs(gap - 2 * taskHLoad(task))
    const near = Math.abs(left - least) <= gap * 0.01
    if (best ? (near ? task.migrated < best.migrated : left < least) : left <= least) {
      best = task
      least = left
    }
  }
  return [best, least]
}
