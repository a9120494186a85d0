/**
 * blkid - locate/print block device attributes
 * util-linux: misc-utils/blkid.c; blkid(8).
 *
 * Left out: -n and -u filter only what is known here (ext2, ext3, ext4, swap); hints (-H); -i tells sector sizes only.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { findTag, type Known, knownDevices, remember, tagsOf } from '../lib/blkid/cache.ts'
import { type Found, probe, probeAll, readHead } from '../lib/blkid/probe.ts'
import { command, fatal, type Flags, type Options, type Process, usage } from '../lib/command.ts'
import { parseSize } from '../lib/loopdev.ts'
import { canonical } from '../lib/mountinfo-path.ts'
import { parseMountinfo } from '../lib/mountinfo.ts'
import { procText } from '../lib/proc.ts'

const OPTIONS = {
  cacheFile: {
    short: 'c',
    value: '<file>',
    help: 'read from <file> instead of reading from the default cache',
  },
  noEncoding: { short: 'd', help: "don't encode non-printing characters" },
  garbageCollect: { short: 'g', help: 'garbage collect the blkid cache' },
  output: { short: 'o', value: '<format>', help: 'output format: value, device, export, udev, list or full' },
  listFilesystems: { short: 'k', help: 'list all known filesystems/RAIDs and exit' },
  matchTag: {
    short: 's',
    value: '<tag>',
    repeat: true,
    help: 'show specified tag(s) (default show all tags)',
  },
  matchToken: { short: 't', value: '<token>', help: 'find device with a specific token (NAME=value pair)' },
  listOne: { short: 'l', help: 'look up only first device with token specified by -t' },
  label: { short: 'L', value: '<label>', help: 'convert LABEL to device name' },
  uuid: { short: 'U', value: '<uuid>', help: 'convert UUID to device name' },
  probe: { short: 'p', help: 'low-level superblocks probing (bypass cache)' },
  info: { short: 'i', help: 'gather information about I/O limits' },
  hint: { short: 'H', value: '<value>', help: 'set hint for probing function' },
  size: { short: 'S', value: '<size>', help: 'overwrite device size' },
  offset: { short: 'O', value: '<offset>', help: 'probe at the given offset' },
  usages: { short: 'u', value: '<list>', help: 'filter by "usage" (e.g. -u filesystem,raid)' },
  matchTypes: { short: 'n', value: '<list>', help: 'filter by filesystem type (e.g. -n vfat,ext3)' },
  noPartDetails: { short: 'D', help: "don't print information from partition table" },
} as const satisfies Options

type Given = Flags<typeof OPTIONS>

const FORMATS = ['value', 'device', 'export', 'udev', 'list', 'full'] as const
const KNOWN_TYPES = ['ext2', 'ext3', 'ext4', 'swap']
/** Nothing was found. */
const EX_NOTFOUND = 2
const EX_USAGE = 4

export default command({
  name: 'blkid',
  summary: 'locate/print block device attributes',
  suite: 'util-linux',
  usage: ['blkid --label <label> | --uuid <uuid>', 'blkid [options] [<dev> ...]'],
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const format = flags.output ?? 'full'
    if (!(FORMATS as readonly string[]).includes(format))
      throw fatal(`unsupported output format ${format}`, undefined, EX_USAGE)
    if (flags.listFilesystems) {
      for (const type of KNOWN_TYPES) me.out.line(type)
      return 0
    }
    if (flags.label !== undefined) return yield* place(sys, me, 'LABEL', flags.label)
    if (flags.uuid !== undefined) return yield* place(sys, me, 'UUID', flags.uuid)
    const isLow = (flags.probe || flags.info || flags.offset !== undefined) ?? false
    if (isLow && !args.length) throw usage('The low-level probing mode requires a device', EX_USAGE)
    const devices = args.length ? yield* named(sys, flags, args, isLow) : yield* knownDevices(sys)
    if (!isLow)
      yield* remember(
        sys,
        devices.map(it => ({ ...it, path: canonical(sys, it.path) })),
      )
    const chosen = choose(devices, flags.matchToken)
    if (format === 'list') return yield* table(sys, me, chosen)
    for (const [i, it] of (flags.listOne ? chosen.slice(0, 1) : chosen).entries())
      print(me, it, format, flags, isLow, i > 0)
    return chosen.length ? 0 : EX_NOTFOUND
  },
})

