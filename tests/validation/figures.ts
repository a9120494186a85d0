/** What measure.sh prints, and what is compared of it. */
import type { Setup } from './setups.ts'

/** What the kernel counted of one group or task between two looks. Times in µs. */
interface Counted {
  readonly elapsed: number
  readonly used: number
  readonly periods: number
  readonly throttled: number
  readonly throttledTime: number
}

/** Everything that one run counted: `quota-10 group a` → … */
export type Run = Readonly<Record<string, readonly number[]>>

/** Reads what measure.sh printed. */
export function parseRun(text: string): Run {
  const run: Record<string, number[]> = {}
  let setup = ''
  for (const line of text.split('\n')) {
    const [word, name, ...numbers] = line.split(' ')
    if (word === 'setup') setup = name!
    else if (word === 'group' || word === 'task') run[`${setup} ${word} ${name}`] = numbers.map(Number)
  }
  return run
}

/** What linux.txt holds. */
export interface Measured {
  readonly kernel: string
  readonly dates: readonly string[]
  readonly runs: readonly Run[]
}

/** Reads several runs, each after a line with its date. */
export function parseMeasured(text: string): Measured {
  const [, ...runs] = text.split(/^date /m)
  const kernel = /^kernel ([^ ,]+)/m.exec(text)?.[1] ?? ''
  return { kernel, dates: runs.map(run => run.split('\n')[0]!), runs: runs.map(parseRun) }
}

/** One line of the table: a group, or all tasks in one place that do the same. */
export interface Figures {
  readonly setup: string
  readonly what: string
  /** % of one processor. */
  readonly share: number
  /** Each in ten seconds; undefined without a quota. */
  readonly bandwidth:
    | { readonly periods: number; readonly throttled: number; readonly throttledMs: number }
    | undefined
}

/** The figures of a set-up in one run; none when it was not measured. */
export function figuresOf(setup: Setup, run: Run): Figures[] {
  const rows: Figures[] = []
  for (const { name, files } of setup.groups) {
    const it = counted(run[`${setup.name} group ${name}`])
    const limited = Object.keys(files).some(file => file === 'cpu.max' || file.startsWith('cpu.cfs_'))
    if (it)
      rows.push({
        setup: setup.name,
        what: name,
        share: share(it),
        bandwidth: limited ? bandwidth(it) : undefined,
      })
  }
  for (const [family, names] of families(setup)) {
    const counts = names
      .map(name => counted(run[`${setup.name} task ${name}`]))
      .filter(it => it !== undefined)
    if (counts.length < names.length) continue
    const total = counts.reduce((sum, it) => sum + share(it), 0)
    rows.push({ setup: setup.name, what: family, share: total, bandwidth: undefined })
  }
  return rows
}

/** Tasks by what they are called without their number; those that are all there is in a group are told with it. */
function families(setup: Setup): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { name, group } of setup.tasks) {
    const family = name.replace(/\d+$/, '')
    const isAlone = setup.tasks.every(it => it.group !== group || it.name.replace(/\d+$/, '') === family)
    if (group !== '-' && isAlone) continue
    found.set(family, [...(found.get(family) ?? []), name])
  }
  return found
}

function counted(numbers: readonly number[] | undefined): Counted | undefined {
  if (!numbers) return undefined
  const [elapsed = 1, used = 0, periods = 0, throttled = 0, throttledTime = 0] = numbers
  return { elapsed, used, periods, throttled, throttledTime }
}

const share = ({ elapsed, used }: Counted): number => (100 * used) / elapsed

function bandwidth({ elapsed, periods, throttled, throttledTime }: Counted): Figures['bandwidth'] {
  const scale = 10e6 / elapsed
  return {
    periods: periods * scale,
    throttled: throttled * scale,
    throttledMs: (throttledTime * scale) / 1000,
  }
}

/** The middle of several runs of one line, each figure for itself. */
export function middle(runs: readonly Figures[]): Figures {
  const of = (pick: (it: Figures) => number): number => {
    const sorted = runs.map(pick).sort((a, b) => a - b)
    const half = sorted.length >> 1
    return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
  }
  const bandwidth = runs[0]!.bandwidth && {
    periods: of(it => it.bandwidth!.periods),
    throttled: of(it => it.bandwidth!.throttled),
    throttledMs: of(it => it.bandwidth!.throttledMs),
  }
  return { ...runs[0]!, share: of(it => it.share), bandwidth }
}

/** A line of the table: what was measured on Linux, and what Vitrine counts. */
export interface Comparison {
  readonly setup: Setup
  readonly linux: Figures
  /** The share that Linux gave in each run, the smallest first. */
  readonly runs: readonly number[]
  readonly vitrine: Figures
}

/** Percentage points that shares may differ by. */
export const TOLERANCE = 3

/**
 * How far Vitrine's share is from the median of the runs on Linux; from the nearest of them where Linux itself does not
 * do the same each time, within what is allowed here.
 */
export function difference({ linux, runs, vitrine }: Comparison): number {
  const repeats = runs.at(-1)! - runs[0]! <= TOLERANCE
  if (repeats) return vitrine.share - linux.share
  return runs.map(share => vitrine.share - share).reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a))
}

export function compare(setups: readonly Setup[], linux: readonly Run[], vitrine: Run): Comparison[] {
  return setups.flatMap(setup => {
    const runs = linux.map(run => figuresOf(setup, run)).filter(it => it.length)
    if (!runs.length) return []
    return figuresOf(setup, vitrine).map((it, i) => {
      const measured = runs.map(run => run[i]!)
      const shares = measured.map(run => run.share).sort((a, b) => a - b)
      return { setup, linux: middle(measured), runs: shares, vitrine: it }
    })
  })
}
