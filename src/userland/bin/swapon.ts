/**
 * swapon - enable or show devices for paging and swapping
 * util-linux: sys-utils/swapon.c; swapon(8).
 *
 * Left out: --fixpgsz (pages have one size); discards are asked for and change nothing.
 */
import { type Blocking, Errno, isBlk, isReg, O_RDONLY, type Stat, type Sys } from '../../abi/index.ts'
import { probeAll, readHead } from '../lib/blkid/probe.ts'
import { command, fatal, type Process } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { sizeToHuman } from '../lib/human.ts'
import { type Column, table, type TableStyle } from '../lib/smartcols.ts'
import { realpath } from '../lib/mountinfo-path.ts'
import { readSwaps, resolveSpec, type SwapLine, swapsOfFstab } from '../lib/swap.ts'

const SWAP_FLAG_PREFER = 0x8000
const SWAP_FLAG_DISCARD = 0x10000
/** What main() returns where something failed. */
const FAILED = 255

interface Shown extends SwapLine {
  readonly uuid: string
  readonly label: string
}

const COLUMNS: Readonly<Record<string, readonly [Column, (it: Shown, bytes: boolean) => string]>> = {
  NAME: [{ name: 'NAME', hint: 0.2 }, it => it.path],
  TYPE: [{ name: 'TYPE', hint: 0.2 }, it => it.type],
  SIZE: [{ name: 'SIZE', hint: 0.2, right: true }, (it, bytes) => amount(it.size + 4096, bytes)],
  USED: [{ name: 'USED', hint: 0.2, right: true }, (it, bytes) => amount(it.used, bytes)],
  PRIO: [{ name: 'PRIO', hint: 0.2, right: true }, it => String(it.priority)],
  UUID: [{ name: 'UUID', hint: 0.2 }, it => it.uuid],
  LABEL: [{ name: 'LABEL', hint: 0.2 }, it => it.label],
}
const USUAL = ['NAME', 'TYPE', 'SIZE', 'USED', 'PRIO']
const amount = (bytes: number, plain: boolean): string => (plain ? String(bytes) : sizeToHuman(bytes))

export default command({
  name: 'swapon',
  summary: 'enable devices and files for paging and swapping',
  suite: 'util-linux',
  usage: 'swapon [options] [<spec>]',
  options: {
    all: { short: 'a', help: 'enable all swaps from /etc/fstab' },
    discard: { short: 'd', value: '[=<policy>]', help: 'enable swap discards, if supported by device' },
    ifexists: { short: 'e', help: 'silently skip devices that do not exist' },
    fixpgsz: { short: 'f', help: 'reinitialize the swap space if necessary' },
    options: { short: 'o', value: '<list>', help: 'comma-separated list of swap options' },
    priority: { short: 'p', value: '<prio>', help: 'specify the priority of the swap device' },
    summary: { short: 's', help: 'display summary about used swap devices (DEPRECATED)' },
    label: { short: 'L', value: '<label>', help: 'synonym for LABEL=<label>' },
    uuid: { short: 'U', value: '<uuid>', help: 'synonym for UUID=<uuid>' },
    show: { value: '[=<columns>]', help: 'display summary in definable table' },
    noheadings: { help: "don't print table heading (with --show)" },
    raw: { help: 'use the raw output format (with --show)' },
    bytes: { help: 'display swap size in bytes in --show output' },
    verbose: { short: 'v', help: 'verbose mode' },
  },

  *main(sys, flags, args, me) {
    const specs = [...args]
    if (flags.label !== undefined) specs.push(`LABEL=${flags.label}`)
    if (flags.uuid !== undefined) specs.push(`UUID=${flags.uuid}`)
    if (flags.summary) return yield* summary(sys, me)
    if (flags.show !== undefined || (!flags.all && !specs.length)) {
      const style = { noHeadings: flags.noheadings === true, format: flags.raw ? 'raw' : 'human' } as const
      return yield* show(sys, me, flags.show || '', style, flags.bytes === true)
    }
    const priority = flags.priority ?? /(?:^|,)pri=(-?\d+)/.exec(flags.options ?? '')?.[1]
    if (priority !== undefined && !/^-?\d+$/.test(priority))
      throw fatal(`failed to parse priority: '${priority}'`)
    const given = {
      priority: priority === undefined ? -1 : Number(priority),
      discard: flags.discard !== undefined,
      verbose: flags.verbose === true,
      ifExists: flags.ifexists === true,
    }
    let status = 0
    if (flags.all) status |= yield* enableAll(sys, me, given)
    for (const spec of specs) status |= yield* enable(sys, me, spec, given)
    return status
  },
})

