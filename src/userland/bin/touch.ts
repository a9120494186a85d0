/**
 * touch - change file timestamps
 * https://www.gnu.org/software/coreutils/manual/html_node/touch-invocation.html
 */
import {
  type Blocking,
  EINVAL,
  EISDIR,
  ENOENT,
  Errno,
  O_CREAT,
  O_NOCTTY,
  O_NONBLOCK,
  O_WRONLY,
  type Timespec,
  type UTime,
} from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { parseDate } from '../lib/date/parse.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { daysFromCivil, localtime, type Zone, zoneOf } from '../lib/time.ts'
import { fromLocal } from '../lib/zone.ts'

const WHICH = [
  ['atime', 'a'],
  ['access', 'a'],
  ['use', 'a'],
  ['mtime', 'm'],
  ['modify', 'm'],
] as const

export default command({
  name: 'touch',
  summary:
    'Update the access and modification times of each FILE to the current time.\n\nA FILE argument that does not exist is created empty, unless -c or -h\nis supplied.',
  usage: 'touch [OPTION]... FILE...',
  authors: 'Paul Rubin, Arnold Robbins, Jim Kingdon,\nDavid MacKenzie, and Randy Smith',
  options: {
    a: { help: 'change only the access time' },
    noCreate: { short: 'c', help: 'do not create any files' },
    date: { short: 'd', value: '=STRING', help: 'parse STRING and use it instead of current time' },
    f: { help: '(ignored)' },
    noDereference: {
      short: 'h',
      help: 'affect each symbolic link instead of any referenced\nfile (useful only on systems that can change the\ntimestamps of a symlink)',
    },
    m: { help: 'change only the modification time' },
    reference: { short: 'r', value: '=FILE', help: "use this file's times instead of current time" },
    t: { value: 'STAMP', help: 'use [[CC]YY]MMDDhhmm[.ss] instead of current time' },
    time: {
      value: '=WORD',
      help: 'change the specified time:\nWORD is access, atime, or use: equivalent to -a\nWORD is modify or mtime: equivalent to -m',
    },
  },

  *main(sys, flags, args, me) {
    const which = flags.time === undefined ? undefined : oneOf('--time', flags.time, WHICH)
    const access = Boolean(flags.a) || which === 'a'
    const modify = Boolean(flags.m) || which === 'm'
    if (!args.length) throw usage('missing file operand')
    if (flags.t !== undefined && (flags.date !== undefined || flags.reference !== undefined))
      throw usage('cannot specify times from more than one source')
    const zone = zoneOf(me.env.get('TZ'))
    const now = sys.clock_gettime(0)
    let atime: UTime = 'now'
    let mtime: UTime = 'now'
    if (flags.reference !== undefined) {
      const path = flags.reference
      const stat = must(`failed to get attributes of ${quoteaf(path)}`, () =>
        flags.noDereference ? sys.lstat(path) : sys.stat(path),
      )
      atime = stat.atime
      mtime = stat.mtime
      if (flags.date !== undefined) {
        atime = dated(flags.date, atime, zone)
        mtime = dated(flags.date, mtime, zone)
      }
    } else if (flags.date !== undefined) atime = mtime = dated(flags.date, now, zone)
    else if (flags.t !== undefined) {
      const stamp = parseStamp(flags.t, localtime(now, zone).year, zone)
      if (!stamp) throw fatal(`invalid date format ${quote(flags.t)}`)
      atime = mtime = stamp
    }
    if (access && !modify) mtime = 'omit'
    if (modify && !access) atime = 'omit'

    let status = 0
    for (const path of args) {
      const refused = yield* touch(path)
      if (!refused) continue
      yield* me.warn(`${refused.verb} ${quoteaf(path)}`, refused.errno)
      status = 1
    }
    return status

    function* touch(path: string): Blocking<{ verb: string; errno: Errno } | undefined> {
      let refused: Errno | undefined
      if (path === '-') path = '/proc/self/fd/1'
      else if (!flags.noCreate && !flags.noDereference) {
        try {
          sys.close(yield* sys.open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY, 0o666))
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          // "Don't save a copy of errno if it's EISDIR, since that would lead touch to give a bogus diagnostic"
          if (e !== EISDIR && e !== EINVAL) refused = e
        }
      }
      try {
        sys.utimensat(path, atime, mtime, !flags.noDereference)
        return undefined
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (refused) return { verb: 'cannot touch', errno: refused }
        return e === ENOENT && flags.noCreate ? undefined : { verb: 'setting times of', errno: e }
      }
    }
  },
})

function dated(text: string, now: Timespec, zone: Zone): Timespec {
  const time = parseDate(text, now, zone)
  if (!time) throw fatal(`invalid date format ${quote(text)}`)
  return time
}

/** [[CC]YY]MMDDhhmm[.ss] */
function parseStamp(text: string, thisYear: number, zone: Zone): Timespec | undefined {
  const match = /^(\d{4}|\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text)
  if (!match) return undefined
  const [month, day, hour, minute, second] = match.slice(2).map(it => Number(it ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const two = Number(match[1])
  const year = !match[1] ? thisYear : match[1].length === 4 ? two : two < 69 ? 2000 + two : 1900 + two
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return undefined
  // No 30th of February.
  const [y, m] = month === 12 ? [year + 1, 1] : [year, month + 1]
  if (daysFromCivil(y, m, 1) - daysFromCivil(year, month, 1) < day) return undefined
  const local = daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
  const sec = fromLocal(zone, local)
  return sec === undefined ? undefined : { sec, nsec: 0 }
}
