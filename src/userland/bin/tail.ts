/**
 * tail - output the last part of files
 * https://www.gnu.org/software/coreutils/manual/html_node/tail-invocation.html
 * -f goes by events where the kernel tells of changes (lib/tail/inotify.ts), else it looks every second (polling.ts).
 */
import {
  type Blocking,
  EBADF,
  type Errno,
  isFifo,
  isReg,
  refusal,
  SEEK_CUR,
  SEEK_SET,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, readAll, writeAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import {
  type Followed,
  type Following,
  header,
  isTailable,
  newFollowed,
  record,
} from '../lib/tail/followed.ts'
import { canWatch, followByEvents } from '../lib/tail/inotify.ts'
import { followByLooking } from '../lib/tail/polling.ts'

const FOLLOWS = [
  ['descriptor', 'descriptor'],
  ['name', 'name'],
] as const

export default command({
  name: 'tail',
  closesStdin: '-',
  summary:
    'Print the last 10 lines of each FILE to standard output.\nWith more than one FILE, precede each with a header giving the file name.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'tail [OPTION]... [FILE]...',
  authors: 'Paul Rubin, David MacKenzie, Ian Lance Taylor,\nand Jim Meyering',
  options: {
    bytes: {
      short: 'c',
      value: '=[+]NUM',
      help: 'output the last NUM bytes; or use -c +NUM to\noutput starting with byte NUM of each file',
    },
    follow: { short: 'f', long: '' },
    followHow: {
      long: 'follow',
      value: '[={name|descriptor}]',
      help: "output appended data as the file grows;\nan absent option argument means 'descriptor'",
    },
    F: { help: 'same as --follow=name --retry' },
    disableInotify: { long: '-disable-inotify' },
    lines: {
      short: 'n',
      value: '=[+]NUM',
      help: 'output the last NUM lines, instead of the last 10;\nor use -n +NUM to output starting with line NUM',
    },
    maxUnchangedStats: {
      value: '=N',
      help: 'with --follow=name, reopen a FILE which has not\nchanged size after N iterations',
    },
    pid: { value: '=PID', help: 'with -f, terminate after process ID, PID dies' },
    quiet: { short: 'q', also: ['silent'], help: 'never output headers giving file names' },
    retry: { help: 'keep trying to open a file if it is inaccessible' },
    sleepInterval: {
      short: 's',
      value: '=N',
      help: 'with -f, sleep for approximately N seconds\n(default 1.0) between iterations',
    },
    verbose: { short: 'v', help: 'always output headers giving file names' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },
  obsolete([first, ...rest]) {
    const old = /^([-+])(\d+)([bcl]?)(f?)$/.exec(first ?? '')
    if (!old || (rest.length > 1 && old[1] === '+')) {
      const all = first === undefined ? [] : [first, ...rest]
      const digit = all.find(
        (arg, i) => /^-[fFqvz]*\d/.test(arg) && !/^-[fFqvz]*[ncs]$/.test(all[i - 1] ?? ''),
      )
      if (digit !== undefined && !all.includes('--'))
        throw fatal(`option used in invalid context -- ${/\d/.exec(digit)![0]}`)
      return all
    }
    if (rest.length > 1) throw fatal(`option used in invalid context -- ${old[2]![0]}`)
    const [, sign, digits, unit, follow] = old as unknown as [string, string, string, string, string]
    const count = `${sign === '+' ? '+' : ''}${digits}${unit === 'b' ? 'b' : ''}`
    return [...(follow ? ['-f'] : []), unit === 'c' || unit === 'b' ? `-c${count}` : `-n${count}`, ...rest]
  },

  *main(sys, flags, args, me) {
    const names = args.length ? args : ['-']
    const last = me.order.findLast(it => it.key === 'bytes' || it.key === 'lines')
    const bytes = last?.key === 'bytes'
    const count = last ? amount(last.value, bytes) : { number: 10, fromStart: false }
    const quiet = me.order.findLast(it => it.key === 'quiet' || it.key === 'verbose')?.key
    const follow = Boolean(flags.F || flags.follow || flags.followHow !== undefined)
    const interval = flags.sleepInterval === undefined ? 1 : Number(flags.sleepInterval)
    if (!(interval >= 0)) throw fatal(`invalid number of seconds: ${quote(flags.sleepInterval!)}`)
    const { maxUnchangedStats: unchanged = '5', pid = '0' } = flags
    if (!/^\d+$/.test(unchanged))
      throw fatal(`invalid maximum number of unchanged stats between opens: ${quote(unchanged)}`)
    if (!/^\d+$/.test(pid)) throw fatal(`invalid PID: ${quote(pid)}`)
    if (flags.followHow) oneOf('--follow', flags.followHow, FOLLOWS)
    const on: Following = {
      sys,
      me,
      files: names.map(newFollowed),
      byName: Boolean(flags.F) || flags.followHow === 'name',
      retry: Boolean(flags.F || flags.retry),
      headers: quiet ? quiet === 'verbose' : names.length > 1,
      pid: Number(pid),
      interval: interval * 1e9,
      maxUnchanged: Number(unchanged),
      inotify: !flags.disableInotify,
      last: undefined,
    }
    yield* warnOfOptions(on, follow, flags)
    const delimiter = flags.zeroTerminated ? 0 : 10
    let fine = true
    for (const it of on.files)
      if (!(yield* tailFile(on, it, { ...count, bytes, delimiter, follow }))) fine = false
    if (!follow || on.files.every(isStreamedInput)) return fine ? 0 : 1
    const status = on.inotify && canWatch(on, fine) ? yield* followByEvents(on) : undefined
    if (status !== undefined) return status
    on.inotify = false
    return yield* followByLooking(on)
  },
})

/** Options that have no effect without others. */
function* warnOfOptions(
  { sys, me, files, byName, pid }: Following,
  follow: boolean,
  given: { readonly retry?: boolean | undefined; readonly pid?: string | undefined },
): Blocking<void> {
  if (given.retry && !follow)
    yield* me.warn('warning: --retry ignored; --retry is useful only when following')
  if (given.retry && follow && !byName) yield* me.warn('warning: --retry only effective for the initial open')
  if (given.pid !== undefined && !follow)
    yield* me.warn('warning: PID ignored; --pid=PID is useful only when following')
  if (!files.some(it => it.name === '-')) return
  if (byName) throw fatal(`cannot follow ${quoteaf('-')} by name`)
  if (follow && sys.isatty(0) && (pid || files.length > 1))
    yield* me.warn('warning: following standard input indefinitely is ineffective')
}

/** What of each file is printed at first. */
interface Wanted {
  readonly number: number
  readonly fromStart: boolean
  readonly bytes: boolean
  readonly delimiter: number
  readonly follow: boolean
}

/** "If no file operand is specified and standard input is a pipe or FIFO, the -f option shall be ignored." - tail(1p) */
const isStreamedInput = ({ name, stat }: Followed): boolean =>
  name === '-' && stat !== undefined && isFifo(stat)

/** The last bytes of a long file are found without reading those before. */
function seekTo(sys: Sys, fd: number, stat: Stat, { number, bytes, fromStart }: Wanted): void {
  if (!bytes || fromStart || !isReg(stat)) return
  if (sys.lseek(fd, 0, SEEK_CUR) < stat.size - number) sys.lseek(fd, stat.size - number, SEEK_SET)
}

/** Print the part of one file that is wanted; whether all went well. GNU: tail_file(). */
function* tailFile(on: Following, it: Followed, wanted: Wanted): Blocking<boolean> {
  const { sys, me } = on
  let fd: number
  try {
    fd = yield* openInput(sys, it.name)
  } catch (e) {
    yield* me.warn(`cannot open ${quoteaf(it.name)} for reading`, e)
    it.error = e as Errno
    it.tailable = !on.retry
    it.ignored = !on.retry
    return false
  }
  yield* header(on, it)
  on.last = it
  let error: unknown
  try {
    yield* part(sys, it, fd, wanted)
  } catch (e) {
    error = e
    yield* me.warn(`${e === EBADF ? 'cannot fstat' : 'error reading'} ${quoteaf(it.shown)}`, e)
  }
  if (!wanted.follow) {
    if (fd) sys.close(fd)
    return !error
  }
  const stat = sys.fstat(fd)
  if (isTailable(stat) && !error) {
    record(sys, it, fd, stat, it.size)
    it.ignored = isStreamedInput(it)
    return true
  }
  it.ignored = !on.retry
  it.error = 'type'
  it.tailable = false
  if (!isTailable(stat)) {
    const more = it.ignored ? '; giving up on this name' : ''
    yield* me.warn(`${it.shown}: cannot follow end of this type of file${more}`)
  }
  if (fd) sys.close(fd)
  return false
}

function amount(text: string, bytes: boolean): { number: number; fromStart: boolean } {
  const fromStart = text.startsWith('+')
  const digits = text.replace(/^[-+]/, '')
  const it = /^\d/.test(digits) ? parseNumber(digits, SIZES) : { overflow: false }
  if ('value' in it) return { number: it.value, fromStart }
  const why = it.overflow ? ': Value too large for defined data type' : ''
  throw fatal(`invalid number of ${bytes ? 'bytes' : 'lines'}: ${quote(text.replace(/^-/, ''))}${why}`)
}

/** Print the part of one file that is wanted, leaving its descriptor at the end. */
function* part(sys: Sys, it: Followed, fd: number, wanted: Wanted): Blocking<void> {
  it.stat = sys.fstat(fd)
  seekTo(sys, fd, it.stat, wanted)
  const all = yield* readAll(sys, fd)
  if (refusal(() => (it.size = sys.lseek(fd, 0, SEEK_CUR)))) it.size = all.length
  const { number, bytes, fromStart, delimiter } = wanted
  yield* writeAll(sys, 1, all.subarray(startOf(all, number, bytes, fromStart, delimiter)))
}

function startOf(
  all: Uint8Array,
  count: number,
  bytes: boolean,
  fromStart: boolean,
  delimiter: number,
): number {
  if (bytes) return fromStart ? Math.max(0, count - 1) : Math.max(0, all.length - count)
  if (fromStart) {
    let start = 0
    for (let line = 1; line < count; line++) {
      const next = all.indexOf(delimiter, start)
      if (next < 0) return all.length
      start = next + 1
    }
    return start
  }
  if (!count) return all.length
  let start = all.length
  if (start && all[start - 1] === delimiter) start--
  for (; count > 0; count--) {
    const before = start > 0 ? all.lastIndexOf(delimiter, start - 1) : -1
    if (before < 0) return 0
    start = before
  }
  return start + 1
}
