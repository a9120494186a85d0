/**
 * The memory controller: limits on the heap that the tasks of a cgroup have, and who is killed when one is hit.
 * Linux: mm/memcontrol.c.
 *
 * Left out: page cache, tmpfs and the kernel's own memory are not charged, so there is nothing to reclaim and
 * memory.min and memory.low have nothing to protect; memory.stat, swap beyond there being none.
 */
import { EBUSY, EINVAL, SIGKILL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { oomBadness } from '../mm.ts'
import { sendSignal } from '../signal.ts'
import type { Cgroup, Task } from '../types.ts'
import { wakeUp } from '../wake-up.ts'
import { ancestors, cgroupFor, cgroupPath, descendants, FRESH, hasController } from './cgroup.ts'
import type { CgroupFile, Controller } from './files.ts'
import { members } from './members.ts'
import { kstrtoint } from './parse.ts'

const PAGE = 4096
/** MEMCG_CHARGE_BATCH: how many pages a task takes at a time. */
export const HIGH_BATCH = 64
const INFINITE = Number.POSITIVE_INFINITY
/** PAGE_COUNTER_MAX in bytes, as v1 shows no limit. */
const UNLIMITED = '9223372036854771712'
const SUFFIX: Readonly<Record<string, bigint>> = { '': 0n, k: 10n, m: 20n, g: 30n, t: 40n, p: 50n, e: 60n }

/** Bytes that the tasks of a cgroup and of everything below it have. */
export function memoryUsage(k: Kernel, cgroupId: number): number {
  let bytes = 0
  for (const cg of descendants(k, cgroupId)) for (const id of members(k, cg.id)) bytes += k.tasks.get(id).rss
  return bytes
}

/** The cgroup that a task's memory is charged to: the nearest that has the controller. */
function memcgOf(k: Kernel, taskId: number): number {
  const own = cgroupFor(k, k.tasks.get(taskId), 'memory')
  if (!own) return 0
  for (const cg of ancestors(k, own)) if (hasController(k, cg, 'memory')) return cg.id
  return 0
}

/** The nearest cgroup whose limit keeps the task from growing by so many bytes; 0 if none does. */
export function memoryLimitHit(k: Kernel, taskId: number, growth: number): number {
  const own = memcgOf(k, taskId)
  if (!own || growth <= 0) return 0
  for (const cg of ancestors(k, own))
    if (cg.memoryMax !== INFINITE && memoryUsage(k, cg.id) + growth > cg.memoryMax) return cg.id
  return 0
}

/** How much a task may grow until it is above some memory.high; 0 above it. */
export function memoryHighRoom(k: Kernel, taskId: number): number {
  const own = memcgOf(k, taskId)
  let room = INFINITE
  if (own)
    for (const cg of ancestors(k, own))
      if (cg.memoryHigh !== INFINITE)
        room = Math.min(room, Math.max(0, cg.memoryHigh - memoryUsage(k, cg.id)))
  return room
}

/**
 * A task has grown by `pages` above memory.high: count it, and say how many ns it has to wait for that. The
 * penalty grows with the square of the excess. Linux: mem_cgroup_handle_over_high(), calculate_high_delay().
 */
export function memoryHighPenalty(k: Kernel, taskId: number, pages: number): number {
  let excess = 0
  for (const { id, memoryHigh } of ancestors(k, memcgOf(k, taskId))) {
    const over = memoryHigh === INFINITE ? 0 : (memoryUsage(k, id) - memoryHigh) / Math.max(memoryHigh, PAGE)
    if (over <= 0) continue
    k.cgroups.own(id).memoryHighEvents++
    wakeUp(k, `memory.events:${id}`)
    excess = Math.max(excess, over)
  }
  const seconds = (64 * excess * excess * pages) / HIGH_BATCH
  return seconds <= 0.01 ? 0 : Math.round(Math.min(2, seconds) * 1e9)
}

/** A task has grown: remember the highest use. */
export function noteMemoryPeak(k: Kernel, taskId: number): void {
  const own = memcgOf(k, taskId)
  if (!own) return
  for (const { id, memoryPeak } of ancestors(k, own)) {
    const usage = memoryUsage(k, id)
    if (usage > memoryPeak) k.cgroups.own(id).memoryPeak = usage
  }
}

/**
 * Kill for a limit: the biggest, and with memory.oom.group everybody in his cgroup. Returns who got the SIGKILL.
 * Linux: mem_cgroup_out_of_memory().
 */
export function memcgOomKill(
  k: Kernel,
  limitId: number,
  spared: ReadonlySet<number> = new Set(),
): readonly number[] {
  const tasks = [...descendants(k, limitId)].flatMap(cg => [...members(k, cg.id)])
  let victim: Task | undefined
  let worst = Number.NEGATIVE_INFINITY
  for (const id of tasks) {
    const points = spared.has(id) ? Number.NEGATIVE_INFINITY : oomBadness(k, k.tasks.get(id))
    if (points > worst) [victim, worst] = [k.tasks.get(id), points]
  }
  const limit = k.cgroups.own(limitId)
  limit.memoryFailures++
  limit.memoryOom++
  if (!victim) return []
  report(k, limitId, victim)
  const victims = countKill(k, limitId, victim.id)
  for (const id of victims) sendSignal(k, id, SIGKILL, 0)
  return victims
}

/** Who dies with the victim, and the events that count it. */
function countKill(k: Kernel, limitId: number, victim: number): number[] {
  const own = memcgOf(k, victim)
  let group = 0
  for (const cg of ancestors(k, own)) {
    if (cg.memoryOomGroup) group = cg.id
    if (cg.id === limitId) break
  }
  const victims = group ? [...descendants(k, group)].flatMap(cg => [...members(k, cg.id)]) : [victim]
  if (group) k.cgroups.own(group).memoryOomGroupKill++
  for (const id of victims) k.cgroups.own(memcgOf(k, id)).memoryOomKill++
  for (const cg of ancestors(k, own)) wakeUp(k, `memory.events:${cg.id}`)
  return victims
}

function report(k: Kernel, limitId: number, { id, comm, pids, rss, oomScoreAdj, cred }: Task): void {
  const kib = Math.round(rss / 1024)
  const { uid } = k.creds.get(cred)
  const [limit, own] = [cgroupPath(k, limitId, 0), cgroupPath(k, memcgOf(k, id), 0)]
  k.log(
    `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=${limit},task_memcg=${own},task=${comm},pid=${pids[0]},uid=${uid}`,
  )
  k.log(
    `Memory cgroup out of memory: Killed process ${pids[0]} (${comm}) total-vm:${kib}kB, anon-rss:${kib}kB, file-rss:0kB, shmem-rss:0kB, UID:${uid} pgtables:${Math.ceil(kib / 2048) * 4}kB oom_score_adj:${oomScoreAdj}`,
    3,
  )
}

/** A limit set below what is in use: the biggest die until the rest fits. Linux: memory_max_write(). */
function enforce(k: Kernel, id: number): void {
  const killed = new Set<number>()
  let left = memoryUsage(k, id)
  while (left > k.cgroups.get(id).memoryMax) {
    const victims = memcgOomKill(k, id, killed)
    if (!victims.length) return
    for (const victim of victims) {
      killed.add(victim)
      left -= k.tasks.get(victim).rss
    }
  }
}

/** A number of bytes with a suffix, rounded down to pages. Linux: memparse(), page_counter_memparse(). */
function parseBytes(text: string, unlimited: string): number {
  const word = text.trim()
  if (word === unlimited) return INFINITE
  const found = /^(0x[0-9a-f]+|\d*)([kmgtpe]?)$/i.exec(word)
  if (!found) throw EINVAL
  const digits = /^0[0-7]+$/.test(found[1]!) ? `0o${found[1]!.slice(1)}` : found[1] || '0'
  const bytes = (BigInt(digits) << SUFFIX[found[2]!.toLowerCase()]!) & 0xffffffffffffffffn
  return Math.floor(Number(bytes) / PAGE) * PAGE
}

const show = (bytes: number, unlimited: string): string => `${bytes === INFINITE ? unlimited : bytes}\n`

type Limit = 'memoryMax' | 'memoryHigh' | 'memoryMin' | 'memoryLow' | 'memorySwapMax' | 'memorySoftLimit'

const limitFile = (name: string, field: Limit): CgroupFile => ({
  name,
  on: 'nonRoot',
  show: (_, cg) => show(cg[field], 'max'),
  store(k, cg, text) {
    k.cgroups.own(cg.id)[field] = parseBytes(text, 'max')
    if (field === 'memoryMax') enforce(k, cg.id)
  },
})

function eventsOf(k: Kernel, cgs: Iterable<Cgroup>): string {
  const sum = { high: 0, max: 0, oom: 0, kill: 0, group: 0 }
  for (const { id } of cgs) {
    const cg = k.cgroups.get(id)
    sum.high += cg.memoryHighEvents
    sum.max += cg.memoryFailures
    sum.oom += cg.memoryOom
    sum.kill += cg.memoryOomKill
    sum.group += cg.memoryOomGroupKill
  }
  return `low 0\nhigh ${sum.high}\nmax ${sum.max}\noom ${sum.oom}\noom_kill ${sum.kill}\noom_group_kill ${sum.group}\n`
}

const v2: readonly CgroupFile[] = [
  { name: 'memory.current', on: 'nonRoot', show: (k, cg) => `${memoryUsage(k, cg.id)}\n` },
  { name: 'memory.peak', on: 'nonRoot', show: (_, cg) => `${cg.memoryPeak}\n` },
  limitFile('memory.min', 'memoryMin'),
  limitFile('memory.low', 'memoryLow'),
  limitFile('memory.high', 'memoryHigh'),
  limitFile('memory.max', 'memoryMax'),
  {
    name: 'memory.events',
    on: 'nonRoot',
    notifies: true,
    show: (k, cg) => eventsOf(k, descendants(k, cg.id)),
  },
  { name: 'memory.events.local', on: 'nonRoot', show: (k, cg) => eventsOf(k, [cg]) },
  {
    name: 'memory.oom.group',
    on: 'nonRoot',
    show: (_, cg) => `${cg.memoryOomGroup ? 1 : 0}\n`,
    store(k, cg, text) {
      const value = kstrtoint(text)
      if (value !== 0 && value !== 1) throw EINVAL
      k.cgroups.own(cg.id).memoryOomGroup = value === 1
    },
  },
  { name: 'memory.swap.current', on: 'nonRoot', show: () => '0\n' },
  limitFile('memory.swap.max', 'memorySwapMax'),
]

/** Without swap nothing can be pushed out to get below a new limit. Linux: mem_cgroup_resize_max(). */
function storeLimitInBytes(k: Kernel, cg: Cgroup, text: string): void {
  const bytes = parseBytes(text, '-1')
  if (!cg.parent) throw EINVAL
  if (memoryUsage(k, cg.id) > bytes) throw EBUSY
  k.cgroups.own(cg.id).memoryMax = bytes
}

/** Any write resets. */
const reset = (field: 'memoryPeak' | 'memoryFailures') => (k: Kernel, cg: Cgroup) => {
  k.cgroups.own(cg.id)[field] = field === 'memoryPeak' ? memoryUsage(k, cg.id) : 0
}

const v1: readonly CgroupFile[] = [
  { name: 'memory.usage_in_bytes', show: (k, cg) => `${memoryUsage(k, cg.id)}\n` },
  { name: 'memory.max_usage_in_bytes', show: (_, cg) => `${cg.memoryPeak}\n`, store: reset('memoryPeak') },
  { name: 'memory.limit_in_bytes', show: (_, cg) => show(cg.memoryMax, UNLIMITED), store: storeLimitInBytes },
  {
    name: 'memory.soft_limit_in_bytes',
    show: (_, cg) => show(cg.memorySoftLimit, UNLIMITED),
    store(k, cg, text) {
      k.cgroups.own(cg.id).memorySoftLimit = parseBytes(text, '-1')
    },
  },
  { name: 'memory.failcnt', show: (_, cg) => `${cg.memoryFailures}\n`, store: reset('memoryFailures') },
  {
    name: 'memory.oom_control',
    show: (_, cg) => `oom_kill_disable 0\nunder_oom 0\noom_kill ${cg.memoryOomKill}\n`,
  },
  { name: 'memory.use_hierarchy', show: () => '1\n' },
]

export const memory: Controller = {
  name: 'memory',
  v1,
  v2,
  offline(k, cg) {
    const settings = Object.entries(FRESH).filter(([name]) => name.startsWith('memory'))
    Object.assign(k.cgroups.own(cg.id), Object.fromEntries(settings))
  },
}
