/**
 * vmstat - report virtual memory statistics
 * Linux: procps-ng src/vmstat.c; vmstat(8).
 *
 * Left out: -d, -D, -m, -p: there are no statistics of disks and slabs.
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { cpuTimes, meminfo, procText, readProcs } from '../lib/proc.ts'
import { localtime, strftime } from '../lib/time.ts'

const OPTIONS = {
  active: { short: 'a' },
  forks: { short: 'f' },
  oneHeader: { short: 'n' },
  stats: { short: 's' },
  unit: { short: 'S', value: '<char>' },
  wide: { short: 'w' },
  timestamp: { short: 't' },
  noFirst: { short: 'y' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'vmstat',
  summary: 'report virtual memory statistics',
  suite: 'procps',
  usage: 'vmstat [options] [delay [count]]',
  help: `
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
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    for (const arg of args) if (!/^\d+$/.test(arg)) throw fatal(`failed to parse argument: '${arg}'`)
    if ((yield* procText(sys, '/proc/stat')) === undefined) throw fatal('Unable to create vmstat structure')
    if (flags.forks) {
      const forks = /^processes (\d+)/m.exec((yield* procText(sys, '/proc/stat'))!)?.[1] ?? '0'
      me.out.line(`${forks.padStart(13)} forks`)
      return 0
    }
    if (flags.stats) return yield* statistics(sys, me)
    const delay = Number(args[0] ?? 0)
    const count = args[1] !== undefined ? Number(args[1]) : args.length ? Number.POSITIVE_INFINITY : 1
    heads(me, flags)
    let before: Counters | undefined
    for (let round = 0; round < count; round++) {
      if (round) yield* sys.nanosleep(delay * 1e9)
      const now = yield* counters(sys)
      if (round || !flags.noFirst) yield* line(sys, me, flags, before, now)
      yield* me.out.flush()
      before = now
    }
    return 0
  },
})

function heads(me: Process, flags: Given): void {
  const middle = flags.active ? ' inact active' : '  buff  cache'
  const zone = flags.timestamp ? ' -----timestamp-----' : ''
  me.out.line(`procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----${zone}`)
  me.out.line(
    ` r  b   swpd   free ${middle}   si   so    bi    bo   in   cs us sy id wa st${flags.timestamp ? `${' '.repeat(17)}UTC` : ''}`,
  )
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
  ]
  const stamp = flags.timestamp
    ? strftime(' %Y-%m-%d %H:%M:%S', localtime(sys.clock_gettime(CLOCK_REALTIME)))
    : ''
  me.out.line(cells.map(([value, width]) => String(value).padStart(width)).join(' ') + stamp)
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
    [now.interrupts, 'interrupts'],
    [now.switches, 'CPU context switches'],
    [of('btime'), 'boot time'],
    [of('processes'), 'forks'],
  ]
  for (const [value, name] of rows) me.out.line(`${String(value).padStart(13)} ${name}`)
  return 0
}
