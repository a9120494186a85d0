/**
 * date - show the time, as busybox does it: its own formats of times given, 24 hours on the clock
 * Linux: busybox coreutils/date.c, libbb/time.c (parse_datestr).
 *
 * Left out: setting the clock; of -D: what is not a number.
 */
import type { Errno } from '../../../abi/index.ts'
import { fatal } from '../command.ts'
import { daysFromCivil, localtime, strftime, type Tm, UTC, type Zone, zoneOf } from '../time.ts'
import { fromLocal } from '../zone.ts'
import { applet, synopsis, textOf } from './applet.ts'

const ISO: readonly (readonly [string, string])[] = [
  ['date', '%Y-%m-%d'],
  ['hours', '%Y-%m-%dT%H%:z'],
  ['minutes', '%Y-%m-%dT%H:%M%:z'],
  ['seconds', '%Y-%m-%dT%H:%M:%S%:z'],
  ['ns', '%Y-%m-%dT%H:%M:%S,%N%:z'],
]

export const date = applet('date', function* (sys, given, args, me) {
  const zone = given.u || given['--utc'] ? UTC : zoneOf(me.env.get('TZ'))
  const now = sys.clock_gettime(0)
  const text = textOf(given.d ?? given['--date'] ?? given.s ?? given['--set'])
  const operands = [...args]
  const format = operands[0]?.startsWith('+') ? operands.shift()!.slice(1) : undefined
  const setting = given.s !== undefined || given['--set'] !== undefined || (text === undefined && operands[0])
  if (operands.length > (text === undefined ? 1 : 0)) throw synopsis()
  const [extra] = operands
  if (extra?.startsWith('+')) throw fatal(`invalid date '${extra}'`)

  let time = now
  const reference = textOf(given.r ?? given['--reference'])
  if (reference !== undefined) {
    try {
      time = sys.stat(reference).mtime
    } catch (e) {
      throw fatal(`can't stat '${reference}'`, e as Errno)
    }
  }
  const wanted = text ?? extra
  if (wanted !== undefined) {
    const today = localtime(now, zone)
    const pattern = textOf(given.D)
    const sec = pattern ? byPattern(wanted, pattern, zone) : seconds(wanted, today, zone, text === undefined)
    if (sec === undefined) throw fatal(`invalid date '${wanted}'`)
    time = { sec, nsec: 0 }
  }
  const tm = localtime(time, zone)
  if (setting) yield* me.warn("can't set date: Operation not permitted")
  me.out.line(
    strftime(plain(format) ?? formatOf(given.I, given.R === true || given['--rfc-2822'] === true), tm),
  )
  return setting ? 1 : 0
})

/** %c, %x and %X as the C locale has them, the only one that a static busybox knows. */
const plain = (format: string | undefined): string | undefined => format?.replace(/%[cxX]/g, it => LOCAL[it]!)
const LOCAL: Readonly<Record<string, string>> = {
  '%c': '%a %b %e %H:%M:%S %Y',
  '%x': '%m/%d/%y',
  '%X': '%H:%M:%S',
}

function formatOf(iso: string | boolean | undefined, mail: boolean): string {
  if (mail) return '%a, %d %b %Y %H:%M:%S %z'
  if (iso === undefined) return '%a %b %e %H:%M:%S %Z %Y'
  const found = ISO.find(([name]) => name.startsWith(String(iso)))
  if (!found) throw synopsis()
  return found[1]
}

