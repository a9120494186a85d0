/**
 * dmesg - print or control the kernel ring buffer
 * Linux: util-linux sys-utils/dmesg.c; dmesg(1). Reads the records of /dev/kmsg.
 *
 * Left out: --human's pager and colours, --since, --until, the console switches (they change nothing here).
 */
import {
  type Blocking,
  CLOCK_BOOTTIME,
  CLOCK_REALTIME,
  decode,
  encode,
  EAGAIN,
  EPIPE,
  EPERM,
  Errno,
  O_NONBLOCK,
  O_RDONLY,
  SEEK_DATA,
  SEEK_END,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { localtime, strftime } from '../lib/time.ts'

const FACILITIES = ['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news']
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug']
const SEEK_CLEARED = SEEK_DATA

const OPTIONS = {
  clear: { short: 'C' },
  readClear: { short: 'c' },
  consoleOff: { short: 'D' },
  consoleOn: { short: 'E' },
  file: { short: 'F', value: '<file>' },
  facility: { short: 'f', value: '<list>' },
  human: { short: 'H' },
  json: { short: 'J' },
  kernel: { short: 'k' },
  color: { short: 'L', value: '[=<when>]' },
  level: { short: 'l', value: '<list>' },
  consoleLevel: { short: 'n', value: '<level>' },
  nopager: { short: 'P' },
  forcePrefix: { short: 'p' },
  raw: { short: 'r' },
  noescape: {},
  syslog: { short: 'S' },
  bufferSize: { short: 's', value: '<size>' },
  userspace: { short: 'u' },
  follow: { short: 'w' },
  followNew: { short: 'W' },
  decode: { short: 'x' },
  showDelta: { short: 'd' },
  reltime: { short: 'e' },
  ctime: { short: 'T' },
  notime: { short: 't' },
  timeFormat: { value: '<format>' },
  since: { value: '<time>' },
  until: { value: '<time>' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** One record of /dev/kmsg. */
interface Message {
  readonly facility: number
  readonly level: number
  /** Microseconds since boot. */
  readonly at: number
  readonly text: string
}

export default command({
  name: 'dmesg',
  summary: 'display or control the kernel ring buffer',
  suite: 'util-linux',
  usage: 'dmesg [options]',
  help: `
Usage:
 dmesg [options]

Display or control the kernel ring buffer.

Options:
 -C, --clear                 clear the kernel ring buffer
 -c, --read-clear            read and clear all messages
 -D, --console-off           disable printing messages to console
 -E, --console-on            enable printing messages to console
 -F, --file <file>           use the file instead of the kernel log buffer
 -f, --facility <list>       restrict output to defined facilities
 -H, --human                 human readable output
 -J, --json                  use JSON output format
 -k, --kernel                display kernel messages
 -L, --color[=<when>]        colorize messages (auto, always or never)
                               colors are enabled by default
 -l, --level <list>          restrict output to defined levels
 -n, --console-level <level> set level of messages printed to console
 -P, --nopager               do not pipe output into a pager
 -p, --force-prefix          force timestamp output on each line of multi-line messages
 -r, --raw                   print the raw message buffer
     --noescape              don't escape unprintable character
 -S, --syslog                force to use syslog(2) rather than /dev/kmsg
 -s, --buffer-size <size>    buffer size to query the kernel ring buffer
 -u, --userspace             display userspace messages
 -w, --follow                wait for new messages
 -W, --follow-new            wait and print only new messages
 -x, --decode                decode facility and level to readable string
 -d, --show-delta            show time delta between printed messages
 -e, --reltime               show local time and time delta in readable format
 -T, --ctime                 show human-readable timestamp (may be inaccurate!)
 -t, --notime                don't show any timestamp with messages
     --time-format <format>  show timestamp using the given format:
                               [delta|reltime|ctime|notime|iso]
Suspending/resume will make ctime and iso timestamps inaccurate.
     --since <time>          display the lines since the specified time
     --until <time>          display the lines until the specified time

 -h, --help                  display this help
 -V, --version               display version

Supported log facilities:
    kern - kernel messages
    user - random user-level messages
    mail - mail system
  daemon - system daemons
    auth - security/authorization messages
  syslog - messages generated internally by syslogd
     lpr - line printer subsystem
    news - network news subsystem

Supported log levels (priorities):
   emerg - system is unusable
   alert - action must be taken immediately
    crit - critical conditions
     err - error conditions
    warn - warning conditions
  notice - normal but significant condition
    info - informational
   debug - debug-level messages

For more details see dmesg(1).
`,
  options: OPTIONS,

  *main(sys, flags, _args, me) {
    const levels = numbers(flags.level, LEVELS, 'level')
    const facilities = flags.kernel
      ? new Set([0])
      : flags.userspace
        ? new Set([1, 2, 3, 4, 5, 6, 7])
        : numbers(flags.facility, FACILITIES, 'facility')
    if (flags.consoleOff || flags.consoleOn || flags.consoleLevel !== undefined) return 0
    const fd = yield* open(sys, flags.file ?? '/dev/kmsg', flags.follow || flags.followNew ? 0 : O_NONBLOCK)
    if (flags.clear) {
      clear(sys, fd)
      return 0
    }
    if (!flags.file) seek(sys, fd, flags.followNew ? SEEK_END : SEEK_CLEARED)
    const boot = sys.clock_gettime(CLOCK_REALTIME).sec - sys.clock_gettime(CLOCK_BOOTTIME).sec
    const format = formatter(flags, boot)
    const shown: Message[] = []
    for (;;) {
      const message = yield* next(sys, fd)
      if (!message) break
      if ((levels && !levels.has(message.level)) || (facilities && !facilities.has(message.facility)))
        continue
      if (flags.json) shown.push(message)
      else me.out.line(format(message))
      yield* me.out.drain()
      if (flags.follow || flags.followNew) yield* me.out.flush()
    }
    if (flags.json) json(me, shown)
    if (flags.readClear) clear(sys, fd)
    return 0
  },
})

function* open(sys: Sys, path: string, flags: number): Blocking<number> {
  try {
    return yield* sys.open(path, O_RDONLY | flags)
  } catch (e) {
    throw fatal(e === EPERM ? 'read kernel buffer failed' : `cannot open ${path}`, e)
  }
}

/** Where reading starts; a log that cannot be positioned is read from its beginning. */
function seek(sys: Sys, fd: number, whence: number): void {
  try {
    sys.lseek(fd, 0, whence)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** Linux: SYSLOG_ACTION_CLEAR, which klogctl(3) asks for; here by the device's own position. */
function clear(sys: Sys, fd: number): void {
  try {
    sys.ioctl(fd, SYSLOG_ACTION_CLEAR)
  } catch (e) {
    throw fatal('clear kernel buffer failed', e)
  }
}
const SYSLOG_ACTION_CLEAR = 5

function numbers(list: string | undefined, names: readonly string[], what: string): Set<number> | undefined {
  if (list === undefined) return undefined
  return new Set(
    list.split(',').map(it => {
      const index = names.indexOf(it)
      if (index < 0) throw fatal(`unknown ${what} '${it}'`)
      return index
    }),
  )
}

/** `6,345,1234567,-;text`, then lines of keys that begin with a blank. */
function* next(sys: Sys, fd: number): Blocking<Message | undefined> {
  for (;;) {
    try {
      const bytes = yield* sys.read(fd, 8192)
      if (!bytes.length) return undefined
      const record = decode(bytes)
      const semicolon = record.indexOf(';')
      const [prefix, , at] = record.slice(0, semicolon).split(',').map(Number)
      const text = unescaped(record.slice(semicolon + 1).split('\n')[0]!)
      return { facility: prefix! >> 3, level: prefix! & 7, at: at!, text }
    } catch (e) {
      if (e === EPIPE) continue
      if (e === EAGAIN) return undefined
      if (!(e instanceof Errno)) throw e
      throw fatal('read kernel buffer failed', e)
    }
  }
}

/** Linux: unhexmangle_to_buffer(). */
function unescaped(text: string): string {
  if (!text.includes('\\x')) return text
  const bytes = text
    .split(/\\x([0-9a-f]{2})/)
    .flatMap((part, i) => (i % 2 ? [Number.parseInt(part, 16)] : [...encode(part)]))
  return decode(Uint8Array.from(bytes))
}

/** The further lines of a message stand below its first. */
function formatter(flags: Given, boot: number): (it: Message) => string {
  const headOf = headFormatter(flags, boot)
  return it => {
    const head = headOf(it)
    return head + it.text.replaceAll('\n', `\n${flags.raw ? '' : ' '.repeat(head.length)}`)
  }
}

function headFormatter(flags: Given, boot: number): (it: Message) => string {
  const time = flags.notime
    ? 'notime'
    : flags.ctime
      ? 'ctime'
      : flags.reltime || flags.human
        ? 'reltime'
        : flags.showDelta
          ? 'delta'
          : (flags.timeFormat ?? 'raw')
  let last = 0
  let lastMinute = ''
  return it => {
    const delta = last ? (it.at - last) / 1e6 : 0
    last = it.at
    const decoded = flags.decode
      ? `${(FACILITIES[it.facility] ?? '').padEnd(6)}:${(LEVELS[it.level] ?? '').padEnd(6)}: `
      : ''
    const stamp = (it.at / 1e6).toFixed(6).padStart(12)
    if (flags.raw) return `<${it.facility * 8 + it.level}>[${stamp}] `
    const wall = localtime({ sec: Math.floor(boot + it.at / 1e6), nsec: (it.at % 1e6) * 1000 })
    if (time === 'notime') return decoded
    if (time === 'ctime') return `${decoded}[${strftime('%a %b %e %H:%M:%S %Y', wall)}] `
    if (time === 'iso')
      return `${decoded}${strftime('%Y-%m-%dT%H:%M:%S', wall)},${String(it.at % 1e6).padStart(6, '0')}+00:00 `
    if (time === 'delta') return `${decoded}[${stamp} <${delta.toFixed(6).padStart(12)}>] `
    if (time !== 'reltime') return `${decoded}[${stamp}] `
    const minute = strftime('%b%e %H:%M', wall)
    const fresh = minute !== lastMinute
    lastMinute = minute
    return `${decoded}[${fresh ? minute : `  +${delta.toFixed(6)}`.padStart(11)}] `
  }
}

function json(me: Process, messages: readonly Message[]): void {
  const one = (it: Message): string =>
    `{\n         "pri": ${it.facility * 8 + it.level},\n         "time": ${(it.at / 1e6).toFixed(6).padStart(12)},\n         "msg": ${JSON.stringify(it.text)}\n      }`
  me.out.print(`{\n   "dmesg": [\n      ${messages.map(one).join(',')}\n   ]\n}\n`)
}
