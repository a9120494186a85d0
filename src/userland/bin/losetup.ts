/**
 * losetup - set up and control loop devices
 * util-linux: sys-utils/losetup.c; losetup(8).
 *
 * Left out: --nooverlap looks for the same file and offset only; sectors of other sizes than 512.
 */
import {
  type Blocking,
  decodeLoopInfo,
  ENODEV,
  ENOENT,
  Errno,
  LOOP_CLR_FD,
  LOOP_GET_STATUS64,
  LOOP_INFO64_SIZE,
  LOOP_SET_BLOCK_SIZE,
  LOOP_SET_CAPACITY,
  LOOP_SET_DIRECT_IO,
  O_RDONLY,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import {
  addDevice,
  findUnused,
  isLoop,
  type Loop,
  loopDevices,
  parseSize,
  readLoop,
  setupDevice,
  setupFree,
} from '../lib/loopdev.ts'
import { type Column, table } from '../lib/smartcols.ts'
import { getcwd } from '../lib/getcwd.ts'

const OPTIONS = {
  all: { short: 'a', help: 'list all used devices' },
  detach: { short: 'd', value: '<loopdev>...', help: 'detach one or more devices' },
  detachAll: { short: 'D', help: 'detach all used devices' },
  find: { short: 'f', help: 'find first unused device' },
  setCapacity: { short: 'c', value: '<loopdev>', help: 'resize the device' },
  associated: { short: 'j', value: '<file>', help: 'list all devices associated with <file>' },
  nooverlap: { short: 'L', help: 'avoid possible conflict between devices' },
  offset: { short: 'o', value: '<num>', help: 'start at offset <num> into the file' },
  sizelimit: { value: '<num>', help: 'device is limited to <num> bytes of the file' },
  sectorSize: { short: 'b', value: '<num>', help: 'set the logical sector size' },
  partscan: { short: 'P', help: 'create a partitioned loop device' },
  readOnly: { short: 'r', help: 'set up a read-only loop device' },
  directIo: { value: '[=<on|off>]', help: 'open backing file with O_DIRECT' },
  show: { help: 'print device name after setup (with -f)' },
  verbose: { short: 'v', help: 'verbose mode' },
  json: { short: 'J', help: 'use JSON --list output format' },
  list: { short: 'l', help: 'list info about all or specified (default)' },
  noheadings: { short: 'n', help: "don't print headings for --list output" },
  output: { short: 'O', value: '<cols>', help: 'specify columns to output for --list' },
  outputAll: { help: 'output all columns' },
  raw: { help: 'use raw --list output format' },
} as const satisfies Options

type Given = Flags<typeof OPTIONS>

/** A loop device with what only who may open it is told. */
interface Shown extends Loop {
  readonly inode: string
  readonly device: string
}

const flag = (it: boolean): string => (it ? '1' : '0')
const COLUMNS: Readonly<Record<string, readonly [Column, (it: Shown) => string]>> = {
  NAME: [{ name: 'NAME', hint: 0.25 }, it => it.path],
  AUTOCLEAR: [{ name: 'AUTOCLEAR', right: true, json: 'boolean' }, it => flag(it.autoclear)],
  'BACK-FILE': [{ name: 'BACK-FILE', hint: 0.3, noExtremes: true }, it => it.backingFile],
  'BACK-INO': [{ name: 'BACK-INO', right: true, json: 'number' }, it => it.inode],
  'BACK-MAJ:MIN': [{ name: 'BACK-MAJ:MIN', hint: 6 }, it => majMin(Number(it.device))],
  'MAJ:MIN': [{ name: 'MAJ:MIN', hint: 3 }, it => padded(it.majMin)],
  OFFSET: [{ name: 'OFFSET', right: true, json: 'number' }, it => String(it.offset)],
  PARTSCAN: [{ name: 'PARTSCAN', right: true, json: 'boolean' }, it => flag(it.partscan)],
  RO: [{ name: 'RO', right: true, json: 'boolean' }, it => flag(it.readOnly)],
  SIZELIMIT: [{ name: 'SIZELIMIT', right: true, json: 'number' }, it => String(it.sizeLimit)],
  DIO: [{ name: 'DIO', right: true, json: 'boolean' }, it => flag(it.dio)],
  'LOG-SEC': [{ name: 'LOG-SEC', right: true, json: 'number' }, it => String(it.sectorSize)],
}
const USUAL = ['NAME', 'SIZELIMIT', 'OFFSET', 'AUTOCLEAR', 'RO', 'BACK-FILE', 'DIO', 'LOG-SEC']

const majMin = (dev: number): string => `${dev >> 8}:${dev & 255}`
const padded = (text: string): string =>
  text.replace(/(\d+):(\d+)/, (_, a, b) => `${a.padStart(3)}:${b.padEnd(3)}`)

export default command({
  name: 'losetup',
  summary: 'set up and control loop devices',
  suite: 'util-linux',
  usage: ['losetup [options] [<loopdev>]', 'losetup [options] -f | <loopdev> <file>'],
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const offset = sizeOf(flags.offset, 'offset')
    const sizeLimit = sizeOf(flags.sizelimit, 'size')
    if (flags.detach !== undefined)
      return yield* eachOf(me, [flags.detach, ...args], path => detach(sys, me, path))
    if (flags.detachAll) {
      const all = yield* loopDevices(sys)
      return yield* eachOf(
        me,
        all.map(it => it.path),
        path => detach(sys, me, path),
      )
    }
    if (flags.setCapacity !== undefined)
      return yield* control(sys, me, flags.setCapacity, 'set capacity', LOOP_SET_CAPACITY)
    if (flags.associated !== undefined)
      return yield* list(
        sys,
        me,
        flags,
        yield* behind(sys, flags.associated, flags.offset === undefined ? undefined : offset),
      )
    if (flags.find && !args.length) {
      if (flags.show) throw fatal('no loop device specified')
      me.out.line(yield* findUnused(sys))
      return 0
    }
    const isSetup = flags.find ? args.length > 0 : args.length > 1
    if (args.length > (flags.find ? 1 : 2)) throw fatal('unexpected arguments')
    if (isSetup) return yield* attach(sys, me, flags, args, offset, sizeLimit)
    const [path] = args
    if (path !== undefined && (flags.directIo !== undefined || flags.sectorSize !== undefined))
      return yield* change(sys, me, flags, path)
    if (path !== undefined) return yield* one(sys, me, flags, path)
    return yield* list(sys, me, flags, yield* loopDevices(sys))
  },
})

