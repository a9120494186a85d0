/** The functions that awk has: what they make of their values. mawk: bi_funct.c. */
import { type Blocking, exitStatus } from '../../../abi/index.ts'
import { execvp, fork } from '../command.ts'
import { withFlags } from '../regex.ts'
import { localtime, strftime, zoneOf } from '../time.ts'
import { format } from './format.ts'
import type { State } from './state.ts'
import type { Streams } from './streams.ts'
import { Field, fromBytes, toBytes, toNumber, type Value } from './values.ts'

/** Call a function that takes its arguments by value. */
export function* callBuiltin(
  state: State,
  streams: Streams,
  name: string,
  values: readonly Value[],
): Blocking<Value> {
  const text = (i: number): string => state.str(values[i])
  const number = (i: number): number => toNumber(values[i])
  switch (name) {
    case 'substr':
      return substring(text(0), number(1), values.length > 2 ? number(2) : Number.POSITIVE_INFINITY)
    case 'index':
      return text(0).indexOf(text(1)) + 1
    case 'sprintf':
      return format(state, values, 'sprintf')
    case 'sin':
      return Math.sin(number(0))
    case 'cos':
      return Math.cos(number(0))
    case 'atan2':
      return Math.atan2(number(0), number(1))
    case 'exp':
      return Math.exp(number(0))
    case 'log':
      return number(0) < 0 ? new Field('-nan') : Math.log(number(0))
    case 'sqrt':
      return number(0) < 0 ? new Field('-nan') : Math.sqrt(number(0))
    case 'int':
      return Math.trunc(number(0))
    case 'rand':
      return state.random.next()
    case 'srand': {
      const old = state.seed
      state.seed = values.length ? Math.trunc(number(0)) : state.sys.clock_gettime(0).sec
      state.random.seed(state.seed)
      return old
    }
    case 'tolower':
      return text(0).replace(/[A-Z]+/g, it => it.toLowerCase())
    case 'toupper':
      return text(0).replace(/[a-z]+/g, it => it.toUpperCase())
    case 'system': {
      yield* streams.flushAll()
      const { envp } = state.me
      const line = fromBytes(text(0))
      const pid = fork(state.sys, 'awk', its => execvp(its, ['sh', '-c', line], envp))
      const { status } = (yield* state.sys.wait4(pid, 0))!
      return exitStatus(status) >= 128 ? 256 + (status & 127) : exitStatus(status)
    }
    case 'close':
      return yield* streams.close(text(0))
    case 'fflush':
      if (text(0) && text(0) !== '/dev/stdout' && !streams.writes(text(0))) return -1
      yield* streams.flushAll()
      return 0
    case 'systime':
      return state.sys.clock_gettime(0).sec
    case 'mktime':
      return makeTime(fromBytes(text(0)))
    case 'and':
      return Number(unsigned(number(0)) & unsigned(number(1)))
    case 'or':
      return Number(unsigned(number(0)) | unsigned(number(1)))
    case 'xor':
      return Number(unsigned(number(0)) ^ unsigned(number(1)))
    case 'lshift':
      return Number(BigInt.asUintN(64, unsigned(number(0)) << unsigned(number(1))))
    case 'rshift':
      return Number(unsigned(number(0)) >> unsigned(number(1)))
    case 'compl':
      return Number(BigInt.asUintN(64, ~unsigned(number(0))))
    case 'strftime': {
      const format = values.length ? fromBytes(text(0)) : '%c'
      const sec = values.length > 1 ? Math.trunc(number(1)) : state.sys.clock_gettime(0).sec
      return toBytes(strftime(format, localtime({ sec, nsec: 0 }, zoneOf(state.me.env.get('TZ')))))
    }
    default:
      return undefined
  }
}

/** sub and gsub: the text with what matches replaced, and how often it was. */
export function substituted(
  text: string,
  regex: RegExp,
  by: string,
  global: boolean,
): { result: string; count: number } {
  let count = 0
  const all = withFlags(regex, `${regex.flags.replace('g', '')}${global ? 'g' : ''}`)
  let end = -1
  const result = text.replace(all, (found: string, ...rest: unknown[]) => {
    const at = rest.find(it => typeof it === 'number') as number
    // An empty match right behind a match does not count.
    if (!found && at === end) return ''
    end = at + found.length
    count++
    return by.replace(
      /(\\*)&/g,
      (_, before: string) => '\\'.repeat(before.length >> 1) + (before.length % 2 ? '&' : found),
    )
  })
  return { result, count }
}

/** gensub(pattern, replacement, which): `\\1` stands for a group. */
export function generallySubstituted(text: string, regex: RegExp, by: string, how: string): string {
  const wanted = /^[gG]/.test(how) ? 0 : Math.max(1, Math.trunc(toNumber(how)))
  let count = 0
  return text.replace(withFlags(regex, `${regex.flags.replace('g', '')}g`), (...found) => {
    if (wanted && ++count !== wanted) return found[0]
    return by.replace(/\\([0-9&\\])|&/g, (all, it: string | undefined) =>
      all === '&' ? found[0] : it === '&' || it === '\\' ? it : (found[Number(it)] ?? ''),
    )
  })
}

/** mawk's substr: a start below 1 lengthens the piece by as much. */
function substring(text: string, start: number, length: number): string {
  const from = Math.trunc(start)
  const count = Math.trunc(length) - Math.min(0, from)
  if (!(count > 0)) return ''
  const at = Math.max(1, from) - 1
  return text.slice(at, at + count)
}

const unsigned = (value: number): bigint =>
  Number.isFinite(value) ? BigInt.asUintN(64, BigInt(Math.trunc(value))) : 0n

/** mktime("YYYY MM DD HH MM SS"), in UTC; -1 for what is no time. */
function makeTime(text: string): number {
  const [year, month, day, hour, minute, second] = text.trim().split(/\s+/).map(Number)
  if (second === undefined || [year, month, day, hour, minute, second].some(it => !Number.isInteger(it)))
    return -1
  const days = daysSince1970(year!, month!, day!)
  return days * 86400 + hour! * 3600 + minute! * 60 + second
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysSince1970(year: number, month: number, day: number): number {
  const months = year * 12 + month - 3
  const y = Math.floor(months / 12)
  const m = months - y * 12
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719469
  )
}
