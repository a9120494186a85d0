/**
 * Dates as people write them: ISO 8601, `@seconds`, `yesterday 12:00`, `2 days ago`, `next month`, RFC 5322.
 * Linux: gnulib parse-datetime.y.
 *
 * Left out: military zones of one letter; rarer mixtures.
 */
import type { Timespec } from '../../abi/index.ts'
import { DAYS, daysFromCivil, localtime, MONTHS, type Zone } from './time.ts'
import { fromLocal, zoneOf } from './zone.ts'

const UNITS: Readonly<Record<string, [keyof Shift, number]>> = {
  sec: ['second', 1],
  second: ['second', 1],
  min: ['second', 60],
  minute: ['second', 60],
  hour: ['second', 3600],
  day: ['day', 1],
  week: ['day', 7],
  fortnight: ['day', 14],
  month: ['month', 1],
  year: ['month', 12],
}

interface Shift {
  second: number
  day: number
  month: number
}

const ORDINALS: Readonly<Record<string, number>> = {
  last: -1,
  this: 0,
  next: 1,
  first: 1,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
}

const nameIndex = (names: readonly string[], word: string): number =>
  word.length < 3
    ? -1
    : names.findIndex(
        it => it.toLowerCase() === word || it.slice(0, 3).toLowerCase() === word.replace(/\.$/, ''),
      )

/** The fields a date text sets, while it is read. */
class Reading {
  date: [number, number, number] | undefined
  time: [number, number, number, number] | undefined
  offset: number | undefined
  weekday: { day: number; ordinal: number } | undefined
  readonly shift: Shift = { second: 0, day: 0, month: 0 }
  relative = false
  readonly #rest: { text: string }

  constructor(text: string) {
    this.#rest = { text }
  }

  get done(): boolean {
    return this.#rest.text.trim() === ''
  }

  /** Take a pattern from the front of what is left. */
  take(pattern: RegExp, fits = (_: RegExpExecArray): boolean => true): RegExpExecArray | undefined {
    const text = this.#rest.text.replace(/^[\s,]+/, '')
    const match = pattern.exec(text)
    if (!match || match.index !== 0 || !fits(match)) return undefined
    this.#rest.text = text.slice(match[0].length)
    return match
  }
}

/** The time a text means, `now` being the present; undefined if it means none. */
export function parseDate(text: string, now: Timespec, zone: Zone): Timespec | undefined {
  const seconds = /^\s*@(-?\d+)(?:[.,](\d+))?\s*$/.exec(text)
  if (seconds) return { sec: Number(seconds[1]), nsec: Number((seconds[2] ?? '').padEnd(9, '0').slice(0, 9)) }
  const inZone = /^\s*TZ="([^"]*)"/.exec(text)
  if (inZone) return parseDate(text.slice(inZone[0].length), now, zoneOf(inZone[1]))
  const it = new Reading(text.toLowerCase().replace(/\([^()]*\)/g, ' '))
  while (!it.done) if (!readPart(it)) return undefined
  return resolve(it, now, zone)
}

function readPart(it: Reading): boolean {
  return (
    readAbbreviation(it) ||
    readDate(it) ||
    readTime(it) ||
    readRelative(it) ||
    readWords(it) ||
    readPlainNumber(it)
  )
}

