/** flock(2), and locks by fcntl(2). Linux: fs/locks.c. What is held is in locks.ts. */
import {
  type Blocking,
  EAGAIN,
  EBADF,
  EDEADLK,
  EINVAL,
  EWOULDBLOCK,
  type Errno,
  F_GETLK,
  F_OFD_GETLK,
  F_OFD_SETLK,
  F_OFD_SETLKW,
  F_RDLCK,
  F_SETLK,
  F_SETLKW,
  F_UNLCK,
  F_WRLCK,
  type Flock,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  LOCK_UN,
  O_ACCMODE,
  O_PATH,
  O_RDONLY,
  O_WRONLY,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
} from '../abi/index.ts'
import type { OpenFile } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'
import { blockerOf, type FileLock, pidOf, queueOf, release, sameOwner, setRegion } from './locks.ts'
import { refuse } from './refuse.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'

/** How many waiters a search for a deadlock follows. */
const MAX_DEADLK_ITERATIONS = 10

/** Wait until nobody is in the way. Errors: EDEADLK, EINTR. */
function* waitFor(k: Kernel, task: number, request: FileLock): Blocking<void> {
  if (request.flavour === 'POSIX ' && isDeadlock(k, request)) throw EDEADLK
  k.lockWaiters.set(task, request)
  try {
    yield* waitEvent(k, task, queueOf(request.inode), 'locks_lock_inode_wait', () => !blockerOf(k, request))
  } finally {
    k.lockWaiters.delete(task)
  }
}

/** Linux: posix_locks_deadlock(): does who is in the way wait, in the end, for this one? */
function isDeadlock(k: Kernel, request: FileLock): boolean {
  let blocker = blockerOf(k, request)
  for (let i = 0; blocker && i < MAX_DEADLK_ITERATIONS; i++) {
    const holder = blocker
    const waiting = [...k.lockWaiters.values()].find(it => sameOwner(it, holder))
    blocker = waiting && blockerOf(k, waiting)
    if (blocker && sameOwner(blocker, request)) return true
  }
  return false
}

/** Somebody else has the lock, and one does not want to wait. */
function held(k: Kernel, task: Task, { mount, dentry }: OpenFile, request: FileLock, errno: Errno): Errno {
  const pid = pidOf(k, blockerOf(k, request)!, task.pidNs)
  return refuse(k, errno, 'lock-held', { path: { mount, dentry }, pid })
}

// flock(2)

/** flock(2). A lock of another kind is given up first, even if the new one is not to be had. Errors: EWOULDBLOCK, EINTR. */
export function* flock(k: Kernel, task: Task, file: OpenFile, operation: number): Blocking<void> {
  const kind = operation & ~LOCK_NB
  if (kind !== LOCK_SH && kind !== LOCK_EX && kind !== LOCK_UN) throw EINVAL
  if (file.flags & O_PATH) throw EBADF
  const request: FileLock = {
    flavour: 'FLOCK ',
    inode: file.inode,
    type: kind === LOCK_EX ? F_WRLCK : kind === LOCK_SH ? F_RDLCK : F_UNLCK,
    start: 0,
    end: Number.POSITIVE_INFINITY,
    owner: file.id,
    file: file.id,
    pid: task.pids[0]!,
  }
  if (k.locks.some(it => sameOwner(it, request) && it.type === request.type)) return
  release(k, it => sameOwner(it, request))
  if (kind === LOCK_UN) return
  if (blockerOf(k, request)) {
    if (operation & LOCK_NB) throw held(k, task, file, request, EWOULDBLOCK)
    yield* waitFor(k, task.id, request)
  }
  k.locks.push(request)
}

// fcntl(2)

/** Linux: flock_to_posix_lock(). Errors: EINVAL. */
function toFileLock(k: Kernel, task: Task, file: OpenFile, lock: Flock, isOfd: boolean): FileLock {
  const { whence = SEEK_SET, len = 0, type } = lock
  let start = lock.start ?? 0
  if (whence === SEEK_CUR) start += file.pos
  else if (whence === SEEK_END) start += k.vfs.inode(file.inode).size
  else if (whence !== SEEK_SET) throw EINVAL
  const end = len > 0 ? start + len - 1 : len < 0 ? start - 1 : Number.POSITIVE_INFINITY
  if (len < 0) start += len
  if (start < 0 || (type !== F_RDLCK && type !== F_WRLCK && type !== F_UNLCK)) throw EINVAL
  // "it is an error to specify a nonzero l_pid" - fcntl(2)
  if (isOfd && lock.pid) throw EINVAL
  return {
    flavour: isOfd ? 'OFDLCK' : 'POSIX ',
    inode: file.inode,
    type,
    start,
    end,
    owner: isOfd ? file.id : task.files,
    file: file.id,
    pid: task.pids[0]!,
  }
}

/** fcntl(2) with a struct flock. Errors: EBADF, EINVAL, EAGAIN, EDEADLK, EINTR. */
export function* fcntlLock(
  k: Kernel,
  task: Task,
  file: OpenFile,
  command: number,
  lock: Flock,
): Blocking<Flock> {
  if (file.flags & O_PATH) throw EBADF
  const isOfd = command === F_OFD_GETLK || command === F_OFD_SETLK || command === F_OFD_SETLKW
  const request = toFileLock(k, task, file, lock, isOfd)
  if (command === F_GETLK || command === F_OFD_GETLK) return getLock(k, task, request)
  if (![F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW].includes(command)) throw EINVAL
  const access = file.flags & O_ACCMODE
  if (request.type === (access === O_RDONLY ? F_WRLCK : access === O_WRONLY ? F_RDLCK : -1)) throw EBADF
  if (request.type !== F_UNLCK && blockerOf(k, request)) {
    if (command === F_SETLK || command === F_OFD_SETLK) throw held(k, task, file, request, EAGAIN)
    yield* waitFor(k, task.id, request)
  }
  setRegion(k, request)
  wakeUp(k, queueOf(request.inode))
  return lock
}

/** Linux: posix_test_lock(): the first lock in the way, or F_UNLCK. */
function getLock(k: Kernel, task: Task, request: FileLock): Flock {
  if (request.type === F_UNLCK) throw EINVAL
  const found = blockerOf(k, request)
  if (!found) return { type: F_UNLCK }
  const { type, start, end } = found
  const len = end === Number.POSITIVE_INFINITY ? 0 : end - start + 1
  return { type, whence: SEEK_SET, start, len, pid: pidOf(k, found, task.pidNs) }
}