function sizeOf(text: string | undefined, what: string): number {
  if (text === undefined) return 0
  const size = parseSize(text)
  if (size === undefined) throw fatal(`failed to parse ${what}: '${text}': Invalid argument`)
  return size
}

function* eachOf(
  _me: Process,
  paths: readonly string[],
  act: (path: string) => Blocking<number>,
): Blocking<number> {
  let status = 0
  for (const path of paths) status |= yield* act(path)
  return status
}

function* detach(sys: Sys, me: Process, path: string): Blocking<number> {
  if (!isLoop(sys, path)) {
    yield* me.warn(`${path}: failed to use device`, ENODEV)
    return 1
  }
  return yield* control(sys, me, path, 'detach', LOOP_CLR_FD)
}

/** One request to a device. */
function* control(
  sys: Sys,
  me: Process,
  path: string,
  what: string,
  request: number,
  arg?: number,
): Blocking<number> {
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    try {
      sys.ioctl(fd, request, arg)
    } finally {
      sys.close(fd)
    }
    return 0
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`${path}: ${what} failed`, e)
    return 1
  }
}

function* change(sys: Sys, me: Process, flags: Given, path: string): Blocking<number> {
  if (flags.sectorSize !== undefined)
    return yield* control(
      sys,
      me,
      path,
      'set logical block size',
      LOOP_SET_BLOCK_SIZE,
      sizeOf(flags.sectorSize, 'logical block size'),
    )
  return yield* control(
    sys,
    me,
    path,
    'set direct io',
    LOOP_SET_DIRECT_IO,
    flags.directIo === '=off' || flags.directIo === 'off' ? 0 : 1,
  )
}

