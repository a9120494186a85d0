/**
 * ps - report a snapshot of the current processes
 * Linux: procps-ng src/ps/{display,select,output}.c; ps(1). All it knows is in /proc.
 *
 * Left out: repeated headers.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import {
  bootTime,
  meminfo,
  type Proc,
  procText,
  readProc,
  readProcs,
  readThreads,
  uptime,
} from '../lib/proc.ts'
import { type Extra, PS_COLUMNS, type PsView } from '../lib/procps/columns.ts'
import { cellsOf, formatOf, layOut, parseColumns } from '../lib/procps/ps-format.ts'
import { parsePs } from '../lib/procps/ps-options.ts'
import { type Chosen, PsError, type PsOptions } from '../lib/procps/ps-request.ts'
import { forest, quickly, selector, sortedBy } from '../lib/procps/ps-select.ts'
import { groupName, readUsers, type Users, userId, userName } from '../lib/users.ts'

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

/** PS_PERSONALITY: who is used to BSD's format. Linux: global.c:set_personality(). */
const BSD_PERSONALITIES = new Set(['bsd', 'debian', 'digital', 'gnu', 'old', 'sunos4'])

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
    if ((yield* procText(sys, '/proc/self/stat')) === undefined) {
      yield* sys.write(2, 'Error, do this: mount -t proc proc /proc\n')
      return 47
    }
    // Whose terminal and user the defaults mean; another one's, if this /proc is of another pid namespace.
    const self = yield* readProc(sys, sys.getpid())
    if (!self) {
      yield* sys.write(2, 'fatal library error, lookup self\n')
      return 1
    }
    const users = yield* readUsers(sys)
    let options: PsOptions
    try {
      options = parsePs(args, name => userId(users, name) !== undefined)
      options.bsd ||= BSD_PERSONALITIES.has(me.env.get('PS_PERSONALITY') ?? '')
      if (options.action) return other(me, options)
      const selects = selector(sys, options, users, self)
      const everything = yield* readProcs(sys)
      const shown = options.quick
        ? quickly(everything, options)
        : everything.filter(it => selects(it) !== options.negate)
      return yield* show(sys, me, options, users, yield* withThreads(sys, options, shown))
    } catch (e) {
      if (!(e instanceof PsError)) throw e
      yield* sys.write(2, e.how === 'bare' ? `${e.message}\n` : `error: ${e.message}\n${HELP}`)
      return 1
    }
  },
})

/** What each line is about: processes, threads as if they were processes (-L, -T, H), or both (-m). */
function* withThreads(sys: Sys, options: PsOptions, shown: readonly Proc[]): Blocking<readonly Proc[]> {
  if (!options.threads && !options.threadLines) return shown
  const all: Proc[] = []
  for (const it of shown) {
    if (options.threadLines) all.push(it)
    all.push(...(yield* readThreads(sys, it)))
  }
  return all
}

/** --version, L and --help. */
function other(me: Process, options: PsOptions): number {
  if (options.action === 'version') me.out.print(`${me.name} from procps-ng 4.0.2\n`)
  if (options.action === 'columns')
    for (const name of Object.keys(PS_COLUMNS).sort())
      if (!PS_COLUMNS[name]!.hidden) me.out.line(`${name.padEnd(12)} ${PS_COLUMNS[name]!.head.padEnd(8)}`)
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

function* show(
  sys: Sys,
  me: Process,
  options: PsOptions,
  users: Users,
  shown: readonly Proc[],
): Blocking<number> {
  const columns = formatOf(options, yield* presetFormat(sys, me))
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
    const line = options.threadLines ? (isThread(it) ? 'thread' : 'process') : undefined
    const cells = cellsOf(columns, name => PS_COLUMNS[name]!.text(it, complete), line)
    me.out.line(layOut(columns, cells, width, false))
    yield* me.out.drain()
  }
  return list.length ? 0 : 1
}

const isThread = (it: Proc): boolean => it.dir.includes('/task/')

/** PS_FORMAT: the format of a ps that is asked for none. */
function* presetFormat(sys: Sys, me: Process): Blocking<readonly Chosen[] | undefined> {
  const text = me.env.get('PS_FORMAT')
  if (!text) return undefined
  try {
    return parseColumns(text)
  } catch (e) {
    if (!(e instanceof PsError)) throw e
    yield* sys.write(2, `warning: $PS_FORMAT ignored. (${e.message})\n`)
    return undefined
  }
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
    for (const file of needs) extras.set(`${it.dir}/${file}`, (yield* extraOf(sys, it.dir, file)) ?? '')
  return {
    uptime: yield* uptime(sys),
    boot: yield* bootTime(sys),
    memory: memory('MemTotal'),
    user: uid => (options.numeric ? undefined : userName(users, uid)) ?? String(uid),
    group: gid => groupName(users, gid) ?? String(gid),
    branch: () => '',
    extra: (it, file) => extras.get(`${it.dir}/${file}`) ?? '',
    bareNames: options.bareNames,
    environment: options.environment,
  }
}

function* extraOf(sys: Sys, dir: string, file: Extra): Blocking<string | undefined> {
  if (!file.startsWith('ns/') && file !== 'exe') return yield* procText(sys, `${dir}/${file}`)
  try {
    return sys.readlink(`${dir}/${file}`)
  } catch {
    return undefined
  }
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
