/**
 * Dates as people write them: ISO 8601, `@seconds`, `yesterday 12:00`, `2 days ago`, `next month`, RFC 5322.
 * Linux: gnulib parse-datetime.y.
 *
 * Left out: abbreviations of zones that only $TZ knows.
 */
import type { Timespec } from '../../../abi/index.ts'
import { daysFromCivil, localtime, type Zone } from '../time.ts'
import { fromLocal, zoneOf } from '../zone.ts'
import { type Token, tokens, type Unit } from './words.ts'

type NumberToken = Extract<Token, { type: 'number' }>

/** The time a text means, `now` being the present; undefined if it means none. */
export function parseDate(text: string, now: Timespec, zone: Zone): Timespec | undefined {
  const inZone = /^\s*TZ="((?:[^"\\]|\\.)*)"/.exec(text)
  if (inZone) return parseDate(text.slice(inZone[0].length), now, zoneOf(inZone[1]!.replace(/\\(.)/g, '$1')))
  const words = tokens(text)
  if (!words) return undefined
  const [at, seconds, end] = words
  if (at?.type === 'char' && at.char === '@')
    return seconds?.type === 'number' && end?.type === 'end'
      ? { sec: seconds.value, nsec: seconds.nsec ?? 0 }
      : undefined
  const it = new Reading(words)
  return it.read() ? it.resolve(now, zone) : undefined
}

/** The parts of a date, while they are read. */
class Reading {
  readonly #words: readonly Token[]
  #at = 0
  /** The year is undefined until one is named; two digits are not yet a full one. */
  #date: { year: number | undefined; month: number; day: number } | undefined
  #time: { hour: number; minute: number; second: number; nsec: number } | undefined
  #weekday: { day: number; ordinal: number } | undefined
  #offset: number | undefined
  #isRelative = false
  readonly #shift: Record<Unit, number> = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }

  constructor(words: readonly Token[]) {
    this.#words = words
  }

  read(): boolean {
    while (this.#peek().type !== 'end') if (!this.#item()) return false
    return true
  }

  #peek(ahead = 0): Token {
    return this.#words[Math.min(this.#at + ahead, this.#words.length - 1)]!
  }

