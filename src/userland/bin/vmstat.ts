/**
 * vmstat - report virtual memory statistics
 * Linux: procps-ng src/vmstat.c; vmstat(8).
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { cpuTimes, meminfo, procText, readProcs } from '../lib/proc.ts'
import { localtime, strftime } from '../lib/time.ts'

const OPTIONS = {
  active: { short: 'a' },
  disk: { short: 'd' },
  diskSum: { short: 'D' },
  partition: { short: 'p', value: '<dev>' },
  forks: { short: 'f' },
  slabs: { short: 'm' },
  oneHeader: { short: 'n' },
  stats: { short: 's' },
  unit: { short: 'S', value: '<char>' },
  wide: { short: 'w' },
  timestamp: { short: 't' },
  noFirst: { short: 'y' },
  help: { short: 'h' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

const HELP = `
Usage:
 vmstat [options] [delay [count]]

Options:
 -a, --active           active/inactive memory
 -f, --forks            number of forks since boot
 -m, --slabs            slabinfo
 -n, --one-header       do not redisplay header
 -s, --stats            event counter statistics
 -d, --disk             disk statistics
 -D, --disk-sum         summarize disk statistics
 -p, --partition <dev>  partition specific statistics
 -S, --unit <char>      define display unit
 -w, --wide             wide output
 -t, --timestamp        show timestamp
 -y, --no-first         skips first line of output

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see vmstat(8).
`

export default command({
  name: 'vmstat',
  summary: 'report virtual memory statistics',
  suite: 'procps',
  usage: 'vmstat [options] [delay [count]]',
  help: HELP,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (flags.help) {
      me.out.print(HELP)
      return 0
    }
    const [delay, count] = yield* rounds(sys, flags, args)
    if (flags.forks) {
      const forks = /^processes (\d+)/m.exec((yield* procText(sys, '/proc/stat'))!)?.[1] ?? '0'
      me.out.line(`${forks.padStart(13)} forks`)
      return 0
    }
    if (flags.stats) return yield* statistics(sys, me, flags.unit)
    if (flags.diskSum) return diskSum(me, yield* disks(sys))
    if (flags.partition !== undefined) return partition(me, flags.partition, yield* disks(sys))
    let before: Counters | undefined
    for (let round = 0; round < count; round++) {
      if (round) yield* sys.nanosleep(delay * 1e9)
      const isHeaded = flags.oneHeader ? round === 0 : round % LINES === 0
      if (flags.slabs) yield* slabs(sys, me, !flags.oneHeader || round === 0)
      else if (flags.disk) {
        if (!flags.oneHeader || round === 0) diskHeads(me, flags)
        for (const it of yield* disks(sys)) diskLine(sys, me, it, flags)
      } else {
        if (isHeaded) heads(me, flags)
        const now = yield* counters(sys)
        if (round || !flags.noFirst) yield* line(sys, me, flags, before, now)
        before = now
      }
      yield* me.out.flush()
    }
    return 0
  },
})

const PAGE_KIB = 4

/** KiB in a unit of -S. */
const unitOf = (unit: string | undefined): number =>
  unit === 'M' ? 1024 : unit === 'm' ? 1e6 / 1024 : unit === 'k' ? 1000 / 1024 : 1

/** Lines of a terminal between two headings. */
const LINES = 21

/** The delay and how often. */
function* rounds(sys: Sys, flags: Given, args: readonly string[]): Blocking<readonly [number, number]> {
  if (flags.unit !== undefined && !/^[kKmM]$/.test(flags.unit))
    throw fatal('-S requires k, K, m or M (default is KiB)')
  for (const arg of args) if (!/^\d+$/.test(arg)) throw fatal(`failed to parse argument: '${arg}'`)
  if (args[0] !== undefined && Number(args[0]) < 1) throw fatal('delay must be positive integer')
  if (args.length > 2) {
    yield* sys.write(2, HELP)
    throw fatal('')
  }
  if ((yield* procText(sys, '/proc/stat')) === undefined) throw fatal('Unable to create vmstat structure')
  const count =
    args[1] === undefined ? (args.length ? Number.POSITIVE_INFINITY : 1) : Math.max(1, Number(args[1]))
  return [Number(args[0] ?? 0), count]
}

/** A line of /proc/diskstats: the numbers after the name, reads first. */
interface Disk {
  readonly name: string
  readonly isPartition: boolean
  readonly of: readonly number[]
}

function* disks(sys: Sys): Blocking<Disk[]> {
  const text = (yield* procText(sys, '/proc/diskstats')) ?? ''
  return text
    .split('\n')
    .filter(Boolean)
    .map(row => {
      const [, , name = '', ...numbers] = row.trim().split(/\s+/)
      return { name, isPartition: /^[hsv]d[a-z]+\d+$/.test(name), of: numbers.map(Number) }
    })
}

