/**
 * What pgrep, pkill and pidwait share: which processes are meant. Linux: procps-ng src/pgrep.c:select_procs().
 *
 * Left out: --logpidfile's look at locks.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import type { Flags, Options, Process } from '../command.ts'
import { HZ, nsNumber, type Proc, procText, readProcs, readThreads, ttyName, uptime } from '../proc.ts'
import { compileRegex, RegexError, regerror } from '../regex.ts'
import { groupId, readUsers, userId, type Users } from '../users.ts'

/** The options of all three. */
export const MATCH_OPTIONS = {
  signal: { value: '<sig>' },
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
export type MatchFlags = Flags<typeof MATCH_OPTIONS> & {
  inverse?: boolean | undefined
  lightweight?: boolean | undefined
}

/** What --help says of a program whose own options are `own`. */
export const helpOf = (name: string, own: string): string => `
Usage:
 ${name} [options] <pattern>

Options:
${own} -c, --count               count of matching processes
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

/** The arguments, or the name of what has none: a zombie or a thread of the kernel. Linux: PIDS_CMDLINE. */
export const commandLine = (it: Proc): string =>
  it.argv.join(' ') || `[${it.comm}]${it.state === 'Z' ? ' <defunct>' : ''}`

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

/** The processes that the command line means; a number is the status of a command line that is refused. */
export function* matching(
  sys: Sys,
  me: Process,
  flags: MatchFlags,
  args: readonly string[],
  own: string,
): Blocking<Proc[] | number> {
  if (flags.help) {
    me.out.print(helpOf(me.name, own))
    return 0
  }
  const wrong = yield* checkFlags(sys, me, flags, own)
  if (wrong) return wrong
  if (args.length > 1) return yield* refuse(sys, me, 'only one pattern can be provided')
  if (!args.length && !CRITERIA.some(key => flags[key] !== undefined))
    return yield* refuse(sys, me, 'no matching criteria specified')
  const matched = yield* select(sys, flags, args[0])
  const isNone = typeof matched !== 'string' && !matched.length
  if (isNone && !flags.full && /^\w{16,}$/.test(args[0] ?? ''))
    yield* sys.write(
      2,
      `${me.name}: pattern that searches for process name longer than 15 characters will result in zero matches\nTry \`${me.name} -f' option to match against the complete command line.\n`,
    )
  if (typeof matched !== 'string') return matched
  yield* sys.write(2, `${me.name}: ${matched}\n`)
  return matched.startsWith('Error') ? 3 : 2
}

function* refuse(sys: Sys, me: Process, message: string, status = 2): Blocking<number> {
  yield* sys.write(2, `${me.name}: ${message}\nTry \`${me.name} --help' for more information.\n`)
  return status
}

const SPACES = ['ipc', 'mnt', 'net', 'pid', 'user', 'uts']

/** What is wrong with the options, as a status; 0 if nothing is. */
function* checkFlags(sys: Sys, me: Process, flags: MatchFlags, own: string): Blocking<number> {
  const asked = me.order.filter(({ key }) => /^(newest|oldest|inverse)$/.test(key)).length
  const isOdd = flags.nslist?.split(',').some(kind => !SPACES.includes(kind))
  if (asked > 1) yield* sys.write(2, helpOf(me.name, own))
  if (asked > 1 || isOdd) return 2
  if (flags.logpidfile && flags.pidfile === undefined)
    return yield* refuse(sys, me, '-L without -F makes no sense')
  if (flags.pidfile === undefined) return 0
  const pid = Number.parseInt((yield* procText(sys, flags.pidfile)) ?? '', 10)
  return pid > 0 ? 0 : yield* refuse(sys, me, 'pidfile not valid', 1)
}

/** The processes that fit; a text says what is wrong with the command line. */
function* select(sys: Sys, flags: MatchFlags, pattern: string | undefined): Blocking<Proc[] | string> {
  const self = sys.getpid()
  const others = (yield* readProcs(sys)).filter(it => it.pid !== self)
  const processes = flags.lightweight ? yield* threadsOf(sys, others) : others
  const users = yield* readUsers(sys)
  const tests = yield* criteria(sys, flags, users, processes)
  if (typeof tests === 'string') return tests
  if (pattern !== undefined) {
    const regex = compile(flags, pattern)
    if (typeof regex === 'string') return regex
    tests.push(it => regex.test(flags.full ? commandLine(it) : it.comm))
  }
  const ancestors = flags.ignoreAncestors ? ancestorsOf(processes, sys.getppid()) : new Set<number>()
  const fitting = processes.filter(
    it => !ancestors.has(it.pid) && tests.every(test => test(it)) !== (flags.inverse ?? false),
  )
  if (flags.newest) return fitting.length ? [fitting.reduce((a, b) => (b.start >= a.start ? b : a))] : []
  if (flags.oldest) return fitting.length ? [fitting.reduce((a, b) => (b.start < a.start ? b : a))] : []
  return fitting
}

/** -w: all threads, by their own numbers. */
function* threadsOf(sys: Sys, processes: readonly Proc[]): Blocking<Proc[]> {
  const all: Proc[] = []
  for (const it of processes) all.push(...(yield* readThreads(sys, it)))
  return all.map(it => ({ ...it, pid: it.tid }))
}

function compile(flags: MatchFlags, pattern: string): RegExp | string {
  try {
    return compileRegex(flags.exact ? `^(${pattern})$` : pattern, {
      extended: true,
      ignoreCase: flags.ignoreCase ?? false,
    })
  } catch (e) {
    if (e instanceof RegexError) return `regex error: ${regerror(e, pattern)}`
    throw e
  }
}

function* criteria(
  sys: Sys,
  flags: MatchFlags,
  users: Users,
  processes: readonly Proc[],
): Blocking<((it: Proc) => boolean)[] | string> {
  const tests: ((it: Proc) => boolean)[] = []
  const lists = [
    ['pgroup', 'invalid process group', sys.getpgid(0), (it: Proc) => it.pgrp],
    ['session', 'invalid session id', sys.getsid(0), (it: Proc) => it.session],
    ['parent', 'not a number', 0, (it: Proc) => it.ppid],
  ] as const
  for (const [key, complaint, own, value] of lists) {
    const words = flags[key]?.split(',')
    const wrong = words?.find(word => !/^-?\d*$/.test(word))
    if (wrong !== undefined) return `${complaint}: ${wrong}`
    const wanted = words?.map(word => Number(word) || own)
    if (wanted) tests.push(it => wanted.includes(value(it)))
  }
  for (const [key, index] of [
    ['euid', 1],
    ['uid', 0],
  ] as const) {
    const wanted = flags[key]
      ?.split(',')
      .map(it => [it, /^-?\d*$/.test(it) ? Number(it) : userId(users, it)] as const)
    const unknown = wanted?.find(([, id]) => id === undefined)
    if (unknown) return `invalid user name: ${unknown[0]}`
    if (wanted) tests.push(it => wanted.some(([, id]) => id === it.uids[index]))
  }
  if (flags.group !== undefined) {
    const words = flags.group.split(',')
    const wanted = words.map(it => (/^-?\d*$/.test(it) ? Number(it) : groupId(users, it)))
    const unknown = words[wanted.indexOf(undefined)]
    if (unknown !== undefined) return `invalid group name: ${unknown}`
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
    tests.push(it => now - it.start / HZ >= (Number(flags.older) || 0))
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
    const pid = Number(flags.ns) || 0
    if (pid < 0) return 'Error reading reference namespace information\n'
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
