/**
 * Calendar and strftime(3) in the C locale.
 * Linux: glibc time/strftime_l.c, gnulib nstrftime.c.
 */
import type { Timespec } from '../../abi/index.ts'
import { clockOf, type Clock, UTC, type Zone } from './zone.ts'

export { UTC, type Zone, zoneOf } from './zone.ts'

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Linux: struct tm, with the nanoseconds. Months count from 1, years are whole. */
export interface Tm {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nsec: number
  readonly weekday: number
  /** From 1. */
  readonly yearday: number
  readonly epoch: number
  readonly zone: Clock
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468
}

/** Broken-down time. Linux: localtime(3). */
export function localtime(time: Timespec, zone: Zone = UTC): Tm {
  const clock = clockOf(zone, time.sec)
  const local = time.sec + clock.offset
  const days = Math.floor(local / 86400)
  const rest = local - days * 86400
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  return {
    year,
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    nsec: time.nsec,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearday: days - daysFromCivil(year, 1, 1) + 1,
    epoch: time.sec,
    zone: clock,
  }
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** ISO 8601 week and the year it belongs to. */
function isoWeek(tm: Tm): { year: number; week: number } {
  const weekday = (tm.weekday + 6) % 7
  const week = Math.floor((tm.yearday - 1 - weekday + 10) / 7)
  const weeksIn = (year: number): number => {
    const first = (((daysFromCivil(year, 1, 1) + 3) % 7) + 7) % 7 // Monday is 0
    return first === 3 || (first === 2 && isLeap(year)) ? 53 : 52
  }
  if (week < 1) return { year: tm.year - 1, week: weeksIn(tm.year - 1) }
  return week > weeksIn(tm.year) ? { year: tm.year + 1, week: 1 } : { year: tm.year, week }
}

function offsetText(offset: number, colons: number): string {
  const sign = offset < 0 ? '-' : '+'
  const abs = Math.abs(offset)
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const [h, m, s] = [two(abs / 3600), two((abs / 60) % 60), two(abs % 60)]
  if (colons === 0) return `${sign}${h}${m}`
  if (colons === 1) return `${sign}${h}:${m}`
  return colons === 2
    ? `${sign}${h}:${m}:${s}`
    : s === '00'
      ? `${sign}${h}${m === '00' ? '' : `:${m}`}`
      : `${sign}${h}:${m}:${s}`
}

interface Field {
  readonly text: string
  /** Default padding: character and width; '' for text. */
  readonly pad: '0' | ' ' | '+' | ''
  readonly width: number
}

const digits = (n: number, width: number, pad: '0' | ' ' = '0'): Field => ({ text: String(n), pad, width })
const words = (text: string): Field => ({ text, pad: '', width: 0 })

/** One conversion of strftime; undefined if there is none of that name. */
function field(
  tm: Tm,
  letter: string,
  { flags, width, expand }: { flags: string; width: string; expand: (format: string) => string },
): Field | undefined {
  const hour12 = tm.hour % 12 || 12
  switch (letter) {
    case 'a':
      return words(DAYS[tm.weekday]!.slice(0, 3))
    case 'A':
      return words(DAYS[tm.weekday]!)
    case 'b':
    case 'h':
      return words(MONTHS[tm.month - 1]!.slice(0, 3))
    case 'B':
      return words(MONTHS[tm.month - 1]!)
    case 'c':
      return words(expand('%a %b %e %H:%M:%S %-Y'))
    case 'C':
      return digits(Math.floor(tm.year / 100), 2)
    case 'd':
      return digits(tm.day, 2)
    case 'D':
    case 'x':
      return words(expand('%m/%d/%y'))
    case 'e':
      return digits(tm.day, 2, ' ')
    case 'F':
      return words(expand(isoDate(flags, width)))
    case 'g':
      return digits(isoWeek(tm).year % 100, 2)
    case 'G':
      return digits(isoWeek(tm).year, 4)
    case 'H':
      return digits(tm.hour, 2)
    case 'I':
      return digits(hour12, 2)
    case 'j':
      return digits(tm.yearday, 3)
    case 'k':
      return digits(tm.hour, 2, ' ')
    case 'l':
      return digits(hour12, 2, ' ')
    case 'm':
      return digits(tm.month, 2)
    case 'M':
      return digits(tm.minute, 2)
    case 'n':
      return words('\n')
    case 'N':
      return { text: String(tm.nsec).padStart(9, '0'), pad: '0', width: 9 }
    case 'p':
      return words(tm.hour < 12 ? 'AM' : 'PM')
    case 'P':
      return words(tm.hour < 12 ? 'am' : 'pm')
    case 'q':
      return digits(Math.floor((tm.month + 2) / 3), 1)
    case 'r':
      return words(expand('%I:%M:%S %p'))
    case 'R':
      return words(expand('%H:%M'))
    case 's':
      return digits(tm.epoch, 1)
    case 'S':
      return digits(tm.second, 2)
    case 't':
      return words('\t')
    case 'T':
    case 'X':
      return words(expand('%H:%M:%S'))
    case 'u':
      return digits(tm.weekday || 7, 1)
    case 'U':
      return digits(Math.floor((tm.yearday + 6 - tm.weekday) / 7), 2)
    case 'V':
      return digits(isoWeek(tm).week, 2)
    case 'w':
      return digits(tm.weekday, 1)
    case 'W':
      return digits(Math.floor((tm.yearday + 6 - ((tm.weekday + 6) % 7)) / 7), 2)
    case 'y':
      return digits(tm.year % 100, 2)
    case 'Y':
      return digits(tm.year, 4)
    case 'Z':
      return words(tm.zone.name)
    case '%':
      return words('%')
    default:
      return undefined
  }
}

/** strftime(3) with GNU's flags `-`, `_`, `0`, `^`, `#` and widths. What is no conversion stays as it is. */
export function strftime(format: string, tm: Tm): string {
  if (!format.includes('%')) return format
  return format.replace(
    /%([-_0^#+]*)(\d*)[EO]?(:*)([A-Za-z%])/g,
    (all: string, flags: string, width: string, colons: string, letter: string) => {
      if (colons && (letter !== 'z' || colons.length > 3)) return all
      if (letter === 'z') return paddedOffset(offsetText(tm.zone.offset, colons.length), flags, width)
      const it = field(tm, letter, { flags, width, expand: inner => strftime(inner, tm) })
      if (!it || (letter === '%' && all !== '%%')) return all.padStart(Number(width))
      return padded(it, flags, width, letter)
    },
  )
}

/** %F: what is asked of it goes to the year, which without it has a sign if it is long. */
function isoDate(flags: string, width: string): string {
  if (!flags && !width) return '%+4Y-%m-%d'
  return width ? `%${flags}${Math.max(Number(width) - 6, 1)}Y-%m-%d` : `%${flags.replace('_', '-')}Y-%m-%d`
}

/** Signs count as digits, and come before zeros. */
function paddedDigits(text: string, size: number, pad: string): string {
  const sign = /^[-+]?/.exec(text)![0]
  return pad === '0' ? sign + text.slice(sign.length).padStart(size - sign.length, '0') : text.padStart(size)
}

function padded(it: Field, flags: string, width: string, letter: string): string {
  let text = it.text
  if (letter === 'N') return nanoseconds(text, flags, width)
  if (flags.includes('^') && letter !== 'P') text = text.toUpperCase()
  if (flags.includes('#')) text = swapped(text, letter)
  const style = [...flags].reverse().find(c => '-_0+'.includes(c))
  if (style === '-') return text
  const size = width ? Number(width) : it.width
  if (style === '+' && 'CFGY'.includes(letter)) {
    const usual = letter === 'C' ? 2 : 4
    if (letter === 'F') return text
    if (text.length > usual || size > usual) return `+${text.padStart(size - 1, '0')}`
  }
  return paddedDigits(text, size, style === '_' ? ' ' : style ? '0' : it.pad || ' ')
}

/** `#`: what is in capitals becomes small, names become capitals. */
function swapped(text: string, letter: string): string {
  if ('pZ'.includes(letter)) return text.toLowerCase()
  return 'aAbBh'.includes(letter) ? text.toUpperCase() : text
}

/** +0900: its leading zeros are padding too. */
function paddedOffset(text: string, flags: string, width: string): string {
  const style = [...flags].reverse().find(c => '-_0+'.includes(c))
  const bare =
    text.length === 5 && !text.includes(':')
      ? text.replace(/^([-+])0{1,3}(?=\d)/, '$1')
      : text.replace(/^([-+])0(?=\d)/, '$1')
  const size = Math.max(Number(width), style === '-' ? 0 : text.length)
  if (style === '-') return bare
  return paddedDigits(bare, size, style === '_' ? ' ' : '0')
}

function nanoseconds(text: string, flags: string, width: string): string {
  const size = Number(width) || 9
  const digits = text.slice(0, size).padEnd(size, '0')
  const style = [...flags].reverse().find(c => '-_0+'.includes(c))
  if (style === '_') return digits.replace(/0+$/, '').padEnd(size)
  return style === '-' && Number(width) ? digits.replace(/0+$/, '') : digits
}
