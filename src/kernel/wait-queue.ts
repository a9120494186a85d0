/**
 * Sleeping and waking. A sleeping task is entered in one or more queues by name; whoever changes what it waits for
 * wakes the queue, and each sleeper looks for itself. Linux: kernel/sched/wait.c, wait_event_interruptible().
 */
import { type Blocking, EINTR } from '../abi/index.ts'
import { doSignal } from './deliver.ts'
import type { Kernel } from './kernel.ts'
import { signalPending } from './signal.ts'
import { SCHEDULE, sleepOn } from './wake-up.ts'

/**
 * Sleep until `ready()` holds; re-checks after every wake-up, because another task may have been faster. False when
 * `timeoutAt` (virtual ns) comes first. Throws EINTR when a signal handler ran that was set without SA_RESTART.
 */
export const waitEvent = (
  k: Kernel,
  taskId: number,
  queues: string | readonly string[],
  wchan: string,
  ready: () => boolean,
  timeoutAt?: number,
): Blocking<boolean> => sleep(k, taskId, queues, wchan, ready, timeoutAt, true)

/** Like `waitEvent`, but any handler interrupts it: poll, nanosleep, pause, … - signal(7), "are never restarted". */
export const waitEventNoRestart = (
  k: Kernel,
  taskId: number,
  queues: string | readonly string[],
  wchan: string,
  ready: () => boolean,
  timeoutAt?: number,
): Blocking<boolean> => sleep(k, taskId, queues, wchan, ready, timeoutAt, false)

function* sleep(
  k: Kernel,
  taskId: number,
  queues: string | readonly string[],
  wchan: string,
  ready: () => boolean,
  timeoutAt: number | undefined,
  mayRestart: boolean,
): Blocking<boolean> {
  const thread = k.threads.get(taskId)!
  for (;;) {
    // What woke it first decides, as when both happen at once on two processors.
    const bySignal = thread.signalled
    thread.signalled = false
    if (!bySignal && ready()) {
      if (!signalPending(k, taskId)) return true
      // The call succeeds, but nobody gets back to his program before its signals are delivered.
      yield* doSignal(k, taskId)
      if (ready()) return true
      continue
    }
    if (!bySignal && timeoutAt !== undefined && k.now() >= timeoutAt) return false
    if (signalPending(k, taskId)) {
      // Who can go on at once does so, and gets the signal afterwards.
      if (k.trace && !(bySignal && ready())) k.trace.interrupt(taskId, mayRestart)
      const handled = yield* doSignal(k, taskId)
      if (handled === 'interrupts' || (handled === 'restarts' && !mayRestart)) throw EINTR
      k.trace?.restart(taskId)
      continue
    }
    if (bySignal) continue
    sleepOn(k, taskId, queues, wchan, timeoutAt)
    yield SCHEDULE
  }
}
