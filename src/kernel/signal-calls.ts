/**
 * The signal calls that may sleep or reach the caller itself: kill, pause, sigsuspend, alarm.
 * Linux: kernel/signal.c, kernel/time/itimer.c.
 */
import { type Blocking, EINVAL, SIGALRM } from '../abi/index.ts'
import { DONE } from '../vfs/index.ts'
import { doSignal } from './deliver.ts'
import { cancelAlarm, startTimer } from './hrtimer.ts'
import type { Kernel } from './kernel.ts'
import { kill, sendSignal, signalPending, tkill, UNBLOCKABLE } from './signal.ts'
import type { Task } from './types.ts'
import { waitEventNoRestart } from './wait-queue.ts'

/** The system call: "if a process sends itself a signal ... at least one is delivered before kill returns". */
export function sysKill(k: Kernel, task: Task, pid: number, signal: number): Blocking<unknown> {
  kill(k, task, pid, signal)
  return deliverOwn(k, task.id)
}

export function sysTkill(k: Kernel, task: Task, tid: number, signal: number): Blocking<unknown> {
  tkill(k, task, 0, tid, signal)
  return deliverOwn(k, task.id)
}

export function sysTgkill(
  k: Kernel,
  task: Task,
  tgid: number,
  tid: number,
  signal: number,
): Blocking<unknown> {
  if (tgid <= 0) throw EINVAL
  tkill(k, task, tgid, tid, signal)
  return deliverOwn(k, task.id)
}

function deliverOwn(k: Kernel, id: number): Blocking<unknown> {
  k.trace?.returned(id, undefined)
  return signalPending(k, id) ? doSignal(k, id) : DONE
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
  const { tgid } = task
  const old = k.alarms.get(tgid)
  cancelAlarm(k, tgid)
  if (seconds > 0) {
    const ring = (): void => {
      k.alarms.delete(tgid)
      sendSignal(k, tgid, SIGALRM, 0)
    }
    k.alarms.set(tgid, startTimer(k, k.now() + seconds * SECOND, ring))
  }
  return old ? Math.max(Math.ceil((old.at - k.now()) / SECOND), 0) : 0
}
