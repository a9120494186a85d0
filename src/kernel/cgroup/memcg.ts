/**
 * Who has how much memory: every task and every cached file is charged to the cgroup in which the memory was first
 * used, and stays charged there when the task moves on. Linux: mm/memcontrol.c, mm/page_counter.c.
 *
 * A program's own pages and page tables count with fixed sizes, its heap as brk(2) made it, files by their blocks. The
 * root cgroup is not charged. Left out: the batches of pages that a CPU takes ahead, by which memory.current is a little
 * higher on Linux; who reads swapped memory gets its place in swap back at once (no swap cache).
 */
import type { Kernel } from '../kernel.ts'
import { memoryUse } from '../mm.ts'
import { PAGE_TABLES, PROGRAM_ANON } from '../task-memory.ts'
import type { MemoryCharge, Task } from '../types.ts'
import { wakeUp } from '../wake-up.ts'
import { ancestors, cgroupFor, descendants, hasController } from './cgroup.ts'
import { cssOf } from './css.ts'
import { NO_LIMIT, PAGE } from './page-counter.ts'

/** Linux: struct mem_cgroup. Charges are of this cgroup alone, in bytes; so are limits. */
export interface MemCgroup {
  readonly anon: number
  /** Cached files, those of tmpfs (`shmem`) among them. */
  readonly file: number
  readonly shmem: number
  readonly pagetables: number
  readonly slab: number
  /** What of `anon` was put into swap: no longer in `anon`. */
  readonly swap: number
  // What has happened here so far.
  /** Pages that programs touched first, and all pages that were charged. */
  readonly pgfault: number
  /** Faults that had to wait for swap. */
  readonly pgmajfault: number
  readonly pgpgin: number
  readonly pgscan: number
  readonly pgsteal: number
  readonly refaultFile: number
  readonly refaultAnon: number
  readonly peak: number
  /** The highest use of memory and swap together (v1). */
  readonly memswPeak: number
  readonly lowEvents: number
  readonly highEvents: number
  readonly failures: number
  /** How often memory and swap together were at their limit (v1). */
  readonly memswFailures: number
  readonly swapMaxEvents: number
  readonly swapFailEvents: number
  readonly oom: number
  readonly oomKill: number
  readonly oomGroupKill: number
  // Settings.
  readonly max: number
  readonly high: number
  readonly min: number
  readonly low: number
  readonly swapMax: number
  readonly swapHigh: number
  readonly zswapMax: number
  readonly oomGroup: boolean
  // … and those that only v1 has.
  readonly softLimit: number
  readonly memswMax: number
  readonly tcpMax: number
  readonly swappiness: number
  readonly oomKillDisable: boolean
  readonly underOom: boolean
  readonly moveCharge: number
}

export const memcg = cssOf<MemCgroup>('memory', {
  anon: 0,
  file: 0,
  shmem: 0,
  pagetables: 0,
  slab: 0,
  swap: 0,
  pgfault: 0,
  pgmajfault: 0,
  pgpgin: 0,
  pgscan: 0,
  pgsteal: 0,
  refaultFile: 0,
  refaultAnon: 0,
  peak: 0,
  memswPeak: 0,
  lowEvents: 0,
  highEvents: 0,
  failures: 0,
  memswFailures: 0,
  swapMaxEvents: 0,
  swapFailEvents: 0,
  oom: 0,
  oomKill: 0,
  oomGroupKill: 0,
  max: NO_LIMIT,
  high: NO_LIMIT,
  min: 0,
  low: 0,
  swapMax: NO_LIMIT,
  swapHigh: NO_LIMIT,
  zswapMax: NO_LIMIT,
  oomGroup: false,
  softLimit: NO_LIMIT,
  memswMax: NO_LIMIT,
  tcpMax: NO_LIMIT,
  swappiness: 60,
  oomKillDisable: false,
  underOom: false,
  moveCharge: 0,
})

type Counter = 'anon' | 'file' | 'shmem' | 'pagetables' | 'slab' | 'swap'
export type Charge = Readonly<Partial<Record<Counter, number>>>
const COUNTERS = ['anon', 'file', 'shmem', 'pagetables', 'slab', 'swap'] as const

/** What a program has from its start, as `sleep` has on Linux. */
const PROGRAM = { anon: PROGRAM_ANON, pagetables: PAGE_TABLES, slab: 9 * PAGE } as const

