/** brk(2). Linux: mm/mmap.c, mm/page_alloc.c:__alloc_pages_may_oom(), mm/memcontrol.c:mem_cgroup_oom(). */
import { type Blocking, ENOMEM, killedBy, SIGKILL } from '../abi/index.ts'
import { ancestors, hierarchyWith } from './cgroup/cgroup.ts'
import {
  chargeHeap,
  HIGH_BATCH,
  memcg,
  memcgOf,
  memcgOomKill,
  memoryHighPenalty,
  memoryHighRoom,
  memoryLimitHit,
  memoryUsage,
  noteEvents,
  noteLimitHit,
  oomQueue,
} from './cgroup/index.ts'
import { doSignal } from './deliver.ts'
import { doGroupExit } from './exit.ts'
import { ioSchedule } from './io-schedule.ts'
import type { Kernel } from './kernel.ts'
import { reclaim, SWAP_CLUSTER_MAX } from './mm/vmscan.ts'
import { checkBrk, memoryLimit, oomKill, setRss } from './mm.ts'
import { signalPending } from './signal.ts'
import { leaderOf } from './thread-group.ts'
import type { Task } from './types.ts'
import { SCHEDULE, sleepOn, TASK_WAKEKILL, TSK_MEMSTALL } from './wake-up.ts'
import { waitEvent } from './wait-queue.ts'

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
  for (let size = k.tasks.get(id).rss + SWAP_STEP; k.swap && size < bytes; size += SWAP_STEP) {
    yield* makeRoom(k, id, size)
    setHeap(k, id, size)
    if (k.mustWait) yield* ioSchedule(k, id)
  }
  yield* makeRoom(k, id, bytes)
  setHeap(k, id, bytes)
}

/** The heap belongs to all threads of a process. */
const heapOf = (k: Kernel, id: number): number => leaderOf(k, k.tasks.get(id)).rss

function setHeap(k: Kernel, id: number, bytes: number): void {
  const { tgid } = k.tasks.get(id)
  chargeHeap(k, tgid, bytes - heapOf(k, id))
  setRss(k, tgid, bytes)
}

function* makeRoom(k: Kernel, id: number, bytes: number): Blocking<void> {
  yield* waitForRoom(k, id, bytes)
  for (let victims = outOfMemory(k, id, bytes); victims; victims = outOfMemory(k, id, bytes)) {
    if (!victims.length) throw ENOMEM
    // "oom_reaper": a victim's memory is taken at once, even before it gets to run.
    const { tgid } = k.tasks.get(id)
    for (const victim of victims) if (victim !== tgid) doGroupExit(k, victim, killedBy(SIGKILL))
    if (victims.includes(tgid) && signalPending(k, id)) yield* doSignal(k, id)
  }
}

/** v1 can switch the OOM killer off: who hits the limit waits for room then. Linux: mem_cgroup_oom_synchronize(). */
function* waitForRoom(k: Kernel, id: number, bytes: number): Blocking<void> {
  const waitsAt = (): number => {
    const limit = memoryLimitHit(k, id, bytes - heapOf(k, id))
    return limit && memcg.of(k.cgroups.get(limit)).oomKillDisable ? limit : 0
  }
  for (let limit = waitsAt(); limit; limit = waitsAt()) {
    fillUp(k, id, memcg.of(k.cgroups.get(limit)).max - memoryUsage(k, limit))
    noteLimitHit(k, limit)
    memcg.set(k, limit, { underOom: true })
    yield* waitEvent(k, id, oomQueue(limit), 'mem_cgroup_oom_synchronize', () => waitsAt() !== limit)
    if (k.cgroups.find(limit)) memcg.set(k, limit, { underOom: false })
  }
}

/** Above memory.high a task gets on in small steps, with a pause after each. */
function* growSlowly(k: Kernel, id: number, bytes: number): Blocking<void> {
  for (let room = memoryHighRoom(k, id); room < bytes - heapOf(k, id); room = memoryHighRoom(k, id)) {
    const rss = heapOf(k, id)
    const size = Math.min(bytes, rss + (room || HIGH_BATCH * PAGE))
    yield* makeRoom(k, id, size)
    setHeap(k, id, size)
    const penalty = room ? 0 : overHigh(k, id, (size - rss) / PAGE)
    if (penalty) yield* stall(k, id, penalty)
  }
}

/** Above memory.high: what can be given back is, and how long to pause. Linux: mem_cgroup_handle_over_high(). */
function overHigh(k: Kernel, id: number, pages: number): number {
  for (const cg of [...ancestors(k, memcgOf(k, k.tasks.get(id)))]) {
    const { high } = memcg.of(cg)
    const over = memoryUsage(k, cg.id) - high
    if (over <= 0) continue
    noteEvents(k, cg.id, 'highEvents', 1)
    reclaim(k, cg.id, over)
  }
  return memoryHighPenalty(k, id, pages)
}

/** Linux: schedule_timeout_killable() between psi_memstall_enter() and psi_memstall_leave(). */
function* stall(k: Kernel, id: number, ns: number): Blocking<void> {
  const until = k.now() + ns
  while (k.now() < until && !signalPending(k, id)) {
    sleepOn(k, id, [], 'mem_cgroup_handle_over_high', until, TSK_MEMSTALL | TASK_WAKEKILL)
    yield SCHEDULE
  }
  if (signalPending(k, id)) yield* doSignal(k, id)
}

/** Who was killed because the task cannot have so much; undefined when it can. */
function outOfMemory(k: Kernel, id: number, bytes: number): readonly number[] | undefined {
  const growth = bytes - heapOf(k, id)
  let limit = memoryLimitHit(k, id, growth)
  if (limit) {
    const excess = memoryUsage(k, limit) + growth - memcg.of(k.cgroups.get(limit)).max
    if (reclaim(k, limit, excess))
      noteEvents(k, limit, 'failures', Math.ceil(excess / PAGE / SWAP_CLUSTER_MAX))
    limit = memoryLimitHit(k, id, growth)
  }
  if (limit) {
    fillUp(k, id, memcg.of(k.cgroups.get(limit)).max - memoryUsage(k, limit))
    return memcgOomKill(k, id, limit)
  }
  const room = memoryLimit(k) - k.memoryUsed
  const files = growth + k.pageCache.nrFile * PAGE - room
  if (files > 0) reclaim(k, hierarchyWith(k, 'memory').root, files)
  if (growth <= memoryLimit(k) - k.memoryUsed) return undefined
  fillUp(k, id, room)
  const victim = oomKill(k, id)
  return victim ? [victim] : []
}

/** Memory is touched a page after the other: whoever hits a limit has taken what was left below it. */
function fillUp(k: Kernel, id: number, room: number): void {
  if (room > 0) setHeap(k, id, heapOf(k, id) + room)
}
