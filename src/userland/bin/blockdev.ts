/**
 * blockdev - call block device ioctls from the command line
 * util-linux: disk-utils/blockdev.c; blockdev(8).
 */
import {
  BLKALIGNOFF,
  BLKBSZGET,
  BLKBSZSET,
  BLKFLSBUF,
  BLKGETSIZE,
  BLKGETSIZE64,
  BLKIOMIN,
  BLKIOOPT,
  BLKPBSZGET,
  BLKRAGET,
  BLKRASET,
  BLKROGET,
  BLKROSET,
  BLKRRPART,
  BLKSSZGET,
  type Blocking,
  Errno,
  O_RDONLY,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'

/** A command: the request, its name, what -v says; `value` is its fixed argument, `takes` one from the command line. */
interface Request {
  readonly request: number
  readonly name: string
  readonly help: string
  readonly gives?: boolean
  readonly value?: number
  readonly takes?: string
}

const COMMANDS: Readonly<Record<string, Request>> = {
  setro: { request: BLKROSET, name: 'BLKROSET', help: 'set read-only', value: 1 },
  setrw: { request: BLKROSET, name: 'BLKROSET', help: 'set read-write', value: 0 },
  getro: { request: BLKROGET, name: 'BLKROGET', help: 'get read-only', gives: true },
  getss: { request: BLKSSZGET, name: 'BLKSSZGET', help: 'get logical block (sector) size', gives: true },
  getpbsz: { request: BLKPBSZGET, name: 'BLKPBSZGET', help: 'get physical block (sector) size', gives: true },
  getiomin: { request: BLKIOMIN, name: 'BLKIOMIN', help: 'get minimum I/O size', gives: true },
  getioopt: { request: BLKIOOPT, name: 'BLKIOOPT', help: 'get optimal I/O size', gives: true },
  getalignoff: {
    request: BLKALIGNOFF,
    name: 'BLKALIGNOFF',
    help: 'get alignment offset in bytes',
    gives: true,
  },
  getbsz: { request: BLKBSZGET, name: 'BLKBSZGET', help: 'get blocksize', gives: true },
  setbsz: {
    request: BLKBSZSET,
    name: 'BLKBSZSET',
    help: 'set blocksize on file descriptor opening the block device',
    takes: '<bytes>',
  },
  getsize: {
    request: BLKGETSIZE,
    name: 'BLKGETSIZE',
    help: 'get 32-bit sector count (deprecated, use --getsz)',
    gives: true,
  },
  getsize64: { request: BLKGETSIZE64, name: 'BLKGETSIZE64', help: 'get size in bytes', gives: true },
  setra: { request: BLKRASET, name: 'BLKRASET', help: 'set readahead', takes: '<sectors>' },
  getra: { request: BLKRAGET, name: 'BLKRAGET', help: 'get readahead', gives: true },
  getsz: { request: BLKGETSIZE, name: 'BLKGETSIZE', help: 'get size in 512-byte sectors', gives: true },
  flushbufs: { request: BLKFLSBUF, name: 'BLKFLSBUF', help: 'flush buffers' },
  rereadpt: { request: BLKRRPART, name: 'BLKRRPART', help: 'reread partition table' },
}

const HELP = `
Usage:
 blockdev [-v|-q] commands devices
 blockdev --report [devices]
 blockdev -h|-V

Call block device ioctls from the command line.

Options:
 -q             quiet mode
 -v             verbose mode
     --report   print report for specified (or all) devices

 -h, --help     display this help
 -V, --version  display version

Available commands:
${Object.entries(COMMANDS)
  .map(([name, it]) => ` --${`${name}${it.takes ? ` ${it.takes}` : ''}`.padEnd(25)}${it.help}\n`)
  .join('')}
For more details see blockdev(8).
`

export default command({
  name: 'blockdev',
  summary: 'call block device ioctls from the command line',
  suite: 'util-linux',
  usage: ['blockdev [-v|-q] commands devices', 'blockdev --report [devices]', 'blockdev -h|-V'],
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    if (!args.length) throw usage('not enough arguments')
    if (args[0] === '-V' || args[0] === '--version') {
      me.out.line('blockdev from util-linux 2.38.1')
      return 0
    }
    if (args[0] === '-h' || args[0] === '--help') {
      me.out.print(HELP)
      return 0
    }
    if (args[0] === '--report') return yield* report(sys, me, args.slice(1))
    const first = firstDevice(args)
    if (first >= args.length) throw usage('no device specified')
    for (const path of args.slice(first)) yield* perform(sys, me, path, args.slice(0, first))
    return 0
  },
})

/** The commands come first, some with a value. */
function firstDevice(args: readonly string[]): number {
  let at = 0
  for (; at < args.length && args[at]!.startsWith('-'); at++) {
    const arg = args[at]!
    if (arg === '--') return at + 1
    if (arg === '-v' || arg === '-q') continue
    const it = COMMANDS[arg.replace(/^--/, '')]
    if (!it) throw usage(`Unknown command: ${arg}`)
    if (it.takes) at++
  }
  return at
}

function* perform(sys: Sys, me: Process, path: string, commands: readonly string[]): Blocking<void> {
  let fd: number
  try {
    fd = yield* sys.open(path, O_RDONLY)
  } catch (e) {
    throw fatal(`cannot open ${path}`, e)
  }
  let verbose = false
  for (let i = 0; i < commands.length; i++) {
    if (commands[i] === '-v' || commands[i] === '-q') {
      verbose = commands[i] === '-v'
      continue
    }
    const it = COMMANDS[commands[i]!.slice(2)]!
    const arg = it.takes ? Number(commands[++i]) : it.value
    try {
      const result = sys.ioctl(fd, it.request, arg)
      if (it.gives) me.out.line(verbose ? `${it.help}: ${result}` : String(result))
      else if (verbose) me.out.line(`${it.help} succeeded.`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (verbose) me.out.line(`${it.help} failed.`)
      throw fatal(`ioctl error on ${it.name}`, e)
    }
  }
  sys.close(fd)
}

/** One line a device; without any, all that /proc/partitions has. */
function* report(sys: Sys, me: Process, given: readonly string[]): Blocking<number> {
  const paths = given.length ? given : yield* allDisks(sys)
  me.out.line('RO    RA   SSZ   BSZ        StartSec            Size   Device')
  for (const path of paths) {
    const fd = yield* sys.open(path, O_RDONLY)
    const [ro, ra, ssz, bsz, size] = [BLKROGET, BLKRAGET, BLKSSZGET, BLKBSZGET, BLKGETSIZE64].map(it =>
      sys.ioctl(fd, it),
    )
    sys.close(fd)
    const number = (value: number | undefined, width: number): string => String(value).padStart(width)
    me.out.line(
      `${ro ? 'ro' : 'rw'} ${number(ra, 5)} ${number(ssz, 5)} ${number(bsz, 5)} ${number(0, 15)} ${number(size, 15)}   ${path}`,
    )
  }
  return 0
}

function* allDisks(sys: Sys): Blocking<string[]> {
  const lines = ((yield* procText(sys, '/proc/partitions')) ?? '').split('\n').slice(2)
  return lines.filter(Boolean).map(line => `/dev/${line.trim().split(/\s+/)[3]}`)
}
