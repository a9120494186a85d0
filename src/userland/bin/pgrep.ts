/**
 * pgrep, pkill, pidwait - look up, signal, or wait for processes based on name and other attributes
 * Linux: procps-ng src/pgrep.c; pgrep(1). One program, which goes by the name it is called by.
 *
 * Left out: --queue's value.
 */
import { type Blocking, Errno, SIGTERM, signalNumber, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { type Proc, readProcs } from '../lib/proc.ts'
import { commandLine, helpOf, MATCH_OPTIONS, matching } from '../lib/procps/match.ts'

const OWN_OPTIONS = {
  delimiter: { short: 'd', value: '<string>' },
  listName: { short: 'l' },
  listFull: { short: 'a' },
  inverse: { short: 'v' },
  lightweight: { short: 'w' },
  queue: { short: 'q', value: '<value>' },
  echo: { short: 'e' },
} as const satisfies Options
const OPTIONS = { ...MATCH_OPTIONS, ...OWN_OPTIONS }
type Given = Flags<typeof OPTIONS>

/** Whose are those that not all have. */
const OWNERS: Readonly<Record<keyof typeof OWN_OPTIONS, readonly string[]>> = {
  delimiter: ['pgrep'],
  listName: ['pgrep'],
  listFull: ['pgrep'],
  inverse: ['pgrep'],
  lightweight: ['pgrep'],
  queue: ['pkill'],
  echo: ['pkill', 'pidwait'],
}
const isOwn = (key: string): key is keyof typeof OWN_OPTIONS => Object.hasOwn(OWN_OPTIONS, key)

const OWN_HELP: Readonly<Record<string, string>> = {
  pgrep: ` -d, --delimiter <string>  specify output delimiter
 -l, --list-name           list PID and process name
 -a, --list-full           list PID and full command line
 -v, --inverse             negates the matching
 -w, --lightweight         list all TID
`,
  pkill: ` -<sig>, --signal <sig>    signal to send (either number or name)
 -q, --queue <value>       integer value to be sent with the signal
 -e, --echo                display what is killed
`,
  pidwait: ` -e, --echo                display PIDs before waiting
`,
}
const ownHelp = (name: string): string => OWN_HELP[name] ?? OWN_HELP.pgrep!

/** Real-time signals end there. */
const LARGEST = 65

/** `-9`, `-HUP`, `-cont`: a signal where an option would stand. Linux: signals.c:signal_option(). */
function signalOf(arg: string): number | undefined {
  if (/^-\d+$/.test(arg) && Number(arg.slice(1)) <= LARGEST) return Number(arg.slice(1))
  return /^-[A-Za-z]/.test(arg) ? signalNumber(arg.slice(1).toUpperCase()) : undefined
}

export default command({
  name: 'pgrep',
  aliases: ['pkill', 'pidwait'],
  failure: 2,
  summary: 'look up, signal, or wait for processes based on name and other attributes',
  suite: 'procps',
  usage: 'pgrep [options] <pattern>',
  help: name => helpOf(name, ownHelp(name)),
  options: OPTIONS,
  obsolete(args, _env, name) {
    const at = name === 'pkill' ? args.findIndex(arg => signalOf(arg) !== undefined) : -1
    return at < 0 ? args : args.toSpliced(at, 1, `--signal=${signalOf(args[at]!)}`)
  },

  *main(sys, flags, args, me) {
    const foreign = me.order.map(({ key }) => key).find(key => isOwn(key) && !OWNERS[key].includes(me.name))
    if (foreign && isOwn(foreign)) return yield* refuseOption(sys, me, OWN_OPTIONS[foreign].short)
    const matched = yield* matching(sys, me, flags, args, ownHelp(me.name))
    if (typeof matched === 'number') return matched
    if (me.name === 'pkill') return yield* killThem(sys, me, flags, matched)
    return me.name === 'pidwait' ? yield* waitForThem(sys, me, flags, matched) : list(me, flags, matched)
  },
})

function* refuseOption(sys: Sys, me: Process, letter: string): Blocking<number> {
  yield* sys.write(2, `${me.name}: invalid option -- '${letter}'\n${helpOf(me.name, ownHelp(me.name))}`)
  return 2
}

function list(me: Process, flags: Given, matched: readonly Proc[]): number {
  if (flags.count) me.out.line(String(matched.length))
  else {
    const lines = matched.map(it => {
      if (flags.listFull) return `${it.pid} ${commandLine(it)}`
      return flags.listName ? `${it.pid} ${it.comm}` : String(it.pid)
    })
    if (lines.length) me.out.line(lines.join(flags.delimiter ?? '\n'))
  }
  return matched.length ? 0 : 1
}

function* killThem(sys: Sys, me: Process, flags: Given, matched: readonly Proc[]): Blocking<number> {
  const signal = flags.signal === undefined ? SIGTERM : numberOf(flags.signal)
  let killed = 0
  for (const it of matched) {
    try {
      yield* sys.kill(it.pid, signal)
      killed++
      if (flags.echo) me.out.line(`${it.comm} killed (pid ${it.pid})`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`killing pid ${it.pid} failed`, e)
    }
  }
  if (flags.count) me.out.line(String(matched.length))
  return killed ? 0 : 1
}

/** -1 is what no process takes: EINVAL. */
function numberOf(signal: string): number {
  return /^\d+$/.test(signal) ? Number(signal) : (signalNumber(signal) ?? -1)
}

/** pidwait: until the last of them has ended. Linux has a pidfd for each; here /proc is looked at. */
function* waitForThem(sys: Sys, me: Process, flags: Given, matched: readonly Proc[]): Blocking<number> {
  for (const it of matched) if (flags.echo) me.out.line(`waiting for ${it.comm} (pid ${it.pid})`)
  yield* me.out.flush()
  const started = new Map(matched.map(it => [it.pid, it.start]))
  while ((yield* readProcs(sys)).some(it => it.state !== 'Z' && started.get(it.pid) === it.start))
    yield* sys.nanosleep(POLL)
  if (flags.count) me.out.line(String(matched.length))
  return matched.length ? 0 : 1
}
const POLL = 20_000_000
