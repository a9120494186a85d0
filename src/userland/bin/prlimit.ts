/**
 * prlimit - get and set process resource limits
 * Linux: util-linux sys-utils/prlimit.c; prlimit(1).
 */
import {
  RLIM_INFINITY,
  RLIMIT_AS,
  RLIMIT_CORE,
  RLIMIT_CPU,
  RLIMIT_DATA,
  RLIMIT_FSIZE,
  RLIMIT_LOCKS,
  RLIMIT_MEMLOCK,
  RLIMIT_MSGQUEUE,
  RLIMIT_NICE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_RSS,
  RLIMIT_RTPRIO,
  RLIMIT_RTTIME,
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
  type Rlimit,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Options } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { execProgram } from '../lib/namespaces.ts'
import { type Column, table } from '../lib/smartcols.ts'

/** Option, number, name, what it is, unit; in the order of the table. */
const LIMITS = [
  ['as', RLIMIT_AS, 'AS', 'address space limit', 'bytes', 'v'],
  ['core', RLIMIT_CORE, 'CORE', 'max core file size', 'bytes', 'c'],
  ['cpu', RLIMIT_CPU, 'CPU', 'CPU time', 'seconds', 't'],
  ['data', RLIMIT_DATA, 'DATA', 'max data size', 'bytes', 'd'],
  ['fsize', RLIMIT_FSIZE, 'FSIZE', 'max file size', 'bytes', 'f'],
  ['locks', RLIMIT_LOCKS, 'LOCKS', 'max number of file locks held', 'locks', 'x'],
  ['memlock', RLIMIT_MEMLOCK, 'MEMLOCK', 'max locked-in-memory address space', 'bytes', 'l'],
  ['msgqueue', RLIMIT_MSGQUEUE, 'MSGQUEUE', 'max bytes in POSIX mqueues', 'bytes', 'q'],
  ['nice', RLIMIT_NICE, 'NICE', 'max nice prio allowed to raise', '', 'e'],
  ['nofile', RLIMIT_NOFILE, 'NOFILE', 'max number of open files', 'files', 'n'],
  ['nproc', RLIMIT_NPROC, 'NPROC', 'max number of processes', 'processes', 'u'],
  ['rss', RLIMIT_RSS, 'RSS', 'max resident set size', 'bytes', 'm'],
  ['rtprio', RLIMIT_RTPRIO, 'RTPRIO', 'max real-time priority', '', 'r'],
  ['rttime', RLIMIT_RTTIME, 'RTTIME', 'timeout for real-time tasks', 'microsecs', 'y'],
  ['sigpending', RLIMIT_SIGPENDING, 'SIGPENDING', 'max number of pending signals', 'signals', 'i'],
  ['stack', RLIMIT_STACK, 'STACK', 'max stack size', 'bytes', 's'],
] as const

const OPTIONS: Options = {
  pid: { short: 'p', value: '<pid>' },
  output: { short: 'o', value: '<list>' },
  noheadings: {},
  raw: {},
  verbose: {},
  ...Object.fromEntries(LIMITS.map(([key, , , , , letter]) => [key, { short: letter, value: '[=<limit>]' }])),
}
const COLUMNS: Readonly<Record<string, Column>> = {
  RESOURCE: { name: 'RESOURCE' },
  DESCRIPTION: { name: 'DESCRIPTION' },
  SOFT: { name: 'SOFT', right: true },
  HARD: { name: 'HARD', right: true },
  UNITS: { name: 'UNITS' },
}

