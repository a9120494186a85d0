/**
 * What mpstat reads and computes: processor time and interrupts of two moments. Linux: sysstat 12.6, mpstat.c.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import { cpuTimes, HZ, procText, uptime } from '../proc.ts'

/** Counters of an interrupt, by processor. */
export interface Interrupt {
  readonly name: string
  readonly counts: readonly number[]
}

/** One look at the counters. */
export interface Counters {
  /** Jiffies since the boot. */
  readonly at: number
  /** user nice system idle iowait irq softirq steal guest guest_nice, of each processor that is there. */
  readonly cpus: ReadonlyMap<number, readonly number[]>
  readonly interrupts: number
  readonly hard: readonly Interrupt[]
  readonly soft: readonly Interrupt[]
}

export function* readCounters(sys: Sys): Blocking<Counters> {
  const at = (yield* uptime(sys)) * HZ
  const cpus = new Map<number, readonly number[]>()
  for (const { name, times } of yield* cpuTimes(sys))
    if (name !== 'cpu') cpus.set(Number(name.slice(3)), times)
  const stat = (yield* procText(sys, '/proc/stat')) ?? ''
  const interrupts = Number(/^intr (\d+)/m.exec(stat)?.[1] ?? 0)
  const hard = table(yield* procText(sys, '/proc/interrupts'))
  return { at, cpus, interrupts, hard, soft: table(yield* procText(sys, '/proc/softirqs')) }
}

/** The first line has the processors, the others a name and a counter for each of them. */
function table(text = ''): Interrupt[] {
  const [heads = '', ...rows] = text.split('\n')
  const cpus = heads.trim().split(/\s+/).length
  return rows.flatMap(row => {
    const [, name, rest] = /^\s*([^:]+):(.*)$/.exec(row) ?? []
    if (name === undefined) return []
    return [
      {
        name,
        counts: rest!
          .trim()
          .split(/\s+/)
          .slice(0, cpus)
          .map(it => Number(it) || 0),
      },
    ]
  })
}

/** The columns in their order, with the words that JSON has for them. */
export const COLUMNS = [
  'usr',
  'nice',
  'sys',
  'iowait',
  'irq',
  'soft',
  'steal',
  'guest',
  'gnice',
  'idle',
] as const

/** Percents of the time of some processors, in the order of COLUMNS. */
export function shares(before: Counters | undefined, after: Counters, cpus: readonly number[]): number[] {
  const total = Array<number>(10).fill(0)
  for (const cpu of cpus)
    for (const [i, now] of (after.cpus.get(cpu) ?? []).entries())
      total[i]! += Math.max(0, now - (before?.cpus.get(cpu)?.[i] ?? 0))
  const [user, nice, system, idle, iowait, irq, soft, steal, guest, guestNice] =
    total as unknown as readonly [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
  const all = user + nice + system + idle + iowait + irq + soft + steal
  // Without a tick nothing was counted, which is idleness.
  if (!all) return COLUMNS.map(it => (it === 'idle' ? 100 : 0))
  const parts = [user - guest, nice - guestNice, system, iowait, irq, soft, steal, guest, guestNice, idle]
  return parts.map(it => (100 * it) / all)
}

/** So many a second of something that is counted. */
export function rate(before: Counters | undefined, after: Counters, of: (it: Counters) => number): number {
  const ticks = after.at - (before?.at ?? 0)
  return ticks > 0 ? (Math.max(0, of(after) - (before ? of(before) : 0)) * HZ) / ticks : 0
}

/** Which node and core a processor belongs to. */
export interface Place {
  readonly core: number
  readonly socket: number
  readonly node: number
}

export function* placeOf(sys: Sys, cpu: number, nodes: readonly Node[]): Blocking<Place> {
  const base = `/sys/devices/system/cpu/cpu${cpu}/topology`
  const number = function* (name: string): Blocking<number> {
    return Number((yield* procText(sys, `${base}/${name}`)) ?? 0)
  }
  const node = nodes.find(it => it.cpus.includes(cpu))?.number ?? 0
  return { core: yield* number('core_id'), socket: yield* number('physical_package_id'), node }
}

/** A node of memory and its processors. */
export interface Node {
  readonly number: number
  readonly cpus: readonly number[]
}

/** The nodes of /sys; a host that tells of none has one with all processors. */
export function* readNodes(sys: Sys, cpus: readonly number[]): Blocking<Node[]> {
  const online = yield* procText(sys, '/sys/devices/system/node/online')
  if (!online) return [{ number: 0, cpus }]
  const nodes: Node[] = []
  for (const number of numbers(online.trim()) ?? []) {
    const list = yield* procText(sys, `/sys/devices/system/node/node${number}/cpulist`)
    nodes.push({ number, cpus: numbers((list ?? '').trim()) ?? [] })
  }
  return nodes
}

/** `0,2-3` as numbers; undefined for what is no such list. */
export function numbers(list: string): number[] | undefined {
  const found: number[] = []
  for (const part of list.split(',')) {
    const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
    if (low === undefined || Number(high) < Number(low)) return undefined
    for (let n = Number(low); n <= Number(high); n++) found.push(n)
  }
  return found
}
