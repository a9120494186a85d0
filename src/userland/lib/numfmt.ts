/** Numbers with unit letters, read and written the way numfmt does. Linux: coreutils numfmt.c. */
import { fatal } from './command.ts'
import { type Conversion, fixed, formatFloat } from './printf.ts'
import { quote } from './quote.ts'

export const SCALES_FROM = ['none', 'auto', 'si', 'iec', 'iec-i'].map(it => [it, it] as const)
export const SCALES_TO = ['none', 'si', 'iec', 'iec-i'].map(it => [it, it] as const)

/** How a number is rounded to a whole one. */
export const ROUNDINGS: readonly (readonly [string, (x: number) => number])[] = [
  ['up', Math.ceil],
  ['down', Math.floor],
  ['from-zero', x => (x < 0 ? Math.floor(x) : Math.ceil(x))],
  ['towards-zero', Math.trunc],
  ['nearest', x => Math.sign(x) * Math.floor(Math.abs(x) + 0.5)],
]

const LETTERS = 'KMGTPEZY'

/** A number that was read, with the digits that stood after its point. */
export interface Read {
  readonly value: number
  readonly precision: number
}

/** Read a number; a message if it is none. */
export function readNumber(text: string, scale: string): Read | string {
  const match = /^(-?)(\d*)(?:\.(\d*))?/.exec(text)!
  const [all, , whole, fraction] = match as unknown as [string, string, string, string?]
  if ((!whole && fraction === undefined) || fraction === '') return `invalid number: ${quote(text)}`
  const digits = `${whole}${fraction ?? ''}`.replace(/^0+/, '').length
  if (whole.replace(/^0+/, '').length > 27 || digits > 60)
    return `value too large to be converted: ${quote(text)}`
  let rest = text.slice(all.length)
  let factor = 1
  let precision = fraction?.length ?? 0
  if (rest) {
    rest = rest.replace(/^[ \t]+/, '')
    const power = rest ? LETTERS.indexOf(rest[0]!) + 1 : 0
    if (!power) return `invalid suffix in input: ${quote(text)}`
    if (scale === 'none') return `rejecting suffix in input: ${quote(text)} (consider using --from)`
    rest = rest.slice(1)
    const binary = scale.startsWith('iec') || (scale === 'auto' && rest.startsWith('i'))
    if (scale === 'auto' && rest.startsWith('i')) rest = rest.slice(1)
    factor = (binary ? 1024 : 1000) ** power
    precision = 0
  }
  if (scale === 'iec-i') {
    if (!rest.startsWith('i')) return `missing 'i' suffix in input: ${quote(text)} (e.g Ki/Mi/Gi)`
    rest = rest.slice(1)
  }
  if (rest) return `invalid suffix in input ${quote(text)}: ${quote(rest)}`
  return { value: Number(all) * factor, precision }
}

/** How numbers are written. */
export interface Writing {
  readonly scale: string
  readonly round: (x: number) => number
  /** Digits after the point that were asked for. */
  readonly precision: number | undefined
}

/** What is within the error of a double to a whole number is that number. */
const settled = (x: number): number =>
  Math.abs(x - Math.round(x)) <= Math.abs(x) * 4e-16 ? Math.round(x) : x

/** The number as text. coreutils: double_to_human(). */
export function humanNumber(value: number, precision: number, it: Writing): string {
  const roundTo = (x: number, digits: number): number => it.round(settled(x * 10 ** digits)) / 10 ** digits
  if (it.scale === 'none') return signed(roundTo(value, precision), precision)
  const base = it.scale === 'si' ? 1000 : 1024
  let power = 0
  let scaled = value
  for (; Math.abs(scaled) >= base; power++) scaled /= base
  const digits =
    it.precision === undefined ? Number(Math.abs(scaled) < 10) : Math.min(power * 3, it.precision)
  scaled = roundTo(scaled, digits)
  if (Math.abs(scaled) >= base) {
    scaled /= base
    power++
  }
  const showsPoint = scaled !== 0 && Math.abs(scaled) < 10 && power > 0
  const letter = power ? `${LETTERS[power - 1]}${it.scale === 'iec-i' ? 'i' : ''}` : ''
  return signed(scaled, it.precision ?? Number(showsPoint)) + letter
}

const signed = (value: number, precision: number): string =>
  (value < 0 || Object.is(value, -0) ? '-' : '') + fixed(Math.abs(value), precision)

const GENERAL: Conversion = { flags: '', width: 0, precision: undefined, letter: 'g' }

/** Why a number cannot be written; undefined if it can. */
export function tooLarge(value: number, precision: number, scale: string): string | undefined {
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
  const shown = formatFloat(value, GENERAL)
  if (scale === 'none' && magnitude + precision > 18)
    return precision
      ? `value/precision too large to be printed: '${shown}/${precision}' (consider using --to)`
      : `value too large to be printed: '${shown}' (consider using --to)`
  return magnitude > 32
    ? `value too large to be printed: '${shown}' (cannot handle values > 999Y)`
    : undefined
}

/** The size that --from-unit and --to-unit give: K is 1000, Ki 1024. */
export function unitOf(text: string): number {
  const match = /^(\d+)(?:([KMGTPEZY])(i?))?$/.exec(text)
  if (!match || !Number(match[1])) throw fatal(`invalid unit size: ${quote(text)}`)
  const power = match[2] ? LETTERS.indexOf(match[2]) + 1 : 0
  return Number(match[1]) * (match[3] ? 1024 : 1000) ** power
}

/** The parts of --format. */
export interface Format {
  readonly before: string
  readonly after: string
  readonly zeros: boolean
  readonly grouping: boolean
  readonly left: boolean
  readonly width: number
  readonly precision: number | undefined
}

/** Take a --format apart: one %f directive with flags, width and precision. */
export function formatOf(format: string): Format {
  const match = /^((?:[^%]|%%)*)(?:(%)([0' -]*)(-?\d*)(?:\.(\d*))?(.?)(.*))?$/s.exec(format)
  const [, before, percent, flags, width, precision, letter, rest] = (match ?? []) as unknown as string[]
  if (percent === undefined) {
    if (!match) throw fatal(`format ${quote(format)} ends in %`)
    throw fatal(`format ${quote(format)} has no % directive`)
  }
  if (!letter) throw fatal(`format ${quote(format)} ends in %`)
  if (letter !== 'f') throw fatal(`invalid format ${quote(format)}, directive must be %[0]['][-][N][.][N]f`)
  if (/%(?!%)/.test(rest!.replaceAll('%%', '')))
    throw fatal(`format ${quote(format)} has too many % directives`)
  return {
    before: before!.replaceAll('%%', '%'),
    after: rest!.replaceAll('%%', '%'),
    zeros: flags!.includes('0'),
    grouping: flags!.includes("'"),
    left: flags!.includes('-') || width!.startsWith('-'),
    width: Math.abs(Number(width)),
    precision: precision === undefined ? undefined : Number(precision),
  }
}
