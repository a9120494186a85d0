/** wait4(2): learn of a child that ended, stopped or went on. Linux: kernel/exit.c:do_wait(). */
import {
  __WALL,
  __WCLONE,
  __WNOTHREAD,
  type Blocking,
  CONTINUED,
  ECHILD,
  EINVAL,
  SIGCHLD,
  stoppedBy,
  type Waited,
  WCONTINUED,
  WNOHANG,
  WUNTRACED,
} from '../abi/index.ts'
import { releaseTask } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { findPid, pidIn } from './pid-namespace.ts'
import { inheritIo } from './task-io.ts'
import {
  isDelayedLeader,
  isThreadGroupEmpty,
  livingThreads,
  ownLeader,
  processTimes,
  threadIds,
} from './thread-group.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'

const KNOWN = WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WALL | __WCLONE

/** What a call waits for: one task, a group, or any child. */
interface Wanted {
  readonly task: number
  readonly pgrp: number
  readonly options: number
}

export function* wait4(k: Kernel, task: Task, pid: number, options: number): Blocking<Waited | undefined> {
  const { id } = task
  if (options & ~KNOWN) throw EINVAL
  const wanted: Wanted = wantedOf(k, task, pid, options)
  for (;;) {
    const found = look(k, id, wanted)
    if (found) {
      const waited = collect(k, id, found)
      k.trace?.returned(id, waited)
      return waited
    }
    if (options & WNOHANG) return undefined
    yield* waitEvent(k, id, `wait:${task.tgid}`, 'do_wait', () => look(k, id, wanted) !== 0)
  }
}

/** Nobody can have the id -1: it stands for a pid that no task has. */
function wantedOf(k: Kernel, task: Task, pid: number, options: number): Wanted {
  if (pid === -1) return { task: 0, pgrp: 0, options }
  if (pid > 0) return { task: findPid(k, task.pidNs, pid)?.task ?? -1, pgrp: 0, options }
  return { task: 0, pgrp: pid === 0 ? task.pgrp : (findPid(k, task.pidNs, -pid)?.task ?? -1), options }
}

/** The first child that has something to report, 0 if none has yet. ECHILD if none ever can. */
function look(k: Kernel, id: number, wanted: Wanted): number {
  const { options } = wanted
  let isWaitedFor = false
  for (const child of childrenOf(k, id, options)) {
    const it = k.tasks.get(child)
    if (!isEligible(it, wanted)) continue
    isWaitedFor = true
    if (it.state === 'Z' && !isDelayedLeader(it)) return child
    if (options & WUNTRACED && it.stopSignal > 0 && isStopped(k, it)) return child
    if (options & WCONTINUED && it.stopSignal === -1) return child
  }
  if (!isWaitedFor) throw ECHILD
  return 0
}

/** "Do not wait for children of other threads in the same thread group": __WNOTHREAD in wait(2). */
function childrenOf(k: Kernel, id: number, options: number): readonly number[] {
  const me = k.tasks.get(id)
  if (options & __WNOTHREAD || isThreadGroupEmpty(k, me)) return me.children
  return threadIds(k, me).flatMap(thread => k.tasks.get(thread).children)
}

/** Linux: eligible_child(). A "clone" child sends something else than SIGCHLD when it ends. */
function isEligible(it: Task, { task, pgrp, options }: Wanted): boolean {
  if (task && it.id !== task) return false
  if (pgrp && it.pgrp !== pgrp) return false
  return (options & __WALL) !== 0 || (it.exitSignal !== SIGCHLD) === ((options & __WCLONE) !== 0)
}

const isStopped = (k: Kernel, it: Task): boolean => livingThreads(k, it).every(thread => thread.state === 'T')

function collect(k: Kernel, id: number, child: number): Waited {
  const it = k.tasks.get(child)
  const pid = pidIn(k, child, k.tasks.get(id).pidNs)
  const { hiwaterRss, nvcsw, nivcsw } = it
  const times = processTimes(k, it)
  const rusage = { ...times, maxrss: Math.round(hiwaterRss / 1024), nvcsw, nivcsw }
  if (it.state === 'Z' && !isDelayedLeader(it)) {
    const me = ownLeader(k, id)
    me.cutime += times.utime + it.cutime
    me.cstime += times.stime + it.cstime
    inheritIo(k, me.id, child)
    const status = it.exitCode
    releaseTask(k, child)
    return { pid, status, rusage }
  }
  const status = it.stopSignal === -1 ? CONTINUED : stoppedBy(it.stopSignal)
  k.tasks.own(child).stopSignal = 0
  return { pid, status, rusage }
}