const STAMP_HEADS = [' -----timestamp-----', `${' '.repeat(17)}UTC`] as const
const stampOf = (sys: Sys): string =>
  strftime(' %Y-%m-%d %H:%M:%S', localtime(sys.clock_gettime(CLOCK_REALTIME)))

function diskHeads(me: Process, { timestamp, wide }: Given): void {
  const heads = wide
    ? [
        'disk- -------------------reads------------------- -------------------writes------------------ ------IO-------',
        '          total    merged     sectors          ms     total    merged     sectors          ms     cur     sec',
      ]
    : [
        'disk- ------------reads------------ ------------writes----------- -----IO------',
        '       total merged sectors      ms  total merged sectors      ms    cur    sec',
      ]
  for (const [i, it] of heads.entries()) me.out.line(timestamp ? it + STAMP_HEADS[i] : it)
}

function diskLine(sys: Sys, me: Process, { name, of }: Disk, { timestamp, wide }: Given): void {
  const cell = (i: number, width: number): string => String(of[i] ?? 0).padStart(width)
  const [count, sum, last] = wide ? [9, 11, 7] : [6, 7, 6]
  const side = (first: number): string =>
    `${cell(first, count)} ${cell(first + 1, count)} ${cell(first + 2, sum)} ${cell(first + 3, sum)}`
  const seconds = String(Math.floor((of[9] ?? 0) / 1000)).padStart(last)
  const stamp = timestamp ? stampOf(sys) : ''
  me.out.line(`${name.padEnd(5)} ${side(0)} ${side(4)} ${cell(8, last)} ${seconds}${stamp}`)
}

/** The caches of the kernel's objects, by name, with a heading for each screenful. */
function* slabs(sys: Sys, me: Process, isHeaded: boolean): Blocking<void> {
  const text = yield* procText(sys, '/proc/slabinfo')
  if (text === undefined) throw fatal('Unable to create slabinfo structure')
  const rows = text
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map(row => row.split(/\s+/))
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  for (const [i, [name = '', active = '', all = '', size = '', each = '']] of rows.entries()) {
    if (isHeaded && i % LINES === 0) me.out.line('Cache                       Num  Total   Size  Pages')
    const cells = [active, all, size, each].map(it => it.padStart(6)).join(' ')
    me.out.line(`${name.slice(0, 24).padEnd(24)} ${cells}`)
  }
}

const SUMS = [
  'total reads',
  'merged reads',
  'read sectors',
  'milli reading',
  'writes',
  'merged writes',
  'written sectors',
  'milli writing',
  'inprogress IO',
  'milli spent IO',
  'milli weighted IO',
]

function diskSum(me: Process, all: readonly Disk[]): number {
  const parts = all.filter(it => it.isPartition)
  const whole = all.filter(it => !it.isPartition)
  const row = (value: number, name: string): void => me.out.line(`${String(value).padStart(13)} ${name}`)
  row(whole.length, 'disks')
  row(parts.length, 'partitions')
  SUMS.forEach((name, i) =>
    row(
      whole.reduce((sum, it) => sum + (it.of[i] ?? 0), 0),
      name,
    ),
  )
  return 0
}

function partition(me: Process, device: string, all: readonly Disk[]): number {
  const name = device.replace(/^\/dev\//, '')
  const it = all.find(disk => disk.name === name)
  if (!it) throw fatal(`Disk/Partition ${name} not found`)
  const cells = [0, 2, 4, 6].map(i => String(it.of[i] ?? 0))
  me.out.line(`${name.padEnd(9)}${'reads'.padStart(12)}  read sectors      writes  requested writes`)
  const [reads, readSectors, writes, requested] = cells
  me.out.line(
    `${reads!.padStart(21)}${readSectors!.padStart(18)}${writes!.padStart(12)}${requested!.padStart(18)}`,
  )
  return 0
}

function heads(me: Process, { active, timestamp, wide }: Given): void {
  const [zone, utc] = timestamp ? STAMP_HEADS : ['', '']
  if (wide) {
    const memory = active ? '       inact       active' : '        buff        cache'
    me.out.line(
      `--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------${zone}`,
    )
    me.out.line(
      `   r    b         swpd         free ${memory}   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu${utc}`,
    )
    return
  }
  const memory = active ? ' inact active' : '  buff  cache'
  me.out.line(`procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----${zone}`)
  me.out.line(` r  b   swpd   free ${memory}   si   so    bi    bo   in   cs us sy id wa st${utc}`)
}

/** What grows: jiffies, interrupts, switches, and when they were read. */
interface Counters {
  readonly cpu: readonly number[]
  readonly interrupts: number
  readonly switches: number
  /** KiB that came from disks and went there, pages of swap likewise. */
  readonly pagedIn: number
  readonly pagedOut: number
  readonly swappedIn: number
  readonly swappedOut: number
  readonly seconds: number
}

function* counters(sys: Sys): Blocking<Counters> {
  const stat = (yield* procText(sys, '/proc/stat')) ?? ''
  const of = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? 0)
  const vmstat = (yield* procText(sys, '/proc/vmstat')) ?? ''
  const pages = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(vmstat)?.[1] ?? 0)
  const up = Number.parseFloat((yield* procText(sys, '/proc/uptime')) ?? '0')
  return {
    cpu: (yield* cpuTimes(sys))[0]?.times ?? [],
    interrupts: of('intr'),
    switches: of('ctxt'),
    pagedIn: pages('pgpgin'),
    pagedOut: pages('pgpgout'),
    swappedIn: pages('pswpin'),
    swappedOut: pages('pswpout'),
    seconds: up,
  }
}

