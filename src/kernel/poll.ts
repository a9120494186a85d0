/** poll(2). Linux: fs/select.c. */
import { type Blocking, POLLERR, POLLHUP, type PollFd, POLLNVAL } from '../abi/index.ts'
import { poll as pollFile, pollQueues } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'
import { waitEventNoRestart } from './wait-queue.ts'

const ALWAYS = POLLERR | POLLHUP | POLLNVAL

/** The events of each descriptor that hold now. */
function look(k: Kernel, id: number, fds: readonly PollFd[]): readonly number[] {
  const task = k.tasks.get(id)
  const as = callerOf(k, task)
  const { fds: table } = k.files.get(task.files)
  return fds.map(({ fd, events }) => {
    if (fd < 0) return 0
    const file = table[fd]
    return file ? pollFile(k.vfs, as, file) & (events | ALWAYS) : POLLNVAL
  })
}

export function* poll(
  k: Kernel,
  task: Task,
  fds: readonly PollFd[],
  timeout: number,
): Blocking<readonly number[]> {
  const { id } = task
  let found = look(k, id, fds)
  const ready = (): boolean => (found = look(k, id, fds)).some(events => events !== 0)
  if (timeout === 0 || found.some(events => events !== 0)) return found
  const { fds: table } = k.files.get(task.files)
  const queues = new Set(fds.flatMap(({ fd }) => (table[fd] ? pollQueues(k.vfs, table[fd]) : [])))
  const until = timeout < 0 ? undefined : k.now() + timeout * 1e6
  yield* waitEventNoRestart(k, id, [...queues], 'do_poll', ready, until)
  k.trace?.returned(id, found)
  return found
}
