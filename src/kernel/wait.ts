/** wait4(2): learn of a child that ended, stopped or went on. Linux: kernel/exit.c:do_wait(). */
import {
  type Blocking,
  CONTINUED,
  ECHILD,
  EINVAL,
  stoppedBy,
  type Waited,
  WCONTINUED,
  WNOHANG,
  WUNTRACED,
} from '../abi/index.ts'
import { releaseTask } from './exit.ts'
import { inheritIo } from './file-calls.ts'
import type { Kernel } from './kernel.ts'
import { findPid, pidIn } from './pid-namespace.ts'
import { taskTimes } from './sched/index.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'

const KNOWN = WNOHANG | WUNTRACED | WCONTINUED | 0x20000000 | 0x40000000 | -0x80000000

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
    yield* waitEvent(k, id, `wait:${id}`, 'do_wait', () => look(k, id, wanted) !== 0)
  }
}

/** Nobody can have the id -1: it stands for a pid that no task has. */
function wantedOf(k: Kernel, task: Task, pid: number, options: number): Wanted {
  if (pid === -1) return { task: 0, pgrp: 0, options }
  if (pid > 0) return { task: findPid(k, task.pidNs, pid)?.task ?? -1, pgrp: 0, options }
  return { task: 0, pgrp: pid === 0 ? task.pgrp : (findPid(k, task.pidNs, -pid)?.task ?? -1), options }
}

/** The first child that has something to report, 0 if none has yet. ECHILD if none ever can. */
function look(k: Kernel, id: number, { task, pgrp, options }: Wanted): number {
  const { children } = k.tasks.get(id)
  let isWaitedFor = false
  for (const child of children) {
    if (task && child !== task) continue
    const it = k.tasks.get(child)
    if (pgrp && it.pgrp !== pgrp) continue
    isWaitedFor = true
    if (it.state === 'Z') return child
    if (options & WUNTRACED && it.state === 'T' && it.stopSignal > 0) return child
    if (options & WCONTINUED && it.stopSignal === -1) return child
  }
  if (!isWaitedFor) throw ECHILD
  return 0
}

function collect(k: Kernel, id: number, child: number): Waited {
  const it = k.tasks.get(child)
  const pid = pidIn(k, child, k.tasks.get(id).pidNs)
  const { hiwaterRss, nvcsw, nivcsw } = it
  const times = taskTimes(k, child)
  const rusage = { ...times, maxrss: Math.round(hiwaterRss / 1024), nvcsw, nivcsw }
  if (it.state === 'Z') {
    const me = k.tasks.own(id)
    me.cutime += times.utime + it.cutime
    me.cstime += times.stime + it.cstime
    inheritIo(k, id, child)
    const status = it.exitCode
    releaseTask(k, child)
    return { pid, status, rusage }
  }
  const status = it.stopSignal === -1 ? CONTINUED : stoppedBy(it.stopSignal)
  k.tasks.own(child).stopSignal = 0
  return { pid, status, rusage }
}
