/**
 * mkswap - set up a Linux swap area
 * util-linux: disk-utils/mkswap.c; mkswap(8).
 *
 * Left out: looking for bad blocks (--check) finds none; areas of the other byte order.
 */
import { type Blocking, encode, isReg, O_EXCL, O_RDWR, type Stat, type Sys } from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'
import { sizeToHuman } from '../lib/human.ts'
import { sizeOfDevice } from '../lib/e2fsprogs/image.ts'
import { parseUuid, randomUuid, showUuid } from '../lib/uuid.ts'

const PAGE = 4096
const MIN_PAGES = 10
const MAGIC = 'SWAPSPACE2'
// struct swap_header_v1_2
const VERSION = 1024
const LAST_PAGE = 1028
const UUID = 1036
const LABEL = 1052
const LABEL_SIZE = 16

export default command({
  name: 'mkswap',
  summary: 'set up a Linux swap area',
  suite: 'util-linux',
  usage: 'mkswap [options] device [size]',
  options: {
    check: { short: 'c', help: 'check bad blocks before creating the swap area' },
    force: { short: 'f', help: 'allow swap size area be larger than device' },
    quiet: { short: 'q', help: 'suppress output and warning messages' },
    pagesize: { short: 'p', value: 'SIZE', help: 'specify page size in bytes' },
    label: { short: 'L', value: 'LABEL', help: 'specify label' },
    swapversion: { short: 'v', value: 'NUM', help: 'specify swap-space version number' },
    uuid: { short: 'U', value: 'UUID', help: 'specify the uuid to use' },
    verbose: { help: 'verbose output' },
    lock: { value: '[=<mode>]', help: 'use exclusive device lock (yes, no or nonblock)' },
  },

  *main(sys, flags, args, me) {
    const [path, size] = args
    if (flags.swapversion !== undefined && flags.swapversion !== '1')
      throw fatal(`swapspace version ${flags.swapversion} is not supported`)
    const uuid = chooseUuid(sys, flags.uuid)
    if (path === undefined) throw usage('Nowhere to set up swap on?')
    if (args.length > 2) throw usage('only one device argument is currently supported')
    const stat = statOf(sys, path)
    const fd = yield* sys.open(path, isReg(stat) ? O_RDWR : O_RDWR | O_EXCL)
    const pages = pagesOf(sys, fd, size, flags.force === true)
    if (pages < MIN_PAGES)
      throw fatal(`error: swap area needs to be at least ${(MIN_PAGES * PAGE) / 1024} KiB`)
    if (!flags.quiet && isReg(stat)) yield* warnAbout(sys, me, path, stat)
    yield* sys.pwrite(fd, header(pages, uuid, flags.label ?? ''), 0)
    yield* sys.fsync(fd)
    sys.close(fd)
    if (!flags.quiet) tell(me, pages, uuid, flags.label)
    return 0
  },
})

function chooseUuid(sys: Sys, text: string | undefined): Uint8Array {
  if (text === 'clear') return new Uint8Array(16)
  if (text === undefined || text === 'random' || text === 'time') return randomUuid(sys.getrandom(16))
  const uuid = parseUuid(text)
  if (!uuid) throw fatal('error: parsing UUID failed')
  return uuid
}

function statOf(sys: Sys, path: string): Stat {
  try {
    return sys.stat(path)
  } catch (e) {
    throw fatal(`cannot open ${path}`, e)
  }
}

/** How many pages there are; the size may be asked for in KiB. */
function pagesOf(sys: Sys, fd: number, size: string | undefined, force: boolean): number {
  const there = Math.floor(sizeOfDevice(sys, fd) / PAGE)
  if (size === undefined) return there
  if (!/^\d+$/.test(size)) throw usage(`invalid block count argument: '${size}'`)
  const wanted = Math.floor((Number(size) * 1024) / PAGE)
  if (wanted > there && !force)
    throw fatal(`error: size ${Number(size)} KiB is larger than device size ${there * 4} KiB`)
  return wanted
}

/** What the kernel, or swapon, will not like. */
function* warnAbout(sys: Sys, me: Process, path: string, stat: Stat): Blocking<void> {
  const mode = stat.mode & 0o7777
  if (mode & 0o7177)
    yield* me.warn(
      `${path}: insecure permissions ${octal(mode)}, fix with: chmod ${octal(mode & 0o600)} ${path}`,
    )
  if (stat.uid) yield* me.warn(`${path}: insecure file owner ${stat.uid}, fix with: chown 0:0 ${path}`)
  if (stat.blocks * 512 >= stat.size) return
  yield* sys.write(2, '\n')
  yield* me.warn(
    `${path} contains holes or other unsupported extents.\n` +
      '        This swap file can be rejected by kernel on swap activation!\n' +
      '        Use --verbose for more details.\n',
  )
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

function header(pages: number, uuid: Uint8Array, label: string): Uint8Array {
  const bytes = new Uint8Array(PAGE)
  const view = new DataView(bytes.buffer)
  view.setUint32(VERSION, 1, true)
  view.setUint32(LAST_PAGE, pages - 1, true)
  bytes.set(uuid, UUID)
  bytes.set(encode(label).subarray(0, LABEL_SIZE), LABEL)
  bytes.set(encode(MAGIC), PAGE - MAGIC.length)
  return bytes
}

function tell(me: Process, pages: number, uuid: Uint8Array, label: string | undefined): void {
  const size = (pages - 1) * PAGE
  const human = sizeToHuman(size).replace(/([KMGTPE])$/, ' $1iB')
  me.out.line(`Setting up swapspace version 1, size = ${human} (${size} bytes)`)
  const id = uuid.some(Boolean) ? `UUID=${showUuid(uuid)}` : ''
  me.out.line(`${label ? `LABEL=${label}, ` : 'no label, '}${id}`)
}