type Parts = { [K in 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second']: number }

/** The times that busybox understands; `given` fills in what a text leaves out. */
function seconds(text: string, now: Tm, zone: Zone, isOperand: boolean): number | undefined {
  const there = /^(.*?) ?(?:Z|([-+])(\d\d)(\d\d))$/.exec(text)
  if (there?.[1]) {
    const [, rest = '', sign, hours = 0, minutes = 0] = there
    const value = seconds(rest, now, UTC, isOperand)
    const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
    return value === undefined ? undefined : value - ahead
  }
  if (text.startsWith('@')) return /^@-?\d+$/.test(text) ? Number(text.slice(1)) : undefined
  const { year, month, day, hour } = now
  const from = (parts: Partial<Parts>): number | undefined =>
    epochOf({ year, month, day, hour: 0, minute: 0, second: 0, ...parts }, zone)
  const colons = /^(?:(?:(\d{4})\.)?(\d{1,2})\.(\d{1,2})-)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/.exec(text)
  if (colons) {
    const [, y, mo, d, h, mi, s] = colons
    return from({
      ...(y && { year: +y }),
      ...(mo && { month: +mo, day: +d! }),
      hour: +h!,
      minute: +mi!,
      second: +(s ?? 0),
    })
  }
  const iso = /^(\d+)-(\d{1,2})-(\d{1,2})(?: (\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?)?$/.exec(text)
  if (iso) {
    const [, y, mo, d, h, mi, s] = iso
    return from({ year: +y!, month: +mo!, day: +d!, hour: +(h ?? 0), minute: +(mi ?? 0), second: +(s ?? 0) })
  }
  const digits = /^(\d{2,12})(?:\.(\d\d))?$/.exec(text)
  if (!digits || digits[1]!.length % 2) return undefined
  const second = Number(digits[2] ?? 0)
  const pairs = digits[1]!.match(/../g)!.map(Number)
  if (isOperand && pairs.length >= 4) {
    const [mo, d, h, mi, ...rest] = pairs
    const y = rest.length === 2 ? rest[0]! * 100 + rest[1]! : rest.length ? century(rest[0]!) : year
    return from({ year: y, month: mo!, day: d!, hour: h!, minute: mi!, second })
  }
  const minute = pairs.pop()!
  const parts: Partial<Parts> = { minute, hour: pairs.pop() ?? hour, second }
  if (pairs.length) parts.day = pairs.pop()!
  if (pairs.length) parts.month = pairs.pop()!
  if (pairs.length === 2) parts.year = pairs[0]! * 100 + pairs[1]!
  else if (pairs.length) parts.year = century(pairs[0]!)
  return from(parts)
}

const century = (year: number): number => year + (year < 69 ? 2000 : 1900)

/** -D: strptime(3)'s letters for numbers. */
function byPattern(text: string, pattern: string, zone: Zone): number | undefined {
  const parts: Parts = { year: 1900, month: 1, day: 0, hour: 0, minute: 0, second: 0 }
  const expanded = pattern.replace(/%F/g, '%Y-%m-%d').replace(/%T/g, '%H:%M:%S').replace(/%R/g, '%H:%M')
  let at = 0
  for (const [piece] of expanded.matchAll(/%[\s\S]|[\s\S]/g)) {
    if (!piece.startsWith('%') || piece === '%%') {
      if (text[at] !== piece.at(-1)) return undefined
      at++
      continue
    }
    const width = piece === '%Y' ? 4 : piece === '%s' ? 12 : 2
    const digits = /^\d+/.exec(text.slice(at, at + width))?.[0]
    if (!digits) return undefined
    at += digits.length
    if (piece === '%s') return Number(digits)
    const key = FIELDS[piece[1]!]
    if (!key) return undefined
    parts[key] = piece === '%y' ? century(Number(digits)) : Number(digits)
  }
  return at === text.length ? epochOf({ ...parts, day: parts.day || 1 }, zone) : undefined
}

const FIELDS: Readonly<Record<string, keyof Parts>> = {
  Y: 'year',
  y: 'year',
  m: 'month',
  d: 'day',
  e: 'day',
  H: 'hour',
  M: 'minute',
  S: 'second',
}

function epochOf({ year, month, day, hour, minute, second }: Parts, zone: Zone): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60)
    return undefined
  return fromLocal(zone, daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second)
}
