/**
 * Signals that are pending: one of each standard kind, and of a real-time one as many as were sent. Linux:
 * kernel/signal.c (struct sigpending, __sigqueue_alloc(), collect_signal()); signal(7), "Queueing and delivery".
 */
import { RLIMIT_SIGPENDING, SIGKILL, sigmask } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

/** The first real-time signal as the kernel numbers them; the C library keeps two to itself. */
const SIGRTMIN = 32

/** Make it pending. A standard one that is so already stays one. Linux: __send_signal_locked(). */
export function queueSignal(k: Kernel, me: Own<Task>, signal: number): void {
  // "Over RLIMIT_SIGPENDING" kill(2) still works, but what it sends is not counted any more.
  if (signal >= SIGRTMIN && sigqueueSize(k, me) < me.rlimits[RLIMIT_SIGPENDING]!.cur)
    me.rtQueue = [...me.rtQueue, signal]
  me.pending |= sigmask(signal)
  k.withPending.add(me.id)
}

/** Take one of them away. Linux: collect_signal(). */
export function dequeue(me: Own<Task>, signal: number): void {
  const first = me.rtQueue.indexOf(signal)
  if (first >= 0) me.rtQueue = me.rtQueue.filter((_, i) => i !== first)
  if (!me.rtQueue.includes(signal)) me.pending &= ~sigmask(signal)
}

/** Forget all that are in the set. Linux: flush_sigqueue_mask(). */
export function flushSignals(me: Own<Task>, set: bigint): void {
  me.pending &= ~set
  if (me.rtQueue.length) me.rtQueue = me.rtQueue.filter(signal => !(set & sigmask(signal)))
}

/** How many signals are queued to all processes of the task's user: SigQ of /proc/PID/status. */
export function sigqueueSize(k: Kernel, task: Task): number {
  const { uid } = k.creds.get(task.cred)
  let size = 0
  for (const id of k.withPending) {
    const it = k.tasks.find(id)
    if (!it?.pending) k.withPending.delete(id)
    else if (k.creds.get(it.cred).uid === uid) size += queuedTo(it)
  }
  return size
}

/** SIGKILL needs no place in a queue. */
function queuedTo({ pending, rtQueue }: Task): number {
  let size = rtQueue.length
  for (let signal = 1; signal < SIGRTMIN; signal++)
    if (signal !== SIGKILL && pending & sigmask(signal)) size++
  return size
}
