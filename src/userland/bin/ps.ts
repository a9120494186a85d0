/**
 * ps - report a snapshot of the current processes
 * Linux: procps-ng src/ps/{display,select,output}.c; ps(1). All it knows is in /proc.
 *
 * Left out: threads as lines of their own, repeated headers, -m.
 */
import { type Blocking, refusal, type Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import {
  bootTime,
  grouped,
  meminfo,
  type Proc,
  procText,
  readProc,
  readProcs,
  ttyName,
  uptime,
} from '../lib/proc.ts'
import { type Extra, PS_COLUMNS, type PsView } from '../lib/procps/columns.ts'
import { type Chosen, parsePs, PsError, type PsOptions } from '../lib/procps/ps-options.ts'
import { groupId, groupName, readUsers, type Users, userId, userName } from '../lib/users.ts'

const HELP = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`
const TOPICS = `
Usage:
 ps [options]

Basic options:
 -A, -e               all processes
 -a                   all with tty, except session leaders
  a                   all with tty, including other users
 -d                   all except session leaders
 -N, --deselect       negate selection
  r                   only running processes
  T                   all processes on this terminal
  x                   processes without controlling ttys

Selection by list:
 -C <command>         command name
 -G, --Group <GID>    real group id or name
 -g, --group <group>  session or effective group name
 -p, p, --pid <PID>   process id
        --ppid <PID>  parent process id
 -q, q, --quick-pid <PID>
                      process id (quick mode)
 -s, --sid <session>  session id
 -t, t, --tty <tty>   terminal
 -u, U, --user <UID>  effective user id or name
 -U, --User <UID>     real user id or name

  The selection options take as their argument either:
    a comma-separated list e.g. '-u root,nobody' or
    a blank-separated list e.g. '-p 123 4567'

Output formats:
 -F                   extra full
 -f                   full-format, including command lines
  f, --forest         ascii art process tree
 -H                   show process hierarchy
 -j                   jobs format
  j                   BSD job control format
 -l                   long format
  l                   BSD long format
 -M, Z                add security data (for SELinux)
 -O <format>          preloaded with default columns
  O <format>          as -O, with BSD personality
 -o, o, --format <format>
                      user-defined format
  -P                  add psr column
  s                   signal format
  u                   user-oriented format
  v                   virtual memory format
  X                   register format
 -y                   do not show flags, show rss vs. addr (used with -l)
     --context        display security context (for SELinux)
     --headers        repeat header lines, one per page
     --no-headers     do not print header at all
     --cols, --columns, --width <num>
                      set screen width
     --rows, --lines <num>
                      set screen height

Show threads:
  H                   as if they were processes
 -L                   possibly with LWP and NLWP columns
 -m, m                after processes
 -T                   possibly with SPID column

Miscellaneous options:
 -c                   show scheduling class with -l option
  c                   show true command name
  e                   show the environment after command
  k,    --sort        specify sort order as: [+|-]key[,[+|-]key[,...]]
  L                   show format specifiers
  n                   display numeric uid and wchan
  S,    --cumulative  include some dead child process data
 -y                   do not show flags, show rss (only with -l)
 -V, V, --version     display version information and exit
 -w, w                unlimited output width

        --help <simple|list|output|threads|misc|all>
                      display help and exit

For more details see ps(1).
`
const UNLIMITED = 131072

/** What libproc computes before it looks at the first process; meanwhile others get to where they were going. */
const STARTUP = 10_000_000

export default command({
  name: 'ps',
  summary: 'report a snapshot of the current processes',
  suite: 'procps',
  usage: 'ps [options]',
  help: TOPICS,
  raw: true,

  *main(sys, _flags, args, me) {
    yield* sys.burn(STARTUP)
    const users = yield* readUsers(sys)
    let options: PsOptions
    try {
      options = parsePs(args, name => userId(users, name) !== undefined)
      if (options.action) return other(me, options)
      if ((yield* procText(sys, '/proc/self/stat')) === undefined) {
        yield* sys.write(2, 'Error, do this: mount -t proc proc /proc\n')
        return 47
      }
      const self = yield* ownProc(sys)
      const selects = selector(sys, options, users, self)
      const everything = yield* readProcs(sys)
      const shown = everything.filter(it => selects(it) !== options.negate)
      return yield* show(sys, me, options, users, shown)
    } catch (e) {
      if (!(e instanceof PsError)) throw e
      yield* sys.write(2, `error: ${e.message}\n${HELP}`)
      return 1
    }
  },
})

/** Whose terminal and user the defaults mean. A /proc of another pid namespace may not know the caller. */
function* ownProc(sys: Sys): Blocking<Pick<Proc, 'tty' | 'uids'>> {
  const pid = Number.parseInt((yield* procText(sys, '/proc/self/stat')) ?? '', 10)
  return (yield* readProc(sys, pid || sys.getpid())) ?? { tty: 0, uids: [sys.getuid(), sys.geteuid()] }
}

/** --version, L and --help. */
function other(me: Process, options: PsOptions): number {
  if (options.action === 'version') me.out.print(`${me.name} from procps-ng 4.0.2\n`)
  if (options.action === 'columns')
    for (const name of Object.keys(PS_COLUMNS).sort())
      me.out.line(`${name.padEnd(12)} ${PS_COLUMNS[name]!.head.padEnd(8)}`)
  if (options.action === 'help') me.out.print(helpFor(options.helpTopic))
  return 0
}

const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  simple: ['Basic options'],
  list: ['Selection by list'],
  output: ['Output formats'],
  threads: ['Show threads'],
  misc: ['Miscellaneous options'],
}

/** The part of the long help that `--help simple`, `--help s`, … shows. */
function helpFor(topic: string): string {
  if (topic === 'all' || topic === 'a') return TOPICS
  const name = Object.keys(SECTIONS).find(it => topic && (it === topic || it[0] === topic))
  if (!name) return HELP
  const parts = TOPICS.split(/\n(?=[A-Z][a-z ]+:\n)/)
  const body = parts.filter(part => SECTIONS[name]!.some(title => part.startsWith(title)))
  return `\nUsage:\n ps [options]\n\n${body.map(part => part.replace(/\n+For more details.*$/s, '\n').trimEnd()).join('\n')}\n\nFor more details see ps(1).\n`
}

/** Which processes the options choose. Linux: select.c:want_this_proc(). */
function selector(
  sys: Sys,
  options: PsOptions,
  users: Users,
  self: Pick<Proc, 'tty' | 'uids'>,
): (it: Proc) => boolean {
  const listed = listMatcher(sys, options, users, self)
  const everything = options.all || (options.bsdAll && options.bsdNoTty)
  const uid = self.uids[1]
  const chosen = (it: Proc): boolean => {
    if (everything) return true
    if (options.withTty || options.noLeaders)
      if ((!options.withTty || it.tty !== 0) && !(options.noLeaders && it.session === it.pid)) return true
    if (options.bsdAll && it.tty !== 0) return true
    if (options.bsdNoTty && it.uids[1] === uid) return true
    if (options.wanted.length) return listed(it)
    if (options.withTty || options.noLeaders || options.bsdAll || options.bsdNoTty) return false
    return it.uids[1] === uid && (options.bsd ? it.tty !== 0 : it.tty === self.tty)
  }
  return it => chosen(it) && (!options.running || it.state === 'R' || it.state === 'D')
}

function listMatcher(
  sys: Sys,
  options: PsOptions,
  users: Users,
  self: Pick<Proc, 'tty' | 'uids'>,
): (it: Proc) => boolean {
  const tests = options.wanted.map(({ kind, value }): ((it: Proc) => boolean) => {
    const n = Number(value)
    switch (kind) {
      case 'pid':
        return it => it.pid === n
      case 'ppid':
        return it => it.ppid === n
      case 'comm':
        return it => it.comm === value.slice(0, 15)
      case 'session':
        return it => it.session === sessionOf(value)
      case 'euid':
        return it => it.uids[1] === userId(users, value)
      case 'ruid':
        return it => it.uids[0] === userId(users, value)
      case 'tty':
        return terminalMatcher(sys, value, self)
      default: {
        const gid = groupId(users, value)
        if (gid === undefined) throw new PsError('group name does not exist')
        return it => it.gids[kind === 'egid' ? 1 : 0] === gid
      }
    }
  })
  return it => tests.some(test => test(it))
}

function sessionOf(value: string): number {
  if (!/^\d+$/.test(value)) throw new PsError('process ID list syntax error')
  return Number(value)
}

function terminalMatcher(sys: Sys, value: string, self: Pick<Proc, 'tty' | 'uids'>): (it: Proc) => boolean {
  if (value === 'own') return it => it.tty === self.tty
  if (value === '?' || value === '-') return it => it.tty === 0
  const name = value.replace(/^\/dev\//, '')
  const candidates = [name, `tty${name}`, `pts/${name}`]
  if (!candidates.some(it => refusal(() => sys.stat(`/dev/${it}`)) === undefined))
    throw new PsError('TTY could not be found')
  return it => candidates.includes(ttyName(it.tty))
}

const pick = (names: string): string[] => names.split(' ')

/** The columns of the format that the options ask for. Linux: parser.c:finalize, sortformat.c:generate_sysv_list(). */
function formatOf(options: PsOptions): Chosen[] {
  if (options.columns.length) return withSecurity(options, options.columns)
  const names = options.bsdFormat
    ? bsdFormat(options.bsdFormat)
    : options.full || options.long || options.jobs || !options.bsd
      ? unixFormat(options)
      : bsdFormat('')
  const chosen = names.map(columnNamed)
  if (!options.insert.length) return withSecurity(options, chosen)
  return options.bsd
    ? [
        columnNamed('pid'),
        ...options.insert,
        ...pick('s tname bsdtime args')
          .map(columnNamed)
          .map(it => (it.name === 'bsdtime' ? columnNamed('time') : it)),
      ]
    : [columnNamed('pid'), ...options.insert, ...pick('s tname time args').map(columnNamed)]
}

const columnNamed = (name: string): Chosen => ({
  name,
  head: PS_COLUMNS[name]!.head,
  width: PS_COLUMNS[name]!.width,
})
const withSecurity = (options: PsOptions, columns: Chosen[]): Chosen[] =>
  options.security ? [columnNamed('label'), ...columns] : columns

function bsdFormat(letter: string): string[] {
  switch (letter) {
    case 'u':
      return pick('user pid %cpu %mem vsz rss tname stat start_time bsdtime args')
    case 'l':
      return pick('f uid pid ppid priority ni vsz rss wchan stat tname bsdtime args')
    case 'j':
      return pick('ppid pid pgid sid tname tpgid stat uid bsdtime args')
    case 'v':
      return pick('pid tname stat bsdtime maj_flt m_trs drs rss %mem args')
    case 's':
      return pick('uid pid pending blocked ignored caught stat tname bsdtime args')
    case 'X':
      return pick('pid stackp esp eip tmout alarm stat tname bsdtime args')
    default:
      return pick('pid tname stat bsdtime args')
  }
}

function unixFormat(options: PsOptions): string[] {
  const { full, extraFull, long, jobs, noFlags, threads, classes, processor } = options
  const names: string[] = []
  if (long) names.push(...(noFlags ? ['s'] : ['f', 's']))
  if (full) names.push('uid_hack')
  else if (long) names.push('uid')
  names.push('pid')
  if (threads === 'T') names.push('spid')
  if (full || long) names.push('ppid')
  if (jobs) names.push('pgid', 'sid')
  if (threads === 'L') names.push('lwp')
  if ((full || long) && !classes) names.push('c')
  if (threads === 'L' && full) names.push('nlwp')
  if (classes) names.push('cls', 'pri')
  else if (long) names.push('opri', 'ni')
  if (long && noFlags) names.push('rss')
  if (long && !noFlags) names.push('addr_1')
  if (long || extraFull) names.push('sz')
  if (long) names.push('wchan')
  if (extraFull) names.push('rss')
  if (extraFull || processor) names.push('psr')
  if (full) names.push('stime')
  names.push('tname', 'time', full ? 'cmd' : 'ucmd')
  return names
}

function* show(
  sys: Sys,
  me: Process,
  options: PsOptions,
  users: Users,
  shown: readonly Proc[],
): Blocking<number> {
  const columns = formatOf(options)
  const view = yield* viewOf(sys, options, users, columns, shown)
  const sorted = sortedBy(shown, options, view)
  const { list, branches } = options.forest
    ? forest(sorted, options)
    : { list: sorted, branches: new Map<Proc, string>() }
  const complete: PsView = { ...view, branch: it => branches.get(it) ?? '' }
  const width = lineWidth(sys, me, options)
  if (options.headers && columns.some(it => it.head))
    me.out.line(
      layOut(
        columns,
        columns.map(it => it.head),
        width,
        true,
      ),
    )
  for (const it of list) {
    me.out.line(
      layOut(
        columns,
        columns.map(({ name }) => PS_COLUMNS[name]!.text(it, complete)),
        width,
        false,
      ),
    )
    yield* me.out.drain()
  }
  return list.length ? 0 : 1
}

function* viewOf(
  sys: Sys,
  options: PsOptions,
  users: Users,
  columns: readonly Chosen[],
  shown: readonly Proc[],
): Blocking<PsView> {
  const memory = yield* meminfo(sys)
  const needs = new Set<Extra>(columns.flatMap(it => PS_COLUMNS[it.name]!.needs ?? []))
  if (options.environment) needs.add('environ')
  const extras = new Map<string, string>()
  for (const it of shown)
    for (const file of needs) extras.set(`${it.pid}/${file}`, (yield* extraOf(sys, it.pid, file)) ?? '')
  return {
    uptime: yield* uptime(sys),
    boot: yield* bootTime(sys),
    memory: memory('MemTotal'),
    user: uid => (options.numeric ? undefined : userName(users, uid)) ?? String(uid),
    group: gid => groupName(users, gid) ?? String(gid),
    branch: () => '',
    extra: (it, file) => extras.get(`${it.pid}/${file}`) ?? '',
    bareNames: options.bareNames,
    environment: options.environment,
  }
}

function* extraOf(sys: Sys, pid: number, file: Extra): Blocking<string | undefined> {
  if (!file.startsWith('ns/') && file !== 'exe') return yield* procText(sys, `/proc/${pid}/${file}`)
  try {
    return sys.readlink(`/proc/${pid}/${file}`)
  } catch {
    return undefined
  }
}

function sortedBy(shown: readonly Proc[], options: PsOptions, view: PsView): Proc[] {
  const keys = options.sort.map(({ name, descending }) => {
    const column = PS_COLUMNS[name]!
    return { of: column.key ?? column.text, sign: descending ? -1 : 1 }
  })
  if (options.forest && !keys.length) keys.push({ of: it => it.start, sign: 1 })
  const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)
  return [...shown].sort((a, b) => {
    for (const key of keys) {
      const order = compare(key.of(a, view), key.of(b, view)) * key.sign
      if (order) return order
    }
    return a.pid - b.pid
  })
}

/** Children below their parents, each with the branches before its command. Linux: display.c:show_tree(). */
function forest(sorted: readonly Proc[], options: PsOptions): { list: Proc[]; branches: Map<Proc, string> } {
  const here = new Set(sorted.map(it => it.pid))
  const childrenOf = grouped(
    sorted.filter(it => it.ppid !== it.pid),
    it => it.ppid,
  )
  const list: Proc[] = []
  const branches = new Map<Proc, string>()
  const walk = (it: Proc, own: string, below: string): void => {
    list.push(it)
    branches.set(it, own)
    const children = childrenOf.get(it.pid) ?? []
    children.forEach((child, i) => {
      const last = i === children.length - 1
      if (options.forest === 'indent') walk(child, `${below}  `, `${below}  `)
      // What init has adopted stands beside it, not below.
      else if (it.pid === 1) walk(child, own, below)
      else walk(child, `${below} \\_ `, below + (last ? '    ' : ' |  '))
    })
  }
  const roots = sorted.filter(it => !here.has(it.ppid) || it.ppid === it.pid)
  for (const it of [...roots].sort((a, b) => a.ppid - b.ppid)) walk(it, '', '')
  return { list, branches }
}

/** Columns of the terminal; unlimited when the output is none. Linux: global.c:set_screen_size(). */
function lineWidth(sys: Sys, me: Process, options: PsOptions): number {
  let width = me.out.isTty ? sys.tiocgwinsz(1).cols || 80 : UNLIMITED
  const columns = Number(me.env.get('COLUMNS'))
  if (columns > 0) width = columns
  if (options.columnsWidth) width = options.columnsWidth
  if (options.wide === 1) width = Math.max(width, 132)
  return options.wide > 1 ? UNLIMITED : width
}

/** One line. A cell that is too wide takes the room from the blanks after it. Linux: output.c:show_one_proc(). */
function layOut(
  columns: readonly Chosen[],
  cells: readonly string[],
  width: number,
  header: boolean,
): string {
  let line = ''
  let correct = 0
  columns.forEach((chosen, i) => {
    const column = PS_COLUMNS[chosen.name]!
    const last = i === columns.length - 1
    const room = last ? width - Math.max(correct, line.length) : chosen.width
    const cell = header ? cells[i]! : cut(cells[i]!, column.justify, chosen.width, room, last)
    const pad = column.justify === 'right' ? Math.max(0, chosen.width - cell.length) : 0
    const space = Math.max(correct - line.length + pad, i ? 1 : 0)
    line += ' '.repeat(space) + cell
    correct += chosen.width + 1
  })
  return line.slice(0, width)
}

function cut(cell: string, justify: string, width: number, room: number, last: boolean): string {
  if (justify === 'right') return cell
  if (justify === 'user')
    return cell.length > Math.max(last ? room : width, 0) ? `${cell.slice(0, width - 1)}+` : cell
  if (justify === 'unlimited') return cell.slice(0, Math.max(0, room))
  return cell.slice(0, Math.max(width, 1))
}