function* line(
  sys: Sys,
  me: Process,
  flags: Given,
  before: Counters | undefined,
  now: Counters,
): Blocking<void> {
  const memory = yield* meminfo(sys)
  const procs = yield* readProcs(sys)
  const size = (kib: number): number => Math.floor(kib / unitOf(flags.unit))
  const ticks = now.cpu.map((value, i) => value - (before?.cpu[i] ?? 0))
  const all = ticks.reduce((a, b) => a + b, 0) || 1
  const share = (...indexes: number[]): number =>
    Math.round((indexes.reduce((sum, i) => sum + (ticks[i] ?? 0), 0) * 100) / all)
  const seconds = Math.max(1, now.seconds - (before?.seconds ?? 0))
  const rate = (a: number, b: number | undefined): number => Math.floor((a - (b ?? 0)) / seconds)
  const cache = memory('Cached') + memory('SReclaimable')
  const middle = flags.active ? [memory('Inactive'), memory('Active')] : [memory('Buffers'), cache]
  const cells: [number, number][] = [
    [procs.filter(it => it.state === 'R').length, 2],
    [procs.filter(it => it.state === 'D').length, 2],
    [size(memory('SwapTotal') - memory('SwapFree')), 6],
    [size(memory('MemFree')), 6],
    [size(middle[0]!), 6],
    [size(middle[1]!), 6],
    [size(rate(now.swappedIn, before?.swappedIn) * PAGE_KIB), 4],
    [size(rate(now.swappedOut, before?.swappedOut) * PAGE_KIB), 4],
    [rate(now.pagedIn, before?.pagedIn), 5],
    [rate(now.pagedOut, before?.pagedOut), 5],
    [rate(now.interrupts, before?.interrupts), 4],
    [rate(now.switches, before?.switches), 4],
    [share(0, 1), 2],
    [share(2, 5, 6), 2],
    [share(3), 2],
    [share(4), 2],
    [share(7), 2],
    ...(flags.wide ? [[share(8, 9), 2] as [number, number]] : []),
  ]
  // Processes, memory and shares are wider with -w, rates are not.
  const width = (i: number, usual: number): number => {
    if (!flags.wide) return usual
    return i < 2 ? 4 : i < 6 ? 12 : i < 12 ? usual : 3
  }
  const stamp = flags.timestamp ? stampOf(sys) : ''
  me.out.line(cells.map(([value, usual], i) => String(value).padStart(width(i, usual))).join(' ') + stamp)
}

function* statistics(sys: Sys, me: Process, unit = 'K'): Blocking<number> {
  const memory = yield* meminfo(sys)
  const now = yield* counters(sys)
  const stat = (yield* procText(sys, '/proc/stat')) ?? ''
  const of = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? 0)
  const size = (kib: number): number => Math.floor(kib / unitOf(unit))
  const total = memory('MemTotal')
  const rows: readonly (readonly [number, string])[] = [
    [size(total), `${unit} total memory`],
    [size(total - memory('MemAvailable')), `${unit} used memory`],
    [size(memory('Active')), `${unit} active memory`],
    [size(memory('Inactive')), `${unit} inactive memory`],
    [size(memory('MemFree')), `${unit} free memory`],
    [size(memory('Buffers')), `${unit} buffer memory`],
    [size(memory('Cached') + memory('SReclaimable')), `${unit} swap cache`],
    [size(memory('SwapTotal')), `${unit} total swap`],
    [size(memory('SwapTotal') - memory('SwapFree')), `${unit} used swap`],
    [size(memory('SwapFree')), `${unit} free swap`],
    ...(['non-nice user', 'nice user', 'system', 'idle', 'IO-wait', 'IRQ', 'softirq', 'stolen'] as const).map(
      (name, i) => [now.cpu[i] ?? 0, `${name} cpu ticks`] as const,
    ),
    [0, 'non-nice guest cpu ticks'],
    [0, 'nice guest cpu ticks'],
    [now.pagedIn, 'K paged in'],
    [now.pagedOut, 'K paged out'],
    [now.swappedIn, 'pages swapped in'],
    [now.swappedOut, 'pages swapped out'],
    [now.interrupts, 'interrupts'],
    [now.switches, 'CPU context switches'],
    [of('btime'), 'boot time'],
    [of('processes'), 'forks'],
  ]
  for (const [value, name] of rows) me.out.line(`${String(value).padStart(13)} ${name}`)
  return 0
}
