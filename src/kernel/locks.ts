/**
 * Advisory locks on files, as a table: flock(2), which belong to an open file; record locks of fcntl(2), which belong to
 * a process; and open file description locks, regions that belong to an open file. Linux: fs/locks.c; the calls are in
 * lock-calls.ts.
 *
 * They live beside the tables, like the contents of pipes. Left out: leases, RLIMIT_LOCKS.
 */
import { F_UNLCK, F_WRLCK, major, minor } from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import { pidIn, taskByPid } from './pid-namespace.ts'
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

export const queueOf = (inode: number): string => `locks:${inode}`
export const sameOwner = (a: FileLock, b: FileLock): boolean => a.flavour === b.flavour && a.owner === b.owner
const isFlock = (it: FileLock): boolean => it.flavour === 'FLOCK '

/** Linux: flock_locks_conflict(), posix_locks_conflict(). The two kinds know nothing of each other. */
const conflict = (a: FileLock, b: FileLock): boolean =>
  a.inode === b.inode &&
  isFlock(a) === isFlock(b) &&
  !sameOwner(a, b) &&
  (a.type === F_WRLCK || b.type === F_WRLCK) &&
  a.start <= b.end &&
  b.start <= a.end

export const blockerOf = (k: Kernel, request: FileLock): FileLock | undefined =>
  k.locks.find(it => conflict(it, request))

/**
 * Linux: posix_lock_inode(): the owner's locks of the same type that the region touches become one with it, of others
 * remains what lies outside. The order is that of /proc/locks.
 */
export function setRegion(k: Kernel, request: FileLock): void {
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

export function release(k: Kernel, goes: (it: FileLock) => boolean): void {
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
export function pidOf(k: Kernel, it: FileLock, pidNs: number): number {
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
