/**
 * Pressure stall information: how much of the time tasks had to wait for a CPU, for memory or for a disk.
 * Linux: kernel/sched/psi.c; Documentation/accounting/psi.rst.
 */
import { TSK_IOWAIT, TSK_MEMSTALL } from '../wake-up.ts'
import type { Scheduler } from './scheduler.ts'

/** PSI_FREQ: averages are taken every 2 s and a tick. */
const PERIOD = 2_004_000_000
const FIXED_1 = 2048
/** Decay over 10, 60 and 300 s. */
const EXP = [1677, 1981, 2034] as const

/** Linux: enum psi_res. */
export type PsiResource = 'io' | 'memory' | 'cpu'
export const PSI_RESOURCES: readonly PsiResource[] = ['io', 'memory', 'cpu']
/** Linux: enum psi_states: `some` and `full` of each resource, and last whether there is anybody at all. */
const NONIDLE = 6
const STATES = 7

/** Linux: struct psi_group_cpu. What tasks there are on a CPU, and for how long which state held, in ns. */
interface CpuState {
  running: number
  onCpu: number
  iowait: number
  memstall: number
  since: number
  readonly times: number[]
  /** What had been counted when the totals were last formed. */
  readonly seen: number[]
}

/** One line of a pressure file: totals in ns, averages in fixed point. */
class Stall {
  total = 0
  counted = 0
  readonly avg: [number, number, number] = [0, 0, 0]

  get isQuiet(): boolean {
    return this.counted === this.total && this.avg.every(load => load === 0)
  }

  /** One more period is over. Linux: calc_avgs(). */
  average(): void {
    const sample = Math.min(this.total - this.counted, PERIOD)
    this.counted += sample
    const percent = Math.floor((sample * 100) / PERIOD) * FIXED_1
    EXP.forEach((exp, i) => {
      const load = this.avg[i]!
      const next = load * exp + percent * (FIXED_1 - exp) + (percent >= load ? FIXED_1 - 1 : 0)
      this.avg[i] = Math.floor(next / FIXED_1)
    })
  }
}

/** Linux: struct psi_group. Of a cgroup of the default hierarchy, or of the whole host. */
export class PsiGroup {
  readonly parent: PsiGroup | undefined
  readonly #cpus: CpuState[]
  readonly #stalls = Array.from({ length: NONIDLE }, () => new Stall())
  #nextUpdate: number
  /** Told of each change: the triggers that somebody waits for. */
  readonly watchers = new Set<() => void>()

