/**
 * ioprio_get(2), ioprio_set(2): how urgent a task's input and output is. It is kept and shown; the disk is memory, so
 * nobody waits for it. Linux: block/ioprio.c.
 */
import { CAP_SYS_ADMIN, CAP_SYS_NICE, EINVAL, EPERM, ESRCH } from '../abi/index.ts'
import { capable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { findPid, taskOrSelf } from './pid-namespace.ts'
import type { Task } from './types.ts'
import { makeKuid } from './user-namespace.ts'

const WHO_PROCESS = 1
const WHO_PGRP = 2
const WHO_USER = 3

const CLASS_SHIFT = 13
const CLASS_MASK = 7
const CLASS_NONE = 0
const CLASS_RT = 1
const CLASS_BE = 2
const CLASS_IDLE = 3
/** Priorities in the real-time and best-effort classes. */
const LEVELS = 8

function targets(k: Kernel, task: Task, which: number, who: number): readonly Task[] {
  if (which === WHO_PROCESS) {
    const it = taskOrSelf(k, task, who)
    return it ? [it] : []
  }
  if (which === WHO_PGRP) {
    const pgrp = who === 0 ? task.pgrp : findPid(k, task.pidNs, who)?.task
    return pgrp ? [...k.tasks.values()].filter(it => it.pgrp === pgrp) : []
  }
  if (which !== WHO_USER) throw EINVAL
  const uid = makeKuid(k, k.creds.get(task.cred).userNs, who)
  return [...k.tasks.values()].filter(it => k.creds.get(it.cred).uid === uid)
}

const living = (all: readonly Task[]): readonly Task[] => {
  const found = all.filter(it => it.state !== 'Z')
  if (!found.length) throw ESRCH
  return found
}

/** Linux: ioprio_best(): a lower number is more urgent, and "none" counts as the middle of best-effort. */
const urgency = (ioprio: number): number =>
  ioprio >> CLASS_SHIFT === CLASS_NONE ? (CLASS_BE << CLASS_SHIFT) | (LEVELS / 2) : ioprio

export function ioprioGet(k: Kernel, task: Task, which: number, who: number): number {
  const found = living(targets(k, task, which, who)).map(it => it.ioprio ?? 0)
  return found.reduce((best, it) => (urgency(it) < urgency(best) ? it : best))
}

export function ioprioSet(k: Kernel, task: Task, which: number, who: number, ioprio: number): void {
  const kind = (ioprio >> CLASS_SHIFT) & CLASS_MASK
  const cred = k.creds.get(task.cred)
  if (kind > CLASS_IDLE || kind < CLASS_NONE) throw EINVAL
  if (kind === CLASS_NONE && ioprio) throw EINVAL
  if (kind === CLASS_RT && !capable(k, cred, CAP_SYS_ADMIN) && !capable(k, cred, CAP_SYS_NICE)) throw EPERM
  const found = living(targets(k, task, which, who))
  const isOwn = (it: Task): boolean => {
    const { uid } = k.creds.get(it.cred)
    return uid === cred.euid || uid === cred.uid || capable(k, cred, CAP_SYS_NICE)
  }
  if (!found.every(isOwn)) throw EPERM
  for (const it of found) k.tasks.own(it.id).ioprio = ioprio
}