/** Abbreviations of zones, in hours east of Greenwich; the ones of summer are an hour ahead. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ wet: 0, west: 1, bst: 1, art: -3, brt: -3, brst: -2, nst: -3.5, ndt: -2.5, ast: -4, adt: -3, clt: -4 },
  ...{ clst: -3, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7, akst: -9, akdt: -8 },
  ...{
    hst: -10,
    sst: -12,
    wat: 1,
    cet: 1,
    cest: 2,
    met: 1,
    mez: 1,
    mest: 2,
    mesz: 2,
    eet: 2,
    eest: 3,
    cat: 2,
  },
  ...{ sast: 2, eat: 3, msk: 3, msd: 4, ist: 5.5, sgt: 8, kst: 9, jst: 9, gst: 10, nzst: 12, nzdt: 13 },
}

function readAbbreviation(it: Reading): boolean {
  const name = it.take(/^([a-z]{3,4})(?![a-z.])/, match => match[1]! in ZONES)
  if (!name) return false
  it.offset = ZONES[name[1]!]! * 3600
  return true
}

function readDate(it: Reading): boolean {
  const short = it.take(/^(\d{2})-(\d{1,2})-(\d{1,2})(?![\d-])/)
  if (short) return setDate(it, fullYear(short[1]!), Number(short[2]), Number(short[3]))
  const iso = it.take(/^(\d{4,})-(\d{1,2})-(\d{1,2})(?:t(?=\d))?/)
  if (iso) return setDate(it, Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const american = it.take(/^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?(?!\d)/)
  if (american)
    return setDate(
      it,
      american[3] ? fullYear(american[3]) : Number.NaN,
      Number(american[1]),
      Number(american[2]),
    )
  const slashes = it.take(/^(\d{4})\/(\d{1,2})\/(\d{1,2})/)
  if (slashes) return setDate(it, Number(slashes[1]), Number(slashes[2]), Number(slashes[3]))
  const british = it.take(/^(\d{1,2})[ -]*([a-z]{3,9})\.?(?:[ ,-]+(\d{4})(?![:\d]))?(?![a-z])/)
  if (british) {
    const month = nameIndex(MONTHS, british[2]!)
    if (month >= 0)
      return setDate(it, british[3] ? Number(british[3]) : Number.NaN, month + 1, Number(british[1]))
    return readNumberOfUnits(it, Number(british[1]), british[2]!) && !british[3]
  }
  const named = it.take(/^([a-z]{3,9})\.? +(\d{1,2})(?![:\d])(?:,? +(\d{4})(?![:\d]))?/)
  if (!named) return false
  const month = nameIndex(MONTHS, named[1]!)
  if (month < 0) return unreadNamed(it, named)
  return setDate(it, named[3] ? Number(named[3]) : Number.NaN, month + 1, Number(named[2]))
}

/** `next 2`-like words that looked like a month name with a day. */
function unreadNamed(it: Reading, match: RegExpExecArray): boolean {
  const day = nameIndex(DAYS, match[1]!)
  if (day < 0) return false
  it.weekday = { day, ordinal: 0 }
  const month = it.take(/^([a-z]{3,9})\.?(?: +(\d{4})(?![:\d]))?/)
  const index = month ? nameIndex(MONTHS, month[1]!) : -1
  if (!month || index < 0) return false
  return setDate(it, month[2] ? Number(month[2]) : Number.NaN, index + 1, Number(match[2]))
}

const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900)

function setDate(it: Reading, year: number, month: number, day: number): boolean {
  if (it.date || month < 1 || month > 12 || day < 1 || day > 31) return false
  it.date = [year, month, day]
  return true
}

function readTime(it: Reading): boolean {
  const clock = it.take(/^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(am|pm|a\.m\.|p\.m\.)?/)
  const short = clock ? undefined : it.take(/^(\d{1,2})\s*(am|pm)\b/)
  const match = clock ?? short
  if (!match) return readZone(it)
  if (it.time) return false
  let hour = Number(match[1])
  const half = clock ? clock[5] : short![2]
  if (half && (hour < 1 || hour > 12)) return false
  if (half) hour = (hour % 12) + (half.startsWith('p') ? 12 : 0)
  const minute = clock ? Number(clock[2]) : 0
  const second = clock ? Number(clock[3] ?? 0) : 0
  const nsec = clock ? Number((clock[4] ?? '').padEnd(9, '0').slice(0, 9)) : 0
  if (hour > 23 || minute > 59 || second > 60) return false
  it.time = [hour, minute, second, nsec]
  const offset = clock ? it.take(/^([-+])(\d{2}):?(\d{2})?(?!\d| *[a-z])/) : undefined
  if (offset) it.offset = offsetOf(offset)
  return true
}

const offsetOf = (match: RegExpExecArray): number =>
  (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60)

function readZone(it: Reading): boolean {
  const match = it.take(/^(utc|gmt|z)(?:([-+]\d{1,2})(?::?\d{2})?)?\b/)
  if (!match) return false
  it.offset = Number(match[2] ?? 0) * 3600
  return true
}

