/**
 * What top shows: two looks at /proc, the differences between them, and the lines made of those.
 * Linux: procps-ng src/top/top.c.
 *
 * Left out: other windows, colours, saved configuration.
 */
import { type Blocking, CLOCK_MONOTONIC, type Sys } from '../../../abi/index.ts'
import { type CpuTimes, cpuTimes, HZ, meminfo, type Proc, readProcs, readThreads, uptime } from '../proc.ts'
import { fixed } from '../printf.ts'
import {
  cellOf,
  type Columns,
  fitting,
  line,
  readExtra,
  type Row,
  sortKey,
  type Words,
} from './top-fields.ts'
import { uptimeLine } from './uptime.ts'

/** One look at the system. */
export interface Sample {
  readonly at: number
  readonly procs: readonly Proc[]
  readonly cpus: readonly CpuTimes[]
}

/** A condition on a field: that it holds a text, or lies below or above a value. */
export interface TopFilter {
  readonly text: string
  readonly isDenied: boolean
  readonly isExact: boolean
  readonly field: string
  readonly how: '=' | '<' | '>'
  readonly value: string
}

/** What the user has chosen. */
export interface TopView {
  sort: string
  ascending: boolean
  fullCommand: boolean
  singleCpu: boolean
  hideIdle: boolean
  threads: boolean
  forest: boolean
  pids: readonly number[]
  /** Only this user's, by effective id, or by any of the ids. */
  user: number | undefined
  anyUser: boolean
  maxTasks: number
  /** How many lines of the list are scrolled away. */
  first: number
  /** What `o` and `O` ask of tasks: all of it has to hold. */
  filters: TopFilter[]
  /** A process takes all of the processors for 100 %, not one (`I`). */
  solaris: boolean
  memoryScale: number
  taskScale: number
  showLoad: boolean
  showCpus: boolean
  showMemory: boolean
  cumulative: boolean
  readonly columns: Columns
}

/** CPU time of one look: reading and sorting. */
const EFFORT = 2_000_000

export function* sample(sys: Sys, threads: boolean): Blocking<Sample> {
  yield* sys.burn(EFFORT)
  const now = sys.clock_gettime(CLOCK_MONOTONIC)
  const processes = yield* readProcs(sys)
  const procs = threads ? yield* threadsOf(sys, processes) : processes
  return { at: now.sec + now.nsec / 1e9, procs, cpus: yield* cpuTimes(sys) }
}

/** -H: the threads, as if they were processes. */
function* threadsOf(sys: Sys, processes: readonly Proc[]): Blocking<Proc[]> {
  const all: Proc[] = []
  for (const it of processes)
    for (const thread of yield* readThreads(sys, it)) all.push({ ...thread, pid: thread.tid })
  return all
}

/** The lines above the task list. */
export function* summary(
  sys: Sys,
  before: Sample,
  after: Sample,
  view: TopView,
  shown: readonly Proc[],
): Blocking<string[]> {
  const lines: string[] = []
  if (view.showLoad) lines.push(`top - ${yield* uptimeLine(sys)}`)
  const arranged = view.singleCpu ? abreast : (rows: readonly string[]) => rows
  if (view.showCpus)
    lines.push(taskLine(shown, view.threads), ...arranged(cpuLines(before, after, view.singleCpu)))
  if (view.showMemory) lines.push(...arranged(memoryLines(yield* meminfo(sys), view.memoryScale)))
  return lines
}

/** Two rows beside each other, as top does once each processor has its own; the screen cuts what has no room. */
function abreast(rows: readonly string[]): string[] {
  const pairs: string[] = []
  for (let i = 0; i < rows.length; i += 2) pairs.push(rows.slice(i, i + 2).join('  '))
  return pairs
}

function taskLine(procs: readonly Proc[], threads: boolean): string {
  const count = (states: string): number => procs.filter(it => states.includes(it.state)).length
  const four = (n: number): string => String(n).padStart(4)
  const running = count('R')
  const stopped = count('Tt')
  const zombies = count('Z')
  const sleeping = procs.length - running - stopped - zombies
  return `${threads ? 'Threads' : 'Tasks'}:${four(procs.length)} total,${four(running)} running,${four(sleeping)} sleeping,${four(stopped)} stopped,${four(zombies)} zombie`
}

/** us sy ni id wa hi si st, of /proc/stat's user nice system idle iowait irq softirq steal. */
const ORDER = [
  [0, 'us'],
  [2, 'sy'],
  [1, 'ni'],
  [3, 'id'],
  [4, 'wa'],
  [5, 'hi'],
  [6, 'si'],
  [7, 'st'],
] as const

function cpuLines(before: Sample, after: Sample, each: boolean): string[] {
  const wanted = after.cpus.filter(it => (it.name === 'cpu') !== each)
  return wanted.map(it => {
    const old = before.cpus.find(other => other.name === it.name)?.times ?? []
    const delta = it.times.slice(0, 8).map((ticks, i) => Math.max(0, ticks - (old[i] ?? 0)))
    const all = delta.reduce((a, b) => a + b, 0)
    const parts = ORDER.map(([i, name]) => {
      const share = all ? ((delta[i] ?? 0) * 100) / all : name === 'id' ? 100 : 0
      return `${fixed(share, 1).padStart(5)} ${name}`
    })
    return `${(it.name === 'cpu' ? '%Cpu(s)' : `%Cpu${it.name.slice(3)}`).padEnd(7)}:${parts.join(',')} `
  })
}