export default command({
  name: 'prlimit',
  summary: 'get and set process resource limits',
  suite: 'util-linux',
  usage: [
    'prlimit [options] [--<resource>=<limit>] [-p PID]',
    'prlimit [options] [--<resource>=<limit>] COMMAND',
  ],
  help: `
Usage:
 prlimit [options] [--<resource>=<limit>] [-p PID]
 prlimit [options] [--<resource>=<limit>] COMMAND

Show or change the resource limits of a process.

Options:
 -p, --pid <pid>        process id
 -o, --output <list>    define which output columns to use
     --noheadings       don't print headings
     --raw              use the raw output format
     --verbose          verbose output
 -h, --help             display this help
 -V, --version          display version

Resources:
 -c, --core             maximum size of core files created
 -d, --data             maximum size of a process's data segment
 -e, --nice             maximum nice priority allowed to raise
 -f, --fsize            maximum size of files written by the process
 -i, --sigpending       maximum number of pending signals
 -l, --memlock          maximum size a process may lock into memory
 -m, --rss              maximum resident set size
 -n, --nofile           maximum number of open files
 -q, --msgqueue         maximum bytes in POSIX message queues
 -r, --rtprio           maximum real-time scheduling priority
 -s, --stack            maximum stack size
 -t, --cpu              maximum amount of CPU time in seconds
 -u, --nproc            maximum number of user processes
 -v, --as               size of virtual memory
 -x, --locks            maximum number of file locks
 -y, --rttime           CPU time in microseconds a process scheduled
                        under real-time scheduling

Arguments:
 <limit> is defined as a range soft:hard, soft:, :hard or a value to
         define both limits (e.g. -e=0:10 -r=:10).

Available output columns:
 DESCRIPTION  resource description
    RESOURCE  resource name
        SOFT  soft limit
        HARD  hard limit (ceiling)
       UNITS  units

For more details see prlimit(1).
`,
  options: OPTIONS,
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    const given = flags as Readonly<Record<string, string | boolean | undefined>>
    if (given.pid !== undefined && !/^\d+$/.test(String(given.pid)))
      throw fatal(`invalid PID argument: '${given.pid}'`)
    const pid = Number(given.pid ?? 0)
    const order = me.order.map(it => it.key as string)
    const asked = LIMITS.filter(([key]) => given[key] !== undefined).sort(
      ([a], [b]) => order.indexOf(a) - order.indexOf(b),
    )
    for (const [key, resource, name] of asked) {
      // A short option may have its value behind an equals sign.
      const text = String(given[key]).replace(/^=/, '')
      if (text) set(sys, pid, resource, name, text)
    }
    const shown = (asked.length ? asked : LIMITS).filter(([key]) => !given[key])
    const names = given.output === undefined ? Object.keys(COLUMNS) : columnIds(String(given.output), COLUMNS)
    if (shown.length) me.out.print(shownTable(sys, pid, shown, names, given))
    if (!args.length) return 0
    // What is not on a terminal yet is lost with the program that would have written it.
    if (me.out.isTty) yield* me.out.flush()
    return yield* execProgram(sys, args, me.envp)
  },
})

type Limit = (typeof LIMITS)[number]

function shownTable(
  sys: Sys,
  pid: number,
  shown: readonly Limit[],
  names: readonly string[],
  given: Readonly<Record<string, string | boolean | undefined>>,
): string {
  const lines = shown.map(([, resource, name, description, unit]) => {
    const limit = get(sys, pid, resource, name)
    const cells: Record<string, string> = {
      RESOURCE: name,
      DESCRIPTION: description,
      SOFT: show(limit.cur),
      HARD: show(limit.max),
      UNITS: unit,
    }
    return { cells: names.map(it => cells[it]!) }
  })
  const columns = names.map(name => COLUMNS[name]!)
  return table(columns, lines, { format: given.raw ? 'raw' : 'human', noHeadings: given.noheadings === true })
}

const show = (value: number): string => (value === RLIM_INFINITY ? 'unlimited' : String(value))

function get(sys: Sys, pid: number, resource: number, name: string): Rlimit {
  try {
    return sys.prlimit(pid, resource)
  } catch (e) {
    throw fatal(`failed to get the ${name} resource limit`, e)
  }
}

const NONE: Rlimit = { cur: 0, max: 0 }

/** `soft:hard`, `soft:`, `:hard` or one value for both. */
function set(sys: Sys, pid: number, resource: number, name: string, text: string): void {
  const parts = /^([^:]*)(:?)([^:]*)$/.exec(text)
  if (!parts || text === ':') throw fatal(`failed to parse ${name} limit`)
  const [, soft, colon, hard] = parts
  // Only who keeps one of the two has to know what it was.
  const now = soft && hard !== undefined && (hard || !colon) ? NONE : get(sys, pid, resource, name)
  const value = (part: string | undefined, usual: number): number => {
    if (!part) return usual
    if (part === 'unlimited') return RLIM_INFINITY
    if (!/^-?\d+$/.test(part)) throw fatal(`failed to parse ${name} limit`)
    return part === '-1' ? RLIM_INFINITY : Number(part)
  }
  const cur = value(soft, now.cur)
  const limit = { cur, max: colon ? value(hard, now.max) : cur }
  if (limit.cur > limit.max) throw fatal(`the soft limit ${name} cannot exceed the hard limit`)
  try {
    sys.prlimit(pid, resource, limit)
  } catch (e) {
    throw fatal(`failed to set the ${name} resource limit`, e)
  }
}
