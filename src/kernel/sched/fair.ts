/**
 * The completely fair scheduler: entities, virtual run time, slices and wake-up preemption.
 * Linux: kernel/sched/fair.c of 6.1, function by function.
 *
 * Left out: load tracking by decaying averages (the exact present load is used), NUMA, energy, SMT.
 */
import { updateCurrDl } from './deadline.ts'
import type { CfsRq, Rq, SchedEntity, SchedTask, TaskGroup } from './entity.ts'
import { updateCurrRt } from './rt.ts'
import { accountRuntime, returnRuntime } from './runtime.ts'
import type { Scheduler } from './scheduler.ts'
import { calcDeltaFair, MIN_SHARES, NICE_0_LOAD, scaleLoad, WEIGHT_IDLEPRIO } from './weight.ts'

/** CONFIG_HZ=250: preemption among equals happens on a tick only. */
export const TICK = 4_000_000
const NR_LATENCY = 8

/** The tunables grow with the number of CPUs. Linux: get_update_sysctl_factor(). */
export class Tunables {
  readonly latency: number
  readonly minGranularity: number
  readonly wakeupGranularity: number

  constructor(cpus: number) {
    const factor = 1 + Math.floor(Math.log2(Math.min(cpus, 8)))
    this.latency = 6_000_000 * factor
    this.minGranularity = 750_000 * factor
    this.wakeupGranularity = 1_000_000 * factor
  }
}

/** How an entity comes into a queue: from sleep, as a new task, or from another queue. */
export type Arrival = 'wakeup' | 'new' | 'move'

/** Charge the running task, and every group above it, for the time since it was last charged. */
export function updateCurr(s: Scheduler, rq: Rq): void {
  const task = rq.curr
  const delta = s.k.clock - rq.execStart
  if (!task || delta <= 0) return
  rq.execStart = s.k.clock
  chargeTask(s, rq, task, delta)
  if (task.rtPriority) {
    if (task.dl) updateCurrDl(s, rq, task, task.dl, delta)
    else updateCurrRt(s, rq, task, delta)
    return
  }
  for (let se: SchedEntity | undefined = task.se; se; se = se.cfsRq.se) {
    const q = se.cfsRq
    se.sumExec += delta
    se.vruntime += calcDeltaFair(delta, se.weight)
    updateMinVruntime(q)
    if (q.runtimeEnabled) accountRuntime(s, q, delta)
  }
}

/** Split `delta` into user and system time as the burst as a whole is split, and add it where it counts. */
function chargeTask(s: Scheduler, rq: Rq, task: SchedTask, delta: number): void {
  const user = userPart(task, delta)
  task.burstDone += delta
  const system = delta - user
  task.burstUserDone += user
  task.utime += user
  task.stime += system
  if (task.nice > 0) rq.nice += user
  else rq.user += user
  rq.system += system
  s.touchTask(task)
  for (let account = task.account as typeof task.account | undefined; account; account = account.parent) {
    account.user[rq.cpu]! += user
    account.system[rq.cpu]! += system
    s.touchAccount(account)
  }
}

/** How much of the next `delta` ns of the task's burst is user time; rounding must not take from either kind. */
export function userPart({ burst, burstDone, burstUser, burstUserDone }: SchedTask, delta: number): number {
  if (burstUser === burst) return delta
  const done = burstDone + delta
  const user = done >= burst ? burstUser : Math.floor(burstUser * (done / burst))
  return Math.min(Math.max(user - burstUserDone, 0), delta)
}

/** A queue's clock: never behind what it has shown, never ahead of anybody in it. */
function updateMinVruntime(q: CfsRq): void {
  const first = q.first
  const curr = q.curr?.onRq ? q.curr : undefined
  let vruntime = q.minVruntime
  if (curr) vruntime = first ? Math.min(curr.vruntime, first.vruntime) : curr.vruntime
  else if (first) vruntime = first.vruntime
  if (vruntime > q.minVruntime) q.minVruntime = vruntime
}

/** What a newcomer or sleeper starts with: debit for the new, a bonus of half a latency for the woken. */
export function placeEntity(s: Scheduler, q: CfsRq, se: SchedEntity, arrival: Arrival): void {
  let vruntime = q.minVruntime
  if (arrival === 'new') vruntime += calcDeltaFair(schedSlice(s, q, se), se.weight)
  else vruntime -= se.isIdle ? s.tunables.minGranularity : s.tunables.latency / 2
  if (vruntime > se.vruntime) se.vruntime = vruntime
}

export function enqueueEntity(s: Scheduler, q: CfsRq, se: SchedEntity, arrival: Arrival): void {
  updateCurr(s, q.rq)
  if (arrival === 'wakeup') placeEntity(s, q, se, arrival)
  q.load += se.weight
  q.nrRunning++
  se.onRq = true
  if (q.curr !== se) q.enqueueTree(se)
  updateShares(s, q.group)
}

export function dequeueEntity(s: Scheduler, q: CfsRq, se: SchedEntity): void {
  updateCurr(s, q.rq)
  if (q.curr !== se) q.dequeueTree(se)
  if (q.skip === se) q.skip = undefined
  se.onRq = false
  q.load -= se.weight
  q.nrRunning--
  returnRuntime(s, q)
  updateMinVruntime(q)
  updateShares(s, q.group)
}