function memoryLines(of: (name: string) => number, scale: number): string[] {
  const label = `${'KMGTPE'[scale]}iB`
  const size = (kib: number): string => fixed(kib / 1024 ** scale, scale ? 1 : 0).padStart(scale ? 8 : 8)
  const total = of('MemTotal')
  const free = of('MemFree')
  const cache = of('Buffers') + of('Cached') + of('SReclaimable')
  const available = of('MemAvailable')
  const swap = of('SwapTotal')
  const swapFree = of('SwapFree')
  return [
    `${label} Mem : ${size(total)} total, ${size(free)} free, ${size(Math.max(0, total - available))} used, ${size(cache)} buff/cache     `,
    `${label} Swap: ${size(swap)} total, ${size(swapFree)} free, ${size(swap - swapFree)} used. ${size(available)} avail Mem `,
  ]
}

/** The processes the view lets through. */
export function chosen(after: Sample, view: TopView): Proc[] {
  return after.procs.filter(it => {
    if (view.pids.length && !view.pids.includes(it.tgid)) return false
    if (view.user === undefined) return true
    return view.anyUser ? it.uids.includes(view.user) : it.uids[1] === view.user
  })
}

/** The title line and one line a process, cut to so many columns. */
export function* taskLines(
  sys: Sys,
  before: Sample,
  after: Sample,
  view: TopView,
  shown: readonly Proc[],
  memory: number,
  names: Pick<Words, 'user' | 'group'>,
  width: number,
): Blocking<string[]> {
  const fields = fitting(view.columns, width)
  const words: Words = {
    ...names,
    fullCommand: view.fullCommand,
    scale: view.taskScale,
    up: yield* uptime(sys),
  }
  const used = [view.sort, ...fields.map(it => it.name), ...view.filters.map(it => it.field)]
  const rows = sorted(yield* rowsOf(sys, before, after, view, shown, memory, used), view, words)
  const visible = (view.forest ? asForest(rows) : rows).filter(
    row =>
      (!view.hideIdle || row.cpu > 0 || row.it.state === 'R') &&
      view.filters.every(it => passes(it, cellOf(it.field, row, words))),
  )
  const list = view.maxTasks ? visible.slice(0, view.maxTasks) : visible
  view.first = Math.max(0, Math.min(view.first, list.length - 1))
  const title = line(fields, name => name, width)
  return [title, ...list.slice(view.first).map(row => line(fields, name => cellOf(name, row, words), width))]
}

/** Children below their parents, each level further to the right. Linux: forest_create(). */
function asForest(rows: readonly Row[]): Row[] {
  const known = new Set(rows.map(row => row.it.pid))
  const found: Row[] = []
  const add = (row: Row, depth: number): void => {
    found.push(depth ? { ...row, branch: `${'    '.repeat(depth - 1)} \`- ` } : row)
    for (const child of rows) if (child.it.ppid === row.it.pid) add(child, depth + 1)
  }
  for (const row of rows) if (!known.has(row.it.ppid)) add(row, 0)
  return found
}

/** Whether a line passes a filter; numbers with units count as what they stand for. */
function passes(filter: TopFilter, cell: string): boolean {
  const fold = (text: string): string => (filter.isExact ? text : text.toLowerCase())
  const order = (): number => {
    const [a, b] = [Number.parseFloat(cell), Number.parseFloat(filter.value)]
    return Number.isNaN(a) || Number.isNaN(b) ? (fold(cell) < fold(filter.value) ? -1 : 1) : a - b
  }
  const holds =
    filter.how === '='
      ? fold(cell).includes(fold(filter.value))
      : filter.how === '<'
        ? order() < 0
        : order() > 0
  return holds !== filter.isDenied
}

/** The fields that are shown, in their order: `<` and `>` move along them. */
export const shownFields = (view: TopView, width: number): string[] =>
  fitting(view.columns, width).map(it => it.name)

function* rowsOf(
  sys: Sys,
  before: Sample,
  after: Sample,
  view: TopView,
  shown: readonly Proc[],
  memory: number,
  fields: readonly string[],
): Blocking<Row[]> {
  const old = new Map(before.procs.map(it => [it.pid, it]))
  const seconds = Math.max(0.001, after.at - before.at)
  const rows: Row[] = []
  for (const it of shown) {
    const same = old.get(it.pid)
    const earlier = same?.start === it.start ? same : undefined
    const used = it.utime + it.stime - (earlier ? earlier.utime + earlier.stime : 0)
    const shared =
      Number.parseInt(it.status.get('RssFile') ?? '0', 10) +
      Number.parseInt(it.status.get('RssShmem') ?? '0', 10)
    rows.push({
      it,
      cpu: Math.max(0, (used / HZ / seconds) * 100) / (view.solaris ? after.cpus.length - 1 : 1),
      mem: memory ? (it.rss * 100) / memory : 0,
      ticks: it.utime + it.stime + (view.cumulative ? it.cutime + it.cstime : 0),
      shared,
      faults: [it.majFlt - (earlier?.majFlt ?? it.majFlt), it.minFlt - (earlier?.minFlt ?? it.minFlt)],
      extra: yield* readExtra(sys, it, fields),
    })
  }
  return rows
}

function sorted(rows: readonly Row[], view: TopView, words: Words): Row[] {
  const sign = view.ascending ? 1 : -1
  return [...rows].sort((a, b) => {
    const x = sortKey(view.sort, a, words)
    const y = sortKey(view.sort, b, words)
    return x < y ? -sign : x > y ? sign : a.it.pid - b.it.pid
  })
}
