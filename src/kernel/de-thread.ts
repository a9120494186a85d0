/**
 * execve(2) in a process with several threads: the caller alone goes on, and as the leader, whose pid the process is
 * known by. Here the leader's record takes over what the caller's says, so that nobody who names the process notices.
 * Linux: fs/exec.c:de_thread().
 */
import { type Blocking, killedBy, SIGKILL } from '../abi/index.ts'
import { exit as cgroupExit, fork as cgroupFork, releasePids } from './cgroup/index.ts'
import { releaseTask, zapOtherThreads } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { taskTimes } from './sched/index.ts'
import { inheritIo } from './task-io.ts'
import { setProcess } from './thread-group.ts'
import type { Task } from './types.ts'

/** What a thread takes with it, besides its times. */
const OWN = [
  'comm',
  'state',
  'cred',
  'nsproxy',
  'fs',
  'files',
  'blocked',
  'pending',
  'rtQueue',
  'noNewPrivs',
  'pdeathsig',
  'timerSlack',
  'ioprio',
  'loginuid',
  'sessionid',
  'personality',
  'nice',
  'policy',
  'rtPriority',
  'resetOnFork',
  'deadline',
  'affinity',
  'cpu',
  'nvcsw',
  'nivcsw',
  'cgroups',
] as const satisfies readonly (keyof Task)[]

/** Make the caller the only thread of its process. Returns the id that it has from now on. */
export function deThread(k: Kernel, id: number): number {
  const { tgid } = k.tasks.get(id)
  if (tgid !== id) k.trace?.supersedes(id, tgid)
  zapOtherThreads(k, id, killedBy(SIGKILL))
  if (tgid !== id) becomeLeader(k, id, tgid)
  return tgid
}

function becomeLeader(k: Kernel, id: number, tgid: number): void {
  const times = taskTimes(k, id)
  inheritIo(k, tgid, id)
  k.threads.delete(id)
  k.sched.dequeue(id)
  k.sched.exit(id)
  cgroupExit(k, id)
  cgroupExit(k, tgid)
  releasePids(k, tgid)

  const [me, leader] = [k.tasks.own(id), k.tasks.own(tgid)]
  const { cred, utime, stime } = leader
  leader.deadUtime += utime
  leader.deadStime += stime
  for (const field of OWN) Object.assign(leader, { [field]: me[field] })
  Object.assign(leader, times, { exitCode: 0, wchan: '' })
  // Each keeps what the other's record counts, so that the references are given back with the right one.
  Object.assign(me, { cred, nsproxy: 0, fs: 0, files: 0, state: 'Z' })
  takeChildren(k, id, tgid)
  k.trace?.superseded(id, tgid)
  releaseTask(k, id)

  k.newThread(tgid, k.newSys(tgid), nothing())
  cgroupFork(k, tgid)
  k.sched.fork(id, tgid)
  k.current = tgid
}

function takeChildren(k: Kernel, from: number, to: number): void {
  const { children } = k.tasks.get(from)
  for (const child of children) setProcess(k, child, { parent: to })
  k.tasks.own(to).children = children
  k.tasks.own(from).children = []
}

/** Until the new program is put in its place. */
function* nothing(): Blocking<number> {
  return 0
}