function readRelative(it: Reading): boolean {
  const match = it.take(/^([-+]?)\s*(\d+)\s*([a-z]+)/)
  if (match) return readNumberOfUnits(it, Number(match[2]) * (match[1] === '-' ? -1 : 1), match[3]!)
  return false
}

function readNumberOfUnits(it: Reading, count: number, word: string): boolean {
  const unit = UNITS[word.replace(/s$/, '')]
  if (!unit) return false
  const ago = it.take(/^ago\b/)
  it.shift[unit[0]] += count * unit[1] * (ago ? -1 : 1)
  it.relative = true
  return true
}

function readWords(it: Reading): boolean {
  const match = it.take(/^([a-z]+)\.?/)
  if (!match) return false
  const word = match[1]!
  if (word === 'now' || word === 'today') {
    it.relative = true
    return true
  }
  if (word === 'yesterday' || word === 'tomorrow') {
    it.shift.day += word === 'tomorrow' ? 1 : -1
    it.relative = true
    return true
  }
  const day = nameIndex(DAYS, word)
  if (day >= 0) {
    it.weekday = { day, ordinal: 0 }
    return true
  }
  const ordinal = ORDINALS[word]
  if (ordinal !== undefined) {
    const next = it.take(/^([a-z]+)/)
    if (!next) return false
    const weekday = nameIndex(DAYS, next[1]!)
    if (weekday >= 0) {
      it.weekday = { day: weekday, ordinal }
      return true
    }
    return readNumberOfUnits(it, ordinal, next[1]!)
  }
  return readNumberOfUnits(it, 1, word)
}

/** `20260101`, or `1230` as a time of day. */
function readPlainNumber(it: Reading): boolean {
  const match = it.take(/^\d+(?![\d:])/)
  if (!match) return false
  const text = match[0]
  if (text.length > 4 && !it.date && !it.time) {
    const body = text.padStart(8, '0')
    return setDate(it, Number(body.slice(0, -4)), Number(body.slice(-4, -2)), Number(body.slice(-2)))
  }
  if (it.date && Number.isNaN(it.date[0]) && text.length === 4) {
    it.date[0] = Number(text)
    return true
  }
  if (it.time || text.length > 4) return false
  const hour = text.length > 2 ? Number(text.slice(0, -2)) : Number(text)
  const minute = text.length > 2 ? Number(text.slice(-2)) : 0
  if (hour > 23 || minute > 59) return false
  it.time = [hour, minute, 0, 0]
  return true
}

function resolve(it: Reading, now: Timespec, zone: Zone): Timespec | undefined {
  const own: Zone = it.offset === undefined ? zone : { name: '', offset: it.offset }
  const local = localtime(now, own)
  let [year, month, day] = it.date ?? [local.year, local.month, local.day]
  if (Number.isNaN(year)) year = local.year
  const keepsTime = !it.time && !it.date && !it.weekday && it.relative
  const bare = !it.time && !it.date && !it.weekday && !it.relative && it.offset !== undefined
  const [hour, minute, second, nsec] =
    it.time ?? (keepsTime || bare ? [local.hour, local.minute, local.second, now.nsec] : [0, 0, 0, 0])
  const lastDay =
    daysFromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) -
    daysFromCivil(year, month, 1)
  if (day > lastDay) return undefined
  const months = year * 12 + (month - 1) + it.shift.month
  year = Math.floor(months / 12)
  month = (months % 12) + 1
  let days = daysFromCivil(year, month, day) + it.shift.day
  if (it.weekday && !it.date) {
    const today = (((days + 4) % 7) + 7) % 7
    const { day: wanted, ordinal } = it.weekday
    days += ((wanted - today + 7) % 7) + 7 * (ordinal - (ordinal > 0 && today !== wanted ? 1 : 0))
  }
  // An hour that clocks skip in spring is no time at all.
  const sec = fromLocal(own, days * 86400 + hour * 3600 + minute * 60 + second)
  return sec === undefined ? undefined : { sec: sec + it.shift.second, nsec }
}
