/** Who is killed when a cgroup's memory is used up. Linux: mm/memcontrol.c:mem_cgroup_out_of_memory(), mm/oom_kill.c. */
import { SIGKILL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { oomBadness } from '../mm.ts'
import { sendSignal } from '../signal.ts'
import { isThreadGroupLeader } from '../thread-group.ts'
import { note } from '../refuse.ts'
import type { Cgroup, Task } from '../types.ts'
import { ancestors, descendants, fileModified, shownPath } from './cgroup.ts'
import { type LimitHit, memcg, memcgOf, memoryUsage } from './memcg.ts'
import { printKill, printOomGroup, reportOom } from './oom-report.ts'
import { members } from './members.ts'
import { NO_LIMIT, PAGE } from './page-counter.ts'

/** Who is never killed. */
const OOM_SCORE_ADJ_MIN = -1000

const tasksBelow = (k: Kernel, id: number): number[] =>
  [...descendants(k, id)]
    .flatMap(cg => [...members(k, cg.id)])
    .filter(task => isThreadGroupLeader(k.tasks.get(task)))

type Event =
  | 'swapMaxEvents'
  | 'swapFailEvents'
  | 'lowEvents'
  | 'highEvents'
  | 'failures'
  | 'memswFailures'
  | 'oom'
  | 'oomKill'
  | 'oomGroupKill'

/** Something happened in a cgroup so often; who watches its files, or those of a cgroup above, looks again. Linux: memcg_memory_event(). */
export function noteEvents(k: Kernel, id: number, event: Event, times: number): void {
  const cg = id ? k.cgroups.find(id) : undefined
  if (!cg?.parent || !times) return
  memcg.set(k, id, { [event]: memcg.of(cg)[event] + times })
  fileModified(k, id, 'memory.events.local')
  for (const it of ancestors(k, id)) if (it.parent) fileModified(k, it.id, 'memory.events')
}

const count = (k: Kernel, cg: Cgroup, event: Event): void => noteEvents(k, cg.id, event, 1)

/** How many pages are given back for one page that does not fit. */
export const SWAP_CLUSTER_MAX = 32

/**
 * Somebody has hit a limit: memory.events counts it, and memory.failcnt or memory.memsw.failcnt of v1. With `bytes`, so
 * much was given back, in clusters.
 */
export const noteLimitHit = (k: Kernel, { id, isMemsw }: LimitHit, bytes = 1): void =>
  noteEvents(k, id, isMemsw ? 'memswFailures' : 'failures', Math.ceil(bytes / PAGE / SWAP_CLUSTER_MAX))

/** Linux: mem_cgroup_mark_under_oom(), which tells those who asked for it; and mem_cgroup_unmark_under_oom(). */
export function markUnderOom(k: Kernel, id: number, underOom: boolean): void {
  memcg.set(k, id, { underOom })
  if (underOom) k.memcgEvents?.oom(id)
}

/**
 * Kill for a limit: the biggest, and with memory.oom.group everybody in his cgroup. Returns who got the SIGKILL.
 */
export function memcgOomKill(
  k: Kernel,
  asking: number,
  hit: LimitHit,
  spared: ReadonlySet<number> = new Set(),
): readonly number[] {
  const { id: limitId } = hit
  const memory = Math.min(k.memory, memcg.of(k.cgroups.get(limitId)).max)
  let victim: Task | undefined
  let worst = Number.NEGATIVE_INFINITY
  for (const id of tasksBelow(k, limitId)) {
    const points = spared.has(id) ? Number.NEGATIVE_INFINITY : oomBadness(k, k.tasks.get(id), memory)
    // Linux: "points < chosen_points" is passed over, so of two that are as bad the later one goes.
    if (points >= worst && points > Number.NEGATIVE_INFINITY) [victim, worst] = [k.tasks.get(id), points]
  }
  noteLimitHit(k, hit)
  count(k, k.cgroups.get(limitId), 'oom')
  k.memcgEvents?.oom(limitId)
  reportOom(k, k.tasks.get(asking), limitId, tasksBelow(k, limitId), victim)
  if (!victim) return []
  const victims = countKill(k, limitId, victim)
  for (const id of victims) {
    const max = memcg.of(k.cgroups.get(limitId)).max
    note(k, id, 'oom-memcg', { cgroup: shownPath(k, limitId), max, rss: k.tasks.get(id).rss })
    sendSignal(k, id, SIGKILL, 0)
  }
  return victims
}

/**
 * Who dies with the victim, the events that count it, and what is said about it. Linux: oom_kill_process(), which kills the victim, and
 * then everybody in the group, him once more.
 */
function countKill(k: Kernel, limitId: number, victim: Task): number[] {
  kill(k, limitId, victim)
  const group = oomGroup(k, limitId, victim)
  if (!group) return [victim.id]
  count(k, k.cgroups.get(group), 'oomGroupKill')
  printOomGroup(k, group)
  const victims = tasksBelow(k, group).filter(id => k.tasks.get(id).oomScoreAdj !== OOM_SCORE_ADJ_MIN)
  for (const id of victims) kill(k, limitId, k.tasks.get(id))
  return victims
}

function kill(k: Kernel, limitId: number, task: Task): void {
  count(k, k.cgroups.get(memcgOf(k, task) || limitId), 'oomKill')
  printKill(k, task)
}

/** The highest cgroup below the limit that is to die together; 0 for none. Linux: mem_cgroup_get_oom_group(). */
function oomGroup(k: Kernel, limitId: number, victim: Task): number {
  let group = 0
  for (const cg of ancestors(k, memcgOf(k, victim))) {
    if (memcg.of(cg).oomGroup) group = cg.id
    if (cg.id === limitId) break
  }
  return group
}

/** A limit set below what is in use: the biggest die until the rest fits. Linux: memory_max_write(). */
export function enforceLimit(k: Kernel, asking: number, id: number): void {
  const killed = new Set<number>()
  let left = memoryUsage(k, id)
  const { max } = memcg.of(k.cgroups.get(id))
  while (max !== NO_LIMIT && left > max) {
    const victims = memcgOomKill(k, asking, { id, isMemsw: false, excess: left - max }, killed)
    if (!victims.length) return
    for (const victim of victims) {
      killed.add(victim)
      for (const it of k.tasks.get(victim).charges) left -= it.anon
    }
  }
}
