/**
 * What top shows: two looks at /proc, the differences between them, and the lines made of those.
 * Linux: procps-ng src/top/top.c.
 *
 * Left out: other windows and fields than the usual ones, colours, saved configuration.
 */
import { type Blocking, CLOCK_MONOTONIC, type Sys } from '../../../abi/index.ts'
import { type CpuTimes, cpuTimes, HZ, meminfo, type Proc, readProcs, readThreads } from '../proc.ts'
import { fixed } from '../printf.ts'
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
}

/** Letters of the scales that -E and -e take. */
export const SCALES = 'kmgtpe'

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

/** One line of the task list. */
interface Row {
  readonly it: Proc
  readonly cpu: number
  readonly mem: number
  readonly ticks: number
  readonly shared: number
  /** What joins it to its parent in a forest. */
  readonly branch?: string
}

/** The fields in order: title, width, whether it stands on the left. */
const FIELDS = [
  'PID',
  'USER',
  'PR',
  'NI',
  'VIRT',
  'RES',
  'SHR',
  'S',
  '%CPU',
  '%MEM',
  'TIME+',
  'COMMAND',
] as const
const WIDTHS: Readonly<Record<string, number>> = {
  PID: 7,
  USER: 8,
  PR: 3,
  NI: 3,
  VIRT: 7,
  RES: 6,
  SHR: 6,
  S: 1,
  '%CPU': 5,
  '%MEM': 5,
  'TIME+': 9,
}

/** Fields the list can be sorted by, with what decides. */
const KEYS: Readonly<Record<string, (row: Row, user: (uid: number) => string) => number | string>> = {
  PID: row => row.it.pid,
  PPID: row => row.it.ppid,
  UID: row => row.it.uids[1] ?? 0,
  USER: (row, user) => user(row.it.uids[1] ?? 0),
  PR: row => row.it.priority,
  NI: row => row.it.nice,
  VIRT: row => row.it.vsize,
  RES: row => row.it.rss,
  SHR: row => row.shared,
  S: row => row.it.state,
  '%CPU': row => row.cpu,
  '%MEM': row => row.it.rss,
  TIME: row => row.ticks,
  'TIME+': row => row.ticks,
  COMMAND: row => row.it.comm,
  nTH: row => row.it.threads,
  P: row => row.it.processor,
  TTY: row => row.it.tty,
  PGRP: row => row.it.pgrp,
  SID: row => row.it.session,
}
export const isField = (name: string): boolean => name in KEYS
export const fieldNames = (): string[] => Object.keys(KEYS)

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
export function taskLines(
  before: Sample,
  after: Sample,
  view: TopView,
  shown: readonly Proc[],
  memory: number,
  user: (uid: number) => string,
  width: number,
): string[] {
  const fields = fitting(width)
  const rows = sorted(rowsOf(before, after, view, shown, memory), view, user)
  const visible = (view.forest ? asForest(rows) : rows).filter(
    row =>
      (!view.hideIdle || row.cpu > 0 || row.it.state === 'R') &&
      view.filters.every(it => passes(it, cellsOf(row, view, user))),
  )
  const list = view.maxTasks ? visible.slice(0, view.maxTasks) : visible
  view.first = Math.max(0, Math.min(view.first, list.length - 1))
  const title = line(fields, Object.fromEntries(FIELDS.map(name => [name, name])), width)
  return [title, ...list.slice(view.first).map(row => line(fields, cellsOf(row, view, user), width))]
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
function passes(filter: TopFilter, cells: Readonly<Record<string, string>>): boolean {
  const cell = cells[filter.field] ?? ''
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
export const shownFields = (width: number): string[] => fitting(width)

/** As many fields as there is room for. */
function fitting(width: number): string[] {
  const fields: string[] = []
  let used = 0
  for (const name of FIELDS) {
    const next = used + (WIDTHS[name] ?? 7) + 1
    if (next >= width) break
    fields.push(name)
    used = next
  }
  return fields
}

function rowsOf(before: Sample, after: Sample, view: TopView, shown: readonly Proc[], memory: number): Row[] {
  const old = new Map(before.procs.map(it => [it.pid, it]))
  const seconds = Math.max(0.001, after.at - before.at)
  return shown.map(it => {
    const earlier = old.get(it.pid)
    const used =
      it.utime + it.stime - (earlier && earlier.start === it.start ? earlier.utime + earlier.stime : 0)
    const shared =
      Number.parseInt(it.status.get('RssFile') ?? '0', 10) +
      Number.parseInt(it.status.get('RssShmem') ?? '0', 10)
    return {
      it,
      cpu: Math.max(0, (used / HZ / seconds) * 100) / (view.solaris ? after.cpus.length - 1 : 1),
      mem: memory ? (it.rss * 100) / memory : 0,
      ticks: it.utime + it.stime + (view.cumulative ? it.cutime + it.cstime : 0),
      shared,
    }
  })
}

function sorted(rows: readonly Row[], view: TopView, user: (uid: number) => string): Row[] {
  const key = KEYS[view.sort] ?? KEYS['%CPU']!
  const sign = view.ascending ? 1 : -1
  return [...rows].sort((a, b) => {
    const x = key(a, user)
    const y = key(b, user)
    return x < y ? -sign : x > y ? sign : a.it.pid - b.it.pid
  })
}

/** A size in KiB that fits its place, with a unit where it must. */
function scaledSize(kib: number, width: number, scale: number): string {
  if (!scale && String(kib).length <= width) return String(kib)
  for (let unit = Math.max(1, scale); unit < SCALES.length; unit++) {
    const text = `${fixed(kib / 1024 ** unit, 1)}${SCALES[unit]}`
    if (text.length <= width) return text
  }
  return String(kib)
}

function timeText(ticks: number): string {
  const seconds = Math.floor(ticks / HZ)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${two(ticks % HZ)}`
}

const percent = (n: number): string => (n >= 999.5 ? String(Math.round(n)) : fixed(n, 1))

function cellsOf(row: Row, view: TopView, user: (uid: number) => string): Record<string, string> {
  const { it } = row
  const realtime = it.policy === 1 || it.policy === 2
  return {
    PID: String(it.pid),
    USER: user(it.uids[1] ?? 0),
    PR: realtime && it.priority <= -100 ? 'rt' : String(it.priority),
    NI: String(it.nice),
    VIRT: scaledSize(it.vsize, 7, view.taskScale),
    RES: scaledSize(it.rss, 6, view.taskScale),
    SHR: scaledSize(row.shared, 6, view.taskScale),
    S: it.state,
    '%CPU': percent(row.cpu),
    '%MEM': fixed(row.mem, 1),
    'TIME+': timeText(row.ticks),
    COMMAND: (row.branch ?? '') + (view.fullCommand ? it.argv.join(' ') || `[${it.comm}]` : it.comm),
  }
}

const LEFT = new Set(['USER', 'S', 'COMMAND'])

function line(fields: readonly string[], cells: Record<string, string>, width: number): string {
  let text = ''
  for (const name of fields) {
    const room = name === 'COMMAND' ? width - text.length - 1 : WIDTHS[name]!
    const cell = cells[name] ?? ''
    const cut = cell.length > room ? `${cell.slice(0, Math.max(0, room - 1))}+` : cell
    text += name === 'COMMAND' ? cut : `${LEFT.has(name) ? cut.padEnd(room) : cut.padStart(room)} `
  }
  return text.trimEnd()
}
