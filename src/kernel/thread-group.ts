/**
 * Processes as groups of threads. The leader's record stands for the process: it outlives the leader's own end, as a
 * zombie, until the last thread is gone. Linux: include/linux/sched/signal.h, kernel/sched/cputime.c.
 */
import type { Own } from '../state/index.ts'
import type { Kernel } from './kernel.ts'
import { taskTimes } from './sched/index.ts'
import type { MmStruct, SignalStruct, Task, ThreadGroup } from './types.ts'

/** What every new process begins with, and a thread has nothing of. */
export const FRESH_GROUP: ThreadGroup = {
  threads: [],
  sharedPending: 0n,
  sharedQueue: [],
  stopSignal: 0,
  deadUtime: 0,
  deadStime: 0,
  cutime: 0,
  cstime: 0,
  rss: 0,
  hiwaterRss: 0,
  charges: [],
  swapped: 0,
}

/** The leader of a task's thread group: the task itself if it is the only thread. Linux: task->group_leader. */
export const leaderOf = (k: Kernel, task: Task): Task =>
  task.tgid === task.id ? task : k.tasks.get(task.tgid)

/** The same, to write what a process has once. */
export const ownLeader = (k: Kernel, id: number): Own<Task> => k.tasks.own(k.tasks.get(id).tgid)

export const isThreadGroupLeader = (task: Task): boolean => task.tgid === task.id

/** Whether a process has only one thread. Linux: thread_group_empty(). */
export const isThreadGroupEmpty = (k: Kernel, task: Task): boolean => !leaderOf(k, task).threads.length

export const isSameThreadGroup = (a: Task, b: Task): boolean => a.tgid === b.tgid

/** The ids of a process's threads, its leader first, zombies included. Linux: for_each_thread(). */
export function threadIds(k: Kernel, task: Task): readonly number[] {
  const { tgid, threads } = leaderOf(k, task)
  return threads.length ? [tgid, ...threads] : [tgid]
}

/** Those that still run: all but a leader that has ended before the others. */
export const livingThreads = (k: Kernel, task: Task): readonly Task[] =>
  threadIds(k, task)
    .map(id => k.tasks.get(id))
    .filter(it => !isExiting(k, it))

/** A zombie, or the init of a pid namespace that waits for who is left in it. Linux: PF_EXITING. */
export const isExiting = (k: Kernel, task: Task): boolean =>
  task.state === 'Z' || k.dyingInits.get(task.pidNs) === task.id

/** Whether no other thread of its process lives. */
export const isLastThread = (k: Kernel, task: Task): boolean =>
  isThreadGroupEmpty(k, task) || livingThreads(k, task).every(it => it.id === task.id)

/** A leader that has ended while other threads go on: nobody may wait for it yet. Linux: delay_group_leader(). */
export const isDelayedLeader = (task: Task): boolean => task.state === 'Z' && task.threads.length > 0

/** Change what the threads of a process share. */
export function setProcess(k: Kernel, id: number, fields: Partial<SignalStruct & MmStruct>): void {
  for (const thread of threadIds(k, k.tasks.get(id))) Object.assign(k.tasks.own(thread), fields)
}

/** CPU time of a whole process, in ns, threads that are gone included. Linux: thread_group_cputime_adjusted(). */
export function processTimes(k: Kernel, task: Task): { utime: number; stime: number } {
  const { deadUtime, deadStime, threads, id } = leaderOf(k, task)
  let { utime, stime } = taskTimes(k, id)
  for (const thread of threads) {
    const times = taskTimes(k, thread)
    utime += times.utime
    stime += times.stime
  }
  return { utime: utime + deadUtime, stime: stime + deadStime }
}
