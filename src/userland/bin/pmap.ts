/**
 * pmap - report memory map of a process
 * Linux: procps-ng src/pmap.c; pmap(1).
 *
 * Left out: -XX's further columns, configuration files (-c, -C, -n, -N).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'

const HELP = `
Usage:
 pmap [options] PID [PID ...]

Options:
 -x, --extended              show details
 -X                          show even more details
            WARNING: format changes according to /proc/PID/smaps
 -XX                         show everything the kernel provides
 -c, --read-rc               read the default rc
 -C, --read-rc-from=<file>   read the rc from file
 -n, --create-rc             create new default rc
 -N, --create-rc-to=<file>   create new rc to file
            NOTE: pid arguments are not allowed with -n, -N
 -d, --device                show the device format
 -q, --quiet                 do not display header and footer
 -p, --show-path             show path in the mapping
 -A, --range=<low>[,<high>]  limit results to the given range

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see pmap(1).
`

const OPTIONS = {
  extended: { short: 'x' },
  more: { short: 'X', long: '', repeat: true },
  device: { short: 'd' },
  quiet: { short: 'q' },
  showPath: { short: 'p' },
  range: { short: 'A', value: '<low>[,<high>]' },
  help: { short: 'h' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'pmap',
  summary: 'report memory map of a process',
  suite: 'procps',
  usage: 'pmap [options] PID [PID ...]',
  help: HELP,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (flags.help) {
      me.out.print(HELP)
      return 0
    }
    const pids = args.map(it => it.replace(/^\/proc\//, ''))
    if (!pids.length || pids.some(it => !/^[1-9]\d*$/.test(it))) {
      yield* sys.write(2, HELP)
      return 1
    }
    let status = 0
    for (const pid of pids) if (!(yield* one(sys, me, flags, pid))) status = NO_SUCH
    return status
  },
})

/** Linux: EXIT_FAILURE is for wrong usage; a process that is not there gives this. */
const NO_SUCH = 42

/** A mapping of /proc/PID/smaps; sizes in kB. */
interface Mapping {
  readonly start: number
  readonly end: number
  readonly mode: string
  readonly offset: string
  readonly device: string
  readonly inode: string
  readonly path: string
  readonly sizes: ReadonlyMap<string, number>
}

function parse(text: string): Mapping[] {
  const mappings: Mapping[] = []
  let sizes = new Map<string, number>()
  for (const line of text.split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) (\S+) (\d+) *(.*)$/.exec(line)
    if (head) {
      const [, start, end, mode, offset, device, inode, path] = head as unknown as string[]
      sizes = new Map()
      mappings.push({
        start: Number.parseInt(start!, 16),
        end: Number.parseInt(end!, 16),
        mode: mode!,
        offset: offset!,
        device: device!,
        inode: inode!,
        path: path!,
        sizes,
      })
      continue
    }
    const row = /^(\w+): +(\d+)/.exec(line)
    if (row) sizes.set(row[1]!, Number(row[2]))
  }
  return mappings
}

/** `libc.so.6`, `[ anon ]`, `[ stack ]`. */
function nameOf(it: Mapping, flags: Given): string {
  if (it.path === '[stack]') return '  [ stack ]'
  if (!it.path || it.path.startsWith('[')) return '  [ anon ]'
  return flags.showPath ? it.path : it.path.slice(it.path.lastIndexOf('/') + 1)
}

/** `rw---`: the fourth is shared, the fifth lies with the kernel. */
const modeOf = (it: Mapping): string => `${it.mode.slice(0, 3)}${it.mode[3] === 's' ? 's' : '-'}-`

const hex16 = (value: number): string => value.toString(16).padStart(16, '0')

function* one(sys: Sys, me: Process, flags: Given, pid: string): Blocking<boolean> {
  const cmdline = yield* procText(sys, `/proc/${pid}/cmdline`)
  if (cmdline === undefined) return false
  const comm = ((yield* procText(sys, `/proc/${pid}/comm`)) ?? '').trimEnd()
  me.out.line(`${pid}:   ${cmdline.replace(/\0$/, '').replaceAll('\0', ' ') || `[${comm}]`}`)
  const text = yield* procText(sys, `/proc/${pid}/smaps`)
  if (text === undefined) return true
  const all = parse(text).filter(inRange(flags))
  if (flags.more) showMore(me, flags, all)
  else if (flags.extended) showExtended(me, flags, all)
  else if (flags.device) showDevice(me, flags, all)
  else {
    for (const it of all) me.out.line(`${hex16(it.start)} ${kb(it, 6)}K ${modeOf(it)} ${nameOf(it, flags)}`)
    if (!flags.quiet) me.out.line(` total ${String(sum(all, sizeOf)).padStart(16)}K`)
  }
  return true
}

