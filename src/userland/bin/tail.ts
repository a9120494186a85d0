/**
 * tail - output the last part of files
 * https://www.gnu.org/software/coreutils/manual/html_node/tail-invocation.html
 *
 * Left out: inotify: -f looks again every second (or --sleep-interval), as `tail ---disable-inotify` does.
 */
import {
  type Blocking,
  Errno,
  ESRCH,
  isReg,
  refusal,
  SEEK_SET,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, readAll, writeAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { sameFile, statOf } from '../lib/path.ts'
import { quote, quoteaf } from '../lib/quote.ts'

interface Watched {
  readonly name: string
  readonly shown: string
  fd: number
  stat: Stat | undefined
  offset: number
}

const FOLLOWS = [
  ['descriptor', 'descriptor'],
  ['name', 'name'],
] as const

export default command({
  name: 'tail',
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
    const last = me.order.findLast(it => it.key === 'bytes' || it.key === 'lines')
    const bytes = last?.key === 'bytes'
    const count = last ? amount(last.value, bytes) : { number: 10, fromStart: false }
    const names = args.length ? args : ['-']
    const quiet = me.order.findLast(it => it.key === 'quiet' || it.key === 'verbose')?.key
    const headers = quiet ? quiet === 'verbose' : names.length > 1
    const follow = flags.F || flags.follow || flags.followHow !== undefined
    const byName = Boolean(flags.F) || flags.followHow === 'name'
    const retry = Boolean(flags.F || flags.retry)
    const delimiter = flags.zeroTerminated ? 0 : 10
    const interval = flags.sleepInterval === undefined ? 1 : Number(flags.sleepInterval)
    if (!(interval >= 0)) throw fatal(`invalid number of seconds: ${quote(flags.sleepInterval!)}`)
    const { maxUnchangedStats, pid: pidText } = flags
    if (maxUnchangedStats !== undefined && !/^\d+$/.test(maxUnchangedStats))
      throw fatal(`invalid maximum number of unchanged stats between opens: ${quote(maxUnchangedStats)}`)
    if (pidText !== undefined && !/^\d+$/.test(pidText)) throw fatal(`invalid PID: ${quote(pidText)}`)
    if (flags.followHow) oneOf('--follow', flags.followHow, FOLLOWS)
    if (flags.retry && !follow)
      yield* me.warn('warning: --retry ignored; --retry is useful only when following')
    if (flags.retry && follow && !byName)
      yield* me.warn('warning: --retry only effective for the initial open')
    if (pidText !== undefined && !follow)
      yield* me.warn('warning: PID ignored; --pid=PID is useful only when following')
    let status = 0
    let printed = ''
    const watched: Watched[] = []

    function* header(it: Watched): Blocking<void> {
      if (headers) yield* writeAll(sys, 1, `${printed ? '\n' : ''}==> ${it.shown} <==\n`)
      printed = it.name
    }

    for (const name of names) {
      const it: Watched = {
        name,
        shown: name === '-' ? 'standard input' : name,
        fd: -1,
        stat: undefined,
        offset: 0,
      }
      try {
        it.fd = yield* openInput(sys, name)
      } catch (e) {
        yield* me.warn(`cannot open ${quoteaf(name)} for reading`, e)
        status = 1
        if (follow && retry) watched.push(it)
        continue
      }
      yield* header(it)
      try {
        yield* part(sys, it, count.number, bytes, count.fromStart, delimiter)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.warn(`error reading ${quoteaf(it.shown)}`, e)
        if (follow)
          yield* me.warn(`${it.shown}: cannot follow end of this type of file; giving up on this name`)
        status = 1
        continue
      }
      if (follow) watched.push(it)
      else if (it.fd) sys.close(it.fd)
    }
    if (!follow) return status
    if (!watched.length) {
      if (names.length) yield* me.warn('no files remaining')
      return 1
    }
    const pid = flags.pid === undefined ? 0 : Number(flags.pid)
    for (;;) {
      let any = false
      for (const it of watched) if (yield* look(it)) any = true
      if (any) continue
      if (pid && (yield* dead(sys, pid))) return status
      yield* sys.nanosleep(Math.max(1000, interval * 1e9))
    }

    /** See whether a followed file has grown, shrunk or been replaced. */
    function* look(it: Watched): Blocking<boolean> {
      if (byName || it.fd < 0) yield* reopen(it)
      if (it.fd < 0) return false
      const now = sys.fstat(it.fd)
      if (isReg(now) && now.size < it.offset) {
        yield* me.warn(`${it.shown}: file truncated`)
        it.offset = sys.lseek(it.fd, 0, SEEK_SET)
      }
      if (isReg(now) && now.size === it.offset) return false
      const chunk = yield* sys.read(it.fd, 65536)
      if (!chunk.length) return false
      if (printed !== it.name) yield* header(it)
      yield* writeAll(sys, 1, chunk)
      it.offset += chunk.length
      return true
    }

    function* reopen(it: Watched): Blocking<void> {
      const now = statOf(sys, it.name)
      if (!now) {
        if (it.fd >= 0 && it.stat) {
          yield* me.warn(`${quoteaf(it.shown)} has become inaccessible: No such file or directory`)
          it.stat = undefined
        }
        return
      }
      if (it.fd >= 0 && it.stat && sameFile(now, it.stat)) return
      try {
        const fd = yield* openInput(sys, it.name)
        const fresh = it.fd < 0 || !it.stat
        if (it.fd > 0) sys.close(it.fd)
        yield* me.warn(
          `${quoteaf(it.shown)} has ${fresh ? 'appeared' : 'been replaced'};  following new file`,
        )
        it.fd = fd
        it.stat = sys.fstat(fd)
        it.offset = 0
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
    }
  },
})

function* dead(sys: Sys, pid: number): Blocking<boolean> {
  try {
    yield* sys.kill(pid, 0)
    return false
  } catch (e) {
    return e === ESRCH
  }
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
function* part(
  sys: Sys,
  it: Watched,
  count: number,
  bytes: boolean,
  fromStart: boolean,
  delimiter: number,
): Blocking<void> {
  it.stat = sys.fstat(it.fd)
  const all = yield* readAll(sys, it.fd)
  if (refusal(() => (it.offset = sys.lseek(it.fd, 0, 1)))) it.offset = all.length
  yield* writeAll(sys, 1, all.subarray(startOf(all, count, bytes, fromStart, delimiter)))
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
