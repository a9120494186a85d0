/**
 * Advisory locks on files: flock(2), which belong to an open file; record locks of fcntl(2), which belong to a process;
 * and open file description locks, regions that belong to an open file. Linux: fs/locks.c.
 *
 * They live beside the tables, like the contents of pipes. Left out: leases, RLIMIT_LOCKS.
 */
import {
  type Blocking,
  EAGAIN,
  EBADF,
  EDEADLK,
  EINVAL,
  EWOULDBLOCK,
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
  major,
  minor,
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
import { pidIn, taskByPid } from './pid-namespace.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'

/** Linux: struct file_lock. */
export interface FileLock {
  readonly flavour: 'FLOCK ' | 'POSIX ' | 'OFDLCK'
  readonly inode: number
  /** F_RDLCK, F_WRLCK; as a request also F_UNLCK. */
  readonly type: number
  readonly start: number
  /** The last byte; Infinity for the end of the file, wherever that is. */
  readonly end: number
  /** A table of descriptors (POSIX) or an open file. Linux: fl_owner. */
  readonly owner: number
  readonly file: number
  /** Who asked for it, as the initial namespace numbers it. */
  readonly pid: number
}

/** How many waiters a search for a deadlock follows. */
const MAX_DEADLK_ITERATIONS = 10

const queueOf = (inode: number): string => `locks:${inode}`
const sameOwner = (a: FileLock, b: FileLock): boolean => a.flavour === b.flavour && a.owner === b.owner
const isFlock = (it: FileLock): boolean => it.flavour === 'FLOCK '

/** Linux: flock_locks_conflict(), posix_locks_conflict(). The two kinds know nothing of each other. */
const conflict = (a: FileLock, b: FileLock): boolean =>
  a.inode === b.inode &&
  isFlock(a) === isFlock(b) &&
  !sameOwner(a, b) &&
  (a.type === F_WRLCK || b.type === F_WRLCK) &&
  a.start <= b.end &&
  b.start <= a.end

const blockerOf = (k: Kernel, request: FileLock): FileLock | undefined =>
  k.locks.find(it => conflict(it, request))

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
    if (operation & LOCK_NB) throw EWOULDBLOCK
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
    if (command === F_SETLK || command === F_OFD_SETLK) throw EAGAIN
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

/**
 * Linux: posix_lock_inode(): the owner's locks of the same type that the region touches become one with it, of others
 * remains what lies outside. The order is that of /proc/locks.
 */
function setRegion(k: Kernel, request: FileLock): void {
  let { start, end } = request
  let at = -1
  const after: FileLock[] = []
  for (let i = 0; i < k.locks.length; i++) {
    const it = k.locks[i]!
    if (it.inode !== request.inode || !sameOwner(it, request)) continue
    const isSame = it.type === request.type
    const gap = isSame ? 1 : 0
    if (it.end + gap < start || it.start > end + gap) continue
    k.locks.splice(i--, 1)
    if (isSame) {
      start = Math.min(start, it.start)
      end = Math.max(end, it.end)
      if (at < 0) at = i + 1
      continue
    }
    const left = it.start < start ? { ...it, end: start - 1 } : undefined
    const right = it.end > end ? { ...it, start: end + 1 } : undefined
    // What was there keeps its place; if it is cut in two, the left one is new.
    const stays = right ?? left
    if (stays) k.locks.splice(++i, 0, stays)
    if (left && right) after.push(left)
  }
  if (request.type !== F_UNLCK) k.locks.splice(at < 0 ? k.locks.length : at, 0, { ...request, start, end })
  k.locks.push(...after)
}

// Giving up

function release(k: Kernel, goes: (it: FileLock) => boolean): void {
  const gone = k.locks.filter(goes)
  if (!gone.length) return
  k.locks = k.locks.filter(it => !goes(it))
  for (const { inode } of gone) wakeUp(k, queueOf(inode))
}

/**
 * Linux: locks_remove_posix() and, with the last descriptor, locks_remove_file(). "As soon as a process closes any file
 * descriptor that refers to a file, all of its locks on the file are released" - fcntl(2)
 */
export function closeLocks(k: Kernel, files: number, id: number): void {
  if (!k.locks.length) return
  const { inode, refs } = k.openFiles.get(id)
  release(k, it =>
    it.flavour === 'POSIX ' ? it.owner === files && it.inode === inode : refs === 1 && it.owner === id,
  )
}

// /proc/locks and /proc/PID/fdinfo

/** Linux: locks_translate_pid(). 0 for who is gone or not to be seen from `pidNs`. */
function pidOf(k: Kernel, it: FileLock, pidNs: number): number {
  if (it.flavour === 'OFDLCK') return -1
  if (pidNs === k.initPidNs) return it.pid
  return pidIn(k, taskByPid(k, k.initPidNs, it.pid), pidNs)
}

/** Linux: lock_get_status(). */
function line(k: Kernel, it: FileLock, id: number, prefix: string, pidNs: number): string {
  const { flavour, type, inode, start, end } = it
  const { ino, sb } = k.vfs.inode(inode)
  const { dev } = k.superBlocks.get(sb)
  const hex = (value: number): string => value.toString(16).padStart(2, '0')
  const place = `${hex(major(dev))}:${hex(minor(dev))}:${ino}`
  const last = end === Number.POSITIVE_INFINITY ? 'EOF' : end
  const kind = type === F_WRLCK ? 'WRITE' : 'READ'
  return `${id}: ${prefix}${flavour} ADVISORY  ${kind} ${pidOf(k, it, pidNs)} ${place} ${start} ${last}\n`
}

/** Who waits for whom: each waiter behind the first one that is in its way. Linux: __locks_insert_block(). */
function waitersOf(k: Kernel): Map<FileLock, FileLock[]> {
  const waiters = new Map<FileLock, FileLock[]>()
  for (const request of k.lockWaiters.values()) {
    let blocker = blockerOf(k, request)
    for (let next = blocker; next; next = waiters.get(next)?.find(it => conflict(it, request))) blocker = next
    if (!blocker) continue
    const others = waiters.get(blocker)
    if (others) others.push(request)
    else waiters.set(blocker, [request])
  }
  return waiters
}

/** /proc/locks: the newest lock first, and those who wait for it. */
export function showLocks(k: Kernel, pidNs: number): string {
  const waiters = waitersOf(k)
  const tree = (it: FileLock, id: number, prefix: string): string =>
    line(k, it, id, prefix, pidNs) +
    (waiters.get(it) ?? []).map(waiter => tree(waiter, id, prefix ? ` ${prefix}` : '-> ')).join('')
  const shown = k.locks.filter(it => pidOf(k, it, pidNs)).reverse()
  return shown.map((it, i) => tree(it, i + 1, '')).join('')
}

/** Linux: show_fd_locks(). */
export function showFdLocks(k: Kernel, files: number, file: number, pidNs: number): string {
  const mine = k.locks.filter(it => it.file === file && (it.owner === file || it.owner === files))
  const sorted = [...mine.filter(isFlock), ...mine.filter(it => !isFlock(it))]
  return sorted.map((it, i) => `lock:\t${line(k, it, i + 1, '', pidNs)}`).join('')
}
