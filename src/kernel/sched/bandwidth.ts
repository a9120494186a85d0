/**
 * Putting tasks and groups on their queues and taking them off, and throttling: taking a whole group off a CPU when
 * its quota is used up, and back when the next period begins.
 * Linux: kernel/sched/fair.c, enqueue_task_fair(), dequeue_task_fair(), throttle_cfs_rq() to
 * do_sched_cfs_period_timer().
 */
import type { CfsRq, SchedEntity, TaskGroup } from './entity.ts'
import { type Arrival, dequeueEntity, enqueueEntity, updateCurr } from './fair.ts'
import { accountRuntime, refill, refreshWithin, SLICE } from './runtime.ts'
import type { Scheduler } from './scheduler.ts'

/** Put an entity that stands for `tasks` tasks, and the groups above it, on their queues, up to a throttled one. */
export function enqueueChain(s: Scheduler, from: SchedEntity, tasks: number, arrival: Arrival): void {
  for (let se: SchedEntity | undefined = from; se; se = se.parent) {
    const q: CfsRq = se.cfsRq
    if (!se.onRq) {
      enqueueEntity(s, q, se, arrival)
      // A queue that was empty may have spent its slice before: check_enqueue_throttle().
      if (q.nrRunning === 1 && q.runtimeEnabled && !q.throttled && !q.curr) throttleIfSpent(s, q)
      arrival = 'wakeup'
    }
    q.hNrRunning += tasks
    if (q.throttled) return
  }
  s.addRunning(from.cfsRq.rq, tasks)
}

/** The reverse: groups that ran empty leave their queues as well. */
export function dequeueChain(s: Scheduler, from: SchedEntity, tasks: number): void {
  let emptied = true
  for (let se: SchedEntity | undefined = from; se; se = se.parent) {
    const q: CfsRq = se.cfsRq
    if (!se.onRq) return
    if (emptied) dequeueEntity(s, q, se)
    q.hNrRunning -= tasks
    if (q.throttled) return
    emptied &&= q.load === 0
  }
  s.addRunning(from.cfsRq.rq, -tasks)
}

/** Throttle a queue that has nothing left and gets nothing from the pool; says whether it is throttled now. */
export function throttleIfSpent(s: Scheduler, q: CfsRq): boolean {
  if (!q.runtimeEnabled || q.throttled) return q.throttled
  if (q.runtimeRemaining <= 0) accountRuntime(s, q, 0)
  if (q.runtimeRemaining > 0) return false
  throttle(s, q)
  return true
}

/** Linux: walk_tg_tree_from(). The queues of a group and everything below it on one CPU. */
function forEachBelow(group: TaskGroup, cpu: number, act: (q: CfsRq) => void): void {
  act(group.cfsRq[cpu]!)
  for (const child of group.children) forEachBelow(child, cpu, act)
}

function throttle(s: Scheduler, q: CfsRq): void {
  forEachBelow(q.group, q.rq.cpu, below => void below.throttleCount++)
  dequeueChain(s, q.se!, q.hNrRunning)
  q.throttled = true
  q.throttledClock = s.k.clock
  q.group.throttledList.push(q)
  s.touchGroup(q.group)
  s.trace?.push({ kind: 'throttle', at: s.k.clock, cpu: q.rq.cpu, cgroup: q.group.id })
}

export function unthrottle(s: Scheduler, q: CfsRq): void {
  const { group, rq } = q
  q.throttled = false
  group.throttledTime += s.k.clock - q.throttledClock
  group.throttledList.splice(group.throttledList.indexOf(q), 1)
  forEachBelow(group, rq.cpu, below => void below.throttleCount--)
  s.touchGroup(group)
  s.trace?.push({ kind: 'unthrottle', at: s.k.clock, cpu: rq.cpu, cgroup: group.id })
  if (!q.load) return
  enqueueChain(s, q.se!, q.hNrRunning, 'wakeup')
  s.kick(rq)
}

/** Begin counting periods. They lie on a grid from the last expiry, as hrtimer_forward_now() keeps it. */
export function startPeriodTimer(s: Scheduler, group: TaskGroup): void {
  if (group.periodTimer) return
  const elapsed = Math.floor((s.k.clock - group.timerBase) / group.period) + 1
  group.timerBase += elapsed * group.period
  group.periodTimer = s.timers.add(group.timerBase, () => periodTimer(s, group))
}

/** Linux: do_sched_cfs_period_timer(). Stops by itself after a whole period in which nobody asked for runtime. */
function periodTimer(s: Scheduler, group: TaskGroup): void {
  group.periodTimer = undefined
  if (group.quota < 0) return
  const throttled = group.throttledList.length > 0
  group.nrPeriods++
  refill(group)
  s.touchGroup(group)
  s.trace?.refilled(s.k.clock, group)
  if (group.idlePeriod && !throttled) return
  startPeriodTimer(s, group)
  group.idlePeriod = !throttled
  if (!throttled) return
  group.nrThrottled++
  distribute(s, group)
}

/** Give every throttled CPU just enough to come out of its debt; it asks for a slice when it runs. */
function distribute(s: Scheduler, group: TaskGroup): void {
  for (const q of [...group.throttledList]) {
    const amount = Math.min(1 - q.runtimeRemaining, group.runtime)
    group.runtime -= amount
    q.runtimeRemaining += amount
    if (q.runtimeRemaining > 0) unthrottle(s, q)
    if (group.runtime <= 0) break
  }
}

/** Hand out what idle CPUs gave back. Linux: do_sched_cfs_slack_timer(). */
export function startSlackTimer(s: Scheduler, group: TaskGroup, ns: number): void {
  group.slackTimer = s.timers.add(s.k.clock + ns, () => {
    group.slackTimer = undefined
    if (!refreshWithin(s, group) && group.quota >= 0 && group.runtime > SLICE) distribute(s, group)
  })
}

/** A new quota, period or burst. Linux: tg_set_cfs_bandwidth(). */
export function setBandwidth(
  s: Scheduler,
  group: TaskGroup,
  quota: number,
  period: number,
  burst: number,
): void {
  const enabled = quota >= 0
  // What has run so far is no debt of the new quota: without ticks it may be seconds that nobody has charged yet.
  for (const q of group.cfsRq) updateCurr(s, q.rq)
  group.quota = quota
  group.period = period
  group.burst = burst
  refill(group)
  if (enabled) startPeriodTimer(s, group)
  for (const q of group.cfsRq) {
    q.runtimeEnabled = enabled
    q.runtimeRemaining = 0
    if (q.throttled) unthrottle(s, q)
    s.kick(q.rq)
  }
  if (enabled) s.trace?.refilled(s.k.clock, group)
  s.touchGroup(group)
}
