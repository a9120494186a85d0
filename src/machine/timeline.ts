/**
 * What each CPU ran when, when groups were throttled, and what was in their buckets: the scheduler's trace as
 * stretches of time, for whoever draws it. Bounded: the newest of everything are kept.
 */
import type { SchedEvent } from '../kernel/index.ts'

/** A stretch in which a CPU ran one task; `to` is Infinity while it lasts. */
export interface Slice {
  readonly cpu: number
  readonly task: number
  /** The leader of its threads. */
  readonly process: number
  readonly pid: number
  readonly comm: string
  readonly cgroup: number
  readonly from: number
  readonly to: number
}

/** A stretch in which a cgroup's queue on a CPU was throttled. */
export interface Throttling {
  readonly cpu: number
  readonly from: number
  readonly to: number
}

/** A period of a cgroup began, with so many ns of CPU time to give. */
export interface Refill {
  readonly at: number
  readonly level: number
}

/** Nobody wrote down what happened here: there was more than the ring holds. */
export interface Gap {
  readonly from: number
  readonly to: number
}

type Open<T> = { -readonly [K in keyof T]: T[K] }

const KEEP = 20_000
const OPEN = Number.POSITIVE_INFINITY

/** Things in the order of time, the newest so many of them. */
class Recent<T> {
  list: T[] = []
  readonly #when: (it: T) => number
  /** When the oldest that is kept was; everything older is forgotten. */
  since = Number.NEGATIVE_INFINITY

  constructor(when: (it: T) => number) {
    this.#when = when
  }

  push(it: T): void {
    this.list.push(it)
    if (this.list.length < 2 * KEEP) return
    this.list = this.list.slice(-KEEP)
    this.since = this.#when(this.list[0]!)
  }

  /** The index of the first that is later than `at`. */
  after(at: number): number {
    let [low, high] = [0, this.list.length]
    while (low < high) {
      const mid = (low + high) >> 1
      if (this.#when(this.list[mid]!) > at) high = mid
      else low = mid + 1
    }
    return low
  }

  get last(): T | undefined {
    return this.list.at(-1)
  }
}

/** A list of its own for everything that is asked for. */
class Lists<T> {
  readonly #lists = new Map<number, Recent<T>>()
  readonly #when: (it: T) => number

  constructor(when: (it: T) => number) {
    this.#when = when
  }

  of(id: number): Recent<T> {
    let list = this.#lists.get(id)
    if (!list) {
      list = new Recent(this.#when)
      this.#lists.set(id, list)
    }
    return list
  }
}

const beginning = (it: { readonly from: number }): number => it.from

/** Those that overlap a stretch of time. Needs: one ends before the next begins. */
function overlapping<T extends Gap>(list: Recent<T>, from: number, to: number): T[] {
  const first = list.after(from)
  const begin = first > 0 && list.list[first - 1]!.to > from ? first - 1 : first
  let end = list.after(to)
  while (end > begin && list.list[end - 1]!.from >= to) end--
  return list.list.slice(begin, end)
}

/** More CPUs than a machine has. */
const CPUS = 256

export class Timeline {
  readonly cpus: number
  readonly #lanes = new Lists<Open<Slice>>(beginning)
  readonly #groups = new Lists<Open<Slice>>(beginning)
  readonly #throttled = new Lists<Open<Throttling>>(beginning)
  readonly #refills = new Lists<Refill>(it => it.at)
  readonly #gaps = new Recent<Gap>(beginning)
  readonly #times = new Recent<number>(it => it)
  /** When it was begun to write things down. */
  readonly begun: number
  /** How many events have been taken. */
  count = 0

  constructor(cpus: number, begun: number) {
    this.cpus = cpus
    this.begun = begun
  }

  /** Since when everything is known. */
  get since(): number {
    return Math.max(this.begun, this.#times.since)
  }

  /** Write down what happened; `lost` says that events before these are missing. */
  take(events: readonly SchedEvent[], lost: boolean): void {
    const first = events[0]
    if (lost && first) this.#interrupt(first.at)
    for (const event of events) this.#note(event)
    this.count += events.length
  }

  #note(event: SchedEvent): void {
    const { at } = event
    if (this.#times.last !== at) this.#times.push(at)
    switch (event.kind) {
      case 'switch': {
        const { cpu, task, process, pid, comm, cgroup, was } = event
        const lane = this.#lanes.of(cpu)
        const before = lane.last
        if (before?.to === OPEN) {
          before.to = at
          if (was) before.comm = was
        }
        if (!task) return
        const slice = { cpu, task, process, pid, comm, cgroup, from: at, to: OPEN }
        lane.push(slice)
        this.#groups.of(cgroup * CPUS + cpu).push(slice)
        return
      }
      case 'throttle':
        this.#throttled.of(event.cgroup * CPUS + event.cpu).push({ cpu: event.cpu, from: at, to: OPEN })
        return
      case 'unthrottle': {
        const open = this.#throttled.of(event.cgroup * CPUS + event.cpu).last
        if (open?.to === OPEN) open.to = at
        return
      }
      case 'refill':
        this.#refills.of(event.cgroup).push({ at, level: event.runtime + event.held })
    }
  }

  /** What lasts is known only up to the last event; after the gap it begins anew. */
  #interrupt(at: number): void {
    const from = this.#times.last ?? this.begun
    for (let cpu = 0; cpu < this.cpus; cpu++) {
      const slice = this.#lanes.of(cpu).last
      if (slice?.to === OPEN) slice.to = from
    }
    this.#gaps.push({ from, to: at })
  }

  /** What a CPU ran in a stretch of time, in order. */
  lane(cpu: number, from: number, to: number): readonly Slice[] {
    return overlapping(this.#lanes.of(cpu), from, to)
  }

  /** When tasks that are in this very cgroup ran, CPU by CPU. */
  slicesOf(cgroup: number, from: number, to: number): readonly Slice[] {
    return this.#perCpu(this.#groups, cgroup, from, to)
  }

  throttlingOf(cgroup: number, from: number, to: number): readonly Throttling[] {
    return this.#perCpu(this.#throttled, cgroup, from, to)
  }

  #perCpu<T extends Gap>(lists: Lists<T>, cgroup: number, from: number, to: number): T[] {
    const all: T[] = []
    for (let cpu = 0; cpu < this.cpus; cpu++)
      all.push(...overlapping(lists.of(cgroup * CPUS + cpu), from, to))
    return all
  }

  /** The periods that began in a stretch of time, and the one before. */
  refillsOf(cgroup: number, from: number, to: number): readonly Refill[] {
    const list = this.#refills.of(cgroup)
    return list.list.slice(Math.max(0, list.after(from) - 1), list.after(to))
  }

  gaps(from: number, to: number): readonly Gap[] {
    return overlapping(this.#gaps, from, to)
  }

  /** The next event after a moment; undefined if none is known. */
  eventAfter(at: number): number | undefined {
    return this.#times.list[this.#times.after(at)]
  }

  /** The last event before a moment. */
  eventBefore(at: number): number | undefined {
    const { list } = this.#times
    let i = this.#times.after(at) - 1
    while (i >= 0 && list[i]! >= at) i--
    return list[i]
  }
}
