/**
 * Taking a CPU from one task and giving it to another, and working out for how long.
 * Linux: kernel/sched/fair.c, pick_next_task_fair(); core.c, context_switch().
 */
import { pullTask } from './balance.ts'
import { throttleIfSpent } from './bandwidth.ts'
import { pullDl } from './deadline.ts'
import type { Rq, SchedEntity, SchedTask } from './entity.ts'
import { pickNextEntity, putPrevEntity, setNextEntity, sliceEnd } from './fair.ts'
import { psiChange } from './psi.ts'
import { endTurn, pullRt, untilRtEnds } from './rt.ts'
import type { Scheduler } from './scheduler.ts'
import { infoArrive, infoDepart } from './stats.ts'

/** Whether the running task has to go, or at least to compete: its slice is over, or somebody better has come. */
export function mustSwitch(s: Scheduler, rq: Rq, task: SchedTask): boolean {
  const now = s.k.clock
  if (now >= rq.sliceAt || (rq.needResched && now >= rq.reschedAt)) return true
  if (task.dl) return task.dl.throttled || rq.dl[0] !== task
  return task.rtPriority ? rq.rt.throttled : isSpent(task)
}

/** Whether some group above the task has used up its slice and got no other. */
function isSpent(task: SchedTask): boolean {
  for (let se: SchedEntity | undefined = task.se; se; se = se.parent) {
    const q = se.cfsRq
    if (q.throttled || (q.runtimeEnabled && q.runtimeRemaining <= 0)) return true
  }
  return false
}

/** Put the running task back and take the next one; undefined when the CPU has nothing to do. */
export function contextSwitch(s: Scheduler, rq: Rq): SchedTask | undefined {
  const prev = rq.curr
  rq.needResched = false
  rq.reschedAt = Number.POSITIVE_INFINITY
  if (prev && !prev.rtPriority) throttleSpent(s, prev)
  else if (prev && !prev.dl) endTurn(s, rq, prev)
  // Who comes down to less important work looks for more elsewhere: need_pull_dl_task(), need_pull_rt_task().
  if (prev?.dl) pullDl(s, rq)
  if (prev?.rtPriority) pullRt(s, rq)
  let next = rq.dl[0] ?? rq.rt.first ?? pick(s, rq)
  if (!next && pullTask(s, rq)) next = pick(s, rq)
  if (next !== prev) change(s, rq, next)
  else if (!next?.rtPriority)
    for (let se: SchedEntity | undefined = next?.se; se; se = se.parent) se.prevSumExec = se.sumExec
  return next
}

function change(s: Scheduler, rq: Rq, next: SchedTask | undefined): void {
  const prev = rq.curr
  rq.accountIdle(s.k.clock)
  rq.nrSwitches++
  if (prev?.onRq && prev.remaining > 0) prev.nivcsw++
  const [fairPrev, fairNext] = [isFair(prev), isFair(next)]
  if (fairPrev && fairNext) changeOver(fairPrev.se, fairNext.se)
  else if (fairNext)
    for (let se: SchedEntity | undefined = fairNext.se; se; se = se.parent) setNextEntity(se.cfsRq, se)
  else if (fairPrev) putPrev(fairPrev)
  if (prev?.psi !== next?.psi) {
    if (prev) psiChange(s, prev.psi, rq.cpu, 0, -1)
    if (next) psiChange(s, next.psi, rq.cpu, 0, 1)
  }
  if (prev) infoDepart(rq, prev, s.k.clock)
  if (next) infoArrive(rq, next, s.k.clock)
  rq.curr = next
  rq.execStart = s.k.clock
  s.trace?.switched(s.k, rq.cpu, next)
  if (prev) s.touchTask(prev)
  if (next) s.touchTask(next)
}

const isFair = (task: SchedTask | undefined): SchedTask | undefined => (task?.rtPriority ? undefined : task)

/** The next ordinary task whose groups all have runtime left. */
function pick(s: Scheduler, rq: Rq): SchedTask | undefined {
  while (rq.cfs.nrRunning) {
    let se = pickNextEntity(s, rq.cfs)
    while (se.myQ) se = pickNextEntity(s, se.myQ)
    if (!throttleSpent(s, se.task!)) return se.task
  }
  return undefined
}

function throttleSpent(s: Scheduler, task: SchedTask): boolean {
  let throttled = false
  for (let se: SchedEntity | undefined = task.se; se; se = se.parent)
    if (se.cfsRq.runtimeEnabled && se.cfsRq.nrRunning && throttleIfSpent(s, se.cfsRq)) throttled = true
  return throttled
}

/** Put a running task and the groups above it back into their queues. */
export function putPrev(task: SchedTask): void {
  if (task.rtPriority) return
  for (let se: SchedEntity | undefined = task.se; se; se = se.parent) putPrevEntity(se.cfsRq, se)
}

/** Exchange the running chain of entities for another, leaving groups that both are in as they are. */
function changeOver(prev: SchedEntity, next: SchedEntity): void {
  let [pse, se] = [prev, next]
  while (pse.cfsRq !== se.cfsRq) {
    const [depth, pdepth] = [se.depth, pse.depth]
    if (depth <= pdepth) {
      putPrevEntity(pse.cfsRq, pse)
      pse = pse.parent!
    }
    if (depth >= pdepth) {
      setNextEntity(se.cfsRq, se)
      se = se.parent!
    }
  }
  putPrevEntity(pse.cfsRq, pse)
  setNextEntity(se.cfsRq, se)
}

/** Work out when a CPU has to be looked at again: when the burst, the slice or the quota ends. */
export function program(s: Scheduler, rq: Rq): void {
  const { clock } = s.k
  const task = rq.curr
  if (!task) {
    if (rq.nrRunning) rq.nextAt = clock
    return
  }
  if (task.dl) {
    rq.sliceAt = Number.POSITIVE_INFINITY
    rq.nextAt = Math.min(clock + task.remaining, clock + Math.max(1, task.dl.runtime), rq.reschedAt)
    return
  }
  if (task.rtPriority) {
    const { turn, throttled } = untilRtEnds(s, rq, task)
    rq.sliceAt = clock + turn
    rq.nextAt = Math.min(clock + task.remaining, clock + throttled, rq.sliceAt, rq.reschedAt)
    return
  }
  let at = clock + task.remaining
  for (let se: SchedEntity | undefined = task.se; se; se = se.parent)
    if (se.cfsRq.runtimeEnabled) at = Math.min(at, clock + Math.max(0, se.cfsRq.runtimeRemaining))
  rq.sliceAt = sliceEnd(s, rq)
  rq.nextAt = Math.min(at, rq.sliceAt, rq.reschedAt)
}
