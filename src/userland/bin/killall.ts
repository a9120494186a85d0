/**
 * killall - kill processes by name
 * Linux: psmisc src/killall.c; killall(1).
 *
 * Left out: --context, because there are no labels.
 */
import { type Blocking, decode, Errno, SIGTERM, signalNumber, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { HZ, nsNumber, type Proc, readProcs, uptime } from '../lib/proc.ts'
import { SIGNAL_LIST } from '../lib/procps/signals.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'
import { readUsers, userId } from '../lib/users.ts'

const USAGE = `Usage: killall [OPTION]... [--] NAME...
       killall -l, --list
       killall -V, --version

  -e,--exact          require exact match for very long names
  -I,--ignore-case    case insensitive process name match
  -g,--process-group  kill process group instead of process
  -y,--younger-than   kill processes younger than TIME
  -o,--older-than     kill processes older than TIME
  -i,--interactive    ask for confirmation before killing
  -l,--list           list all known signal names
  -q,--quiet          don't print complaints
  -r,--regexp         interpret NAME as an extended regular expression
  -s,--signal SIGNAL  send this signal instead of SIGTERM
  -u,--user USER      kill only process(es) running as USER
  -v,--verbose        report if the signal was successfully sent
  -V,--version        display version information
  -w,--wait           wait for processes to die
  -n,--ns PID         match processes that belong to the same namespaces
                      as PID
  -Z,--context REGEXP kill only process(es) having context
                      (must precede other arguments)

`

const VERSION = `killall (PSmisc) 23.6
Copyright (C) 1993-2022 Werner Almesberger and Craig Small

PSmisc comes with ABSOLUTELY NO WARRANTY.
This is free software, and you are welcome to redistribute it under
the terms of the GNU General Public License.
For more information about these matters, see the files named COPYING.
`

const OPTIONS = {
  exact: { short: 'e' },
  ignoreCase: { short: 'I' },
  processGroup: { short: 'g' },
  youngerThan: { short: 'y', value: 'TIME' },
  olderThan: { short: 'o', value: 'TIME' },
  interactive: { short: 'i' },
  list: { short: 'l' },
  quiet: { short: 'q' },
  regexp: { short: 'r' },
  signal: { short: 's', value: 'SIGNAL' },
  user: { short: 'u', value: 'USER' },
  verbose: { short: 'v' },
  wait: { short: 'w' },
  ns: { short: 'n', value: 'PID' },
  context: { short: 'Z', value: 'REGEXP' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** Short options that could be taken for a signal: `-I`, `-Z`, `-V`. */
const LETTERS = /^-[IZV]/

export default command({
  name: 'killall',
  summary: 'kill processes by name',
  suite: 'other',
  usage: 'killall [OPTION]... [--] NAME...',
  help: USAGE,
  wrongUsage: USAGE,
  silentGetopt: true,
  version: VERSION,
  options: OPTIONS,
  obsolete: args =>
    args.map(arg => {
      if (arg === '-V') return '--version'
      const isSignal = /^-(\d+|[A-Z][A-Z0-9+-]+)$/.test(arg) && (!LETTERS.test(arg) || arg.length > 3)
      return isSignal ? `--signal=${arg.slice(1)}` : arg
    }),

  *main(sys, flags, args, me) {
    if (flags.list) {
      me.out.print(SIGNAL_LIST)
      return 0
    }
    const signal = flags.signal === undefined ? SIGTERM : signalOf(flags.signal)
    if (signal === undefined)
      return yield* tell(sys, `${flags.signal}: unknown signal; killall -l lists signals.\n`)
    for (const time of [flags.youngerThan, flags.olderThan])
      if (time !== undefined && secondsOf(time) === undefined)
        return yield* tell(sys, `Invalid time format\n${USAGE}`)
    if (flags.ns !== undefined && !/^\d+$/.test(flags.ns))
      return yield* tell(sys, `Invalid namespace PID\n${USAGE}`)
    if (!args.length && flags.user === undefined) return yield* tell(sys, USAGE)
    const uid = flags.user === undefined ? undefined : userId(yield* readUsers(sys), flags.user)
    if (flags.user !== undefined && uid === undefined)
      return yield* tell(sys, `Cannot find user ${flags.user}\n`)

    const candidates = yield* select(sys, flags, uid)
    const killed = new Set<number>()
    const groups = new Set<number>()
    let status = 0
    for (const name of args.length ? args : ['']) {
      let hit = false
      for (const it of candidates.filter(matcher(sys, flags, name))) {
        if (flags.interactive && !(yield* agrees(sys, me, signal, it))) continue
        if (yield* send(sys, flags, signal, it, groups)) {
          hit = true
          killed.add(it.pid)
        }
      }
      if (hit) continue
      status = 1
      if (!flags.quiet && name) yield* sys.write(2, `${name}: no process found\n`)
    }
    while (flags.wait && (yield* readProcs(sys)).some(it => killed.has(it.pid) && it.state !== 'Z'))
      yield* sys.nanosleep(1e9)
    return status
  },
})

function* tell(sys: Sys, text: string): Blocking<number> {
  yield* sys.write(2, text)
  return 1
}

/** Any number will do; whether it is a signal the kernel says. */
const signalOf = (text: string): number | undefined =>
  /^\d+$/.test(text) ? Number(text) : signalNumber(text)

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  M: 2629800,
  y: 31557600,
}
function secondsOf(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)([smhdwMy])$/.exec(text)
  return found ? Number(found[1]) * UNITS[found[2]!]! : undefined
}

/** The processes that -u, -n, -y and -o leave. */
function* select(sys: Sys, flags: Given, uid: number | undefined): Blocking<Proc[]> {
  const self = sys.getpid()
  const space = flags.ns === undefined ? undefined : nsNumber(sys, flags.ns, 'pid')
  const now = yield* uptime(sys)
  const age = (it: Proc): number => now - it.start / HZ
  const younger = secondsOf(flags.youngerThan ?? '')
  const older = secondsOf(flags.olderThan ?? '')
  return (yield* readProcs(sys)).filter(
    it =>
      it.pid !== self &&
      (uid === undefined || it.uids[0] === uid) &&
      (space === undefined || nsNumber(sys, it.pid, 'pid') === space) &&
      (younger === undefined || age(it) <= younger) &&
      (older === undefined || age(it) >= older),
  )
}

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const COMM_LEN = 15

/** A path means the file itself; a name that the kernel has cut is looked up in the first argument. */
function matcher(sys: Sys, flags: Given, name: string): (it: Proc) => boolean {
  if (!name) return () => true
  if (flags.regexp) {
    const regex = compile(name, flags.ignoreCase ?? false)
    return it => regex.test(it.comm)
  }
  if (name.includes('/')) {
    const wanted = identity(sys, name)
    return it => wanted !== undefined && identity(sys, `/proc/${it.pid}/exe`) === wanted
  }
  const fold = (text: string): string => (flags.ignoreCase ? text.toLowerCase() : text)
  return it => {
    const own = it.comm.length >= COMM_LEN ? baseOf(it.argv[0] ?? it.comm) : it.comm
    return fold(own) === fold(name)
  }
}

function compile(name: string, ignoreCase: boolean): RegExp {
  try {
    return compileRegex(name, { extended: true, ignoreCase })
  } catch (e) {
    if (e instanceof RegexError) throw fatal(`Bad regular expression: ${name}`)
    throw e
  }
}

/** Device and inode number of a file, undefined when it cannot be seen. */
function identity(sys: Sys, path: string): string | undefined {
  try {
    const { dev, ino } = sys.stat(path)
    return `${dev}:${ino}`
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return undefined
  }
}

function* agrees(sys: Sys, me: Process, signal: number, it: Proc): Blocking<boolean> {
  const verb = signal === SIGTERM ? 'Kill' : 'Signal'
  me.out.print(`${verb} ${it.comm}(${it.pid}) ? (y/N) `)
  yield* me.out.flush()
  const answer = yield* sys.read(0, 1024)
  return /^[yY]/.test(decode(answer))
}

/** False when the kernel refuses; with -g a group gets one signal only. */
function* send(sys: Sys, flags: Given, signal: number, it: Proc, groups: Set<number>): Blocking<boolean> {
  if (flags.processGroup && groups.has(it.pgrp)) return true
  groups.add(it.pgrp)
  try {
    yield* sys.kill(flags.processGroup ? -it.pgrp : it.pid, signal)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `${it.comm}(${it.pid}): ${e.message}\n`)
    return false
  }
  const shown = it.comm.length >= COMM_LEN ? baseOf(it.argv[0] ?? it.comm) : it.comm
  if (flags.verbose) yield* sys.write(2, `Killed ${shown}(${it.pid}) with signal ${signal}\n`)
  return true
}
