/**
 * What happens to a task when a signal reaches it: a handler runs, it stops, or it dies. Runs in the task itself, at
 * the points where it slept or was preempted. Linux: kernel/signal.c:get_signal(), arch_do_signal_or_restart().
 */
import {
  type Blocking,
  killedBy,
  SA_RESETHAND,
  SA_RESTART,
  SIG_DFL,
  SIGKILL,
  SIGRTMAX,
  SIGSTOP,
  sigmask,
} from '../abi/index.ts'
import { coredump } from './coredump.ts'
import { doGroupExit } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { isChildReaper } from './pid-namespace.ts'
import {
  actionOf,
  CORE,
  dequeueSignal,
  isDefaultIgnored,
  isOrphanedPgrp,
  isStopSignal,
  notifyParentStopped,
  sendThreadSignal,
  setAction,
} from './signal.ts'
import { leaderOf, livingThreads, ownLeader } from './thread-group.ts'
import type { Task } from './types.ts'
import { SCHEDULE } from './wake-up.ts'

/** What delivering signals meant for the call that was interrupted. */
export type Handled = 'nothing' | 'restarts' | 'interrupts'

/**
 * Deliver what is pending: run handlers, stop, or die (and then never come back). Linux: get_signal() and
 * handle_signal(). Runs in the task itself.
 */
export function* doSignal(k: Kernel, id: number): Blocking<Handled> {
  let handled: Handled = 'nothing'
  for (;;) {
    const signal = dequeueSignal(k, id)
    if (!signal) return handled
    k.trace?.delivered(id, signal)
    const task = k.tasks.get(id)
    const action = actionOf(k, task, signal)
    if (action === 'handler') {
      const restarts = runHandler(k, id, signal)
      if (handled !== 'interrupts') handled = restarts ? 'restarts' : 'interrupts'
    } else if (action === SIG_DFL && !isDefaultIgnored(signal)) {
      yield* defaultAction(k, id, signal)
    }
  }
}

/**
 * A system call that unblocks signals returns by way of their handlers. What is not caught may end the task: that waits
 * until it can be told of.
 */
export function handleUnblocked(k: Kernel, id: number): void {
  for (;;) {
    const task = k.tasks.get(id)
    const wanted = (task.pending | leaderOf(k, task).sharedPending) & ~task.blocked
    if (!wanted || !isCaught(k, task, wanted)) return
    runHandler(k, id, dequeueSignal(k, id))
  }
}

/** All signals of a set have handlers. */
function isCaught(k: Kernel, task: Task, set: bigint): boolean {
  for (let signal = 1; signal <= SIGRTMAX; signal++)
    if (set & sigmask(signal) && actionOf(k, task, signal) !== 'handler') return false
  return true
}

function runHandler(k: Kernel, id: number, signal: number): boolean {
  const task = k.tasks.get(id)
  const flags = k.sighands.get(task.sighand).flags[signal] ?? 0
  const handler = k.handlers.get(task.sighand)?.get(signal)
  if (flags & SA_RESETHAND) setAction(k, id, signal, SIG_DFL, 0)
  if (handler) handler(signal)
  k.trace?.handled(id, task.blocked, (flags & SA_RESTART) !== 0)
  return (flags & SA_RESTART) !== 0
}

function* defaultAction(k: Kernel, id: number, signal: number): Blocking<void> {
  const task = k.tasks.get(id)
  if (isChildReaper(k, task) && signal !== SIGKILL && signal !== SIGSTOP) return
  if (isStopSignal(signal)) {
    // "A process in an orphaned process group is not stopped by terminal signals" - setpgid(2), POSIX.
    if (signal !== SIGSTOP && isOrphanedPgrp(k, task.pgrp, 0)) return
    yield* stop(k, id, signal)
    return
  }
  const isDumped = (CORE & sigmask(signal)) !== 0n && coredump(k, task, signal)
  doGroupExit(k, id, killedBy(signal, isDumped ? 1 : 0))
  yield SCHEDULE
}

/**
 * Linux: do_signal_stop(). The first thread has the others stop as well, by signals of their own; the last one to do so
 * tells the parent.
 */
function* stop(k: Kernel, id: number, signal: number): Blocking<void> {
  const me = k.tasks.own(id)
  const others = livingThreads(k, me).filter(it => it.id !== id)
  const isFirst = !others.some(it => it.state === 'T' || it.pending & sigmask(SIGSTOP))
  me.state = 'T'
  me.wchan = 'do_signal_stop'
  if (isFirst) ownLeader(k, id).stopSignal = signal
  k.stopped++
  k.sched.dequeue(id)
  k.trace?.stopped(id, signal)
  if (isFirst) for (const it of others) sendThreadSignal(k, it.id, SIGSTOP, 0)
  if (others.every(it => it.state === 'T')) notifyParentStopped(k, me.tgid)
  yield SCHEDULE
}