/** The cgroup that a task's memory is charged to: the nearest that has the controller; 0 for the root. */
export function memcgOf(k: Kernel, task: Task): number {
  const own = cgroupFor(k, task, 'memory')
  if (!own || !k.cgroups.get(own).parent) return 0
  for (const cg of ancestors(k, own)) if (cg.parent && hasController(k, cg, 'memory')) return cg.id
  return 0
}

/** What the cgroup and everything below it are charged with, by counter. */
export function chargesOf(k: Kernel, cgroupId: number): Record<Counter, number> {
  const sum = { anon: 0, file: 0, shmem: 0, pagetables: 0, slab: 0, swap: 0 }
  if (!k.cgroups.get(cgroupId).parent) {
    const { anon, shmem, cached, buffers, slab } = memoryUse(k)
    return { ...sum, anon, shmem, file: cached + buffers + shmem, slab }
  }
  for (const cg of descendants(k, cgroupId)) {
    const own = memcg.of(cg)
    for (const counter of COUNTERS) sum[counter] += own[counter]
  }
  return sum
}

/** memory.current: bytes. */
export function memoryUsage(k: Kernel, cgroupId: number): number {
  const { anon, file, pagetables, slab } = chargesOf(k, cgroupId)
  return anon + file + pagetables + slab
}

/** memory.swap.current: bytes. */
export const swapUsage = (k: Kernel, cgroupId: number): number => chargesOf(k, cgroupId).swap

/** How many pages more a cgroup may have in swap, and whose memory.swap.max says so; 0 where none does. */
export function swapRoom(k: Kernel, cgroupId: number): { pages: number; limit: number } {
  let [pages, limit] = [NO_LIMIT, 0]
  for (const cg of ancestors(k, cgroupId)) {
    const { swapMax } = memcg.of(cg)
    const room = swapMax === NO_LIMIT ? NO_LIMIT : Math.max(0, swapMax - swapUsage(k, cg.id)) / PAGE
    if (room < pages) [pages, limit] = [Math.floor(room), cg.id]
  }
  return { pages, limit }
}

/** Add to what a cgroup is charged with, whatever its limits. Linux: page_counter_charge(). */
export function charge(k: Kernel, cgroupId: number, what: Charge): void {
  if (!cgroupId) return
  const own = memcg.of(k.cgroups.get(cgroupId))
  const change: Partial<Record<Counter | 'pgfault' | 'pgpgin', number>> = {}
  for (const counter of COUNTERS) if (what[counter]) change[counter] = own[counter] + what[counter]
  const { anon = 0, file = 0 } = what
  const pages = Math.max(0, anon, file) / PAGE
  if (pages) change.pgpgin = own.pgpgin + pages
  if (anon > 0) change.pgfault = own.pgfault + anon / PAGE
  memcg.set(k, cgroupId, change)
  if (pages || (what.swap ?? 0) > 0) notePeaks(k, cgroupId)
  k.memcgEvents?.charged(cgroupId)
}

/** Pages of tasks or of files in memory have come back from swap, in so many faults. Linux: do_swap_page(), workingset_refault(). */
export function countSwapIn(k: Kernel, cgroupId: number, pages: number, faults: number): void {
  if (!cgroupId || !k.cgroups.find(cgroupId)) return
  const { refaultAnon, pgmajfault } = memcg.of(k.cgroups.get(cgroupId))
  memcg.set(k, cgroupId, { refaultAnon: refaultAnon + pages, pgmajfault: pgmajfault + faults })
}

/** So many pages of a cgroup were looked at and given back. */
export function countReclaimed(k: Kernel, cgroupId: number, pages: number): void {
  if (!cgroupId || !k.cgroups.find(cgroupId)) return
  const { pgscan, pgsteal } = memcg.of(k.cgroups.get(cgroupId))
  memcg.set(k, cgroupId, { pgscan: pgscan + pages, pgsteal: pgsteal + pages })
}

/** The highest use so far. */
function notePeaks(k: Kernel, cgroupId: number): void {
  for (const cg of ancestors(k, cgroupId)) {
    if (!cg.parent) return
    const usage = memoryUsage(k, cg.id)
    const memsw = usage + (k.swap ? swapUsage(k, cg.id) : 0)
    const { peak, memswPeak } = memcg.of(k.cgroups.get(cg.id))
    if (usage > peak || memsw > memswPeak)
      memcg.set(k, cg.id, { peak: Math.max(peak, usage), memswPeak: Math.max(memswPeak, memsw) })
  }
}