function inRange({ range }: Given): (it: Mapping) => boolean {
  if (range === undefined) return () => true
  const [low, high] = range.split(',').map(it => Number.parseInt(it || '0', 16))
  return it => it.end > low! && it.start <= (high ?? low!)
}

const sizeOf = (it: Mapping): number => (it.end - it.start) / 1024
const kb = (it: Mapping, width: number): string => String(sizeOf(it)).padStart(width)
const sum = (all: readonly Mapping[], of: (it: Mapping) => number): number =>
  all.reduce((total, it) => total + of(it), 0)
const rss = (it: Mapping): number => it.sizes.get('Rss') ?? 0
const dirty = (it: Mapping): number =>
  (it.sizes.get('Private_Dirty') ?? 0) + (it.sizes.get('Shared_Dirty') ?? 0)

function showExtended(me: Process, flags: Given, all: readonly Mapping[]): void {
  if (!flags.quiet) me.out.line('Address           Kbytes     RSS   Dirty Mode  Mapping')
  const cell = (value: number): string => String(value).padStart(7)
  for (const it of all)
    me.out.line(
      `${hex16(it.start)} ${cell(sizeOf(it))} ${cell(rss(it))} ${cell(dirty(it))} ${modeOf(it)} ${nameOf(it, flags)}`,
    )
  if (flags.quiet) return
  me.out.line('---------------- ------- ------- ------- ')
  me.out.line(`total kB         ${cell(sum(all, sizeOf))} ${cell(sum(all, rss))} ${cell(sum(all, dirty))}`)
}

function showDevice(me: Process, flags: Given, all: readonly Mapping[]): void {
  if (!flags.quiet) me.out.line('Address           Kbytes Mode  Offset           Device    Mapping')
  for (const it of all) {
    const [major, minor] = it.device.split(':').map(part => Number.parseInt(part, 16))
    const device = `${hex3(major!)}:${hex5(minor!)}`
    const offset = hex16(Number.parseInt(it.offset, 16))
    me.out.line(`${hex16(it.start)} ${kb(it, 7)} ${modeOf(it)} ${offset} ${device} ${nameOf(it, flags)}`)
  }
  const isPrivate = (it: Mapping) => it.mode[1] === 'w' && it.mode[3] === 'p'
  const writable = sum(all.filter(isPrivate), sizeOf)
  const shared = sum(
    all.filter(it => it.mode[3] === 's'),
    sizeOf,
  )
  if (!flags.quiet)
    me.out.line(`mapped: ${sum(all, sizeOf)}K    writeable/private: ${writable}K    shared: ${shared}K`)
}
const hex3 = (value: number): string => value.toString(16).padStart(3, '0')
const hex5 = (value: number): string => value.toString(16).padStart(5, '0')

/** Page sizes, which are the same everywhere, are left out by -X. */
const DULL = [
  'KernelPageSize',
  'MMUPageSize',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'AnonHugePages',
]

function showMore(me: Process, flags: Given, all: readonly Mapping[]): void {
  const names = [...(all[0]?.sizes.keys() ?? [])].filter(
    name => (flags.more ?? 0) > 1 || !DULL.includes(name),
  )
  const rows = all.map(it => [
    it.start.toString(16),
    it.mode,
    it.offset,
    it.device,
    it.inode,
    ...names.map(name => String(it.sizes.get(name) ?? 0)),
  ])
  const heads = ['Address', 'Perm', 'Offset', 'Device', 'Inode', ...names]
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map(row => row[i]!.length)))
  const join = (row: readonly string[]): string => row.map((it, i) => it.padStart(widths[i]!)).join(' ')
  if (!flags.quiet) me.out.line(`${join(heads)} Mapping`)
  rows.forEach((row, i) =>
    me.out.line(`${join(row)} ${all[i]!.path && nameOf(all[i]!, { showPath: flags.showPath }).trim()}`),
  )
  if (flags.quiet) return
  const total = names.map((name, i) =>
    String(sum(all, it => it.sizes.get(name) ?? 0)).padStart(widths[i + 5]!),
  )
  const lead = widths.slice(0, 5).reduce((a, b) => a + b + 1, 0)
  me.out.line(' '.repeat(lead) + names.map((_, i) => '='.repeat(widths[i + 5]!)).join(' ') + ' ')
  me.out.line(`${' '.repeat(lead)}${total.join(' ')} KB `)
}
