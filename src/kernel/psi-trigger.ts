/**
 * Triggers: who writes `some 150000 1000000` to a pressure file and polls it is told when tasks have waited for so many
 * µs within a window of so many. Linux: kernel/sched/psi.c:psi_trigger_create(), psi_poll_work().
 */
import { EBUSY, EINVAL, POLLERR, POLLIN, POLLOUT, POLLPRI } from '../abi/index.ts'
import { startTimer } from './hrtimer.ts'
import type { Kernel } from './kernel.ts'
import type { PsiGroup, PsiResource } from './sched/index.ts'
import { wakeUp } from './wake-up.ts'

/** How often in a window the total is looked at. */
const UPDATES_PER_WINDOW = 10
const TICK = 4_000_000

/** Linux: struct psi_trigger with its psi_window. Times in ns. */
export interface PsiTrigger {
  readonly group: PsiGroup
  readonly resource: PsiResource
  readonly isFull: boolean
  readonly threshold: number
  readonly window: number
  start: number
  startValue: number
  prevGrowth: number
  pollingUntil: number
  /** Told of each change in the group. */
  look: () => void
  /** A look at it is due. */
  scheduled: boolean
  pending: boolean
  event: boolean
  lastEvent: number
}

const queueOf = (file: number): string => `psi:${file}`

/** A line written to a pressure file. Errors: EINVAL; EBUSY where the open file has one already. */
export function createTrigger(
  k: Kernel,
  cgroupId: number,
  resource: PsiResource,
  text: string,
  file: number,
): void {
  if (k.psiTriggers.has(file)) throw EBUSY
  const found = /^(some|full)\s+(\d+)\s+(\d+)/.exec(text)
  const [threshold, window] = [Number(found?.[2]), Number(found?.[3])]
  if (!found || window < 500_000 || window > 10_000_000 || !threshold || threshold > window) throw EINVAL
  const group = k.sched.groups.psi(cgroupId)
  const trigger: PsiTrigger = {
    group,
    resource,
    isFull: found[1] === 'full',
    threshold: threshold * 1000,
    window: window * 1000,
    start: 0,
    startValue: 0,
    prevGrowth: 0,
    pollingUntil: 0,
    look: () => {},
    scheduled: false,
    pending: false,
    event: false,
    lastEvent: 0,
  }
  k.psiTriggers.set(file, trigger)
  trigger.look = () => {
    if (!trigger.scheduled && group.isStalled(resource, trigger.isFull)) schedule(k, file, trigger, TICK)
  }
  group.watchers.add(trigger.look)
  trigger.look()
}

/** The open file is closed. */
export function destroyTrigger(k: Kernel, file: number): void {
  const trigger = k.psiTriggers.get(file)
  if (!trigger) return
  trigger.group.watchers.delete(trigger.look)
  k.psiTriggers.delete(file)
}

function schedule(k: Kernel, file: number, trigger: PsiTrigger, after: number): void {
  trigger.scheduled = true
  startTimer(k, k.clock + after, () => {
    trigger.scheduled = false
    if (k.psiTriggers.get(file) === trigger) pollWork(k, file, trigger)
  })
}

function pollWork(k: Kernel, file: number, it: PsiTrigger): void {
  const now = k.clock
  const value = it.group.total(now, it.resource, it.isFull)
  if (it.group.isStalled(it.resource, it.isFull)) {
    if (now > it.pollingUntil) reset(it, now, value, 0)
    it.pollingUntil = now + it.window
  }
  if (now > it.pollingUntil) return
  const growth = growthWithin(it, now, value)
  if (growth >= it.threshold) it.pending = true
  if (it.pending && now >= it.lastEvent + it.window) {
    it.pending = false
    it.lastEvent = now
    it.event = true
    wakeUp(k, queueOf(file))
  }
  schedule(k, file, it, it.window / UPDATES_PER_WINDOW)
}

function reset(it: PsiTrigger, now: number, value: number, prevGrowth: number): void {
  it.start = now
  it.startValue = value
  it.prevGrowth = prevGrowth
}

/** By how much the total has grown within the window that ends now. Linux: window_update(). */
function growthWithin(it: PsiTrigger, now: number, value: number): number {
  const elapsed = now - it.start
  const growth = value - it.startValue
  if (elapsed > it.window) {
    reset(it, now, value, growth)
    return growth
  }
  return growth + Math.floor((it.prevGrowth * (it.window - elapsed)) / it.window)
}

/** Linux: psi_trigger_poll(): an event is told once. */
export function pollTrigger(k: Kernel, file: number): number {
  const trigger = k.psiTriggers.get(file)
  if (!trigger) return POLLIN | POLLOUT | POLLERR | POLLPRI
  const told = trigger.event
  trigger.event = false
  return POLLIN | POLLOUT | (told ? POLLPRI : 0)
}

export const triggerQueues = (file: number): readonly string[] => [queueOf(file)]