/** The devices that have this file behind them. */
function* behind(sys: Sys, file: string, offset: number | undefined): Blocking<Loop[]> {
  let path = file.startsWith('/') ? file : `${getcwd(sys)}/${file}`
  let key: string | undefined
  try {
    const stat = sys.stat(file)
    key = `${stat.dev}:${stat.ino}`
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  path = path.replace(/\/\.\//g, '/')
  const isIt = (it: Loop): boolean => {
    if (offset !== undefined && it.offset !== offset) return false
    try {
      const stat = sys.stat(it.backingFile)
      return key !== undefined ? `${stat.dev}:${stat.ino}` === key : it.backingFile === path
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return it.backingFile === path
    }
  }
  return (yield* loopDevices(sys)).filter(isIt)
}

function* attach(
  sys: Sys,
  me: Process,
  flags: Given,
  args: readonly string[],
  offset: number,
  sizeLimit: number,
): Blocking<number> {
  const device = flags.find ? undefined : args[0]!
  const file = args[flags.find ? 0 : 1]!
  if (flags.nooverlap) {
    const [same] = yield* behind(sys, file, offset)
    if (same) {
      if (flags.show) me.out.line(same.path)
      return 0
    }
  }
  const directIo = flags.directIo !== undefined && !/off$/.test(flags.directIo)
  const it = {
    file,
    offset,
    sizeLimit,
    readOnly: flags.readOnly ?? false,
    autoclear: false,
    partscan: flags.partscan ?? false,
    directIo,
  }
  let path = device
  try {
    if (device === undefined) {
      const made = yield* setupFree(sys, it)
      path = made.path
      sys.close(made.fd)
    } else {
      yield* makeNode(sys, device)
      sys.close(yield* setupDevice(sys, device, it))
    }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(
      `${device !== undefined && !(yield* canOpen(sys, device)) ? device : file}: failed to set up loop device`,
      e,
    )
    return 1
  }
  yield* warnOfSize(sys, me, file, offset, sizeLimit)
  if (flags.show) me.out.line(path!)
  return 0
}

/** A device that is not there yet is asked for by its number. */
function* makeNode(sys: Sys, device: string): Blocking<void> {
  const match = /^(?:\/dev\/)?loop(\d+)$/.exec(device)
  if (!match) return
  try {
    sys.stat(device)
  } catch (e) {
    if (e !== ENOENT) throw e
    yield* addDevice(sys, Number(match[1]))
  }
}

function* canOpen(sys: Sys, path: string): Blocking<boolean> {
  try {
    sys.close(yield* sys.open(path, O_RDONLY))
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

const SECTOR = 512

function* warnOfSize(sys: Sys, me: Process, file: string, offset: number, limit: number): Blocking<void> {
  const { size } = sys.stat(file)
  if (size < SECTOR)
    yield* me.warn(
      `${file}: Warning: file is smaller than ${SECTOR} bytes; the loop device may be useless or invisible for system tools.`,
    )
  else if (!offset && !limit && size % SECTOR)
    yield* me.warn(
      `${file}: Warning: file does not fit into a ${SECTOR}-byte sector; the end of the file will be ignored.`,
    )
}

/** One device alone, or as a line of the table. */
function* one(sys: Sys, me: Process, flags: Given, path: string): Blocking<number> {
  const loop = isLoop(sys, path) ? yield* readLoop(sys, path.replace(/.*\//, '')) : undefined
  if (!loop) {
    yield* me.warn(path, isLoop(sys, path) ? ENOENT : ENODEV)
    return 1
  }
  return yield* list(sys, me, { ...flags, all: !flags.list && flags.output === undefined }, [loop])
}

function* list(sys: Sys, me: Process, flags: Given, loops: readonly Loop[]): Blocking<number> {
  const shown: Shown[] = []
  for (const loop of loops) shown.push({ ...loop, ...(yield* numbersOf(sys, loop.path)) })
  const asLines =
    (flags.all || flags.associated !== undefined) && !flags.list && flags.output === undefined && !flags.json
  if (asLines) {
    for (const it of shown) me.out.line(plain(it))
    return 0
  }
  const names = flags.outputAll
    ? Object.keys(COLUMNS)
    : flags.output === undefined
      ? USUAL
      : columnIds(flags.output, COLUMNS)
  if (!shown.length) return 0
  const lines = shown.map(it => ({ cells: names.map(name => COLUMNS[name]![1](it)) }))
  const format = flags.json ? 'json' : flags.raw ? 'raw' : 'human'
  const style = { format, name: 'loopdevices', noHeadings: flags.noheadings ?? false } as const
  me.out.print(
    table(
      names.map(name => COLUMNS[name]![0]),
      lines,
      style,
    ),
  )
  return 0
}

/** `/dev/loop0: [65024]:18278 (/root/disk.img)` */
function plain(it: Shown): string {
  const offset = it.offset ? `, offset ${it.offset}` : ''
  const limit = it.sizeLimit ? `, sizelimit ${it.sizeLimit}` : ''
  return `${it.path}: [${it.device.padStart(it.device ? 4 : 0, '0')}]:${it.inode} (${it.backingFile})${offset}${limit}`
}

/** Device and inode of the file, which only the device itself tells. */
function* numbersOf(sys: Sys, path: string): Blocking<{ device: string; inode: string }> {
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    const bytes = new Uint8Array(LOOP_INFO64_SIZE)
    sys.ioctl(fd, LOOP_GET_STATUS64, bytes)
    sys.close(fd)
    const { device, inode } = decodeLoopInfo(bytes)
    return { device: String(device), inode: String(inode) }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return { device: '', inode: '' }
  }
}
