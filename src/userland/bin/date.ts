/**
 * date - print or set the system date and time
 * https://www.gnu.org/software/coreutils/manual/html_node/date-invocation.html
 *
 * Left out: --debug.
 */
import { type Blocking, CLOCK_REALTIME, Errno, O_RDONLY, type Timespec } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { Lines } from '../lib/lines.ts'
import { parseDate } from '../lib/date/parse.ts'
import { quote, quotef } from '../lib/quote.ts'
import { localtime, strftime, UTC, type Zone, zoneOf } from '../lib/time.ts'

const ISO = [
  ['hours', '%Y-%m-%dT%H%:z'],
  ['minutes', '%Y-%m-%dT%H:%M%:z'],
  ['date', '%Y-%m-%d'],
  ['seconds', '%Y-%m-%dT%H:%M:%S%:z'],
  ['ns', '%Y-%m-%dT%H:%M:%S,%N%:z'],
] as const
const RFC = [
  ['date', '%Y-%m-%d'],
  ['seconds', '%Y-%m-%d %H:%M:%S%:z'],
  ['ns', '%Y-%m-%d %H:%M:%S.%N%:z'],
] as const

const FORMATS: ReadonlySet<string> = new Set(['iso8601', 'rfcEmail', 'rfc3339', 'resolution'])

export default command({
  name: 'date',
  summary:
    'Display date and time in the given FORMAT.\nWith -s, or with [MMDDhhmm[[CC]YY][.ss]], set the date and time.',
  usage: ['date [OPTION]... [+FORMAT]', 'date [-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]'],
  authors: 'David MacKenzie',
  options: {
    date: { short: 'd', value: '=STRING', help: "display time described by STRING, not 'now'" },
    debug: { help: 'annotate the parsed date,\nand warn about questionable usage to stderr' },
    file: { short: 'f', value: '=DATEFILE', help: 'like --date; once for each line of DATEFILE' },
    iso8601: {
      short: 'I',
      long: 'iso-8601',
      value: '[=FMT]',
      help: "output date/time in ISO 8601 format.\nFMT='date' for date only (the default),\n'hours', 'minutes', 'seconds', or 'ns'\nfor date and time to the indicated precision.",
    },
    resolution: { help: 'output the available resolution of timestamps' },
    rfcEmail: { short: 'R', also: ['rfc-822', 'rfc-2822'], help: 'output date and time in RFC 5322 format.' },
    rfc3339: { long: 'rfc-3339', value: '=FMT', help: 'output date/time in RFC 3339 format.' },
    reference: { short: 'r', value: '=FILE', help: 'display the last modification time of FILE' },
    set: { short: 's', value: '=STRING', help: 'set time described by STRING' },
    utc: { short: 'u', also: ['universal', 'uct'], help: 'print or set Coordinated Universal Time (UTC)' },
  },

  *main(sys, flags, args, me) {
    const zone = flags.utc ? UTC : zoneOf(me.env.get('TZ'))
    let format: string | undefined
    const formats = me.order.filter(it => FORMATS.has(it.key)).length + (args[0]?.startsWith('+') ? 1 : 0)
    if (flags.iso8601 !== undefined) format = oneOf('--iso-8601', flags.iso8601 || 'date', ISO)
    if (flags.rfcEmail) format = '%a, %d %b %Y %H:%M:%S %z'
    if (flags.rfc3339 !== undefined) format = oneOf('--rfc-3339', flags.rfc3339, RFC)
    if (flags.resolution) format = '%s.%N'
    const { date, file, reference, resolution } = flags
    const sources = [date, file, reference, resolution].filter(it => it !== undefined)
    if (formats > 1) throw fatal('multiple output formats specified')
    if (sources.length > 1) throw usage('the options to specify dates for printing are mutually exclusive')
    if (sources.length && flags.set !== undefined)
      throw usage('the options to print and set the time may not be used together')
    if (args.length > 1) throw usage(`extra operand ${quote(args[1]!)}`)
    let setting = flags.set
    if (args[0]?.startsWith('+')) {
      format = args[0].slice(1)
    } else if (args[0] !== undefined) {
      if (sources.length || setting !== undefined)
        throw usage(
          `the argument ${quote(args[0])} lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'`,
        )
      setting = args[0]
    }
    const print = (time: Timespec): void =>
      me.out.line(strftime(format ?? '%a %b %e %H:%M:%S %Z %Y', localtime(time, zone)).replace(/^$/, ''))
    const now = sys.clock_gettime(CLOCK_REALTIME)
    if (flags.resolution) {
      print({ sec: 0, nsec: 1 })
      return 0
    }
    if (setting !== undefined) {
      const time = args[0] === setting ? posixTime(setting, now, zone) : parseDate(setting || '0', now, zone)
      if (!time) throw fatal(`invalid date ${quote(setting)}`)
      const isSet = yield* set(time)
      print(time)
      return isSet ? 0 : 1
    }
    if (flags.reference !== undefined) {
      const path = flags.reference
      print(must(quotef(path), () => sys.stat(path)).mtime)
      return 0
    }
    if (flags.file !== undefined) return yield* eachLine(flags.file)
    const time = flags.date === undefined ? now : parseDate(flags.date || '0', now, zone)
    if (!time) throw fatal(`invalid date ${quote(flags.date!)}`)
    print(time)
    return 0

    function* set(time: Timespec): Blocking<boolean> {
      try {
        sys.clock_settime(CLOCK_REALTIME, time)
        return true
      } catch (e) {
        yield* me.warn('cannot set date', e)
        return false
      }
    }

    function* eachLine(path: string): Blocking<number> {
      let status = 0
      let fd = 0
      try {
        if (path !== '-') fd = yield* sys.open(path, O_RDONLY)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        throw fatal(quotef(path), e)
      }
      const lines = new Lines(sys, fd)
      for (let line = yield* lines.next(); line !== undefined; line = yield* lines.next()) {
        const time = parseDate(line || '0', now, zone)
        if (time) print(time)
        else {
          yield* me.warn(`invalid date ${quote(line)}`)
          status = 1
        }
      }
      return status
    }
  },
})

/** MMDDhhmm[[CC]YY][.ss] */
function posixTime(text: string, now: Timespec, zone: Zone): Timespec | undefined {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d|\d{4})?(?:\.(\d\d))?$/.exec(text)
  if (!match) return undefined
  const [, month, day, hour, minute, year = String(localtime(now, zone).year), second = '00'] = match
  return parseDate(`${year}-${month}-${day} ${hour}:${minute}:${second}`, now, zone)
}
