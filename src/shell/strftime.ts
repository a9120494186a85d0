/** strftime(3) in UTC, the host's time zone, for prompts, printf and history. */
import type { Shell } from './shell.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
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

interface Tm {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly weekday: number
  readonly yearday: number
}

/** gmtime(3). */
function gmtime(seconds: number): Tm {
  const days = Math.floor(seconds / 86400)
  const rest = Math.floor(seconds - days * 86400)
  // Howard Hinnant's civil_from_days.
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const before =
    [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]! + (leap && month > 2 ? 1 : 0)
  return {
    year,
    month: month - 1,
    day,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearday: before + day - 1,
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

export function strftime(_sh: Shell, format: string, seconds: number): string {
  const t = gmtime(seconds)
  const one = (letter: string): string => {
    switch (letter) {
      case 'a':
        return DAYS[t.weekday]!.slice(0, 3)
      case 'A':
        return DAYS[t.weekday]!
      case 'b':
      case 'h':
        return MONTHS[t.month]!.slice(0, 3)
      case 'B':
        return MONTHS[t.month]!
      case 'c':
        return `${one('a')} ${one('b')} ${one('e')} ${one('T')} ${t.year}`
      case 'C':
        return two(Math.floor(t.year / 100))
      case 'd':
        return two(t.day)
      case 'D':
      case 'x':
        return `${two(t.month + 1)}/${two(t.day)}/${two(t.year % 100)}`
      case 'e':
        return String(t.day).padStart(2)
      case 'F':
        return `${t.year}-${two(t.month + 1)}-${two(t.day)}`
      case 'H':
        return two(t.hour)
      case 'I':
        return two(t.hour % 12 || 12)
      case 'j':
        return String(t.yearday + 1).padStart(3, '0')
      case 'm':
        return two(t.month + 1)
      case 'M':
        return two(t.minute)
      case 'n':
        return '\n'
      case 'p':
        return t.hour < 12 ? 'AM' : 'PM'
      case 'r':
        return `${one('I')}:${one('M')}:${one('S')} ${one('p')}`
      case 'R':
        return `${one('H')}:${one('M')}`
      case 's':
        return String(Math.floor(seconds))
      case 'S':
        return two(t.second)
      case 't':
        return '\t'
      case 'T':
      case 'X':
        return `${one('H')}:${one('M')}:${one('S')}`
      case 'u':
        return String(t.weekday || 7)
      case 'w':
        return String(t.weekday)
      case 'y':
        return two(t.year % 100)
      case 'Y':
        return String(t.year)
      case 'z':
        return '+0000'
      case 'Z':
        return 'UTC'
      case '%':
        return '%'
    }
    return `%${letter}`
  }
  return (format || '%X').replace(/%([a-zA-Z%])/g, (_, letter: string) => one(letter))
}
