/**
 * ptrace(2): who may look into another task, and how a tracer takes hold of one and lets go of it. What it then sees
 * is in tracing.ts. Linux: kernel/ptrace.c.
 *
 * Left out: stopping at every call (a tracee stops at those that may sleep), peeking, poking, changing registers,
 * single steps, PTRACE_TRACEME, PTRACE_ATTACH and its SIGSTOP, Yama.
 */
import {
  type Blocking,
  CAP_SYS_PTRACE,
  ECHILD,
  EIO,
  EPERM,
  type Errno,
  ESRCH,
  PTRACE_DETACH,
  PTRACE_SEIZE,
  type TraceEvent,
} from '../abi/index.ts'
import type { Caller } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { pidIn, taskByPid } from './pid-namespace.ts'
import { isKthread } from './task-flags.ts'
import { isSameThreadGroup } from './thread-group.ts'
import { Tracing } from './tracing.ts'
import { refuse, userNsName } from './refuse.ts'
import type { Task } from './types.ts'
import { waitEventNoRestart } from './wait-queue.ts'

/** Linux: __ptrace_may_access(), with file-system credentials, as /proc asks. */
export const ptraceMayAccess = (k: Kernel, as: Caller, taskId: number): boolean =>
  mayAccess(k, as, taskId, as.cred.fsuid, as.cred.fsgid)

function mayAccess(k: Kernel, as: Caller, taskId: number, uid: number, gid: number): boolean {
  const task = k.tasks.find(taskId)
  if (!task) return false
  if (!as.task || k.tasks.find(as.task)?.tgid === task.tgid) return true
  const mine = as.cred
  const its = k.creds.get(task.cred)
  const trusted = nsCapable(k, mine, CAP_SYS_PTRACE, its.userNs)
  const sameUser = [its.euid, its.suid, its.uid].every(it => it === uid)
  const sameGroup = [its.egid, its.sgid, its.gid].every(it => it === gid)
  if (!(sameUser && sameGroup) && !trusted) return false
  if (!task.dumpable && !trusted) return false
  return trusted || (its.userNs === mine.userNs && !(its.capPermitted & ~mine.capEffective))
}

/** Linux: __ptrace_may_access() said no. For ptrace(2), and the files of /proc that ask the same. */
export function ptraceRefused(k: Kernel, task: Task, target: Task, errno = EPERM): Errno {
  const [mine, its] = [k.creds.get(task.cred), k.creds.get(target.cred)]
  const isSame = [its.euid, its.suid, its.uid].every(it => it === mine.uid)
  return refuse(k, errno, 'ptrace-access', {
    pid: pidIn(k, target.id, task.pidNs),
    comm: target.comm,
    uid: mine.uid,
    tuid: its.uid,
    reason: !isSame ? 'user' : !target.dumpable ? 'dumpable' : its.userNs !== mine.userNs ? 'userns' : 'caps',
    owner: userNsName(k, its.userNs),
    mine: userNsName(k, mine.userNs),
  })
}

/** The task that traces another, 0 for none: TracerPid of /proc/PID/status. */
export const tracerOf = (k: Kernel, taskId: number): number => k.trace?.tracees.get(taskId)?.tracer ?? 0

/** A traced program gains nothing from set-user-ID bits, unless its tracer could do as much. Linux: ptracer_capable(). */
export function isTracedUnsafely(k: Kernel, task: Task): boolean {
  const tracer = tracerOf(k, task.id)
  if (!tracer) return false
  const its = k.tasks.find(tracer)
  return !its || !nsCapable(k, k.creds.get(its.cred), CAP_SYS_PTRACE, k.creds.get(task.cred).userNs)
}

export function ptrace(k: Kernel, task: Task, request: number, pid: number, data: number): void {
  const target = k.tasks.find(taskByPid(k, task.pidNs, pid))
  if (!target) throw ESRCH
  if (request === PTRACE_DETACH) {
    if (tracerOf(k, target.id) !== task.id) throw ESRCH
    k.trace!.detach(target.id)
  } else if (request === PTRACE_SEIZE) seize(k, task, target, data)
  else throw EIO
}

/** Linux: ptrace_attach(), with the caller's real ids. */
function seize(k: Kernel, task: Task, target: Task, options: number): void {
  const as = callerOf(k, task)
  if (isKthread(target))
    throw refuse(k, EPERM, 'ptrace-kthread', { pid: pidIn(k, target.id, task.pidNs), comm: target.comm })
  if (isSameThreadGroup(target, task)) throw refuse(k, EPERM, 'ptrace-self', {})
  if (!mayAccess(k, as, target.id, as.cred.uid, as.cred.gid)) throw ptraceRefused(k, task, target)
  const tracer = tracerOf(k, target.id)
  if (target.state === 'Z' || tracer)
    throw refuse(k, EPERM, 'ptrace-taken', { tracer: pidIn(k, tracer, task.pidNs) })
  tracing(k).attach(target.id, task.id, options)
}

/** The hook exists while somebody is traced. */
function tracing(k: Kernel): Tracing {
  k.trace ??= new Tracing(k)
  return k.trace
}

/** What wait4(2) is to a tracer. */
export function* waitTracee(k: Kernel, task: Task): Blocking<TraceEvent> {
  const { id } = task
  k.trace?.resumeLast(id)
  for (;;) {
    const event = k.trace?.take(id)
    if (event) return event
    if (!k.trace?.hasTracees(id)) throw ECHILD
    yield* waitEventNoRestart(k, id, `tracer:${id}`, 'do_wait', () => k.trace?.isReady(id) ?? true)
  }
}
