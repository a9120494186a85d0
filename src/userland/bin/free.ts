/**
 * free - display amount of free and used memory in the system
 * Linux: procps-ng src/free.c; free(1). Reads /proc/meminfo.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { parseStatus, procText } from '../lib/proc.ts'
import { fixed } from '../lib/printf.ts'

const OPTIONS = {
  bytes: { short: 'b' },
  kilo: {},
  mega: {},
  giga: {},
  tera: {},
  peta: {},
  kibi: { short: 'k' },
  mebi: { short: 'm' },
  gibi: { short: 'g' },
  tebi: {},
  pebi: {},
  human: { short: 'h' },
  si: {},
  lohi: { short: 'l' },
  total: { short: 't' },
  committed: { short: 'v' },
  seconds: { short: 's', value: 'N' },
  count: { short: 'c', value: 'N' },
  wide: { short: 'w' },
} as const satisfies Options

const HELP = `
Usage:
 free [options]

Options:
 -b, --bytes         show output in bytes
     --kilo          show output in kilobytes
     --mega          show output in megabytes
     --giga          show output in gigabytes
     --tera          show output in terabytes
     --peta          show output in petabytes
 -k, --kibi          show output in kibibytes
 -m, --mebi          show output in mebibytes
 -g, --gibi          show output in gibibytes
     --tebi          show output in tebibytes
     --pebi          show output in pebibytes
 -h, --human         show human-readable output
     --si            use powers of 1000 not 1024
 -l, --lohi          show detailed low and high memory statistics
 -t, --total         show total for RAM + swap
 -v, --committed     show committed memory and commit limit
 -s N, --seconds N   repeat printing every N seconds
 -c N, --count N     repeat printing N times, then exit
 -w, --wide          wide output

     --help     display this help and exit
 -V, --version  output version information and exit

For more details see free(1).
`

/** Powers of 1000 and of 1024 that the options name. */
const DECIMAL = ['bytes', 'kilo', 'mega', 'giga', 'tera', 'peta']
const BINARY = ['bytes', 'kibi', 'mebi', 'gibi', 'tebi', 'pebi']

export default command({
  name: 'free',
  writeFailure: name => `${name}: write error\n`,
  summary: 'display amount of free and used memory in the system',
  suite: 'procps',
  usage: 'free [options]',
  help: HELP,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (args.length) {
      yield* sys.write(2, HELP)
      return 1
    }
    const units = [...DECIMAL, ...BINARY.slice(1)].filter(name => flags[name as keyof typeof OPTIONS])
    if (units.length > 1) throw fatal("Multiple unit options don't make sense.")
    const count =
      flags.count === undefined
        ? flags.seconds === undefined
          ? 1
          : Number.POSITIVE_INFINITY
        : Number(flags.count)
    if (flags.count !== undefined && !(Number.isInteger(count) && count > 0))
      throw fatal(
        `failed to parse count argument: '${flags.count}'${count === 0 ? ': Numerical result out of range' : ''}`,
      )
    const seconds = Number(flags.seconds ?? 1)
    if (Number.isNaN(seconds)) throw fatal(`seconds argument failed: '${flags.seconds}': Invalid argument`)
    if (!(seconds > 0)) throw fatal(`seconds argument \`${flags.seconds}' is not positive number`)
    for (let round = 0; round < count; round++) {
      if (round) yield* sys.nanosleep(Math.round(seconds * 1e9))
      yield* report(sys, me, flags)
      if (round + 1 < count) me.out.print('\n')
      yield* me.out.flush()
    }
    return 0
  },
})

function* report(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>): Blocking<void> {
  const text = yield* procText(sys, '/proc/meminfo')
  if (text === undefined) throw fatal('Memory information file /proc/meminfo does not exist')
  const map = parseStatus(text)
  const of = (name: string): number => Number.parseInt(map.get(name) ?? '0', 10)
  const total = of('MemTotal')
  const free = of('MemFree')
  const buffers = of('Buffers')
  const cache = of('Cached') + of('SReclaimable')
  const available = of('MemAvailable')
  const used = Math.max(0, total - available)
  const swap = [of('SwapTotal'), of('SwapTotal') - of('SwapFree'), of('SwapFree')]
  const show = scaler(flags)
  const line = (name: string, sizes: readonly number[]): void =>
    me.out.line(name.padEnd(9) + sizes.map(size => show(size).padStart(11)).join(' '))

  const heads = [
    'total',
    'used',
    'free',
    'shared',
    ...(flags.wide ? ['buffers', 'cache'] : ['buff/cache']),
    'available',
  ]
  me.out.line(`${' '.repeat(9)}${heads.map(it => it.padStart(11)).join(' ')}`)
  line('Mem:', [
    total,
    used,
    free,
    of('Shmem'),
    ...(flags.wide ? [buffers, cache] : [buffers + cache]),
    available,
  ])
  if (flags.lohi) {
    line('Low:', [total, total - free, free])
    line('High:', [0, 0, 0])
  }
  line('Swap:', swap)
  if (flags.total) line('Total:', [total + swap[0]!, used + swap[1]!, free + swap[2]!])
  if (flags.committed)
    line('Comm:', [of('CommitLimit'), of('Committed_AS'), of('CommitLimit') - of('Committed_AS')])
}

/** How a size in KiB is printed. Linux: scale_size(). */
function scaler(flags: Flags<typeof OPTIONS>): (kib: number) => string {
  if (flags.human) return kib => human(kib, flags.si ? 1000 : 1024)
  const given = (names: readonly string[]): number =>
    names.findLastIndex(name => flags[name as keyof typeof OPTIONS])
  const decimal = given(DECIMAL.slice(1)) + 1
  const binary = given(BINARY)
  const power = decimal || (binary < 0 ? 1 : binary)
  const unit = (decimal || flags.si ? 1000 : 1024) ** power
  return kib => String(Math.floor((kib * 1024) / unit))
}

/** At most four characters and a unit: 1.9Gi, 189Mi, 0B. */
function human(kib: number, base: number): string {
  const bytes = kib * 1024
  const suffix = base === 1024 ? ['B', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] : ['B', 'K', 'M', 'G', 'T', 'P']
  for (let power = 0; power < suffix.length; power++) {
    const size = bytes / base ** power
    const room = base === 1024 ? 4 : 4
    if (power > 0) {
      const precise = `${fixed(size, 1)}${suffix[power]}`
      if (precise.length <= room + (base === 1024 ? 1 : 0)) return precise
    }
    const whole = `${Math.floor(size)}${suffix[power]}`
    if (whole.length <= room + (base === 1024 && power > 0 ? 1 : 0)) return whole
  }
  return String(bytes)
}
