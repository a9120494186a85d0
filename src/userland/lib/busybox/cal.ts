/**
 * cal - a calendar of a month or a year
 * Linux: busybox util-linux/cal.c; cal(1p). The Gregorian calendar begins on 14 September 1752.
 */
import { fatal } from '../command.ts'
import { daysFromCivil, localtime, MONTHS, zoneOf } from '../time.ts'
import { applet } from './applet.ts'

const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa']

export const cal = applet('cal', function* (sys, given, args, me) {
  if (args.length > 2) throw fatal('')
  const now = localtime(sys.clock_gettime(0), zoneOf(me.env.get('TZ')))
  const year = args.length ? within(args.at(-1)!, 1, 9999) : now.year
  const month = args.length === 2 ? within(args[0]!, 1, 12) : args.length || given.y ? 0 : now.month
  const layout = { julian: given.j === true, monday: given.m === true }
  const width = layout.julian ? 27 : 20
  if (month) {
    me.out.line(centred(`${MONTHS[month - 1]} ${year}`, width))
    for (const line of [heading(layout), ...weeks(year, month, layout)])
      me.out.line(line.trimEnd() || ' '.repeat(width + 1))
    return 0
  }
  const across = layout.julian ? 2 : 3
  const whole = width * across + 2 * (across - 1)
  me.out.print(`${centred(String(year), whole).padEnd(whole)}\n\n`)
  for (let first = 1; first <= 12; first += across) {
    const months = Array.from({ length: across }, (_, i) => first + i)
    me.out.line(months.map(it => centred(MONTHS[it - 1]!, width).padEnd(width)).join('  '))
    const side = (cells: readonly string[]): void =>
      me.out.line(
        cells
          .map((cell, i) => (i < across - 1 ? cell.padEnd(width) : cell))
          .join('  ')
          .trimEnd(),
      )
    side(months.map(() => heading(layout)))
    const blocks = months.map(it => weeks(year, it, layout))
    for (let row = 0; row < 6; row++) side(blocks.map(block => block[row] ?? ''))
  }
  return 0
})

interface Layout {
  readonly julian: boolean
  readonly monday: boolean
}

function within(text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(value)) throw fatal(`invalid number '${text}'`)
  if (value < least || value > most) throw fatal(`number ${text} is not in ${least}..${most} range`)
  return value
}

const centred = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, (width - text.length) >> 1)) + text

const heading = ({ julian, monday }: Layout): string =>
  DAYS.map((_, i) => DAYS[(i + Number(monday)) % 7]!.padStart(julian ? 3 : 2)).join(' ')

/** The lines of a month, six of them, empty ones at the end. */
function weeks(year: number, month: number, { julian, monday }: Layout): string[] {
  const days = daysOf(year, month)
  const start = (weekday(year, month, days[0]!) + 7 - Number(monday)) % 7
  const width = julian ? 3 : 2
  const cells = [
    ...Array.from({ length: start }, () => ''),
    ...days.map(day => String(julian ? dayOfYear(year, month, day) : day)),
  ]
  return Array.from({ length: 6 }, (_, row) =>
    cells
      .slice(row * 7, row * 7 + 7)
      .map(it => it.padStart(width))
      .join(' '),
  )
}

const isJulian = (year: number, month: number, day: number): boolean =>
  year < 1752 || (year === 1752 && (month < 9 || (month === 9 && day < 3)))
const isLeap = (year: number): boolean =>
  year % 4 === 0 && (year <= 1752 || year % 100 !== 0 || year % 400 === 0)

/** The days that a month has: September 1752 lacks eleven. */
function daysOf(year: number, month: number): number[] {
  const count = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  const all = Array.from({ length: count }, (_, i) => i + 1)
  return year === 1752 && month === 9 ? all.filter(day => day < 3 || day > 13) : all
}

function weekday(year: number, month: number, day: number): number {
  const leaps = Math.floor((year - 1) / 100) - Math.floor((year - 1) / 400) - 2
  const late = isLeap(year) && year % 100 === 0 && year % 400 !== 0 && month > 2 ? 1 : 0
  const shift = isJulian(year, month, day) ? leaps + late : 0
  return (((daysFromCivil(year, month, day) + 4 + shift) % 7) + 7) % 7
}

function dayOfYear(year: number, month: number, day: number): number {
  let before = 0
  for (let it = 1; it < month; it++) before += daysOf(year, it).length
  return before + daysOf(year, month).indexOf(day) + 1
}
