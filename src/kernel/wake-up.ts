/**
 * The wait queues themselves: who sleeps on what, by name. They are not in the tables, because a task's `wchan` says
 * what a reader wants to know. Linux: kernel/sched/wait.c.
 */
import type { FutexWord, Wait } from '../abi/index.ts'
import { cancelTimer, startTimer } from './hrtimer.ts'
import type { Kernel } from './kernel.ts'

/** What a task hands to `resume` when it stops running. Its record says why it did. */
export const SCHEDULE: Wait = Object.freeze({})

const NONE: readonly string[] = []

/** What a sleeper in state D waits for. Linux: include/linux/psi_types.h. */
export const TSK_IOWAIT = 1
export const TSK_MEMSTALL = 2
/** A fatal signal ends the sleep all the same. Linux: TASK_WAKEKILL. */
export const TASK_WAKEKILL = 4

/** Linux: prepare_to_wait(). The caller yields next. With `uninterruptible` flags signals do not wake it. */
export function sleepOn(
  k: Kernel,
  id: number,
  queues: string | readonly string[],
  wchan: string,
  timeoutAt?: number,
  uninterruptible = 0,
): void {
  const thread = k.threads.get(id)!
  thread.queues = typeof queues === 'string' ? [queues] : queues
  for (const queue of thread.queues) enter(k, queue, id)
  if (timeoutAt !== undefined && timeoutAt !== Number.POSITIVE_INFINITY)
    thread.timeout = startTimer(k, timeoutAt, () => wakeTask(k, id))
  const me = k.tasks.own(id)
  me.state = uninterruptible ? 'D' : 'S'
  me.wchan = wchan
  thread.uninterruptible = uninterruptible
  k.sched.dequeue(id, uninterruptible)
}

function enter(k: Kernel, queue: string, id: number): void {
  const sleepers = k.queues.get(queue)
  if (sleepers) sleepers.push(id)
  else k.queues.set(queue, [id])
}

/** Take a task off whatever it sleeps on. */
export function leaveQueues(k: Kernel, id: number): void {
  const thread = k.threads.get(id)
  if (!thread) return
  for (const queue of thread.queues) {
    const sleepers = k.queues.get(queue)
    if (!sleepers) continue
    const at = sleepers.indexOf(id)
    if (at >= 0) sleepers.splice(at, 1)
    if (!sleepers.length) k.queues.delete(queue)
  }
  thread.queues = NONE
  const { timeout } = thread
  thread.timeout = undefined
  if (timeout) cancelTimer(k, timeout)
}

/** Make one sleeping task runnable again. Linux: wake_up_process(). */
export function wakeTask(k: Kernel, id: number): void {
  const task = k.tasks.find(id)
  if (!task || (task.state !== 'S' && task.state !== 'D')) return
  leaveQueues(k, id)
  const me = k.tasks.own(id)
  me.state = 'R'
  me.wchan = ''
  k.sched.enqueue(id)
}

/** Wake everybody in the queue, in the order they came. Linux: wake_up(). */
export function wakeUp(k: Kernel, queue: string): void {
  const sleepers = k.queues.get(queue)
  if (!sleepers) return
  for (const id of [...sleepers]) wakeTask(k, id)
}

/** The queue of those who sleep on a word. */
export function futexQueue(k: Kernel, word: FutexWord): string {
  let queue = k.futexes.get(word)
  if (!queue) k.futexes.set(word, (queue = `futex:${k.nextFutex++}`))
  return queue
}

/** Wake so many of those who sleep on a word; says how many it were. Linux: futex_wake(). */
export function wakeFutex(k: Kernel, word: FutexWord, count: number): number {
  const sleepers = k.queues.get(futexQueue(k, word))?.slice(0, count) ?? []
  for (const id of sleepers) wakeTask(k, id)
  return sleepers.length
}
