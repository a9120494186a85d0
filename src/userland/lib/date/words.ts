/** The words dates are made of, cut from a text. Linux: gnulib parse-datetime.y:yylex() and its tables. */
import { DAYS, MONTHS } from '../time.ts'

/** What a relative word moves. */
export type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

export type Token =
  /** A number; `signed` has + or - before it, `nsec` is set if it has a fraction. */
  | { type: 'number'; signed: boolean; value: number; digits: number; nsec: number | undefined }
  | { type: 'month' | 'day' | 'ordinal' | 'dayShift' | 'ago'; value: number }
  /** `value` hours, 12 being half a day. */
  | { type: 'meridian'; value: 0 | 12 }
  | { type: 'unit'; unit: Unit; value: number }
  /** Seconds east of Greenwich. */
  | { type: 'zone'; value: number }
  | { type: 'T' | 'dst' | 'end' }
  | { type: 'char'; char: string }

const UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  year: ['year', 1],
  month: ['month', 1],
  fortnight: ['day', 14],
  week: ['day', 7],
  day: ['day', 1],
  hour: ['hour', 1],
  minute: ['minute', 1],
  min: ['minute', 1],
  second: ['second', 1],
  sec: ['second', 1],
}

/** There is no `second`: that is a unit. */
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

const SHIFTS: Readonly<Record<string, number>> = { tomorrow: 1, yesterday: -1, today: 0, now: 0 }
const FURTHER_DAYS: Readonly<Record<string, number>> = { tues: 2, wednes: 3, thur: 4, thurs: 4 }

/** Abbreviations of zones, in hours east of Greenwich; the ones of summer are an hour ahead. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ gmt: 0, ut: 0, utc: 0, wet: 0, west: 1, bst: 1, art: -3, brt: -3, brst: -2, nst: -3.5, ndt: -2.5 },
  ...{ ast: -4, adt: -3, clt: -4, clst: -3, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8 },
  ...{ pdt: -7, akst: -9, akdt: -8, hst: -10, hast: -10, hadt: -9, sst: -12, wat: 1, cet: 1, cest: 2 },
  ...{ met: 1, mez: 1, mest: 2, mesz: 2, eet: 2, eest: 3, cat: 2, sast: 2, eat: 3, msk: 3, msd: 4, ist: 5.5 },
  ...{ sgt: 8, kst: 9, jst: 9, gst: 10, nzst: 12, nzdt: 13 },
}

/** The military zones: A is one hour east, N one hour west, J is nobody's. */
function militaryZone(letter: string): number | undefined {
  if (letter.length > 1) return undefined
  const east = 'abcdefghiklm'.indexOf(letter)
  const west = 'nopqrstuvwxy'.indexOf(letter)
  return letter === 'z' ? 0 : east >= 0 ? east + 1 : west >= 0 ? -(west + 1) : undefined
}

/** A name in full, or its first three letters with or without a full stop. */
function named(names: readonly string[], word: string): number {
  const short = word.length === 3 || (word.length === 4 && word.endsWith('.'))
  return names.findIndex(it =>
    short ? it.slice(0, 3).toLowerCase() === word.slice(0, 3) : it.toLowerCase() === word,
  )
}

function lookUp(word: string): Token {
  const meridian = /^([ap])(m|\.m\.)$/.exec(word)
  if (meridian) return { type: 'meridian', value: meridian[1] === 'p' ? 12 : 0 }
  const month = word === 'sept' ? 8 : named(MONTHS, word)
  if (month >= 0) return { type: 'month', value: month + 1 }
  const day = FURTHER_DAYS[word] ?? named(DAYS, word)
  if (day >= 0) return { type: 'day', value: day }
  const zone = ZONES[word]
  if (zone !== undefined) return { type: 'zone', value: zone * 3600 }
  if (word === 'dst') return { type: 'dst' }
  const unit = UNITS[word] ?? UNITS[word.replace(/s$/, '')]
  if (unit) return { type: 'unit', unit: unit[0], value: unit[1] }
  const ordinal = ORDINALS[word]
  if (ordinal !== undefined) return { type: 'ordinal', value: ordinal }
  const shift = SHIFTS[word]
  if (shift !== undefined) return { type: 'dayShift', value: shift }
  if (word === 'ago' || word === 'hence') return { type: 'ago', value: word === 'ago' ? -1 : 1 }
  if (word === 't') return { type: 'T' }
  const military = militaryZone(word)
  if (military !== undefined) return { type: 'zone', value: military * 3600 }
  const plain = ZONES[word.replaceAll('.', '')]
  return plain === undefined ? { type: 'char', char: word } : { type: 'zone', value: plain * 3600 }
}

const NUMBER = /([-+]\s*)?(\d+)(?:[.,](\d+))?/y
const WORD = /[a-z][a-z.]*/y
const SKIPPED = /[\s]+|[-+](?!\s*\d)[-+\s]*?(?=[-+]|$|[^-+])/y

/** The words of a text, with an `end`; undefined if a number in it is too large. */
export function tokens(text: string): Token[] | undefined {
  const found: Token[] = []
  const source = withoutComments(text).toLowerCase()
  for (let at = 0; at < source.length; ) {
    const match = take(SKIPPED, source, at) ?? take(NUMBER, source, at) ?? take(WORD, source, at)
    if (!match) {
      found.push({ type: 'char', char: source[at++]! })
      continue
    }
    at += match[0].length
    if (match[2] !== undefined) {
      const it = number(match)
      if (!it) return undefined
      found.push(it)
    } else if (/^[a-z]/.test(match[0])) found.push(lookUp(match[0]))
  }
  found.push({ type: 'end' })
  return found
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function number([, sign, digits, fraction]: RegExpExecArray): Token | undefined {
  if (BigInt(digits!) > 2n ** 63n - 1n) return undefined
  const isNegative = sign?.startsWith('-') ?? false
  const nsec = fraction === undefined ? undefined : Number(fraction.padEnd(9, '0').slice(0, 9))
  const whole = Number(digits) * (isNegative ? -1 : 1)
  const type = { type: 'number', signed: sign !== undefined, digits: digits!.length } as const
  // A fraction counts forward from the next lower second.
  return isNegative && nsec
    ? { ...type, value: whole - 1, nsec: 1e9 - nsec }
    : { ...type, value: whole, nsec }
}

/** "Comments may be nested" and separate words. An unclosed one goes to the end. */
function withoutComments(text: string): string {
  let depth = 0
  let rest = ''
  for (const char of text) {
    if (char === '(') depth++
    if (!depth) rest += char
    else if (char === ')' && --depth === 0) rest += ' '
  }
  return rest
}
