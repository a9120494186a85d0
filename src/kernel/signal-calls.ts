/**
 * The signal calls that may sleep or reach the caller itself: kill, pause, sigsuspend, alarm.
 * Linux: kernel/signal.c, kernel/time/itimer.c.
 */
import { type Blocking, SIGALRM } from '../abi/index.ts'
import { doSignal } from './deliver.ts'
import { cancelTimer, startTimer } from './hrtimer.ts'
import type { Kernel } from './kernel.ts'
import { kill, sendSignal, signalPending, UNBLOCKABLE } from './signal.ts'
import type { Task } from './types.ts'
import { waitEventNoRestart } from './wait-queue.ts'

/** The system call: "if a process sends itself a signal ... at least one is delivered before kill returns". */
export function* sysKill(k: Kernel, task: Task, pid: number, signal: number): Blocking<void> {
  const { id } = task
  kill(k, task, pid, signal)
  k.trace?.returned(id, undefined)
  if (signalPending(k, id)) yield* doSignal(k, id)
}

const never = (): boolean => false

export function* sigsuspend(k: Kernel, task: Task, mask: bigint): Blocking<never> {
  const { id, blocked } = task
  k.tasks.own(id).blocked = mask & ~UNBLOCKABLE
  try {
    yield* waitEventNoRestart(k, id, [], 'sigsuspend', never)
  } catch (e) {
    k.tasks.own(id).blocked = blocked
    throw e
  }
  throw new Error('sigsuspend returned')
}

export function* pause(k: Kernel, task: Task): Blocking<never> {
  yield* waitEventNoRestart(k, task.id, [], 'do_pause', never)
  throw new Error('pause returned')
}

const SECOND = 1e9

export function alarm(k: Kernel, task: Task, seconds: number): number {
  const { id } = task
  const thread = k.threads.get(id)!
  const left = thread.alarm ? Math.ceil((thread.alarmAt - k.now()) / SECOND) : 0
  if (thread.alarm) cancelTimer(k, thread.alarm)
  thread.alarm = undefined
  if (seconds > 0) {
    thread.alarmAt = k.now() + seconds * SECOND
    thread.alarm = startTimer(k, thread.alarmAt, () => {
      thread.alarm = undefined
      sendSignal(k, id, SIGALRM, 0)
    })
  }
  return Math.max(left, 0)
}
