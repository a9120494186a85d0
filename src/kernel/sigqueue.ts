/**
 * Signals that are pending: one of each standard kind, and of a real-time one as many as were sent. Linux:
 * kernel/signal.c (struct sigpending, __sigqueue_alloc(), collect_signal()); signal(7), "Queueing and delivery".
 */
import { RLIMIT_SIGPENDING, SIGKILL, sigmask } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import type { Kernel } from './kernel.ts'
import { threadIds } from './thread-group.ts'
import type { Task } from './types.ts'

/** The first real-time signal as the kernel numbers them; the C library keeps two to itself. */
const SIGRTMIN = 32

/** For one thread, or for the process and whichever thread takes it. Linux: enum pid_type. */
export type SignalTarget = 'thread' | 'process'

/**
 * Make it pending, for a process in its leader's record. A standard one that is so already stays one. Linux:
 * __send_signal_locked().
 */
export function queueSignal(k: Kernel, me: Own<Task>, signal: number, target: SignalTarget): void {
  // "Over RLIMIT_SIGPENDING" kill(2) still works, but what it sends is not counted any more.
  const isQueued = signal >= SIGRTMIN && sigqueueSize(k, me) < me.rlimits[RLIMIT_SIGPENDING]!.cur
  if (target === 'thread') {
    if (isQueued) me.rtQueue = [...me.rtQueue, signal]
    me.pending |= sigmask(signal)
  } else {
    if (isQueued) me.sharedQueue = [...me.sharedQueue, signal]
    me.sharedPending |= sigmask(signal)
  }
  k.withPending.add(me.id)
}

/** Take one of them away. Linux: collect_signal(). */
export function dequeue(me: Own<Task>, signal: number, target: SignalTarget): void {
  const queue = target === 'thread' ? me.rtQueue : me.sharedQueue
  const first = queue.indexOf(signal)
  const rest = first < 0 ? queue : queue.filter((_, i) => i !== first)
  const gone = rest.includes(signal) ? 0n : sigmask(signal)
  if (target === 'thread') {
    me.rtQueue = rest
    me.pending &= ~gone
  } else {
    me.sharedQueue = rest
    me.sharedPending &= ~gone
  }
}

/** Forget all that are in the set, whoever they were for. Linux: flush_sigqueue_mask(). */
export function flushSignals(k: Kernel, task: Task, set: bigint): void {
  const isKept = (signal: number): boolean => !(set & sigmask(signal))
  for (const id of threadIds(k, task)) {
    const { pending, sharedPending } = k.tasks.get(id)
    if (!((pending | sharedPending) & set)) continue
    const me = k.tasks.own(id)
    me.pending &= ~set
    me.sharedPending &= ~set
    if (me.rtQueue.length) me.rtQueue = me.rtQueue.filter(isKept)
    if (me.sharedQueue.length) me.sharedQueue = me.sharedQueue.filter(isKept)
  }
}

/** How many signals are queued to all processes of the task's user: SigQ of /proc/PID/status. */
export function sigqueueSize(k: Kernel, task: Task): number {
  const { uid } = k.creds.get(task.cred)
  let size = 0
  for (const id of k.withPending) {
    const it = k.tasks.find(id)
    if (!it || !(it.pending | it.sharedPending)) k.withPending.delete(id)
    else if (k.creds.get(it.cred).uid === uid) size += queuedTo(it)
  }
  return size
}

/** SIGKILL needs no place in a queue. */
function queuedTo({ pending, rtQueue, sharedPending, sharedQueue }: Task): number {
  let size = rtQueue.length + sharedQueue.length
  for (let signal = 1; signal < SIGRTMIN; signal++) {
    if (signal === SIGKILL) continue
    if (pending & sigmask(signal)) size++
    if (sharedPending & sigmask(signal)) size++
  }
  return size
}
