/**
 * Pressure stall information: how much of the time tasks that could run had to wait for a CPU.
 * Linux: kernel/sched/psi.c. Only CPU pressure; triggers are left out.
 */
import type { Scheduler } from './scheduler.ts'

/** PSI_FREQ: averages are taken every 2 s and a tick. */
const PERIOD = 2_004_000_000
const FIXED_1 = 2048
/** Decay over 10, 60 and 300 s. */
const EXP = [1677, 1981, 2034] as const

/** Linux: struct psi_group_cpu. Tasks that can run, how many of them do, and for how long which state held. */
interface CpuState {
  running: number
  onCpu: number
  since: number
  some: number
  full: number
  nonidle: number
  /** What had been counted when the totals were last formed. */
  seen: { some: number; full: number; nonidle: number }
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
  readonly #some = new Stall()
  readonly #full = new Stall()
  #nextUpdate: number

  constructor(parent: PsiGroup | undefined, cpus: number, now: number) {
    this.parent = parent
    this.#nextUpdate = now + PERIOD
    this.#cpus = Array.from({ length: cpus }, () => ({
      running: 0,
      onCpu: 0,
      since: now,
      some: 0,
      full: 0,
      nonidle: 0,
      seen: { some: 0, full: 0, nonidle: 0 },
    }))
  }

  /** So many more tasks can run on a CPU, or do. Linux: psi_group_change(). */
  change(cpu: number, now: number, running: number, onCpu: number): void {
    this.#catchUp(now)
    const state = this.#cpus[cpu]!
    record(state, now)
    state.running += running
    state.onCpu += onCpu
  }

  /** The text of a pressure file. On the whole host nobody stops everybody, so `full` is 0 there. */
  show(now: number): string {
    this.#catchUp(now)
    this.#collect(now)
    return line('some', this.#some) + line('full', this.parent ? this.#full : new Stall())
  }

  /** Totals over CPUs, weighted by how busy each was. Linux: collect_percpu_times(). */
  #collect(now: number): void {
    for (const state of this.#cpus) record(state, now)
    let [some, full, nonidle] = [0, 0, 0]
    for (const { seen, ...state } of this.#cpus) {
      const busy = state.nonidle - seen.nonidle
      nonidle += busy
      some += (state.some - seen.some) * busy
      full += (state.full - seen.full) * busy
      Object.assign(seen, { some: state.some, full: state.full, nonidle: state.nonidle })
    }
    this.#some.total += Math.floor(some / Math.max(nonidle, 1))
    this.#full.total += Math.floor(full / Math.max(nonidle, 1))
  }

  /** Take the averages that were due up to now; nothing has changed in between. Linux: psi_avgs_work(). */
  #catchUp(now: number): void {
    while (this.#nextUpdate <= now) {
      const quiet = this.#some.isQuiet && this.#full.isQuiet && this.#cpus.every(it => !it.running)
      const periods = quiet ? Math.floor((now - this.#nextUpdate) / PERIOD) : 0
      this.#nextUpdate += periods * PERIOD
      this.#collect(this.#nextUpdate)
      this.#some.average()
      this.#full.average()
      this.#nextUpdate += PERIOD
    }
  }
}

function record(state: CpuState, now: number): void {
  const delta = now - state.since
  state.since = now
  if (delta <= 0 || !state.running) return
  state.nonidle += delta
  if (state.running > state.onCpu) state.some += delta
  if (!state.onCpu) state.full += delta
}

function line(name: string, { avg, total }: Stall): string {
  const [a, b, c] = avg.map(load => (Math.floor((load * 100) / FIXED_1) / 100).toFixed(2))
  return `${name} avg10=${a} avg60=${b} avg300=${c} total=${Math.floor(total / 1000)}\n`
}

/** So many more tasks of a cgroup, and of those above it, can run on a CPU, or do. */
export function psiChange(s: Scheduler, group: PsiGroup, cpu: number, running: number, onCpu: number): void {
  for (let it: PsiGroup | undefined = group; it; it = it.parent) it.change(cpu, s.k.clock, running, onCpu)
}
