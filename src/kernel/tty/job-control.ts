/**
 * Who may use a terminal: sessions, foreground groups, and hanging up. Linux: drivers/tty/tty_jobctrl.c,
 * drivers/tty/tty_io.c:__tty_hangup().
 */
import {
  type Blocking,
  CAP_SYS_ADMIN,
  EINTR,
  EINVAL,
  EIO,
  ENOTTY,
  EPERM,
  ESRCH,
  SIG_IGN,
  SIGCONT,
  SIGHUP,
  SIGTTIN,
  SIGTTOU,
  sigmask,
} from '../../abi/index.ts'
import { capable } from '../capability.ts'
import type { Kernel } from '../kernel.ts'
import { findPid, getPid, pidIn, putPid } from '../pid-namespace.ts'
import { actionOf, isOrphanedPgrp, killPgrp, sendSignal } from '../signal.ts'
import { setProcess } from '../thread-group.ts'
import type { Task } from '../types.ts'
import { wakeUp } from '../wake-up.ts'

/** Delivery of signals to the running task, handed in because it lies above this file. */
export type Deliver = (k: Kernel, id: number) => Blocking<'nothing' | 'restarts' | 'interrupts'>

/** Whether the task is in the background of this terminal, its controlling one. */
export function isBackground(k: Kernel, task: Task, tty: number): boolean {
  if (task.tty !== tty) return false
  const { pgrp } = k.ttys.get(tty)
  return pgrp !== 0 && pgrp !== task.pgrp
}

/**
 * Linux: __tty_check_change(): a background task is stopped (SIGTTIN, SIGTTOU). True when it has been, and is to look
 * again whether the rule still holds. EIO for a reader that ignores that, or where nobody could continue it.
 */
export function* stopInBackground(
  k: Kernel,
  id: number,
  tty: number,
  signal: number,
  deliver: Deliver,
): Blocking<boolean> {
  const task = k.tasks.get(id)
  if (!isBackground(k, task, tty)) return false
  if (task.blocked & sigmask(signal) || actionOf(k, task, signal) === SIG_IGN) {
    if (signal === SIGTTIN) throw EIO
    return false
  }
  if (isOrphanedPgrp(k, task.pgrp, 0)) throw EIO
  killPgrp(k, task.pgrp, signal)
  if ((yield* deliver(k, id)) === 'interrupts') throw EINTR
  return true
}

/** Wait until the task may use the terminal. */
export function* checkChange(
  k: Kernel,
  id: number,
  tty: number,
  signal: number,
  deliver: Deliver,
): Blocking<void> {
  while (yield* stopInBackground(k, id, tty, signal, deliver));
}

/** Linux: tty_open_proc_set_tty() and __proc_set_tty(): a session leader without a terminal gets this one. */
export function acquireTty(k: Kernel, id: number, tty: number): void {
  const task = k.tasks.get(id)
  if (task.session !== task.tgid || task.tty || k.ttys.get(tty).session) return
  setControllingTty(k, id, tty)
}

export function setControllingTty(k: Kernel, id: number, tty: number): void {
  const { pgrp, session } = k.tasks.get(id)
  const it = k.ttys.own(tty)
  getPid(k, pgrp)
  getPid(k, session)
  it.session = session
  it.pgrp = pgrp
  setProcess(k, id, { tty })
}

/** TIOCSCTTY. `steal` takes it from another session, which only root may. */
export function tiocsctty(k: Kernel, task: Task, tty: number, steal: boolean): void {
  const { session } = k.ttys.get(tty)
  if (task.session === task.tgid && session === task.session) return
  if (task.session !== task.tgid || task.tty) throw EPERM
  if (session) {
    if (!steal || !capable(k, k.creds.get(task.cred), CAP_SYS_ADMIN)) throw EPERM
    clearSession(k, tty)
  }
  setControllingTty(k, task.id, tty)
}

/** TIOCNOTTY. */
export function tiocnotty(k: Kernel, task: Task, tty: number): void {
  if (task.tty !== tty) throw ENOTTY
  if (task.session === task.tgid) {
    const { pgrp } = k.ttys.get(tty)
    disassociateTty(k, tty, task.tgid)
    killPgrp(k, pgrp, SIGCONT)
  } else setProcess(k, task.id, { tty: 0 })
}

/** Nobody of the session has the terminal any more. */
function clearSession(k: Kernel, tty: number): void {
  const it = k.ttys.own(tty)
  const { session, pgrp } = it
  it.session = 0
  it.pgrp = 0
  if (pgrp) putPid(k, pgrp)
  if (!session) return
  for (const task of k.tasks.values()) if (task.tty === tty) k.tasks.own(task.id).tty = 0
  putPid(k, session)
}

/** Linux: disassociate_ctty(): the session leader is gone; who is in the foreground is told. */
export function disassociateTty(k: Kernel, tty: number, leader: number): void {
  const it = k.ttys.find(tty)
  if (!it || it.session !== leader) return
  const { pgrp } = it
  killPgrp(k, pgrp, SIGHUP)
  clearSession(k, tty)
}

/** Linux: __tty_hangup(): the other side is gone. Readers see the end, writers EIO. */
export function hangUp(k: Kernel, tty: number): void {
  const { session, pgrp } = k.ttys.get(tty)
  k.ttys.own(tty).hungUp = true
  if (session) {
    sendSignal(k, session, SIGHUP, 0)
    sendSignal(k, session, SIGCONT, 0)
  }
  killPgrp(k, pgrp, SIGHUP)
  clearSession(k, tty)
  const line = k.lines.get(tty)!
  for (const queue of [line.readQueue, line.writeQueue, line.masterQueue]) wakeUp(k, queue)
}

export function tcgetpgrp(k: Kernel, task: Task, tty: number, ofMaster: boolean): number {
  if (!ofMaster && task.tty !== tty) throw ENOTTY
  const { pgrp } = k.ttys.get(tty)
  return pgrp ? pidIn(k, pgrp, task.pidNs) : 0
}

export function tcgetsid(k: Kernel, task: Task, tty: number, ofMaster: boolean): number {
  if (!ofMaster && task.tty !== tty) throw ENOTTY
  const { session } = k.ttys.get(tty)
  if (!session) throw ENOTTY
  return pidIn(k, session, task.pidNs)
}

/** TIOCSPGRP. A background task that does not ignore SIGTTOU is stopped for trying. */
export function* tcsetpgrp(
  k: Kernel,
  id: number,
  tty: number,
  pgrp: number,
  deliver: Deliver,
): Blocking<void> {
  yield* checkChange(k, id, tty, SIGTTOU, deliver)
  const task = k.tasks.get(id)
  if (task.tty !== tty || k.ttys.get(tty).session !== task.session) throw ENOTTY
  if (pgrp < 0) throw EINVAL
  const leader = findPid(k, task.pidNs, pgrp)?.task
  if (!leader) throw ESRCH
  if (!isInSession(k, leader, task.session)) throw EPERM
  const it = k.ttys.own(tty)
  getPid(k, leader)
  if (it.pgrp) putPid(k, it.pgrp)
  it.pgrp = leader
}

function isInSession(k: Kernel, pgrp: number, session: number): boolean {
  for (const it of k.tasks.values()) if (it.pgrp === pgrp && it.session === session) return true
  return false
}
