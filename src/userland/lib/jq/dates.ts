/** gmtime, mktime, strftime and strptime on jq's broken-down times: [year, month from 0, day, …]. */
import { DAYS, daysFromCivil, localtime, MONTHS, strftime, type Tm, UTC, type Zone } from '../time.ts'
import { fail, isArray, type Json } from './value.ts'

const fields = (tm: Tm, fraction: number): Json => [
  tm.year,
  tm.month - 1,
  tm.day,
  tm.hour,
  tm.minute,
  tm.second + fraction,
  tm.weekday,
  tm.yearday - 1,
]

/** Seconds since 1970 as a broken-down time of a zone. */
export function brokenDown(it: Json, zone: Zone, name: string): Json {
  if (typeof it !== 'number') return fail(`${name} requires numeric inputs`)
  const sec = Math.floor(it)
  return fields(localtime({ sec, nsec: 0 }, zone), it - sec)
}

function parsed(it: Json, message: string): number[] {
  if (!isArray(it) || it.length < 6) return fail(message)
  return it.map(part => (typeof part === 'number' ? Math.trunc(part) : fail(message)))
}

const seconds = ([year, month, day, hour, minute, second]: readonly number[]): number => {
  const years = year! + Math.floor(month! / 12)
  const days = daysFromCivil(years, (((month! % 12) + 12) % 12) + 1, 1) + day! - 1
  return days * 86400 + hour! * 3600 + minute! * 60 + second!
}

export function mktime(it: Json): Json {
  if (!isArray(it)) return fail('mktime requires array inputs')
  return seconds(parsed(it, 'mktime requires parsed datetime inputs'))
}

/** Write a time, which may be a number of seconds too. */
export function timeText(it: Json, format: Json, zone: Zone, name: string): Json {
  const message = `${name} requires parsed datetime inputs`
  const time = typeof it === 'number' ? brokenDown(it, zone, 'gmtime()') : it
  if (!isArray(time)) return fail(message)
  if (typeof format !== 'string') return fail(`${name} requires a string format`)
  const parts = parsed(time, message)
  const tm = localtime({ sec: seconds(parts) - (zone.offset || 0), nsec: 0 }, zone)
  return strftime(format, tm)
}

/** What strptime has understood so far. */
interface Understood {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  afternoon: boolean | undefined
  epoch: number | undefined
}

const COMPOSED: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  c: '%a %b %e %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  r: '%I:%M:%S %p',
}
/** Numbers: how many digits at most, and where they go. */
const NUMBERS: Readonly<Record<string, [digits: number, put: (tm: Understood, value: number) => void]>> = {
  Y: [4, (tm, it) => (tm.year = it)],
  y: [2, (tm, it) => (tm.year = it < 69 ? 2000 + it : 1900 + it)],
  C: [2, () => undefined],
  m: [2, (tm, it) => (tm.month = it - 1)],
  d: [2, (tm, it) => (tm.day = it)],
  e: [2, (tm, it) => (tm.day = it)],
  j: [3, () => undefined],
  H: [2, (tm, it) => (tm.hour = it)],
  k: [2, (tm, it) => (tm.hour = it)],
  I: [2, (tm, it) => (tm.hour = it % 12)],
  l: [2, (tm, it) => (tm.hour = it % 12)],
  M: [2, (tm, it) => (tm.minute = it)],
  S: [2, (tm, it) => (tm.second = it)],
  s: [20, (tm, it) => (tm.epoch = it)],
  u: [1, () => undefined],
  w: [1, () => undefined],
  U: [2, () => undefined],
  W: [2, () => undefined],
  V: [2, () => undefined],
  G: [4, () => undefined],
}

/** Read a time. Linux: strptime(3). */
export function strptime(text: Json, format: Json): Json {
  if (typeof text !== 'string' || typeof format !== 'string')
    return fail('strptime/1 requires string inputs and arguments')
  const tm: Understood = {
    year: 1900,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    afternoon: undefined,
    epoch: undefined,
  }
  const rest = read(text, format, tm)
  if (rest === undefined) return fail(`date "${text}" does not match format "${format}"`)
  if (tm.afternoon) tm.hour += 12
  const sec = tm.epoch ?? seconds([tm.year, tm.month, tm.day || 1, tm.hour, tm.minute, tm.second])
  const time = fields(localtime({ sec, nsec: 0 }, UTC), 0) as Json[]
  if (!tm.day && tm.epoch === undefined) time[2] = 0
  return rest ? [...time, rest] : time
}

/** Match a text with a format; what is left of the text, or undefined. */
function read(text: string, format: string, tm: Understood): string | undefined {
  let rest = text
  for (const [piece, letter] of format.matchAll(/%[EO0_-]?(.)|\s+|[^%\s]/gs)) {
    if (letter === undefined) {
      if (/^\s/.test(piece)) rest = rest.trimStart()
      else if (rest.startsWith(piece)) rest = rest.slice(piece.length)
      else return undefined
      continue
    }
    const left = directive(rest, letter, tm)
    if (left === undefined) return undefined
    rest = left
  }
  return rest
}

function directive(text: string, letter: string, tm: Understood): string | undefined {
  const composed = COMPOSED[letter]
  if (composed) return read(text, composed, tm)
  const number = NUMBERS[letter]
  if (number) {
    const match = new RegExp(`^\\s*(-?\\d{1,${number[0]}})`).exec(text)
    if (!match) return undefined
    number[1](tm, Number(match[1]))
    return text.slice(match[0].length)
  }
  const names = 'aA'.includes(letter) ? DAYS : 'bBh'.includes(letter) ? MONTHS : undefined
  if (names) return name(text, names, at => (names === MONTHS ? (tm.month = at) : undefined))
  if ('pP'.includes(letter)) return name(text, ['AM', 'PM'], at => (tm.afternoon = at === 1))
  if (letter === '%' || letter === 'n' || letter === 't')
    return letter === '%' ? (text.startsWith('%') ? text.slice(1) : undefined) : text.trimStart()
  if (letter === 'Z') return text.replace(/^[A-Za-z]+/, '')
  if (letter === 'z') {
    const zone = /^\s*(?:Z|[-+]\d{2}(?::?\d{2})?)/.exec(text)
    return zone ? text.slice(zone[0].length) : undefined
  }
  return undefined
}

/** One of some names, in full or its first three letters. */
function name(text: string, names: readonly string[], found: (at: number) => unknown): string | undefined {
  const lower = text.toLowerCase()
  for (const [at, full] of names.entries())
    for (const form of [full, full.slice(0, 3)])
      if (lower.startsWith(form.toLowerCase())) {
        found(at)
        return text.slice(form.length)
      }
  return undefined
}
