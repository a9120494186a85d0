/**
 * vmstat - report virtual memory statistics
 * Linux: procps-ng src/vmstat.c; vmstat(8).
 *
 * Left out: -m, because nobody counts slabs.
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
    if (flags.stats) return yield* statistics(sys, me)
    if (flags.diskSum) return diskSum(me, yield* disks(sys))
    if (flags.partition !== undefined) return partition(me, flags.partition, yield* disks(sys))
    let before: Counters | undefined
    for (let round = 0; round < count; round++) {
      if (round) yield* sys.nanosleep(delay * 1e9)
      const isHeaded = flags.oneHeader ? round === 0 : round % LINES === 0
      if (flags.disk) {
        if (isHeaded) diskHeads(me)
        for (const it of yield* disks(sys)) diskLine(me, it)
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

function diskHeads(me: Process): void {
  me.out.line('disk- ------------reads------------ ------------writes----------- -----IO------')
  me.out.line('       total merged sectors      ms  total merged sectors      ms    cur    sec')
}

function diskLine(me: Process, { name, of }: Disk): void {
  const cell = (i: number, width: number): string => String(of[i] ?? 0).padStart(width)
  const side = (first: number): string =>
    `${cell(first, 6)} ${cell(first + 1, 6)} ${cell(first + 2, 7)} ${cell(first + 3, 7)}`
  const seconds = String(Math.floor((of[9] ?? 0) / 1000)).padStart(6)
  me.out.line(`${name.padEnd(5)} ${side(0)} ${side(4)} ${cell(8, 6)} ${seconds}`)
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
  const zone = timestamp ? ' -----timestamp-----' : ''
  const utc = timestamp ? `${' '.repeat(17)}UTC` : ''
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
  readonly seconds: number
}

function* counters(sys: Sys): Blocking<Counters> {
  const stat = (yield* procText(sys, '/proc/stat')) ?? ''
  const of = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? 0)
  const up = Number.parseFloat((yield* procText(sys, '/proc/uptime')) ?? '0')
  return {
    cpu: (yield* cpuTimes(sys))[0]?.times ?? [],
    interrupts: of('intr'),
    switches: of('ctxt'),
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
  const scale =
    flags.unit === 'M' ? 1024 : flags.unit === 'm' ? 1e6 / 1024 : flags.unit === 'k' ? 1000 / 1024 : 1
  const size = (kib: number): number => Math.floor(kib / scale)
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
    [0, 4],
    [0, 4],
    [0, 5],
    [0, 5],
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
  const stamp = flags.timestamp
    ? strftime(' %Y-%m-%d %H:%M:%S', localtime(sys.clock_gettime(CLOCK_REALTIME)))
    : ''
  me.out.line(cells.map(([value, usual], i) => String(value).padStart(width(i, usual))).join(' ') + stamp)
}

function* statistics(sys: Sys, me: Process): Blocking<number> {
  const memory = yield* meminfo(sys)
  const now = yield* counters(sys)
  const stat = (yield* procText(sys, '/proc/stat')) ?? ''
  const of = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? 0)
  const total = memory('MemTotal')
  const rows: readonly (readonly [number, string])[] = [
    [total, 'K total memory'],
    [total - memory('MemAvailable'), 'K used memory'],
    [memory('Active'), 'K active memory'],
    [memory('Inactive'), 'K inactive memory'],
    [memory('MemFree'), 'K free memory'],
    [memory('Buffers'), 'K buffer memory'],
    [memory('Cached') + memory('SReclaimable'), 'K swap cache'],
    [memory('SwapTotal'), 'K total swap'],
    [memory('SwapTotal') - memory('SwapFree'), 'K used swap'],
    [memory('SwapFree'), 'K free swap'],
    ...(['non-nice user', 'nice user', 'system', 'idle', 'IO-wait', 'IRQ', 'softirq', 'stolen'] as const).map(
      (name, i) => [now.cpu[i] ?? 0, `${name} cpu ticks`] as const,
    ),
    [0, 'non-nice guest cpu ticks'],
    [0, 'nice guest cpu ticks'],
    [0, 'K paged in'],
    [0, 'K paged out'],
    [0, 'pages swapped in'],
    [0, 'pages swapped out'],
    [now.interrupts, 'interrupts'],
    [now.switches, 'CPU context switches'],
    [of('btime'), 'boot time'],
    [of('processes'), 'forks'],
  ]
  for (const [value, name] of rows) me.out.line(`${String(value).padStart(13)} ${name}`)
  return 0
}
