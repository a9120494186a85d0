/**
 * ulimit of dash and of busybox's ash: blocks of 512 bytes, and lists of their own. dash: src/miscbltin.c:ulimitcmd();
 * busybox: shell/shell_common.c:shell_builtin_ulimit().
 */
import {
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
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
  RLIM_INFINITY,
  type Blocking,
} from '../../abi/index.ts'
import { applet } from '../ash.ts'
import { Complaint, reason, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { options } from './options.ts'

type Limit = readonly [letter: string, resource: number, unit: number, text: string]

const DASH: readonly Limit[] = [
  ['t', RLIMIT_CPU, 1, 'time(seconds)'],
  ['f', RLIMIT_FSIZE, 512, 'file(blocks)'],
  ['d', RLIMIT_DATA, 1024, 'data(kbytes)'],
  ['s', RLIMIT_STACK, 1024, 'stack(kbytes)'],
  ['c', RLIMIT_CORE, 512, 'coredump(blocks)'],
  ['m', RLIMIT_RSS, 1024, 'memory(kbytes)'],
  ['l', RLIMIT_MEMLOCK, 1024, 'locked memory(kbytes)'],
  ['p', RLIMIT_NPROC, 1, 'process'],
  ['n', RLIMIT_NOFILE, 1, 'nofiles'],
  ['v', RLIMIT_AS, 1024, 'vmemory(kbytes)'],
  ['w', RLIMIT_LOCKS, 1, 'locks'],
  ['r', RLIMIT_RTPRIO, 1, 'rtprio'],
]

const ASH: readonly Limit[] = [
  ['c', RLIMIT_CORE, 512, 'core file size (blocks)'],
  ['d', RLIMIT_DATA, 1024, 'data seg size (kb)'],
  ['e', RLIMIT_NICE, 1, 'scheduling priority'],
  ['f', RLIMIT_FSIZE, 512, 'file size (blocks)'],
  ['i', RLIMIT_SIGPENDING, 1, 'pending signals'],
  ['l', RLIMIT_MEMLOCK, 1024, 'max locked memory (kb)'],
  ['m', RLIMIT_RSS, 1024, 'max memory size (kb)'],
  ['n', RLIMIT_NOFILE, 1, 'open files'],
  ['q', RLIMIT_MSGQUEUE, 1, 'POSIX message queues (bytes)'],
  ['r', RLIMIT_RTPRIO, 1, 'real-time priority'],
  ['s', RLIMIT_STACK, 1024, 'stack size (kb)'],
  ['t', RLIMIT_CPU, 1, 'cpu time (seconds)'],
  ['u', RLIMIT_NPROC, 1, 'max user processes'],
  ['v', RLIMIT_AS, 1024, 'virtual memory (kb)'],
  ['x', RLIMIT_LOCKS, 1, 'file locks'],
]

function show(sh: Shell, [, resource, unit]: Limit, isHard: boolean): string {
  const { cur, max } = sh.sys.prlimit(0, resource)
  const value = isHard ? max : cur
  return value === RLIM_INFINITY ? 'unlimited' : String(Math.floor(value / unit))
}

/** Neither or both of -H and -S set both limits. Errors: what prlimit(2) says. */
function set(sh: Shell, resource: number, value: number, hard: boolean, soft: boolean): void {
  const { cur, max } = sh.sys.prlimit(0, resource)
  const both = hard === soft
  sh.sys.prlimit(0, resource, { cur: both || soft ? value : cur, max: both || hard ? value : max })
}

/** Of several limits the last one counts; it alone may get a value. */
export function* dashUlimit(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'HSatfdscmlpnvwr')
  const modes = [...given.keys()].filter(it => it === 'H' || it === 'S')
  const isHard = modes.at(-1) === 'H'
  const [text, more] = rest
  const letter = [...given.keys()].findLast(it => !'HSa'.includes(it)) ?? 'f'
  const it = DASH.find(([known]) => known === letter)!
  if (text === undefined) {
    const line = (limit: Limit) => `${limit[3].padEnd(20)} ${show(sh, limit, isHard)}\n`
    return yield* output(sh, given.has('a') ? DASH.map(line).join('') : `${show(sh, it, isHard)}\n`)
  }
  if (given.has('a') || more !== undefined) throw new Complaint('too many arguments', 2)
  if (text !== 'unlimited' && !/^\d*$/.test(text)) throw new Complaint('bad number', 2)
  try {
    set(sh, it[1], text === 'unlimited' ? RLIM_INFINITY : Number(text) * it[2], isHard, modes.at(-1) === 'S')
  } catch (e) {
    throw new Complaint(`error setting limit (${reason(e)})`, 2)
  }
  return 0
}

/** Each limit may have a value: what is left of its word, or the next word. */
export function* ashUlimit(sh: Shell, argv: readonly string[]): Blocking<number> {
  let hard = false
  let soft = false
  const chosen: { readonly limit: Limit; value: string | undefined }[] = []
  let i = 1
  for (; i < argv.length && /^-./.test(argv[i]!); i++) {
    const word = argv[i]!
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      if (letter === 'H') hard = true
      else if (letter === 'S') soft = true
      else if (letter === 'a') {
        const all = (limit: Limit) => `${named(limit)}${show(sh, limit, hard && !soft)}\n`
        return yield* output(sh, ASH.map(all).join(''))
      } else {
        const limit = ASH.find(([known]) => known === letter)
        if (!limit) return yield* ashComplaint(sh, 'ulimit', `invalid option -- '${letter}'`)
        const next = argv[i + 1]
        const value =
          word.slice(k + 1) || (next !== undefined && !next.startsWith('-') ? argv[++i] : undefined)
        chosen.push({ limit, value })
        break
      }
    }
  }
  if (!chosen.length) chosen.push({ limit: ASH.find(([letter]) => letter === 'f')!, value: argv[i] })
  for (const { limit, value } of chosen) {
    if (value === undefined) {
      yield* output(sh, `${chosen.length > 1 ? named(limit) : ''}${show(sh, limit, hard && !soft)}\n`)
      continue
    }
    if (value !== 'unlimited' && !/^\d+$/.test(value))
      return yield* ashComplaint(sh, applet(sh), `invalid number '${value}'`)
    try {
      set(sh, limit[1], value === 'unlimited' ? RLIM_INFINITY : Number(value) * limit[2], hard, soft)
    } catch (e) {
      return yield* ashComplaint(sh, applet(sh), `error setting limit: ${reason(e)}`)
    }
  }
  return 0
}

const named = ([letter, , , text]: Limit): string => `${text.padEnd(32)}(-${letter}) `

function* ashComplaint(sh: Shell, who: string, message: string): Blocking<number> {
  yield* sh.print(2, `${who}: ${message}\n`)
  return 1
}
