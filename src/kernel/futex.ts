/**
 * futex(2): sleep until another thread has changed a word of the memory they share. Memory is not addressed here, so a
 * word is an object that both know. Linux: kernel/futex/waitwake.c, kernel/fork.c:mm_release().
 *
 * Left out: all operations but FUTEX_WAIT and FUTEX_WAKE.
 */
import {
  type Blocking,
  EAGAIN,
  EINVAL,
  ENOSYS,
  ETIMEDOUT,
  FUTEX_WAIT,
  FUTEX_WAKE,
  type FutexWord,
} from '../abi/index.ts'
import { gettid } from './sys.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'
import { futexQueue, wakeFutex } from './wake-up.ts'

/** The system call: 0 to who was woken, to who wakes how many it were. `timeout` in ns. */
export function* futex(
  k: Kernel,
  task: Task,
  word: FutexWord,
  operation: number,
  value: number,
  timeout?: number,
): Blocking<number> {
  if (operation === FUTEX_WAKE) return wakeFutex(k, word, value)
  if (operation !== FUTEX_WAIT) throw ENOSYS
  if (timeout !== undefined && timeout < 0) throw EINVAL
  if (word.value !== value) throw EAGAIN
  const until = timeout === undefined ? undefined : k.now() + timeout
  const isChanged = (): boolean => word.value !== value
  if (!(yield* waitEvent(k, task.id, futexQueue(k, word), 'futex_wait_queue', isChanged, until)))
    throw ETIMEDOUT
  return 0
}

/** "CLONE_CHILD_CLEARTID": the word becomes 0 when the thread ends, and who waits for that is woken. */
export function setTidAddress(k: Kernel, task: Task, word: FutexWord): number {
  k.threads.get(task.id)!.clearTid = word
  return gettid(k, task)
}
