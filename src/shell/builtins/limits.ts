/** ulimit, umask and times. Bash: builtins/ulimit.def, umask.def, times.def. */
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
  RLIMIT_RTTIME,
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
  RLIM_INFINITY,
  type Blocking,
} from '../../abi/index.ts'
import { showSeconds } from '../exec/pipeline.ts'
import { Complaint, reason, type Shell } from '../shell.ts'
import { ashUlimit, dashUlimit } from './dash-ulimit.ts'
import { output } from './echo.ts'
import { invalidOption, options } from './options.ts'

interface Limit {
  readonly letter: string
  readonly resource: number
  readonly unit: number
  readonly text: string
  readonly shown: string
}

const limit = (letter: string, resource: number, unit: number, text: string, shown: string): Limit => ({
  letter,
  resource,
  unit,
  text,
  shown,
})
const PIPE = -1
const LIMITS: readonly Limit[] = [
  limit('R', RLIMIT_RTTIME, 1, 'real-time non-blocking time', '(microseconds, -R)'),
  limit('c', RLIMIT_CORE, 512, 'core file size', '(blocks, -c)'),
  limit('d', RLIMIT_DATA, 1024, 'data seg size', '(kbytes, -d)'),
  limit('e', RLIMIT_NICE, 1, 'scheduling priority', '(-e)'),
  limit('f', RLIMIT_FSIZE, 1024, 'file size', '(blocks, -f)'),
  limit('i', RLIMIT_SIGPENDING, 1, 'pending signals', '(-i)'),
  limit('l', RLIMIT_MEMLOCK, 1024, 'max locked memory', '(kbytes, -l)'),
  limit('m', RLIMIT_RSS, 1024, 'max memory size', '(kbytes, -m)'),
  limit('n', RLIMIT_NOFILE, 1, 'open files', '(-n)'),
  limit('p', PIPE, 512, 'pipe size', '(512 bytes, -p)'),
  limit('q', RLIMIT_MSGQUEUE, 1, 'POSIX message queues', '(bytes, -q)'),
  limit('r', RLIMIT_RTPRIO, 1, 'real-time priority', '(-r)'),
  limit('s', RLIMIT_STACK, 1024, 'stack size', '(kbytes, -s)'),
  limit('t', RLIMIT_CPU, 1, 'cpu time', '(seconds, -t)'),
  limit('u', RLIMIT_NPROC, 1, 'max user processes', '(-u)'),
  limit('v', RLIMIT_AS, 1024, 'virtual memory', '(kbytes, -v)'),
  limit('x', RLIMIT_LOCKS, 1, 'file locks', '(-x)'),
]

export function* ulimit(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isDash) return yield* sh.isAsh ? ashUlimit(sh, argv) : dashUlimit(sh, argv)
  let hard = false
  let soft = false
  let all = false
  const chosen: { readonly limit: Limit; value: string | undefined }[] = []
  let i = 1
  for (; i < argv.length && /^-./.test(argv[i]!); i++) {
    const word = argv[i]!
    if (word === '--') {
      i++
      break
    }
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      const it = LIMITS.find(known => known.letter === letter)
      if (letter === 'H') hard = true
      else if (letter === 'S') soft = true
      else if (letter === 'a') all = true
      else if (!it) throw invalidOption('ulimit', `-${letter}`)
      else {
        // An option may have a value: what is left of the word, or the next one.
        const attached = word.slice(k + 1)
        const next = argv[i + 1]
        const value = attached || (next !== undefined && !next.startsWith('-') ? argv[++i] : undefined)
        chosen.push({ limit: it, value })
        break
      }
    }
  }
  const line = (it: Limit) => `${it.text.padEnd(20)}${it.shown.padStart(20)} ${show(sh, it, hard && !soft)}\n`
  if (all) return yield* output(sh, LIMITS.map(line).join(''))
  if (!chosen.length) chosen.push({ limit: LIMITS.find(it => it.letter === 'f')!, value: undefined })
  chosen.at(-1)!.value ??= argv[i]
  for (const { limit: it, value } of chosen) {
    if (value !== undefined) change(sh, it, value, hard, soft)
    else yield* output(sh, chosen.length > 1 ? line(it) : `${show(sh, it, hard && !soft)}\n`)
  }
  return 0
}

function show(sh: Shell, it: Limit, hard: boolean): string {
  if (it.resource === PIPE) return '8'
  const { cur, max } = sh.sys.prlimit(0, it.resource)
  const value = hard ? max : cur
  return value === RLIM_INFINITY ? 'unlimited' : String(Math.floor(value / it.unit))
}