interface Given {
  readonly priority: number
  readonly discard: boolean
  readonly verbose: boolean
  readonly ifExists: boolean
}

function* enableAll(sys: Sys, me: Process, given: Given): Blocking<number> {
  const used = new Set((yield* readSwaps(sys)).map(it => it.path))
  let status = 0
  for (const { spec, options } of yield* swapsOfFstab(sys)) {
    if (options.includes('noauto')) continue
    const path = yield* resolveSpec(sys, spec)
    if (path !== undefined && used.has(path)) continue
    const pri = /^pri=(-?\d+)$/.exec(options.find(it => it.startsWith('pri=')) ?? '')?.[1]
    const ifExists = given.ifExists || options.includes('nofail')
    status |= yield* enable(sys, me, spec, { ...given, ifExists, ...(pri && { priority: Number(pri) }) })
  }
  return status
}

function* enable(sys: Sys, me: Process, spec: string, given: Given): Blocking<number> {
  const found = yield* resolveSpec(sys, spec)
  if (found === undefined) {
    yield* me.warn(`cannot find the device for ${spec}`)
    return FAILED
  }
  const path = absolute(sys, found)
  const refusal = yield* whyNot(sys, me, path, given)
  if (refusal !== undefined) return refusal
  if (given.verbose) me.out.line(`swapon ${path}`)
  const flags =
    (given.priority >= 0 ? SWAP_FLAG_PREFER | Math.min(given.priority, 0x7fff) : 0) |
    (given.discard ? SWAP_FLAG_DISCARD : 0)
  try {
    yield* sys.swapon(path, flags)
    return 0
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`${path}: swapon failed`, e)
    return FAILED
  }
}

/** mnt_resolve_path(): the whole path of what is there, or the name as it was given. */
function absolute(sys: Sys, path: string): string {
  try {
    return realpath(sys, path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return path
  }
}

/** swap_get_header() and what the kernel would not say as well; the status if it cannot be taken. */
function* whyNot(sys: Sys, me: Process, path: string, given: Given): Blocking<number | undefined> {
  let stat: Stat
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    stat = sys.fstat(fd)
    sys.close(fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (given.ifExists) return 0
    yield* me.warn(`cannot open ${path}`, e)
    return FAILED
  }
  const mask = isBlk(stat) ? 0o7007 : 0o7077
  const mode = stat.mode & 0o7777
  if (mode & mask)
    yield* me.warn(`${path}: insecure permissions ${octal(mode)}, ${octal(mode & ~mask)} suggested.`)
  if (isReg(stat) && stat.uid) yield* me.warn(`${path}: insecure file owner ${stat.uid}, 0 (root) suggested.`)
  if (isReg(stat) && stat.blocks * 512 < stat.size) {
    yield* me.warn(`${path}: skipping - it appears to have holes.`)
    return FAILED
  }
  if (probeAll(yield* readHead(sys, path)).some(it => it.type === 'swap')) return undefined
  yield* me.warn(`${path}: read swap header failed`)
  return FAILED
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

/** -s: /proc/swaps as it is, if there is something in it. */
function* summary(sys: Sys, me: Process): Blocking<number> {
  const swaps = yield* readSwaps(sys)
  if (!swaps.length) return 0
  me.out.line('Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority')
  for (const { path, type, size, used, priority } of swaps) {
    const gap = ' '.repeat(Math.max(1, 40 - path.length))
    me.out.line(
      `${path}${gap}${type}${type === 'file' ? '\t' : ''}\t${size / 1024}\t\t${used / 1024}\t\t${priority}`,
    )
  }
  return 0
}

function* show(sys: Sys, me: Process, columns: string, style: TableStyle, bytes: boolean): Blocking<number> {
  const names = columns ? columnIds(columns, COLUMNS) : USUAL
  const lines: Shown[] = []
  for (const it of yield* readSwaps(sys)) {
    const found = probeAll(yield* readHead(sys, it.path)).find(({ type }) => type === 'swap')
    lines.push({ ...it, uuid: found?.uuid ?? '', label: found?.label ?? '' })
  }
  if (!lines.length) return 0
  const picked = names.map(name => COLUMNS[name]!)
  const cells = lines.map(it => ({ cells: picked.map(([, cell]) => cell(it, bytes)) }))
  me.out.print(
    table(
      picked.map(([column]) => column),
      cells,
      style,
    ),
  )
  return 0
}