function* place(sys: Sys, me: Process, name: string, value: string): Blocking<number> {
  const path = yield* findTag(sys, name, value)
  if (path === undefined) return EX_NOTFOUND
  me.out.line(path)
  return 0
}

function* named(sys: Sys, flags: Given, paths: readonly string[], isLow: boolean): Blocking<Known[]> {
  const devices: Known[] = []
  const offset = parseSize(flags.offset ?? '0') ?? 0
  for (const path of paths) {
    const found = isLow ? yield* lowProbe(sys, path, offset) : yield* probe(sys, path)
    if (found && passes(flags, found)) devices.push({ path, found })
  }
  return devices
}

/** Several signatures at once are not told apart. */
function* lowProbe(sys: Sys, path: string, offset: number): Blocking<Found | undefined> {
  try {
    const all = probeAll(yield* readHead(sys, path, offset))
    return all.length === 1 ? all[0] : undefined
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

function passes({ matchTypes, usages }: Given, { type, usage: use }: Found): boolean {
  const within = (list: string | undefined, value: string): boolean =>
    list === undefined || list.startsWith('no') !== list.replace(/^no/, '').split(',').includes(value)
  return within(matchTypes, type) && within(usages, use)
}

function choose(devices: readonly Known[], token: string | undefined): Known[] {
  if (token === undefined) return [...devices]
  const [name, value = ''] = token.split(/=(.*)/s)
  if (!token.includes('=')) throw fatal('-t needs NAME=value pair', undefined, EX_USAGE)
  const wanted = value.replace(/^"(.*)"$/, '$1')
  return devices.filter(({ found }) => tagsOf(found, true).some(it => it[0] === name && it[1] === wanted))
}

function print(
  me: Process,
  { path, found }: Known,
  format: string,
  flags: Given,
  isLow: boolean,
  isNext: boolean,
): void {
  const tags = tagsOf(found, isLow).filter(([name]) => flags.matchTag?.includes(name) ?? true)
  if (format === 'device') return me.out.line(path)
  if (!tags.length) return
  if (format === 'value') return tags.forEach(([, value]) => me.out.line(value))
  if (format === 'export' || format === 'udev') {
    if (isNext) me.out.print('\n')
    if (format === 'export') me.out.line(`DEVNAME=${path}`)
    for (const [name, value] of tags)
      if (format === 'export') me.out.line(`${name}=${value.replace(/[^\w.:/@+-]/g, '\\$&')}`)
      else udev(me, name, value)
    return
  }
  const quoted = tags.map(([name, value]) => ` ${name}="${value.replace(/["\\]/g, '\\$&')}"`)
  me.out.line(`${path}:${quoted.join('')}`)
}

/** As udev wants it: what may hold anything also with its odd characters written out. */
function udev(me: Process, name: string, value: string): void {
  me.out.line(`ID_FS_${name}=${name === 'LABEL' ? value.replace(/\s/g, '_') : value}`)
  const encoded = value.replace(/[^\w#+\-.:=@]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
  if (name === 'LABEL' || name === 'UUID') me.out.line(`ID_FS_${name}_ENC=${encoded}`)
}

/** -o list: with the places where they are mounted. */
function* table(sys: Sys, me: Process, devices: readonly Known[]): Blocking<number> {
  const mounts = parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
  me.out.line('device     fs_type label    mount point    UUID')
  for (const { path, found } of devices) {
    const target = mounts.find(it => it.source === path)?.target ?? '(not mounted)'
    const name = path.length > 10 ? `\n${path}\n${''.padEnd(10)}` : path.padEnd(10)
    me.out.line(
      `${name} ${found.type.padEnd(7)} ${(found.label ?? '').padEnd(8)} ${target.padEnd(14)} ${found.uuid ?? ''}`,
    )
  }
  return 0
}