function change(sh: Shell, it: Limit, text: string, hard: boolean, soft: boolean): number {
  if (it.resource === PIPE) throw new Complaint('pipe size: cannot modify limit: Invalid argument', 1)
  const old = sh.sys.prlimit(0, it.resource)
  let value: number
  if (text === 'unlimited') value = RLIM_INFINITY
  else if (text === 'hard') value = old.max
  else if (text === 'soft') value = old.cur
  else if (/^\d+$/.test(text)) {
    const wanted = BigInt(text)
    if (wanted * BigInt(it.unit) >= 1n << 64n) throw new Complaint(`${text}: limit out of range`, 1)
    value = Number(wanted) * it.unit
  } else throw new Complaint(`${text}: invalid number`, 1)
  const both = hard === soft
  try {
    sh.sys.prlimit(0, it.resource, {
      cur: both || soft ? value : old.cur,
      max: both || hard ? value : old.max,
    })
  } catch (e) {
    throw new Complaint(`${it.text}: cannot modify limit: ${reason(e)}`, 1)
  }
  return 0
}

export function* umask(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'pS')
  const mask = sh.sys.umask(0)
  sh.sys.umask(mask)
  const mode = rest[0]
  if (mode === undefined) {
    const text = given.has('S') ? symbolic(mask) : mask.toString(8).padStart(4, '0')
    return yield* output(sh, `${given.has('p') ? `umask ${given.has('S') ? '-S ' : ''}` : ''}${text}\n`)
  }
  if (/^\d/.test(mode)) {
    if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > (sh.isDash ? 0o777 : 0o7777))
      throw new Complaint(
        sh.isDash ? `Illegal number: ${mode}` : `${mode}: octal number out of range`,
        sh.isDash ? 2 : 1,
      )
    sh.sys.umask(Number.parseInt(mode, 8) & 0o777)
  } else sh.sys.umask(sh.isDash ? dashMode(mode, mask) : fromSymbols(mode, mask))
  if (!given.has('S') || sh.isDash) return 0
  const now = sh.sys.umask(0)
  sh.sys.umask(now)
  return yield* output(sh, `${symbolic(now)}\n`)
}

const symbolic = (mask: number): string =>
  [
    ['u', 6],
    ['g', 3],
    ['o', 0],
  ]
    .map(([who, shift]) => {
      const bits = (~mask >> (shift as number)) & 7
      return `${who}=${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`
    })
    .join(',')

function dashMode(mode: string, mask: number): number {
  try {
    return fromSymbols(mode, mask)
  } catch (e) {
    throw e instanceof Complaint ? new Complaint(`Illegal mode: ${mode}`, 2) : e
  }
}

/** Clauses of who, operator and permissions, read from left to right. */
function fromSymbols(mode: string, mask: number): number {
  let allowed = ~mask & 0o777
  for (let rest = mode; ; ) {
    const [, who = '', operator = '', letters = ''] = /^([agou]*)(.?)([rwx]*)/s.exec(rest)!
    if (!'+-='.includes(operator) || !operator)
      throw new Complaint(`\`${operator || '\0'}': invalid symbolic mode operator`, 1)
    allowed = permitted(allowed, who || 'a', operator, letters)
    const after = rest.slice(who.length + 1 + letters.length)
    if (!after) return ~allowed & 0o777
    if (after[0] !== ',') throw new Complaint(`\`${after[0]}': invalid symbolic mode character`, 1)
    rest = after.slice(1)
  }
}

function permitted(allowed: number, who: string, operator: string, letters: string): number {
  const bits = [...letters].reduce((sum, c) => sum | { r: 4, w: 2, x: 1 }[c as 'r'], 0)
  let out = allowed
  for (const [name, shift] of [
    ['u', 6],
    ['g', 3],
    ['o', 0],
  ] as const) {
    if (!who.includes(name) && !who.includes('a')) continue
    const old = (out >> shift) & 7
    const next = operator === '=' ? bits : operator === '+' ? old | bits : old & ~bits
    out = (out & ~(7 << shift)) | (next << shift)
  }
  return out
}

export function* times(sh: Shell): Blocking<number> {
  const line = (who: 'self' | 'children') => {
    const usage = sh.sys.getrusage(who)
    return `${showSeconds(usage.utime / 1e9, 3, true)} ${showSeconds(usage.stime / 1e9, 3, true)}\n`
  }
  return yield* output(sh, line('self') + line('children'))
}
