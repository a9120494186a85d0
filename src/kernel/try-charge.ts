/**
 * Room for memory that a task wants: what others do not need is given back, an OOM killer makes some, or the task waits.
 * Linux: mm/memcontrol.c:try_charge_memcg(), mem_cgroup_oom(), mm/page_alloc.c:__alloc_pages_may_oom().
 */
import { type Blocking, ENOMEM, killedBy, SIGKILL } from '../abi/index.ts'
import { ancestors, hierarchyWith } from './cgroup/cgroup.ts'
import {
  type LimitHit,
  markUnderOom,
  memcg,
  memcgOf,
  memcgOomKill,
  memoryHighPenalty,
  memoryLimitHit,
  memoryUsage,
  noteEvents,
  noteLimitHit,
  oomQueue,
} from './cgroup/index.ts'
import { doSignal } from './deliver.ts'
import { doGroupExit } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { memoryLimit, oomKill } from './mm.ts'
import { reclaim } from './mm/vmscan.ts'
import { burn } from './run.ts'
import { signalPending } from './signal.ts'
import { waitEvent } from './wait-queue.ts'
import { SCHEDULE, sleepOn, TASK_WAKEKILL, TSK_MEMSTALL } from './wake-up.ts'

const PAGE = 4096
/** What it costs to find that nobody may be killed. */
const NO_VICTIM = 10_000_000

/** What a task wants. */
export interface Wanted {
  /** How much more than it has now. */
  readonly bytes: () => number
  /** It has it in swap already. */
  readonly isInSwap: boolean
  /** Take so much of it, all that is left. */
  readonly fillUp: (room: number) => void
}

const limitHit = (k: Kernel, id: number, { bytes, isInSwap }: Wanted): LimitHit | undefined =>
  memoryLimitHit(k, id, bytes(), isInSwap ? 0 : bytes())

/** Come back once there is room. The task may not live to see it. Errors: ENOMEM where the host has none to free. */
export function* makeRoom(k: Kernel, id: number, wanted: Wanted): Blocking<void> {
  yield* waitForRoom(k, id, wanted)
  for (let victims = outOfMemory(k, id, wanted); victims; victims = outOfMemory(k, id, wanted)) {
    if (!victims.length) {
      if (!limitHit(k, id, wanted)) throw ENOMEM
      // "pagefault_out_of_memory": the page is asked for again, and again.
      yield* burn(k, id, NO_VICTIM)
    }
    // "oom_reaper": a victim's memory is taken at once, even before it gets to run.
    const { tgid } = k.tasks.get(id)
    for (const victim of victims) if (victim !== tgid) doGroupExit(k, victim, killedBy(SIGKILL))
    if (victims.includes(tgid) && signalPending(k, id)) yield* doSignal(k, id)
  }
}

/** v1 can switch the OOM killer off: who hits the limit waits for room then. Linux: mem_cgroup_oom_synchronize(). */
function* waitForRoom(k: Kernel, id: number, wanted: Wanted): Blocking<void> {
  const blocked = (): LimitHit | undefined => {
    const hit = limitHit(k, id, wanted)
    return hit && memcg.of(k.cgroups.get(hit.id)).oomKillDisable ? stillOver(k, id, wanted, hit) : undefined
  }
  for (let hit = blocked(); hit; hit = blocked()) {
    const { id: limit } = hit
    takeWhatIsLeft(wanted, hit)
    noteLimitHit(k, hit)
    markUnderOom(k, limit, true)
    yield* waitEvent(k, id, oomQueue(limit), 'mem_cgroup_oom_synchronize', () => blocked()?.id !== limit)
    if (k.cgroups.find(limit)) markUnderOom(k, limit, false)
  }
}

/** The limit that is in the way after all that could be given back for `hit` was. */
function stillOver(k: Kernel, id: number, wanted: Wanted, hit: LimitHit): LimitHit | undefined {
  if (reclaim(k, hit.id, hit.excess, hit.isMemsw ? 'files' : 'all')) noteLimitHit(k, hit, hit.excess)
  return limitHit(k, id, wanted)
}

const takeWhatIsLeft = ({ bytes, fillUp }: Wanted, { excess }: LimitHit): void => {
  const room = bytes() - excess
  if (room > 0) fillUp(room)
}

/** Who was killed because the task cannot have so much; undefined when it can. */
function outOfMemory(k: Kernel, id: number, wanted: Wanted): readonly number[] | undefined {
  let hit = limitHit(k, id, wanted)
  if (hit) hit = stillOver(k, id, wanted, hit)
  if (hit) {
    takeWhatIsLeft(wanted, hit)
    return memcgOomKill(k, id, hit)
  }
  const room = memoryLimit(k) - k.memoryUsed
  const files = wanted.bytes() + k.pageCache.nrFile * PAGE - room
  if (files > 0) reclaim(k, hierarchyWith(k, 'memory').root, files)
  if (wanted.bytes() <= memoryLimit(k) - k.memoryUsed) return undefined
  if (room > 0) wanted.fillUp(room)
  const victim = oomKill(k, id)
  return victim ? [victim] : []
}

/** Above memory.high: what can be given back is, and the task that took so many pages pauses. Linux: mem_cgroup_handle_over_high(). */
export function* payForHigh(k: Kernel, id: number, pages: number): Blocking<void> {
  for (const cg of [...ancestors(k, memcgOf(k, k.tasks.get(id)))]) {
    const { high } = memcg.of(cg)
    const over = memoryUsage(k, cg.id) - high
    if (over <= 0) continue
    noteEvents(k, cg.id, 'highEvents', 1)
    reclaim(k, cg.id, over)
  }
  const penalty = memoryHighPenalty(k, id, pages)
  if (penalty) yield* stall(k, id, penalty)
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