const negated = (what: Charge): Charge =>
  Object.fromEntries(Object.entries(what).map(([counter, bytes]) => [counter, -bytes]))

/** Linux: page_counter_uncharge(). Who waits for room may look again. */
export function uncharge(k: Kernel, cgroupId: number, what: Charge): void {
  if (!cgroupId) return
  charge(k, cgroupId, negated(what))
  for (const cg of ancestors(k, cgroupId)) if (memcg.of(cg).underOom) wakeUp(k, oomQueue(cg.id))
}

/** Those whom an OOM killer that is switched off lets wait. */
export const oomQueue = (cgroupId: number): string => `memory.oom_control:${cgroupId}`

/** A task's heap has grown, or shrunk, by so many bytes, of which some were in swap: the newest part goes first. */
export function chargeHeap(k: Kernel, taskId: number, bytes: number, swapped = 0): void {
  const task = k.tasks.get(taskId)
  if (bytes >= 0) {
    const cgroup = bytes ? memcgOf(k, task) : 0
    if (!cgroup) return
    charge(k, cgroup, { anon: bytes })
    k.tasks.own(taskId).charges = merged(task.charges, cgroup, bytes)
    return
  }
  let [anonLeft, swapLeft] = [-bytes - swapped, swapped]
  const kept: MemoryCharge[] = []
  for (const it of [...task.charges].reverse()) {
    const part = Math.min(anonLeft, it.anon - (it.program ? PROGRAM.anon : 0))
    const swap = Math.min(swapLeft, it.swap ?? 0)
    if (part + swap) uncharge(k, it.cgroup, { anon: part, swap })
    anonLeft -= part
    swapLeft -= swap
    if (it.anon > part || (it.swap ?? 0) > swap)
      kept.unshift({ ...it, anon: it.anon - part, swap: (it.swap ?? 0) - swap })
  }
  if (task.charges.length) k.tasks.own(taskId).charges = kept
}

function merged(list: readonly MemoryCharge[], cgroup: number, anon: number): readonly MemoryCharge[] {
  if (!list.some(it => it.cgroup === cgroup)) return [...list, { cgroup, anon, program: false }]
  return list.map(it => (it.cgroup === cgroup ? { ...it, anon: it.anon + anon } : it))
}

/** A task runs a new program, or is a copy that writes to its pages: it has them in the cgroup where it is now. */
export function chargeProgram(k: Kernel, taskId: number): void {
  const task = k.tasks.get(taskId)
  const cgroup = memcgOf(k, task)
  const old = task.charges.find(it => it.program)
  if ((old?.cgroup ?? 0) === cgroup) return
  if (old) uncharge(k, old.cgroup, PROGRAM)
  charge(k, cgroup, PROGRAM)
  const rest = task.charges.flatMap(it => {
    const anon = it.anon - (it.program ? PROGRAM.anon : 0)
    return anon ? [{ ...it, anon, program: false }] : []
  })
  const moved = cgroup ? merged(rest, cgroup, PROGRAM.anon) : rest
  k.tasks.own(taskId).charges = moved.map(it => (it.cgroup === cgroup ? { ...it, program: true } : it))
}

/** A task has given up its memory. */
export function unchargeTask(k: Kernel, taskId: number): void {
  const { charges } = k.tasks.get(taskId)
  if (!charges.length) return
  for (const { cgroup, anon, program, swap = 0 } of charges)
    uncharge(k, cgroup, program ? { ...PROGRAM, anon, swap } : { anon, swap })
  k.tasks.own(taskId).charges = []
}

/** What a process has on the account of one cgroup goes over to another's. Linux: mem_cgroup_move_charge(). */
export function moveTaskCharges(k: Kernel, taskId: number, from: number, to: number): void {
  const { charges } = k.tasks.get(taskId)
  const it = charges.find(({ cgroup }) => cgroup === from)
  if (!it) return
  const { anon, swap = 0, program } = it
  const what = program ? { ...PROGRAM, anon, swap } : { anon, swap }
  uncharge(k, from, what)
  charge(k, to, what)
  const others = charges.filter(other => other !== it && other.cgroup !== to)
  const there = charges.find(({ cgroup }) => cgroup === to)
  const sum = { cgroup: to, anon: anon + (there?.anon ?? 0), swap: swap + (there?.swap ?? 0) }
  const merged = { ...sum, program: program || (there?.program ?? false) }
  k.tasks.own(taskId).charges = to ? [...others, merged] : others
}

