/**
 * scriptreplay - play back typescripts, using timing information
 * Linux: util-linux term-utils/scriptreplay.c, script-playutils.c; scriptreplay(1).
 */
import { type Blocking, decode, Errno, type Sys } from '../../abi/index.ts'
import {
  command,
  fatal,
  type Flags,
  type Options,
  type Process,
  readBytes,
  readFile,
} from '../lib/command.ts'

const HELP = `
Usage:
 scriptreplay [options]
 scriptreplay [-t] timingfile [typescript] [divisor]

Play back terminal typescripts, using timing information.

Options:
 -t, --timing <file>     script timing log file
 -T, --log-timing <file> alias to -t
 -I, --log-in <file>     script stdin log file
 -O, --log-out <file>    script stdout log file (default)
 -B, --log-io <file>     script stdin and stdout log file
 -s, --typescript <file> deprecated alias to -O

     --summary           display overview about recorded session and exit
 -d, --divisor <num>     speed up or slow down execution with time divisor
 -m, --maxdelay <num>    wait at most this many seconds between updates
 -x, --stream <name>     stream type (out, in, signal or info)
 -c, --cr-mode <type>    CR char mode (auto, never, always)

 -h, --help              display this help
 -V, --version           display version

For more details see scriptreplay(1).
`

const OPTIONS = {
  timing: { short: 't', value: '<file>' },
  logTiming: { short: 'T', value: '<file>' },
  logIn: { short: 'I', value: '<file>' },
  logOut: { short: 'O', value: '<file>' },
  logIo: { short: 'B', value: '<file>' },
  typescript: { short: 's', value: '<file>' },
  summary: {},
  divisor: { short: 'd', value: '<num>' },
  maxdelay: { short: 'm', value: '<num>' },
  stream: { short: 'x', value: '<name>' },
  crMode: { short: 'c', value: '<type>' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

const STREAMS: Readonly<Record<string, string>> = { out: 'O', in: 'I', signal: 'S', info: 'H' }

export default command({
  name: 'scriptreplay',
  summary: 'play back typescripts, using timing information',
  suite: 'util-linux',
  usage: ['scriptreplay [options]', 'scriptreplay [-t] timingfile [typescript] [divisor]'],
  help: HELP,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const rest = [...args]
    const timing = flags.timing ?? flags.logTiming ?? rest.shift()
    if (timing === undefined) throw fatal('timing file not specified')
    if (flags.stream !== undefined && !STREAMS[flags.stream])
      throw fatal(`unsupported stream name: '${flags.stream}'`)
    if (flags.crMode !== undefined && !/^(auto|never|always)$/.test(flags.crMode))
      throw fatal(`unsupported mode name: '${flags.crMode}'`)
    const output =
      flags.logIo ??
      flags.logOut ??
      flags.typescript ??
      (flags.logIn ? undefined : (rest.shift() ?? 'typescript'))
    const divisor = numberOf(flags.divisor ?? rest.shift()) ?? 1
    const maxDelay = numberOf(flags.maxdelay)
    const steps = parse(yield* open(readFile(sys, timing), timing))
    if (flags.summary) {
      summarize(me, steps)
      me.out.line('')
      return 0
    }
    const logs: Record<string, Log> = {}
    if (output !== undefined) logs.O = yield* openLog(sys, output)
    if (flags.logIo) logs.I = logs.O!
    if (flags.logIn) logs.I = yield* openLog(sys, flags.logIn)
    const wanted = flags.stream ? STREAMS[flags.stream]! : flags.logIn && output === undefined ? 'I' : 'O'
    yield* play(sys, steps, logs, wanted, flags, ns => Math.min(ns / divisor, (maxDelay ?? Infinity) * 1e9))
    yield* sys.write(1, '\n')
    return 0
  },
})

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isNaN(value) || text.trim() === '') throw fatal(`failed to parse number: '${text}'`)
  return value
}

function* open<T>(act: Blocking<T>, path: string): Blocking<T> {
  try {
    return yield* act
  } catch (e) {
    if (e instanceof Errno) throw fatal(`cannot open ${path}`, e)
    throw e
  }
}

/** A typescript, from behind its first line. */
interface Log {
  readonly bytes: Uint8Array
  at: number
}

function* openLog(sys: Sys, path: string): Blocking<Log> {
  const bytes = yield* open(readBytes(sys, path), path)
  return { bytes, at: bytes.indexOf(10) + 1 }
}

/** A line of the timing file; `stream` is `O` in the classic format. Delay in ns. */
interface Step {
  readonly stream: string
  readonly delay: number
  readonly rest: string
}

function parse(text: string): Step[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const found = /^(?:([A-Z]) )?([0-9.]+) (.*)$/.exec(line)
      if (!found) throw fatal('timing file: unexpected format')
      return { stream: found[1] ?? 'O', delay: Number(found[2]) * 1e9, rest: found[3]! }
    })
}

function summarize(me: Process, steps: readonly Step[]): void {
  for (const { stream, rest } of steps) {
    if (stream !== 'H') continue
    const space = rest.indexOf(' ')
    me.out.line(`${rest.slice(0, space).padStart(10)}:  ${rest.slice(space + 1)}`)
  }
}

function* play(
  sys: Sys,
  steps: readonly Step[],
  logs: Record<string, Log>,
  wanted: string,
  flags: Given,
  paced: (ns: number) => number,
): Blocking<void> {
  for (const { stream, delay, rest } of steps) {
    if (delay > 0) yield* sys.nanosleep(Math.round(paced(delay)))
    if (stream === 'H' || stream === 'S') {
      if (stream === wanted) yield* sys.write(1, `${rest}\n`)
      continue
    }
    const log = logs[stream]
    if (!log) continue
    const data = log.bytes.subarray(log.at, log.at + Number(rest))
    log.at += Number(rest)
    if (stream !== wanted) continue
    const returns = flags.crMode === 'always' || (flags.crMode !== 'never' && stream === 'I')
    yield* sys.write(1, returns ? decode(data).replaceAll('\r', '\n') : data)
  }
}
