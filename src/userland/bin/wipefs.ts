/**
 * wipefs - wipe a signature from a device
 * util-linux: misc-utils/wipefs.c; wipefs(8).
 *
 * Left out: signatures of other things than ext2, ext3, ext4 and swap; locks.
 */
import {
  type Blocking,
  EBUSY,
  Errno,
  isBlk,
  O_CREAT,
  O_EXCL,
  O_RDWR,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import { type Found, probeAll, readHead } from '../lib/blkid/probe.ts'
import { command, fatal, type Options, type Process, usage } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { isMounted, mountedDevices } from '../lib/e2fsprogs/common.ts'
import { type Column, table } from '../lib/smartcols.ts'

const OPTIONS = {
  all: { short: 'a', help: 'wipe all magic strings (BE CAREFUL!)' },
  backup: { short: 'b', help: 'create a signature backup in $HOME' },
  force: { short: 'f', help: 'force erasure' },
  noheadings: { short: 'i', help: "don't print headings" },
  json: { short: 'J', help: 'use JSON output format' },
  noAct: { short: 'n', help: 'do everything except the actual write() call' },
  offset: { short: 'o', value: '<num>', repeat: true, help: 'offset to erase, in bytes' },
  output: { short: 'O', value: '<list>', help: 'COLUMNS to display (see below)' },
  parsable: { short: 'p', help: 'print out in parsable instead of printable format' },
  quiet: { short: 'q', help: 'suppress output messages' },
  types: { short: 't', value: '<list>', help: 'limit the set of filesystem, RAIDs or partition tables' },
  lock: { value: '[=<mode>]', help: 'use exclusive device lock (yes, no or nonblock)' },
} as const satisfies Options

const COLUMNS: Readonly<Record<string, readonly [Column, (it: Found, path: string) => string]>> = {
  DEVICE: [{ name: 'DEVICE' }, (_, path) => path.replace(/.*\//, '')],
  OFFSET: [{ name: 'OFFSET' }, it => `0x${it.magicOffset.toString(16)}`],
  TYPE: [{ name: 'TYPE' }, it => it.type],
  UUID: [{ name: 'UUID' }, it => it.uuid ?? ''],
  LABEL: [{ name: 'LABEL' }, it => it.label ?? ''],
  LENGTH: [{ name: 'LENGTH' }, it => String(it.magic.length)],
  USAGE: [{ name: 'USAGE' }, it => it.usage],
}
const USUAL = ['DEVICE', 'OFFSET', 'TYPE', 'UUID', 'LABEL']
const PARSABLE = ['OFFSET', 'UUID', 'LABEL', 'TYPE']

export default command({
  name: 'wipefs',
  summary: 'wipe a signature from a device',
  suite: 'util-linux',
  usage: 'wipefs [options] <device>',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('no device specified')
    if ([flags.all, flags.offset, flags.output].filter(it => it !== undefined).length > 1)
      throw fatal('mutually exclusive arguments: --output --all --offset')
    const isMatch = ({ type }: Found): boolean =>
      flags.types === undefined ||
      flags.types.startsWith('no') !== flags.types.replace(/^no/, '').split(',').includes(type)
    const wipes = flags.all || flags.offset !== undefined
    const lines: { path: string; it: Found }[] = []
    for (const path of args) {
      const found = yield* signatures(sys, path, wipes === true && !flags.noAct && !flags.force)
      if (!wipes) lines.push(...found.filter(isMatch).map(it => ({ path, it })))
      else yield* wipe(sys, me, path, found.filter(isMatch), flags)
    }
    if (!wipes) show(me, lines, flags)
    return 0
  },
})

function* signatures(sys: Sys, path: string, exclusive: boolean): Blocking<Found[]> {
  const refuse = (e: Errno): never => {
    throw fatal(`error: ${path}: probing initialization failed`, e)
  }
  try {
    if (exclusive && isBlk(sys.stat(path)) && isMounted(yield* mountedDevices(sys), path)) refuse(EBUSY)
    return probeAll(yield* readHead(sys, path))
  } catch (e) {
    if (e instanceof Errno) return refuse(e)
    throw e
  }
}

interface Wish {
  readonly offset?: string[] | undefined
  readonly noAct?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly backup?: boolean | undefined
}

function* wipe(sys: Sys, me: Process, path: string, found: readonly Found[], flags: Wish): Blocking<void> {
  const offsets = flags.offset?.map(Number)
  for (const offset of offsets ?? [])
    if (!found.some(it => it.magicOffset === offset))
      yield* me.warn(`${path}: offset 0x${offset.toString(16)} not found`)
  for (const it of found) {
    if (offsets && !offsets.includes(it.magicOffset)) continue
    if (flags.backup) yield* backup(sys, me, path, it)
    if (!flags.noAct) {
      const fd = yield* sys.open(path, O_RDWR)
      yield* sys.pwrite(fd, new Uint8Array(it.magic.length), it.magicOffset)
      sys.close(fd)
    }
    const bytes = Array.from(it.magic, byte => byte.toString(16).padStart(2, '0')).join(' ')
    const at = `0x${it.magicOffset.toString(16).padStart(8, '0')}`
    if (!flags.quiet)
      me.out.line(`${path}: ${it.magic.length} bytes were erased at offset ${at} (${it.type}): ${bytes}`)
  }
}

/** ~/wipefs-NAME-OFFSET.bak */
function* backup(sys: Sys, me: Process, path: string, it: Found): Blocking<void> {
  const name = `${me.env.get('HOME') ?? ''}/wipefs-${path.replace(/.*\//, '')}-0x${it.magicOffset.toString(16).padStart(8, '0')}.bak`
  const fd = yield* sys.open(name, O_WRONLY | O_CREAT | O_EXCL, 0o600)
  yield* sys.write(fd, it.magic)
  sys.close(fd)
}

function show(
  me: Process,
  lines: readonly { path: string; it: Found }[],
  flags: {
    output?: string | undefined
    json?: boolean | undefined
    parsable?: boolean | undefined
    noheadings?: boolean | undefined
  },
): void {
  const usual = flags.parsable ? PARSABLE : USUAL
  const names = flags.output === undefined ? usual : columnIds(flags.output, COLUMNS)
  if (!lines.length) return
  const cells = lines.map(({ path, it }) => ({ cells: names.map(name => COLUMNS[name]![1](it, path)) }))
  if (flags.parsable) {
    if (!flags.noheadings && flags.output !== undefined) me.out.line(`# ${names.join(',').toLowerCase()}`)
    for (const line of cells) me.out.line(line.cells.join(','))
    return
  }
  const style = {
    format: flags.json ? 'json' : 'human',
    name: 'signatures',
    noHeadings: flags.noheadings ?? false,
  } as const
  me.out.print(
    table(
      names.map(name => COLUMNS[name]![0]),
      cells,
      style,
    ),
  )
}