  #is(ahead: number, type: Token['type'], char?: string): boolean {
    const it = this.#peek(ahead)
    return it.type === type && (char === undefined || (it.type === 'char' && it.char === char))
  }

  #number(ahead: number, signed: boolean): NumberToken | undefined {
    const it = this.#peek(ahead)
    return it.type === 'number' && it.signed === signed ? it : undefined
  }

  /** Step over `count` words, and say that they were understood. */
  #took(count: number): true {
    this.#at += count
    return true
  }

  #item(): boolean {
    const it = this.#peek()
    switch (it.type) {
      case 'number':
        return it.signed ? this.#is(1, 'unit') && this.#relative(it.value, 1) : this.#fromNumber(it)
      case 'month':
        return this.#fromMonth(it.value)
      case 'day':
        this.#took(this.#is(1, 'char', ',') ? 2 : 1)
        return this.#setWeekday(it.value, 0)
      case 'ordinal': {
        const next = this.#peek(1)
        if (next.type === 'day') return this.#took(2) && this.#setWeekday(next.value, it.value)
        return next.type === 'unit' && this.#relative(it.value, 1)
      }
      case 'unit':
        return this.#relative(1, 0)
      case 'dayShift':
        this.#shift.day += it.value
        this.#isRelative = true
        return this.#took(1)
      case 'T':
        return this.#zone(-7 * 3600)
      case 'zone':
        return this.#zone(it.value)
    }
    return false
  }

  // ---- Dates

  #setDate(count: number, year: number | undefined, month: number, day: number): boolean {
    if (this.#date) return false
    this.#date = { year, month, day }
    return this.#took(count)
  }

  #setWeekday(day: number, ordinal: number): boolean {
    if (this.#weekday) return false
    this.#weekday = { day, ordinal }
    return true
  }

  #fromMonth(month: number): boolean {
    const second = this.#peek(1)
    if (second.type !== 'number') return false
    const third = this.#peek(2)
    if (second.signed)
      return third.type === 'number' && third.signed && this.#setDate(3, yearOf(third), month, -second.value)
    const year = this.#is(2, 'char', ',') ? this.#number(3, false) : undefined
    if (year) return this.#setDate(4, yearOf(year), month, second.value)
    return this.#setDate(2, undefined, month, second.value)
  }

  #fromNumber(it: NumberToken): boolean {
    if (it.nsec !== undefined) return false
    const next = this.#peek(1)
    switch (next.type) {
      case 'char':
        if (next.char === ':') return this.#clock(it)
        return next.char === '/' ? this.#slashes(it) : this.#plain(it)
      case 'meridian':
        return this.#setTime(2, it.value, 0, 0, 0, next.value)
      case 'month':
        return this.#dayAndMonth(it, next.value)
      case 'day':
        return this.#took(2) && this.#setWeekday(next.value, it.value)
      case 'unit':
        return this.#relative(it.value, 1)
      case 'number':
        return next.signed ? this.#withSigned(it, next) : this.#plain(it)
    }
    return this.#plain(it)
  }

  #dayAndMonth(day: NumberToken, month: number): boolean {
    const year = this.#peek(2)
    if (year.type === 'number' && year.nsec === undefined)
      return this.#setDate(3, yearOf(year), month, day.value)
    return this.#setDate(2, undefined, month, day.value)
  }

  /** 12/31, 12/31/2025 or 2025/12/31. */
  #slashes(first: NumberToken): boolean {
    const second = this.#number(2, false)
    if (!second) return false
    const third = this.#is(3, 'char', '/') ? this.#number(4, false) : undefined
    if (!third) return this.#setDate(3, undefined, first.value, second.value)
    if (first.digits >= 4) return this.#setDate(5, first.value, second.value, third.value)
    return this.#setDate(5, yearOf(third), first.value, second.value)
  }

  /** 2025-12-31, with or without a time after T; 20251231 -2 days; 12-0500. */
  #withSigned(first: NumberToken, second: NumberToken): boolean {
    const third = this.#number(2, true)
    if (third) {
      if (!this.#setDate(3, yearOf(first), -second.value, -third.value)) return false
      if (!this.#is(0, 'T') || !this.#number(1, false)) return true
      return this.#is(2, 'char', ':') && this.#took(1)
    }
    if (this.#is(2, 'unit')) return this.#plain(first)
    if (!this.#setTime(1, first.value, 0, 0, 0)) return false
    return this.#offsetAfterTime()
  }

  /** A year after a date without, 20251231, or 12 or 1230 as a time of day. */
  #plain(it: NumberToken): boolean {
    if (this.#date && this.#date.year === undefined && !this.#isRelative && (this.#time || it.digits > 2)) {
      this.#date.year = yearOf(it)
      return this.#took(1)
    }
    const { value } = it
    if (it.digits > 4) {
      const year = yearOf({ ...it, value: Math.floor(value / 10000), digits: it.digits - 4 })
      return this.#setDate(1, year, Math.floor(value / 100) % 100, value % 100)
    }
    if (it.digits <= 2) return this.#setTime(1, value, 0, 0, 0)
    return this.#setTime(1, Math.floor(value / 100), value % 100, 0, 0)
  }

  // ---- Times

  #setTime(
    count: number,
    hour: number,
    minute: number,
    second: number,
    nsec: number,
    meridian?: 0 | 12,
  ): boolean {
    if (this.#time) return false
    if (meridian !== undefined) {
      if (hour < 1 || hour > 12) return false
      hour = (hour % 12) + meridian
    }
    if (hour > 23 || minute > 59 || second > 59) return false
    this.#time = { hour, minute, second, nsec }
    return this.#took(count)
  }

  #clock(hour: NumberToken): boolean {
    const minute = this.#number(2, false)
    if (!minute || minute.nsec !== undefined) return false
    const second = this.#is(3, 'char', ':') ? this.#number(4, false) : undefined
    const count = second ? 5 : 3
    const half = this.#peek(count)
    const meridian = half.type === 'meridian' ? half.value : undefined
    const length = meridian === undefined ? count : count + 1
    if (!this.#setTime(length, hour.value, minute.value, second?.value ?? 0, second?.nsec ?? 0, meridian))
      return false
    return meridian !== undefined || this.#offsetAfterTime()
  }

  /** "-5", "-0530" or "-05:30" right after a time is its zone, even if a unit follows. */
  #offsetAfterTime(): boolean {
    const offset = this.#number(0, true)
    return !offset || this.#setOffset(0, offset)
  }

  #setOffset(base: number, it: NumberToken): boolean {
    const minutes = this.#is(1, 'char', ':') ? this.#number(2, false) : undefined
    const size = Math.abs(it.value)
    const hours = minutes || it.digits <= 2 ? size : Math.floor(size / 100)
    const rest = minutes ? minutes.value : it.digits <= 2 ? 0 : size % 100
    const offset = (hours * 60 + rest) * 60 * (it.value < 0 ? -1 : 1)
    if (Math.abs(offset) > 86400 || this.#offset !== undefined) return false
    this.#offset = base + offset
    return this.#took(minutes ? 3 : 1)
  }

  #zone(offset: number): boolean {
    this.#took(1)
    const next = this.#number(0, true)
    if (next && !this.#is(1, 'unit')) return this.#setOffset(offset, next)
    if (this.#offset !== undefined) return false
    const isSummer = this.#is(0, 'dst')
    this.#offset = offset + (isSummer ? 3600 : 0)
    return this.#took(isSummer ? 1 : 0)
  }

  // ---- Relative items

  /** `count` of the unit that stands `ahead`. */
  #relative(count: number, ahead: number): boolean {
    const it = this.#peek(ahead)
    if (it.type !== 'unit') return false
    const ago = this.#peek(ahead + 1)
    const sign = ago.type === 'ago' ? ago.value : 1
    const number = ahead ? this.#peek() : undefined
    const isFraction = number?.type === 'number' && number.nsec !== undefined
    if (isFraction && (it.unit !== 'second' || !number.signed)) return false
    this.#shift[it.unit] += count * it.value * sign
    this.#isRelative = true
    return this.#took(ahead + (ago.type === 'ago' ? 2 : 1))
  }

  // ---- What it comes to

  resolve(now: Timespec, zone: Zone): Timespec | undefined {
    const local = localtime(now, zone)
    const date = { ...local, ...this.#date, year: this.#date?.year ?? local.year }
    const keepsTime = !this.#time && !this.#date && !this.#weekday && this.#isRelative
    const time =
      this.#time ?? (keepsTime ? { ...local, nsec: now.nsec } : { hour: 0, minute: 0, second: 0, nsec: 0 })
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysIn(date.year, date.month))
      return undefined
    const shift = this.#shift
    const months = (date.year + shift.year) * 12 + (date.month - 1) + shift.month
    let days = daysFromCivil(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, date.day) + shift.day
    if (this.#weekday && !this.#date) {
      const today = (((days + 4) % 7) + 7) % 7
      const { day, ordinal } = this.#weekday
      days += ((day - today + 7) % 7) + 7 * (ordinal - (ordinal > 0 && today !== day ? 1 : 0))
    }
    // An hour that clocks skip in spring is no time at all.
    const own: Zone = this.#offset === undefined ? zone : { name: '', offset: this.#offset }
    const sec = fromLocal(own, days * 86400 + time.hour * 3600 + time.minute * 60 + time.second)
    if (sec === undefined) return undefined
    return { sec: sec + shift.hour * 3600 + shift.minute * 60 + shift.second, nsec: time.nsec }
  }
}

/** "years are two digits: 69 to 99 mean 1969 to 1999". A sign is the dash before it. */
function yearOf({ value, digits }: NumberToken): number {
  const year = Math.abs(value)
  return digits === 2 ? year + (year < 69 ? 2000 : 1900) : year
}

const daysIn = (year: number, month: number): number =>
  daysFromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) -
  daysFromCivil(year, month, 1)