/** Give an entity another weight, also while it runs or waits. Linux: reweight_entity(). */
export function reweightEntity(s: Scheduler, se: SchedEntity, weight: number): void {
  if (se.weight === weight) return
  if (se.onRq) {
    updateCurr(s, se.cfsRq.rq)
    se.cfsRq.load += weight - se.weight
  }
  se.weight = weight
}

/**
 * Divide a group's shares among its CPUs by where its tasks are. Linux: calc_group_shares(), which estimates from
 * averages what is known exactly here.
 */
export function updateShares(s: Scheduler, group: TaskGroup): void {
  if (!group.parent) return
  const shares = scaleLoad(group.isIdle ? WEIGHT_IDLEPRIO : group.shares)
  let total = 0
  for (const q of group.cfsRq) total += q.load
  let changed = false
  for (const q of group.cfsRq) {
    const se = q.se!
    if (!q.load) continue
    const weight = Math.max(MIN_SHARES, q.load === total ? shares : Math.floor((shares * q.load) / total))
    if (weight === se.weight) continue
    reweightEntity(s, se, weight)
    changed ||= se.onRq
  }
  if (changed) updateShares(s, group.parent)
}

/** The time an entity should get in one round of its queue. Linux: sched_slice(). */
export function schedSlice(s: Scheduler, q: CfsRq, se: SchedEntity): number {
  const nr = q.rq.cfs.hNrRunning + (se.onRq ? 0 : 1)
  let slice = nr > NR_LATENCY ? nr * s.tunables.minGranularity : s.tunables.latency
  for (let it: SchedEntity | undefined = se; it; it = it.cfsRq.se) {
    const load = it.cfsRq.load + (it.onRq ? 0 : it.weight)
    slice = (slice * it.weight) / load
  }
  return Math.max(Math.floor(slice), s.tunables.minGranularity)
}

/** How long the running entity may go on before somebody else in its queue should have its turn. */
function untilPreempted(s: Scheduler, q: CfsRq, curr: SchedEntity): number {
  const ideal = Math.min(schedSlice(s, q, curr), s.tunables.latency)
  const had = curr.sumExec - curr.prevSumExec
  const first = q.first
  if (!first) return ideal - had
  const lead = Math.max(0, ideal - (curr.vruntime - first.vruntime))
  const untilLead = Math.max((lead * curr.weight) / NICE_0_LOAD, s.tunables.minGranularity - had)
  return Math.min(ideal - had, untilLead)
}

/** The tick at which check_preempt_tick() will find the running task's slice over; Infinity when it is alone. */
export function sliceEnd(s: Scheduler, rq: Rq): number {
  if (!rq.curr || rq.cfs.hNrRunning < 2) return Number.POSITIVE_INFINITY
  let left = Number.POSITIVE_INFINITY
  for (let se: SchedEntity | undefined = rq.curr.se; se; se = se.cfsRq.se)
    if (se.cfsRq.nrRunning > 1) left = Math.min(left, untilPreempted(s, se.cfsRq, se))
  if (left === Number.POSITIVE_INFINITY) return left
  return (Math.floor((s.k.clock + Math.max(0, left - 1)) / TICK) + 1) * TICK
}

/** 1: `se` should preempt `curr`; 0: it is ahead, but not by enough; -1: it is not. */
function wakeupPreemptEntity(s: Scheduler, curr: SchedEntity, se: SchedEntity): number {
  const lead = curr.vruntime - se.vruntime
  if (lead <= 0) return -1
  return lead > calcDeltaFair(s.tunables.wakeupGranularity, se.weight) ? 1 : 0
}

/** Whether a task that has just woken should take the CPU at once. Linux: check_preempt_wakeup(). */
export function checkPreemptWakeup(s: Scheduler, rq: Rq, task: SchedTask): boolean {
  const curr = rq.curr
  if (!curr) return true
  if (curr === task || rq.needResched || task.se.cfsRq.throttleCount) return false
  updateCurr(s, rq)
  let [se, pse]: [SchedEntity, SchedEntity] = [curr.se, task.se]
  while (se.cfsRq !== pse.cfsRq) {
    const [depth, pdepth] = [se.depth, pse.depth]
    if (depth >= pdepth) se = se.parent!
    if (depth <= pdepth) pse = pse.parent!
  }
  if (se.isIdle !== pse.isIdle) return se.isIdle
  return wakeupPreemptEntity(s, se, pse) === 1
}

/** The waiting or running entity with the smallest vruntime, unless it has just yielded and another is as near. */
export function pickNextEntity(s: Scheduler, q: CfsRq): SchedEntity {
  const curr = q.curr?.onRq ? q.curr : undefined
  const first = q.first
  let se = curr && (!first || curr.vruntime < first.vruntime) ? curr : first!
  if (q.skip === se) {
    const second = se === curr ? first : runnerUp(q, curr)
    if (second && wakeupPreemptEntity(s, second, se) < 1) se = second
  }
  q.skip = undefined
  return se
}

function runnerUp(q: CfsRq, curr: SchedEntity | undefined): SchedEntity | undefined {
  const second = q.tree[q.tree.length - 2]
  return curr && (!second || curr.vruntime < second.vruntime) ? curr : second
}

export function setNextEntity(q: CfsRq, se: SchedEntity): void {
  if (se.onRq) q.dequeueTree(se)
  q.curr = se
  se.prevSumExec = se.sumExec
}

export function putPrevEntity(q: CfsRq, se: SchedEntity): void {
  q.curr = undefined
  if (se.onRq) q.enqueueTree(se)
}
