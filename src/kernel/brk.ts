/** brk(2), and the use of the memory that it gives. Linux: mm/mmap.c:brk(), mm/memory.c:do_anonymous_page(), do_swap_page(). */
import type { Blocking } from '../abi/index.ts'
import { chargeHeap, HIGH_BATCH, memoryHighRoom } from './cgroup/index.ts'
import { ioSchedule } from './io-schedule.ts'
import type { Kernel } from './kernel.ts'
import { checkBrk, setRss } from './mm.ts'
import { leaderOf } from './thread-group.ts'
import { makeRoom, payForHigh, type Wanted } from './try-charge.ts'
import type { Task } from './types.ts'
import { DONE } from '../vfs/index.ts'

const PAGE = 4096
/** How far a heap grows before what others have is looked at again. */
const SWAP_STEP = 1 << 20

/**
 * Set the heap's size in bytes. While there is no room on the host or in a cgroup of the task's, an OOM killer makes
 * some; it may choose the caller.
 */
export function brk(k: Kernel, task: Task, bytes: number): Blocking<void> {
  checkBrk(k, task, bytes)
  return grow(k, task.id, bytes)
}

function* grow(k: Kernel, id: number, bytes: number): Blocking<void> {
  yield* growSlowly(k, id, bytes)
  // What is touched first goes into swap while the rest is touched.
  for (let size = heapOf(k, id) + SWAP_STEP; k.swap && size < bytes; size += SWAP_STEP) {
    yield* makeRoom(k, id, growth(k, id, size))
    setHeap(k, id, size)
    if (k.mustWait) yield* ioSchedule(k, id)
  }
  yield* makeRoom(k, id, growth(k, id, bytes))
  setHeap(k, id, bytes)
}

/** The heap belongs to all threads of a process. */
const heapOf = (k: Kernel, id: number): number => leaderOf(k, k.tasks.get(id)).rss

function setHeap(k: Kernel, id: number, bytes: number): void {
  const { tgid } = k.tasks.get(id)
  const swapped = k.swap?.resize(tgid, bytes) ?? 0
  chargeHeap(k, tgid, bytes - heapOf(k, id), swapped)
  setRss(k, tgid, bytes)
}

/** Memory is touched a page after the other: whoever hits a limit has taken what was left below it. */
const growth = (k: Kernel, id: number, bytes: number): Wanted => ({
  bytes: () => bytes - heapOf(k, id),
  isInSwap: false,
  fillUp: room => setHeap(k, id, heapOf(k, id) + room),
})

/** Above memory.high a task gets on in small steps, with a pause after each. */
function* growSlowly(k: Kernel, id: number, bytes: number): Blocking<void> {
  for (let room = memoryHighRoom(k, id); room < bytes - heapOf(k, id); room = memoryHighRoom(k, id)) {
    const rss = heapOf(k, id)
    const size = Math.min(bytes, rss + (room || HIGH_BATCH * PAGE))
    yield* makeRoom(k, id, growth(k, id, size))
    setHeap(k, id, size)
    if (!room) yield* payForHigh(k, id, (size - rss) / PAGE)
  }
}

/** How many pages come back from swap before their task waits for them. */
const SWAP_IN = 256

/** A program uses a part of its heap, which costs nothing unless some of it is in swap. */
export function touch(k: Kernel, task: Task, from: number, bytes: number): Blocking<void> {
  const [first, last] = [Math.floor(from / PAGE), Math.ceil((from + bytes) / PAGE)]
  if (leaderOf(k, task).swapped) return faultIn(k, task.id, first, last)
  k.swap?.used(task.tgid, last)
  return DONE
}

/** What of it is in swap comes back; others have to go for that. Linux: do_swap_page(). */
function* faultIn(k: Kernel, id: number, first: number, last: number): Blocking<void> {
  const { tgid } = k.tasks.get(id)
  for (let at = first; at < last; ) {
    const run = k.swap?.next(tgid, at, last)
    if (!run) break
    const to = Math.min(run[1], run[0] + SWAP_IN)
    k.swap?.used(tgid, run[0])
    const bytes = (to - run[0]) * PAGE
    yield* makeRoom(k, id, { bytes: () => bytes, isInSwap: true, fillUp: () => {} })
    k.swap?.swapIn(tgid, run[0], to)
    if (k.mustWait) yield* ioSchedule(k, id)
    yield* payForHigh(k, id, to - run[0])
    at = to
  }
  k.swap?.used(tgid, last)
}
