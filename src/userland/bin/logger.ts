/**
 * logger - hand messages to the system log
 * Linux: util-linux misc-utils/logger.c; logger(1).
 *
 * Left out: sending, for want of sockets: there is no /dev/log on a host without a log daemon, and no network yet.
 */
import { type Blocking, ECONNREFUSED, Errno, ENETUNREACH, O_RDONLY, type Sys } from '../../abi/index.ts'
import { command, fatal, readAll } from '../lib/command.ts'

const FACILITIES =
  'auth authpriv cron daemon ftp kern lpr mail news security syslog user uucp local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  )
const LEVELS = 'emerg panic alert crit err error warning warn notice info debug'.split(' ')

export default command({
  name: 'logger',
  summary: 'Enter messages into the system log',
  suite: 'util-linux',
  usage: 'logger [options] [<message>]',
  options: {
    i: { help: "log the logger command's PID" },
    id: { value: '[=<id>]', help: 'log the given <id>, or otherwise the PID' },
    file: { short: 'f', value: '=<file>', help: 'log the contents of this file' },
    skipEmpty: { short: 'e', help: 'do not log empty lines when processing files' },
    noAct: { help: 'do everything except the write the log' },
    priority: { short: 'p', value: '=<prio>', help: 'mark given message with this priority' },
    octetCount: { help: 'use rfc6587 octet counting' },
    prioPrefix: { help: 'look for a prefix on every line read from stdin' },
    stderr: { short: 's', help: 'output message to standard error as well' },
    size: { short: 'S', value: '=<size>', help: 'maximum size for a single message' },
    tag: { short: 't', value: '=<tag>', help: 'mark every line with this tag' },
    server: { short: 'n', value: '=<name>', help: 'write to this remote syslog server' },
    port: { short: 'P', value: '=<port>', help: 'use this port for UDP or TCP connection' },
    tcp: { short: 'T', help: 'use TCP only' },
    udp: { short: 'd', help: 'use UDP only' },
    rfc3164: { help: 'use the obsolete BSD syslog protocol' },
    rfc5424: { value: '[=<snip>]', help: 'use the syslog protocol (the default for remote)' },
    socket: { short: 'u', value: '=<socket>', help: 'write to this Unix socket' },
    socketErrors: { value: '[=<on|off|auto>]', help: 'print connection errors when using Unix sockets' },
  },

  *main(sys, flags, args, me) {
    if (flags.priority !== undefined) checkPriority(flags.priority)
    if (flags.file !== undefined) {
      try {
        sys.close(yield* sys.open(flags.file, O_RDONLY))
      } catch (e) {
        throw fatal(`file ${flags.file}`, e)
      }
    }
    if (flags.server !== undefined)
      throw fatal(`failed to connect to ${flags.server} port ${flags.port ?? 'syslog'}`, ENETUNREACH)
    const path = flags.socket ?? '/dev/log'
    if (flags.stderr || flags.socketErrors === 'on' || flags.socketErrors === '')
      yield* me.warn(`socket ${path}`, connectError(sys, path))
    if (!args.length && flags.file === undefined) yield* drain(sys)
    return 0
  },
})

/** `facility.level`, or either of them. */
function checkPriority(text: string): void {
  const dot = text.indexOf('.')
  if (dot >= 0 && !FACILITIES.includes(text.slice(0, dot)))
    throw fatal(`unknown facility name: ${text.slice(0, dot)}`)
  if (!LEVELS.includes(text.slice(dot + 1))) throw fatal(`unknown priority name: ${text}`)
}

/** Why nobody listens there. */
function connectError(sys: Sys, path: string): Errno {
  try {
    sys.stat(path)
    return ECONNREFUSED
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}

/** The messages on standard input go nowhere. */
function* drain(sys: Sys): Blocking<void> {
  yield* readAll(sys, 0)
}