  constructor(parent: PsiGroup | undefined, cpus: number, now: number) {
    this.parent = parent
    this.#nextUpdate = now + PERIOD
    this.#cpus = Array.from({ length: cpus }, () => ({
      running: 0,
      onCpu: 0,
      iowait: 0,
      memstall: 0,
      since: now,
      times: new Array(STATES).fill(0),
      seen: new Array(STATES).fill(0),
    }))
  }

  /** So many more tasks can run on a CPU, or do. Linux: psi_group_change(). */
  change(cpu: number, now: number, running: number, onCpu: number): void {
    this.#catchUp(now)
    const state = this.#cpus[cpu]!
    record(state, now)
    state.running += running
    state.onCpu += onCpu
    for (const look of this.watchers) look()
  }

  /** A task that was last on a CPU begins (1) or ceases (-1) to wait for what `flags` say. */
  changeStall(cpu: number, now: number, flags: number, by: 1 | -1): void {
    this.#catchUp(now)
    const state = this.#cpus[cpu]!
    record(state, now)
    if (flags & TSK_IOWAIT) state.iowait += by
    if (flags & TSK_MEMSTALL) state.memstall += by
    for (const look of this.watchers) look()
  }

  /** The text of a pressure file. On the whole host nobody stops everybody, so `full` of cpu is 0 there. */
  show(now: number, resource: PsiResource): string {
    this.#catchUp(now)
    this.#collect(now)
    const at = 2 * PSI_RESOURCES.indexOf(resource)
    const full = resource === 'cpu' && !this.parent ? new Stall() : this.#stalls[at + 1]!
    return line('some', this.#stalls[at]!) + line('full', full)
  }

  /** The ns of a state so far. */
  total(now: number, resource: PsiResource, isFull: boolean): number {
    this.#catchUp(now)
    this.#collect(now)
    return this.#stalls[2 * PSI_RESOURCES.indexOf(resource) + Number(isFull)]!.total
  }

  /** Whether somebody waits at this moment. */
  isStalled(resource: PsiResource, isFull: boolean): boolean {
    const at = 2 * PSI_RESOURCES.indexOf(resource) + Number(isFull)
    return this.#cpus.some(it => holds(it, at))
  }

  /** Totals over CPUs, weighted by how busy each was. Linux: collect_percpu_times(). */
  #collect(now: number): void {
    for (const state of this.#cpus) record(state, now)
    let nonidle = 0
    const sums = new Array<number>(NONIDLE).fill(0)
    for (const { seen, times } of this.#cpus) {
      const busy = times[NONIDLE]! - seen[NONIDLE]!
      if (!busy) continue
      nonidle += busy
      for (let at = 0; at < NONIDLE; at++) sums[at]! += (times[at]! - seen[at]!) * busy
      for (let at = 0; at < STATES; at++) seen[at] = times[at]!
    }
    if (nonidle) this.#stalls.forEach((it, at) => (it.total += Math.floor(sums[at]! / nonidle)))
  }

  /** Take the averages that were due up to now; nothing has changed in between. Linux: psi_avgs_work(). */
  #catchUp(now: number): void {
    while (this.#nextUpdate <= now) {
      const quiet = this.#stalls.every(it => it.isQuiet) && this.#cpus.every(it => !holds(it, NONIDLE))
      const periods = quiet ? Math.floor((now - this.#nextUpdate) / PERIOD) : 0
      this.#nextUpdate += periods * PERIOD
      this.#collect(this.#nextUpdate)
      for (const it of this.#stalls) it.average()
      this.#nextUpdate += PERIOD
    }
  }
}

/** Linux: test_state(). Who waits for memory does so asleep here, so nobody runs for it. */
function holds({ running, onCpu, iowait, memstall }: CpuState, state: number): boolean {
  switch (state) {
    case 0:
      return iowait > 0
    case 1:
      return iowait > 0 && !running
    case 2:
      return memstall > 0
    case 3:
      return memstall > 0 && !running
    case 4:
      return running > onCpu
    case 5:
      return running > 0 && !onCpu
    default:
      return running > 0 || iowait > 0 || memstall > 0
  }
}

function record(state: CpuState, now: number): void {
  const delta = now - state.since
  state.since = now
  if (delta <= 0 || !(state.running || state.iowait || state.memstall)) return
  for (let at = 0; at < STATES; at++) if (holds(state, at)) state.times[at]! += delta
}

function line(name: string, { avg, total }: Stall): string {
  const [a, b, c] = avg.map(load => (Math.floor((load * 100) / FIXED_1) / 100).toFixed(2))
  return `${name} avg10=${a} avg60=${b} avg300=${c} total=${Math.floor(total / 1000)}\n`
}

/** So many more tasks of a cgroup, and of those above it, can run on a CPU, or do. */
export function psiChange(s: Scheduler, group: PsiGroup, cpu: number, running: number, onCpu: number): void {
  for (let it: PsiGroup | undefined = group; it; it = it.parent) it.change(cpu, s.k.clock, running, onCpu)
}

/** A sleeping task begins, or ceases, to wait for memory or a disk. */
export function psiStall(s: Scheduler, group: PsiGroup, cpu: number, flags: number, by: 1 | -1): void {
  for (let it: PsiGroup | undefined = group; it; it = it.parent) it.changeStall(cpu, s.k.clock, flags, by)
}
