/**
 * Threads of a program: a generator each, over the same JavaScript objects. Linux: glibc's NPTL, nptl/pthread_create.c,
 * pthread_join_common.c; pthreads(7).
 *
 * Left out: attributes, cancellation, thread-specific data.
 */
import {
  type Blocking,
  CLONE_CHILD_CLEARTID,
  CLONE_FILES,
  CLONE_FS,
  CLONE_PARENT_SETTID,
  CLONE_SETTLS,
  CLONE_SIGHAND,
  CLONE_SYSVSEM,
  CLONE_THREAD,
  CLONE_VM,
  EAGAIN,
  ETIMEDOUT,
  FUTEX_WAIT,
  FUTEX_WAKE,
  type FutexWord,
  type Sys,
} from '../../abi/index.ts'

const FLAGS =
  CLONE_VM |
  CLONE_FS |
  CLONE_FILES |
  CLONE_SYSVSEM |
  CLONE_SIGHAND |
  CLONE_THREAD |
  CLONE_SETTLS |
  CLONE_PARENT_SETTID |
  CLONE_CHILD_CLEARTID

/** A thread: a word with its number, which the kernel sets to 0 when it has ended. */
export type Pthread = FutexWord

/** pthread_create(3). Errors: EAGAIN. */
export function pthreadCreate(sys: Sys, run: (its: Sys) => Blocking<void>): Pthread {
  const thread: Pthread = { value: 0 }
  thread.value = sys.clone(FLAGS, function* (its) {
    its.set_tid_address(thread)
    yield* run(its)
    return 0
  })
  return thread
}

/** pthread_timedjoin_np(3), or pthread_join(3) without a limit (in ns): whether the thread has ended. */
export function* pthreadJoin(sys: Sys, thread: Pthread, timeout?: number): Blocking<boolean> {
  return thread.value === 0 || (yield* waitWhile(sys, thread, thread.value, timeout))
}

/** Sleep as long as a word has this value; false when the time is over first. */
export function* waitWhile(sys: Sys, word: FutexWord, value: number, timeout?: number): Blocking<boolean> {
  while (word.value === value)
    try {
      yield* sys.futex(word, FUTEX_WAIT, value, timeout)
    } catch (e) {
      if (e === ETIMEDOUT) return false
      if (e !== EAGAIN) throw e
    }
  return true
}

/** A word gets another value, and whoever slept on it looks. */
export function* post(sys: Sys, word: FutexWord, value: number): Blocking<void> {
  word.value = value
  yield* sys.futex(word, FUTEX_WAKE, Number.MAX_SAFE_INTEGER)
}
