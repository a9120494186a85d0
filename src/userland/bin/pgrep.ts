/**
 * pgrep, pkill, pidwait - look up, signal, or wait for processes by name and other attributes
 * Linux: procps-ng src/pgrep.c; pgrep(1).
 *
 * Left out: --logpidfile's look at locks, --queue's value.
 */
import { type Blocking, Errno, SIGTERM, signalNumber, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { HZ, nsNumber, type Proc, procText, readProcs, ttyName, uptime } from '../lib/proc.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'
import { groupId, readUsers, userId, type Users } from '../lib/users.ts'

const OPTIONS = {
  signal: { value: '<sig>' },
  delimiter: { short: 'd', value: '<string>' },
  listName: { short: 'l' },
  listFull: { short: 'a' },
  inverse: { short: 'v' },
  lightweight: { short: 'w' },
  queue: { short: 'q', value: '<value>' },
  echo: { short: 'e' },
  count: { short: 'c' },
  full: { short: 'f' },
  pgroup: { short: 'g', value: '<PGID,...>' },
  group: { short: 'G', value: '<GID,...>' },
  ignoreCase: { short: 'i' },
  newest: { short: 'n' },
  oldest: { short: 'o' },
  older: { short: 'O', value: '<seconds>' },
  parent: { short: 'P', value: '<PPID,...>' },
  session: { short: 's', value: '<SID,...>' },
  terminal: { short: 't', value: '<tty,...>' },
  euid: { short: 'u', value: '<ID,...>' },
  uid: { short: 'U', value: '<ID,...>' },
  exact: { short: 'x' },
  pidfile: { short: 'F', value: '<file>' },
  logpidfile: { short: 'L' },
  runstates: { short: 'r', value: '<state>' },
  ignoreAncestors: { short: 'A' },
  cgroup: { value: '<grp,...>' },
  ns: { value: '<PID>' },
  nslist: { value: '<ns,...>' },
  help: { short: 'h' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

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

const helpOf = (name: string): string => `
Usage:
 ${name} [options] <pattern>

Options:
${OWN_HELP[name] ?? OWN_HELP.pgrep} -c, --count               count of matching processes
 -f, --full                use full process name to match
 -g, --pgroup <PGID,...>   match listed process group IDs
 -G, --group <GID,...>     match real group IDs
 -i, --ignore-case         match case insensitively
 -n, --newest              select most recently started
 -o, --oldest              select least recently started
 -O, --older <seconds>     select where older than seconds
 -P, --parent <PPID,...>   match only child processes of the given parent
 -s, --session <SID,...>   match session IDs
 -t, --terminal <tty,...>  match by controlling terminal
 -u, --euid <ID,...>       match by effective IDs
 -U, --uid <ID,...>        match by real IDs
 -x, --exact               match exactly with the command name
 -F, --pidfile <file>      read PIDs from file
 -L, --logpidfile          fail if PID file is not locked
 -r, --runstates <state>   match runstates [D,S,Z,...]
 -A, --ignore-ancestors    exclude our ancestors from results
 --cgroup <grp,...>        match by cgroup v2 names
 --ns <PID>                match the processes that belong to the same
                           namespace as <pid>
 --nslist <ns,...>         list which namespaces will be considered for
                           the --ns option.
                           Available namespaces: ipc, mnt, net, pid, user, uts

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see pgrep(1).
`

/** Options that are a criterion of their own, so that no pattern is needed. */
const CRITERIA = [
  'pgroup',
  'group',
  'older',
  'parent',
  'session',
  'terminal',
  'euid',
  'uid',
  'pidfile',
  'runstates',
  'cgroup',
  'ns',
] as const

export default command({
  name: 'pgrep',
  aliases: ['pkill', 'pidwait'],
  failure: 2,
  summary: 'look up, signal, or wait for processes based on name and other attributes',
  suite: 'procps',
  usage: 'pgrep [options] <pattern>',
  help: helpOf,
  options: OPTIONS,
  // pkill -9, pkill -HUP: a signal where an option would stand.
  obsolete: args =>
    args.map(arg =>
      /^-(\d+|[A-Z][A-Z0-9+-]*)$/.test(arg) &&
      signalNumber(arg.slice(1)) !== undefined &&
      !/^-[AFGLOPU]$/.test(arg)
        ? `--signal=${arg.slice(1)}`
        : arg,
    ),

  *main(sys, flags, args, me) {
    if (flags.help) {
      me.out.print(helpOf(me.name))
      return 0
    }
    const wrong = yield* checkFlags(sys, me, flags)
    if (wrong) return wrong
    if (args.length > 1) return yield* refuse(sys, me, 'only one pattern can be provided')
    if (!args.length && !CRITERIA.some(key => flags[key] !== undefined))
      return yield* refuse(sys, me, 'no matching criteria specified')
    const matched = yield* select(sys, me, flags, args[0])
    if (!flags.full && /^\w{16,}$/.test(args[0] ?? ''))
      yield* sys.write(
        2,
        `${me.name}: pattern that searches for process name longer than 15 characters will result in zero matches\nTry \`${me.name} -f' option to match against the complete command line.\n`,
      )
    if (typeof matched === 'string') {
      yield* sys.write(2, `${me.name}: ${matched}\n`)
      return 2
    }
    if (me.name === 'pkill') return yield* killThem(sys, me, flags, matched)
    return me.name === 'pidwait' ? yield* waitForThem(sys, me, flags, matched) : list(me, flags, matched)
  },
})

function* refuse(sys: Sys, me: Process, message: string, status = 2): Blocking<number> {
  yield* sys.write(2, `${me.name}: ${message}\nTry \`${me.name} --help' for more information.\n`)
  return status
}

const SPACES = ['ipc', 'mnt', 'net', 'pid', 'user', 'uts']

/** What is wrong with the options, as a status; 0 if nothing is. */
function* checkFlags(sys: Sys, me: Process, flags: Given): Blocking<number> {
  const asked = [flags.newest, flags.oldest, flags.inverse].filter(Boolean).length
  const isOdd = flags.nslist?.split(',').some(kind => !SPACES.includes(kind))
  if (asked > 1) yield* sys.write(2, helpOf(me.name))
  if (asked > 1 || isOdd) return 2
  if (flags.pidfile === undefined) return 0
  const pid = Number.parseInt((yield* procText(sys, flags.pidfile)) ?? '', 10)
  return pid > 0 ? 0 : yield* refuse(sys, me, 'pidfile not valid', 1)
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

/** The processes that fit; a text says what is wrong with the command line. */
function* select(
  sys: Sys,
  me: Process,
  flags: Given,
  pattern: string | undefined,
): Blocking<Proc[] | string> {
  const self = sys.getpid()
  const processes = (yield* readProcs(sys)).filter(it => it.pid !== self)
  const users = yield* readUsers(sys)
  const tests = yield* criteria(sys, flags, users, processes)
  if (typeof tests === 'string') return tests
  if (pattern !== undefined) {
    const regex = compile(flags, pattern)
    if (typeof regex === 'string') return regex
    tests.push(it => regex.test(flags.full ? it.argv.join(' ') || it.comm : it.comm))
  }
  const ancestors = flags.ignoreAncestors ? ancestorsOf(processes, sys.getppid()) : new Set<number>()
  const fitting = processes.filter(
    it => !ancestors.has(it.pid) && tests.every(test => test(it)) !== (flags.inverse ?? false),
  )
  if (flags.newest) return fitting.length ? [fitting.reduce((a, b) => (b.start >= a.start ? b : a))] : []
  if (flags.oldest) return fitting.length ? [fitting.reduce((a, b) => (b.start < a.start ? b : a))] : []
  return fitting
}

function compile(flags: Given, pattern: string): RegExp | string {
  try {
    return compileRegex(flags.exact ? `^(${pattern})$` : pattern, {
      extended: true,
      ignoreCase: flags.ignoreCase ?? false,
    })
  } catch (e) {
    if (e instanceof RegexError) return 'regex error: Invalid regular expression'
    throw e
  }
}

function* criteria(
  sys: Sys,
  flags: Given,
  users: Users,
  processes: readonly Proc[],
): Blocking<((it: Proc) => boolean)[] | string> {
  const tests: ((it: Proc) => boolean)[] = []
  const numbers = (text: string, own: number): number[] =>
    text.split(',').map(it => (it === '0' ? own : Number(it)))
  if (flags.pgroup !== undefined) {
    const wanted = numbers(flags.pgroup, sys.getpgid(0))
    tests.push(it => wanted.includes(it.pgrp))
  }
  if (flags.session !== undefined) {
    const wanted = numbers(flags.session, sys.getsid(0))
    tests.push(it => wanted.includes(it.session))
  }
  if (flags.parent !== undefined) {
    const wanted = flags.parent.split(',').map(Number)
    tests.push(it => wanted.includes(it.ppid))
  }
  for (const [key, index] of [
    ['euid', 1],
    ['uid', 0],
  ] as const) {
    const wanted = flags[key]?.split(',').map(it => [it, userId(users, it)] as const)
    const unknown = wanted?.find(([, id]) => id === undefined)
    if (unknown) return `invalid user name: ${unknown[0]}`
    if (wanted) tests.push(it => wanted.some(([, id]) => id === it.uids[index]))
  }
  if (flags.group !== undefined) {
    const wanted = flags.group.split(',').map(it => groupId(users, it))
    if (wanted.includes(undefined)) return `invalid group name: ${flags.group}`
    tests.push(it => wanted.includes(it.gids[0]))
  }
  if (flags.terminal !== undefined) {
    const wanted = flags.terminal.split(',')
    tests.push(it => wanted.includes(ttyName(it.tty)) || (wanted.includes('-') && it.tty === 0))
  }
  if (flags.runstates !== undefined) {
    const wanted = flags.runstates
    tests.push(it => wanted.includes(it.state))
  }
  if (flags.older !== undefined) {
    const now = yield* uptime(sys)
    tests.push(it => now - it.start / HZ >= Number(flags.older))
  }
  if (flags.pidfile !== undefined) {
    const pid = Number.parseInt((yield* procText(sys, flags.pidfile)) ?? '', 10)
    tests.push(it => it.pid === pid)
  }
  if (flags.cgroup !== undefined) {
    const inside = yield* inCgroups(sys, flags.cgroup.split(','), processes)
    tests.push(it => inside.has(it.pid))
  }
  if (flags.ns !== undefined) {
    const kinds = flags.nslist?.split(',') ?? SPACES
    const wanted = new Map(kinds.map(kind => [kind, nsNumber(sys, flags.ns!, kind)]))
    tests.push(it => kinds.every(kind => nsNumber(sys, it.pid, kind) === wanted.get(kind)))
  }
  return tests
}

function* inCgroups(sys: Sys, names: readonly string[], processes: readonly Proc[]): Blocking<Set<number>> {
  const found = new Set<number>()
  for (const it of processes) {
    const line = ((yield* procText(sys, `/proc/${it.pid}/cgroup`)) ?? '')
      .split('\n')
      .find(text => text.startsWith('0::'))
    if (line && names.includes(line.slice(3))) found.add(it.pid)
  }
  return found
}

function ancestorsOf(processes: readonly Proc[], from: number): Set<number> {
  const found = new Set<number>()
  for (let pid = from; pid && !found.has(pid); ) {
    found.add(pid)
    pid = processes.find(it => it.pid === pid)?.ppid ?? 0
  }
  return found
}

function list(me: Process, flags: Given, matched: readonly Proc[]): number {
  if (flags.count) me.out.line(String(matched.length))
  else {
    const lines = matched.map(it => {
      if (flags.listFull)
        return `${it.pid} ${it.argv.join(' ') || (it.state === 'Z' ? `[${it.comm}] <defunct>` : it.comm)}`
      return flags.listName ? `${it.pid} ${it.comm}` : String(it.pid)
    })
    if (lines.length) me.out.line(lines.join(flags.delimiter ?? '\n'))
  }
  return matched.length ? 0 : 1
}

function* killThem(sys: Sys, me: Process, flags: Given, matched: readonly Proc[]): Blocking<number> {
  const signal = flags.signal === undefined ? SIGTERM : (signalNumber(flags.signal) ?? -1)
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
