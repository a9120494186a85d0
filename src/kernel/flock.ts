/** flock(2): advisory locks that belong to an open file. Linux: fs/locks.c. Left out: record locks, deadlock detection. */
import { type Blocking, EINVAL, EWOULDBLOCK, LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN } from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import { waitEvent } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'

/** Who holds what on one inode: open file ids. Beside the tables, like pipe buffers. */
export interface Locks {
  exclusive: number
  readonly shared: Set<number>
}

const queueOf = (inode: number): string => `flock:${inode}`

function locksOf(k: Kernel, inode: number): Locks {
  let locks = k.locks.get(inode)
  if (!locks) k.locks.set(inode, (locks = { exclusive: 0, shared: new Set() }))
  return locks
}

const conflicts = (locks: Locks, file: number, kind: number): boolean =>
  (locks.exclusive !== 0 && locks.exclusive !== file) ||
  (kind === LOCK_EX && [...locks.shared].some(other => other !== file))

/** Linux: flock_lock_inode(). Changing the kind of a lock gives the old one up first. */
export function* flock(k: Kernel, taskId: number, file: number, operation: number): Blocking<void> {
  const { inode } = k.openFiles.get(file)
  const kind = operation & ~LOCK_NB
  if (kind === LOCK_UN) return unlock(k, file)
  if (kind !== LOCK_SH && kind !== LOCK_EX) throw EINVAL
  const free = (): boolean => !conflicts(locksOf(k, inode), file, kind)
  if (!free()) {
    if (operation & LOCK_NB) throw EWOULDBLOCK
    unlock(k, file)
    yield* waitEvent(k, taskId, queueOf(inode), 'locks_lock_inode_wait', free)
  }
  const locks = locksOf(k, inode)
  locks.shared.delete(file)
  if (locks.exclusive === file) locks.exclusive = 0
  if (kind === LOCK_EX) locks.exclusive = file
  else locks.shared.add(file)
  wakeUp(k, queueOf(inode))
}

/** Give up whatever lock the open file holds: LOCK_UN, or its last close. */
export function unlock(k: Kernel, file: number): void {
  if (!k.locks.size) return
  const { inode } = k.openFiles.get(file)
  const locks = k.locks.get(inode)
  if (!locks) return
  locks.shared.delete(file)
  if (locks.exclusive === file) locks.exclusive = 0
  if (!locks.exclusive && !locks.shared.size) k.locks.delete(inode)
  wakeUp(k, queueOf(inode))
}
