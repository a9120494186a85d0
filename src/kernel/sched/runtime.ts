/**
 * The CPU time a group may still use: the global pool of its period and the slices its CPUs take from it.
 * Linux: kernel/sched/fair.c, "CFS bandwidth control machinery". Queues are not touched here; see bandwidth.ts.
 */
import type { CfsRq, TaskGroup } from './entity.ts'
import type { Scheduler } from './scheduler.ts'

/** sched_cfs_bandwidth_slice_us: what a CPU takes from the pool at a time. */
export const SLICE = 5_000_000
/** min_cfs_rq_runtime: what an idle CPU keeps of its slice. */
const MIN_CFS_RQ_RUNTIME = 1_000_000
const SLACK_PERIOD = 5_000_000
const MIN_BANDWIDTH_EXPIRATION = 2_000_000

/** Put one more period's quota into the pool; the unused rest may stay up to the burst. */
export function refill(group: TaskGroup): void {
  if (group.quota < 0) return
  group.runtime += group.quota
  const used = group.runtimeSnap - group.runtime
  if (used > 0) {
    group.burstTime += used
    group.nrBursts++
  }
  group.runtime = Math.min(group.runtime, group.quota + group.burst)
  group.runtimeSnap = group.runtime
}

/** Take a slice from the pool; says whether the queue may run now. Linux: assign_cfs_rq_runtime(). */
export function assignRuntime(s: Scheduler, q: CfsRq): boolean {
  const group = q.group
  const wanted = SLICE - q.runtimeRemaining
  if (group.quota < 0) {
    q.runtimeRemaining += wanted
    return true
  }
  s.startPeriodTimer(group)
  if (group.runtime > 0) {
    const amount = Math.min(group.runtime, wanted)
    group.runtime -= amount
    group.idlePeriod = false
    q.runtimeRemaining += amount
    s.touchGroup(group)
  }
  return q.runtimeRemaining > 0
}

/** Charge a queue; a spent slice is renewed if the pool has something left. Linux: account_cfs_rq_runtime(). */
export function accountRuntime(s: Scheduler, q: CfsRq, delta: number): void {
  q.runtimeRemaining -= delta
  if (q.runtimeRemaining <= 0 && !q.throttled) assignRuntime(s, q)
}

/** A queue that ran empty gives back what it does not need soon. Linux: return_cfs_rq_runtime(). */
export function returnRuntime(s: Scheduler, q: CfsRq): void {
  if (!q.runtimeEnabled || q.nrRunning) return
  const slack = q.runtimeRemaining - MIN_CFS_RQ_RUNTIME
  if (slack <= 0) return
  q.runtimeRemaining -= slack
  const group = q.group
  if (group.quota < 0) return
  group.runtime += slack
  s.touchGroup(group)
  if (group.runtime <= SLICE || !group.throttledList.length || group.slackTimer) return
  if (!refreshWithin(s, group, SLACK_PERIOD + MIN_BANDWIDTH_EXPIRATION))
    s.startSlackTimer(group, SLACK_PERIOD)
}

/** Whether the next period is so near that handing out the rest of this one is not worth it. */
export const refreshWithin = (s: Scheduler, group: TaskGroup, ns = MIN_BANDWIDTH_EXPIRATION): boolean =>
  group.periodTimer !== undefined && group.periodTimer.at - s.k.clock < ns
