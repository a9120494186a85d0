/** Who is killed when a cgroup's memory is used up. Linux: mm/memcontrol.c:mem_cgroup_out_of_memory(), mm/oom_kill.c. */
import { SIGKILL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { oomBadness } from '../mm.ts'
import { sendSignal } from '../signal.ts'
import { isThreadGroupLeader } from '../thread-group.ts'
import { memoryOf, PAGE_TABLES } from '../task-memory.ts'
import { note } from '../refuse.ts'
import type { Cgroup, Task } from '../types.ts'
import { ancestors, cgroupPath, descendants, fileModified, shownPath } from './cgroup.ts'
import { memcg, memcgOf, memoryUsage, swapUsage } from './memcg.ts'
import { statLines } from './memcg-stat.ts'
import { members } from './members.ts'
import { NO_LIMIT } from './page-counter.ts'

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

/** Somebody has hit a limit: memory.events counts it, and memory.failcnt of v1. */
export const noteLimitHit = (k: Kernel, limitId: number): void => count(k, k.cgroups.get(limitId), 'failures')

/**
 * Kill for a limit: the biggest, and with memory.oom.group everybody in his cgroup. Returns who got the SIGKILL.
 */
export function memcgOomKill(
  k: Kernel,
  asking: number,
  limitId: number,
  spared: ReadonlySet<number> = new Set(),
): readonly number[] {
  let victim: Task | undefined
  let worst = Number.NEGATIVE_INFINITY
  for (const id of tasksBelow(k, limitId)) {
    const points = spared.has(id) ? Number.NEGATIVE_INFINITY : oomBadness(k, k.tasks.get(id))
    if (points > worst) [victim, worst] = [k.tasks.get(id), points]
  }
  noteLimitHit(k, limitId)
  count(k, k.cgroups.get(limitId), 'oom')
  if (!victim) return []
  report(k, k.tasks.get(asking), limitId, victim)
  const victims = countKill(k, limitId, victim)
  for (const id of victims) {
    const max = memcg.of(k.cgroups.get(limitId)).max
    note(k, id, 'oom-memcg', { cgroup: shownPath(k, limitId), max, rss: k.tasks.get(id).rss })
    sendSignal(k, id, SIGKILL, 0)
  }
  return victims
}

/** Who dies with the victim, and the events that count it. */
function countKill(k: Kernel, limitId: number, victim: Task): number[] {
  const own = memcgOf(k, victim)
  let group = 0
  for (const cg of ancestors(k, own)) {
    if (memcg.of(cg).oomGroup) group = cg.id
    if (cg.id === limitId) break
  }
  const victims = group ? tasksBelow(k, group) : [victim.id]
  if (group) count(k, k.cgroups.get(group), 'oomGroupKill')
  // oom_kill_process() kills the victim, and then everybody in the group, him once more.
  for (const id of group ? [victim.id, ...victims] : victims)
    count(k, k.cgroups.get(memcgOf(k, k.tasks.get(id)) || limitId), 'oomKill')
  return victims
}

const kib = (bytes: number): number => Math.round(bytes / 1024)

/** What dmesg tells. Linux: dump_header(), mem_cgroup_print_oom_meminfo(), dump_tasks(), __oom_kill_process(). */
function report(k: Kernel, asking: Task, limitId: number, victim: Task): void {
  const cg = k.cgroups.get(limitId)
  const { max, failures, swapMax, swapMaxEvents } = memcg.of(cg)
  const { uid } = k.creds.get(victim.cred)
  const it = memoryOf(k, victim)
  const own = cgroupPath(k, memcgOf(k, victim) || limitId, 0)
  const lines = [
    `${asking.comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=${asking.oomScoreAdj}`,
    `memory: usage ${kib(memoryUsage(k, limitId))}kB, limit ${kib(max)}kB, failcnt ${failures}`,
    `swap: usage ${kib(swapUsage(k, limitId))}kB, limit ${swapMax === NO_LIMIT ? '9007199254740988' : kib(swapMax)}kB, failcnt ${swapMaxEvents}`,
    `Memory cgroup stats for ${cgroupPath(k, limitId, 0)}:`,
    statLines(k, cg)
      .map(([name, value]) => `${name} ${value}`)
      .join('\n'),
    'Tasks state (memory values in pages):',
    '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name',
    ...tasksBelow(k, limitId).map(id => taskRow(k, k.tasks.get(id))),
    `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${basename(own)},mems_allowed=0,oom_memcg=${cgroupPath(k, limitId, 0)},task_memcg=${own},task=${victim.comm},pid=${victim.pids[0]},uid=${uid}`,
  ]
  for (const line of lines) k.log(line, line.startsWith(asking.comm) ? 4 : 6)
  k.log(
    `Memory cgroup out of memory: Killed process ${victim.pids[0]} (${victim.comm}) total-vm:${kib(it.size)}kB, anon-rss:${kib(it.anon)}kB, file-rss:${kib(it.file)}kB, shmem-rss:0kB, UID:${uid} pgtables:${kib(PAGE_TABLES)}kB oom_score_adj:${victim.oomScoreAdj}`,
    3,
  )
}

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || '/'

function taskRow(k: Kernel, task: Task): string {
  const it = memoryOf(k, task)
  const cells = [
    `[${String(task.pids[0]).padStart(7)}]`,
    String(k.creds.get(task.cred).uid).padStart(5),
    String(task.pids[0]).padStart(5),
    String(Math.round(it.size / 4096)).padStart(8),
    String(Math.round(it.resident / 4096)).padStart(8),
    String(PAGE_TABLES).padStart(8),
    '       0',
    String(task.oomScoreAdj).padStart(13),
    task.comm,
  ]
  return cells.join(' ')
}

/** A limit set below what is in use: the biggest die until the rest fits. Linux: memory_max_write(). */
export function enforceLimit(k: Kernel, asking: number, id: number): void {
  const killed = new Set<number>()
  let left = memoryUsage(k, id)
  const { max } = memcg.of(k.cgroups.get(id))
  while (max !== NO_LIMIT && left > max) {
    const victims = memcgOomKill(k, asking, id, killed)
    if (!victims.length) return
    for (const victim of victims) {
      killed.add(victim)
      for (const it of k.tasks.get(victim).charges) left -= it.anon
    }
  }
}