/** A cgroup goes, or loses the controller: what it is charged with is its parent's. Linux: memcg_reparent_objcgs(). */
export function reparentCharges(k: Kernel, cgroupId: number): void {
  const cg = k.cgroups.get(cgroupId)
  const own = memcg.of(cg)
  const what = Object.fromEntries(COUNTERS.map(counter => [counter, own[counter]]))
  if (!COUNTERS.some(counter => own[counter])) return
  const above = nearestAbove(k, cg.parent)
  charge(k, above, what)
  charge(k, cgroupId, negated(what))
  for (const task of k.tasks.values()) {
    if (!task.charges.some(it => it.cgroup === cgroupId)) continue
    const moved = task.charges.map(it => (it.cgroup === cgroupId ? { ...it, cgroup: above } : it))
    k.tasks.own(task.id).charges = moved.filter(it => it.cgroup)
  }
  if (!own.file) return
  for (const it of k.pageCache.mappings.values()) if (it.memcg === cgroupId) it.memcg = above
  if (own.shmem)
    for (const { id, memcg: owner } of [...k.vfs.inodes.values()])
      if (owner === cgroupId) k.vfs.inodes.own(id).memcg = above
}

function nearestAbove(k: Kernel, parent: number): number {
  for (const cg of ancestors(k, parent)) if (cg.parent && hasController(k, cg, 'memory')) return cg.id
  return 0
}

/** A limit that keeps somebody from having more, and by how many bytes. */
export interface LimitHit {
  readonly id: number
  /** It is the one on memory and swap together, which swapping does not help. */
  readonly isMemsw: boolean
  readonly excess: number
}

/**
 * The nearest limit that keeps the task from having so many bytes more, `memsw` of which are not in swap already.
 * Linux: try_charge_memcg().
 */
export function memoryLimitHit(
  k: Kernel,
  taskId: number,
  growth: number,
  memsw = growth,
): LimitHit | undefined {
  const own = growth < 0 ? 0 : memcgOf(k, k.tasks.get(taskId))
  if (!own) return undefined
  for (const { id } of ancestors(k, own)) {
    const hit = overLimit(k, id, growth, memsw)
    if (hit) return hit
  }
  return undefined
}

/** By how much a cgroup would be above one of its own limits. "memory+swap" is looked at first, as Linux does. */
export function overLimit(k: Kernel, id: number, growth = 0, memsw = growth): LimitHit | undefined {
  const { max, memswMax } = memcg.of(k.cgroups.get(id))
  if (max === NO_LIMIT && memswMax === NO_LIMIT) return undefined
  const usage = memoryUsage(k, id)
  const memswExcess = memswMax === NO_LIMIT ? 0 : usage + swapUsage(k, id) + memsw - memswMax
  if (memswExcess > 0) return { id, isMemsw: true, excess: memswExcess }
  const excess = usage + growth - max
  return excess > 0 ? { id, isMemsw: false, excess } : undefined
}

/** MEMCG_CHARGE_BATCH: how many pages a task takes at a time. */
export const HIGH_BATCH = 64

/** How much a task may grow until it is above some memory.high; 0 above it. */
export function memoryHighRoom(k: Kernel, taskId: number): number {
  const own = memcgOf(k, k.tasks.get(taskId))
  let room = NO_LIMIT
  if (own)
    for (const cg of ancestors(k, own)) {
      const { high } = memcg.of(cg)
      if (high !== NO_LIMIT) room = Math.min(room, Math.max(0, high - memoryUsage(k, cg.id)))
    }
  return room
}

/**
 * How many ns a task that has grown by `pages` has to wait because it is above memory.high: the penalty grows with the
 * square of the excess. Linux: mem_cgroup_handle_over_high(), calculate_high_delay().
 */
export function memoryHighPenalty(k: Kernel, taskId: number, pages: number): number {
  let excess = 0
  for (const cg of ancestors(k, memcgOf(k, k.tasks.get(taskId)))) {
    const { high } = memcg.of(cg)
    const over = high === NO_LIMIT ? 0 : (memoryUsage(k, cg.id) - high) / Math.max(high, PAGE)
    excess = Math.max(excess, over)
  }
  const seconds = (64 * excess * excess * pages) / HIGH_BATCH
  return seconds <= 0.01 ? 0 : Math.round(Math.min(2, seconds) * 1e9)
}
