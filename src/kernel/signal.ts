/**
 * Signals: who may send which to whom, and what is pending. Delivery is in deliver.ts. Linux: kernel/signal.c;
 * signal(7).
 *
 * Left out: siginfo and its values (sigqueue(3)), alternate stacks, signalfd.
 */
import {
  CAP_KILL,
  EINVAL,
  EPERM,
  Errno,
  ESRCH,
  SA_NOCLDSTOP,
  SIG_BLOCK,
  SIG_DFL,
  SIG_IGN,
  SIG_SETMASK,
  SIG_UNBLOCK,
  SIGABRT,
  SIGBUS,
  SIGCHLD,
  SIGCONT,
  SIGFPE,
  type SigHandler,
  SIGILL,
  SIGKILL,
  SIGQUIT,
  SIGRTMAX,
  SIGSEGV,
  SIGSTOP,
  SIGSYS,
  SIGTRAP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGURG,
  SIGWINCH,
  SIGXCPU,
  SIGXFSZ,
  sigmask,
} from '../abi/index.ts'
import { nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { findPid, inPidNs, isChildReaper, pidIn, taskByPid } from './pid-namespace.ts'
import { dequeue, flushSignals, queueSignal, type SignalTarget } from './sigqueue.ts'
import { note, pidNsName, refuse, userNsName } from './refuse.ts'
import { isKthread } from './task-flags.ts'
import {
  isDelayedLeader,
  isSameThreadGroup,
  isThreadGroupEmpty,
  isThreadGroupLeader,
  leaderOf,
  livingThreads,
  ownLeader,
} from './thread-group.ts'
import type { Sighand, Task } from './types.ts'
import { leaveQueues, TASK_WAKEKILL, wakeUp } from './wake-up.ts'

const setOf = (...signals: number[]): bigint => signals.reduce((set, signal) => set | sigmask(signal), 0n)
/** SIGKILL and SIGSTOP. */
export const UNBLOCKABLE = setOf(SIGKILL, SIGSTOP)
const STOPS = setOf(SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU)
const IGNORED = setOf(SIGCHLD, SIGCONT, SIGURG, SIGWINCH)
/** Signals whose default action dumps core. */
export const CORE = setOf(
  SIGQUIT,
  SIGILL,
  SIGTRAP,
  SIGABRT,
  SIGBUS,
  SIGFPE,
  SIGSEGV,
  SIGXCPU,
  SIGXFSZ,
  SIGSYS,
)
const SYNCHRONOUS = setOf(SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS)

export const isStopSignal = (signal: number): boolean => (STOPS & sigmask(signal)) !== 0n

/** Whether something waits for the task that it does not block. */
export function signalPending(k: Kernel, id: number): boolean {
  const task = k.tasks.get(id)
  const { sharedPending } = leaderOf(k, task)
  if (task.pending === 0n && sharedPending === 0n) return false
  return ((task.pending | sharedPending) & ~task.blocked) !== 0n
}

/** What a task does on a signal: its action, with the functions that the table cannot hold left out. */
export const actionOf = (k: Kernel, task: Task, signal: number): Sighand['actions'][number] =>
  k.sighands.get(task.sighand).actions[signal] ?? SIG_DFL

export const isDefaultIgnored = (signal: number): boolean => (IGNORED & sigmask(signal)) !== 0n

/** Linux: sig_task_ignored(). `force` when it comes from an outer pid namespace or the kernel. */
function isIgnored(k: Kernel, task: Task, signal: number, force: boolean): boolean {
  const action = actionOf(k, task, signal)
  const kernelOnly = (UNBLOCKABLE & sigmask(signal)) !== 0n
  if (isChildReaper(k, task) && action === SIG_DFL && !(force && kernelOnly)) return true
  return action === SIG_IGN || (action === SIG_DFL && isDefaultIgnored(signal))
}

/** Send a signal to a process, by the id of any of its threads. `from` is the sender's, 0 for the kernel. */
export const sendSignal = (k: Kernel, id: number, signal: number, from: number): void =>
  send(k, id, signal, from, 'process')

/** Send a signal to one thread: what its own doing has caused, and tkill(2). */
export const sendThreadSignal = (k: Kernel, id: number, signal: number, from: number): void =>
  send(k, id, signal, from, 'thread')

/** Make a signal pending and wake who takes it. Permission was checked. Linux: send_signal_locked(). */
function send(k: Kernel, id: number, signal: number, from: number, target: SignalTarget): void {
  const task = k.tasks.find(id)
  if (!task || !signal) return
  if (isKthread(task)) {
    if (from) note(k, from, 'kthread-ignores', { pid: task.pids[0]!, comm: task.comm, signal })
    return
  }
  if (!isReachable(k, task)) return
  if (signal === SIGCONT) resumeStopped(k, task)
  else if (isStopSignal(signal)) flushSignals(k, task, sigmask(SIGCONT))

  const isBlocked = (task.blocked & sigmask(signal)) !== 0n
  const ignored = !isBlocked && isIgnored(k, task, signal, isFromOutside(k, task, from))
  const receiver = receiverOf(k, task, signal, target)
  k.trace?.sent(receiver || id, signal, from, ignored)
  if (ignored && from && !isDefaultIgnored(signal) && isChildReaper(k, task))
    noteIgnored(k, task, signal, from)
  if (ignored) return
  queueSignal(k, target === 'thread' ? k.tasks.own(id) : ownLeader(k, id), signal, target)
  if (receiver) signalWakeUp(k, receiver, signal === SIGKILL)
}

/** Whether there is somebody to signal: not in a process that has ended. */
function isReachable(k: Kernel, task: Task): boolean {
  return isThreadGroupEmpty(k, task) ? k.threads.has(task.id) : livingThreads(k, task).length > 0
}

/** The thread that takes a signal, 0 while all block it. The addressed one comes first. Linux: complete_signal(). */
function receiverOf(k: Kernel, task: Task, signal: number, target: SignalTarget): number {
  if (target === 'thread' || isThreadGroupEmpty(k, task)) return task.blocked & sigmask(signal) ? 0 : task.id
  return [task, ...livingThreads(k, task)].find(it => wantsSignal(k, it, signal))?.id ?? 0
}

/** Linux: wants_signal(). */
function wantsSignal(k: Kernel, task: Task, signal: number): boolean {
  if (task.state === 'Z' || task.blocked & sigmask(signal)) return false
  return signal === SIGKILL || (task.state !== 'T' && (k.current === task.id || !signalPending(k, task.id)))
}

/** The sender wonders why nothing has happened to the init of the pid namespace. */
function noteIgnored(k: Kernel, task: Task, signal: number, from: number): void {
  const sender = k.tasks.find(from)
  if (!sender || actionOf(k, task, signal) === SIG_IGN) return
  const fromInside = inPidNs(k, task.pidNs, sender.pidNs) ? 1 : 0
  note(k, from, 'init-ignores', { signal, comm: task.comm, ns: pidNsName(k, task.pidNs), fromInside })
}

/** A namespace's init is protected from those inside it; the initial one from everybody. */
function isFromOutside(k: Kernel, task: Task, from: number): boolean {
  if (!from) return true
  const sender = k.tasks.find(from)
  return !sender || !inPidNs(k, task.pidNs, sender.pidNs)
}

/** Linux: signal_wake_up(). Sleepers and burners look at their signals at once; a stopped task only wakes to die. */
function signalWakeUp(k: Kernel, id: number, fatal: boolean): void {
  const task = k.tasks.get(id)
  if (task.state === 'R') {
    if (id !== k.current) cutBurst(k, id)
    return
  }
  if (task.state === 'T' && !fatal) return
  const thread = k.threads.get(id)
  if (task.state === 'D' && !(fatal && thread && thread.uninterruptible & TASK_WAKEKILL)) return
  leaveQueues(k, id)
  if (thread) thread.signalled = task.state === 'S'
  const me = k.tasks.own(id)
  if (task.state === 'T') k.stopped--
  me.state = 'R'
  me.wchan = ''
  k.sched.enqueue(id)
}

/** What is cut off of a computation goes on after the signal, if the task survives it. */
function cutBurst(k: Kernel, id: number): void {
  const left = k.sched.cutBurst(id)
  const thread = k.threads.get(id)
  if (thread) thread.unburnt += left
}

/** Linux: prepare_signal() for SIGCONT: continues a stopped task even if the signal is blocked or ignored. */
function resumeStopped(k: Kernel, task: Task): void {
  flushSignals(k, task, STOPS)
  const stopped = livingThreads(k, task).filter(it => it.state === 'T')
  if (!stopped.length) return
  for (const { id } of stopped) {
    const me = k.tasks.own(id)
    me.state = 'R'
    me.wchan = ''
    k.stopped--
    k.sched.enqueue(id)
  }
  ownLeader(k, task.id).stopSignal = -1
  notifyParentStopped(k, task.tgid)
}

/** The thread's own before those of its process. Linux: dequeue_signal(). */
export function dequeueSignal(k: Kernel, id: number): number {
  const { pending, blocked } = k.tasks.get(id)
  const shared = leaderOf(k, k.tasks.get(id)).sharedPending & ~blocked
  const own = pending & ~blocked
  const isKilled = ((own | shared) & sigmask(SIGKILL)) !== 0n
  const target = own && !(isKilled && !(own & sigmask(SIGKILL))) ? 'thread' : 'process'
  const signal = nextSignal(target === 'thread' ? own : shared)
  if (signal) dequeue(target === 'thread' ? k.tasks.own(id) : ownLeader(k, id), signal, target)
  return signal
}

/** Faults first, then the lowest number. Linux: next_signal(). */
function nextSignal(set: bigint): number {
  if (!set) return 0
  if (set & sigmask(SIGKILL)) return SIGKILL
  const first = set & SYNCHRONOUS || set
  for (let signal = 1; signal <= SIGRTMAX; signal++) if (first & sigmask(signal)) return signal
  return 0
}

/** Linux: do_notify_parent_cldstop(). */
export function notifyParentStopped(k: Kernel, id: number): void {
  const { parent } = k.tasks.get(id)
  const mother = k.tasks.find(parent)
  if (!mother) return
  const flags = k.sighands.get(mother.sighand).flags[SIGCHLD] ?? 0
  if (!(flags & SA_NOCLDSTOP)) sendSignal(k, parent, SIGCHLD, id)
  wakeUp(k, `wait:${mother.tgid}`)
}

/**
 * Linux: will_become_orphaned_pgrp(): no member but `ignored` has a parent in another group of the same session.
 * Then nobody could continue it.
 */
export function isOrphanedPgrp(k: Kernel, pgrp: number, ignored: number): boolean {
  for (const task of k.tasks.values()) {
    if (task.pgrp !== pgrp || task.id === ignored || !isThreadGroupLeader(task)) continue
    if (task.state === 'Z' && !isDelayedLeader(task)) continue
    const parent = k.tasks.find(task.parent)
    if (!parent || parent.tgid === k.initTask) continue
    if (parent.pgrp !== pgrp && parent.session === task.session) return false
  }
  return true
}

/** The processes of a group by their leaders, lowest task id first. */
export function membersOf(k: Kernel, pgrp: number): Task[] {
  const members: Task[] = []
  for (const task of k.tasks.values()) if (task.pgrp === pgrp && isThreadGroupLeader(task)) members.push(task)
  return members
}

/** Linux: kill_pgrp() from the kernel, e.g. the terminal. */
export function killPgrp(k: Kernel, pgrp: number, signal: number): void {
  if (!pgrp) return
  for (const task of membersOf(k, pgrp)) sendSignal(k, task.id, signal, 0)
}

/** Linux: check_kill_permission(). EINVAL for a number that is no signal's, EPERM. */
function checkKillPermission(k: Kernel, task: Task, target: Task, signal: number): void {
  if (!Number.isInteger(signal) || signal < 0 || signal > SIGRTMAX) throw EINVAL
  if (isSameThreadGroup(task, target)) return
  const mine = k.creds.get(task.cred)
  const its = k.creds.get(target.cred)
  if (mine.euid === its.suid || mine.euid === its.uid || mine.uid === its.suid || mine.uid === its.uid) return
  if (nsCapable(k, mine, CAP_KILL, its.userNs)) return
  if (!(signal === SIGCONT && task.session === target.session))
    throw refuse(k, EPERM, 'kill', {
      pid: pidIn(k, target.id, task.pidNs),
      comm: target.comm,
      uid: mine.uid,
      euid: mine.euid,
      tuid: its.uid,
      owner: userNsName(k, its.userNs),
    })
}

/** kill(2), without the delivery to oneself. Linux: kill_something_info(). */
export function kill(k: Kernel, task: Task, pid: number, signal: number): void {
  if (pid === -1) {
    killAll(k, task, signal)
    return
  }
  if (pid <= 0) {
    killGroup(k, task, pid === 0 ? task.pgrp : (findPid(k, task.pidNs, -pid)?.task ?? 0), signal)
    return
  }
  const target = k.tasks.find(taskByPid(k, task.pidNs, pid))
  if (!target) throw ESRCH
  checkKillPermission(k, task, target, signal)
  sendSignal(k, target.id, signal, task.id)
}

/** tkill(2), and tgkill(2) when `tgid` is not 0, without the delivery to oneself. Linux: do_tkill(). */
export function tkill(k: Kernel, task: Task, tgid: number, tid: number, signal: number): void {
  if (tid <= 0 || tgid < 0) throw EINVAL
  const target = k.tasks.find(taskByPid(k, task.pidNs, tid))
  if (!target || (tgid && pidIn(k, target.tgid, task.pidNs) !== tgid)) throw ESRCH
  checkKillPermission(k, task, target, signal)
  sendThreadSignal(k, target.id, signal, task.id)
}

/** What refused to signal one of many, undefined if it was done. */
function refusal(k: Kernel, task: Task, target: Task, signal: number): Errno | undefined {
  try {
    checkKillPermission(k, task, target, signal)
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
  sendSignal(k, target.id, signal, task.id)
  return undefined
}

/** Everybody the caller can see, except itself and pid 1. That it may signal none of them is no failure. */
function killAll(k: Kernel, task: Task, signal: number): void {
  const isMeant = (it: Task): boolean =>
    isThreadGroupLeader(it) && it.id !== task.tgid && pidIn(k, it.id, task.pidNs) > 1
  const targets = [...k.tasks.values()].filter(isMeant)
  if (!targets.length) throw ESRCH
  const refusals = targets.map(it => refusal(k, task, it, signal))
  if (refusals.includes(EINVAL)) throw EINVAL
}

/** Linux: __kill_pgrp_info(). A failure only if none could be signalled. */
function killGroup(k: Kernel, task: Task, pgrp: number, signal: number): void {
  const targets = pgrp ? membersOf(k, pgrp) : []
  if (!targets.length) throw ESRCH
  const refusals = targets.map(it => refusal(k, task, it, signal))
  const last = refusals[refusals.length - 1]
  if (last && refusals.every(it => it)) throw last
}

/** Write one action, for all threads: they share a sighand, and the functions with it. */
export function setAction(k: Kernel, id: number, signal: number, handler: SigHandler, flags: number): void {
  const hand = k.sighands.own(k.tasks.get(id).sighand)
  const actions = hand.actions.slice()
  actions[signal] = typeof handler === 'function' ? 'handler' : handler
  hand.actions = actions
  if ((hand.flags[signal] ?? 0) !== flags) {
    const all = hand.flags.slice()
    all[signal] = flags
    hand.flags = all
  }
  const functions = k.handlers.get(hand.id)
  if (typeof handler !== 'function') functions?.delete(signal)
  else if (functions) functions.set(signal, handler)
  else k.handlers.set(hand.id, new Map([[signal, handler]]))
}

export function sigaction(k: Kernel, task: Task, signal: number, handler: SigHandler, flags = 0): SigHandler {
  if (!Number.isInteger(signal) || signal < 1 || signal > SIGRTMAX) throw EINVAL
  if (UNBLOCKABLE & sigmask(signal)) throw EINVAL
  const old = actionOf(k, task, signal)
  const before = old === 'handler' ? (k.handlers.get(task.sighand)?.get(signal) ?? SIG_DFL) : old
  setAction(k, task.id, signal, handler, flags)
  // "Setting a signal action to SIG_IGN for a signal that is pending shall cause the pending signal to be discarded"
  const drops = handler === SIG_IGN || (handler === SIG_DFL && isDefaultIgnored(signal))
  if (drops) flushSignals(k, task, sigmask(signal))
  return before
}

export function sigprocmask(k: Kernel, task: Task, how: number, set: bigint): bigint {
  const old = task.blocked
  const wanted = set & ~UNBLOCKABLE
  let blocked = old
  if (how === SIG_BLOCK) blocked = old | wanted
  else if (how === SIG_UNBLOCK) blocked = old & ~set
  else if (how === SIG_SETMASK) blocked = wanted
  else throw EINVAL
  if (blocked !== old) k.tasks.own(task.id).blocked = blocked
  return old
}

export const sigpending = (k: Kernel, task: Task): bigint =>
  (task.pending | leaderOf(k, task).sharedPending) & task.blocked
