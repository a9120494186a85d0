/**
 * The order of lines: -k keys, what they take of a line, and how they compare. Linux: coreutils sort.c.
 */
import { encode } from '../../../abi/index.ts'
import { compareText, compareVersions } from '../collate.ts'
import { fatal } from '../command.ts'
import { md5 } from '../digest.ts'
import { concat } from '../output.ts'
import { quote } from '../quote.ts'
import { MONTHS } from '../time.ts'

/** A -k key: where it starts and ends, and how it compares. Positions count from 0; an absent end is the line's. */
export interface Key {
  readonly field: number
  readonly char: number
  readonly endField: number | undefined
  readonly endChar: number
  readonly skipStart: boolean
  readonly skipEnd: boolean
  readonly order: string
}

const ORDERS = 'bdfgiMhnRrV'

const wrongKey = (text: string, problem: string): unknown =>
  fatal(`${problem}: invalid field specification ${quote(text)}`)

/** F[.C][OPTS][,F[.C][OPTS]] */
export function parseKey(text: string, global: string): Key {
  const match = /^(\d+)(?:\.(\d*))?([A-Za-z]*)(?:,(\d*)(?:\.(\d*))?([A-Za-z]*))?(.*)$/s.exec(text)
  if (!match) throw fatal(`invalid number at field start: invalid count at start of ${quote(text)}`)
  const [, field, char, order1, endField, endChar, order2, rest] = match as unknown as (string | undefined)[]
  if (Number(field) === 0) throw wrongKey(text, 'field number is zero')
  if (char !== undefined && Number(char) === 0) {
    if (char === '')
      throw fatal(`invalid number after '.': invalid count at start of ${quote(`${order1}${rest}`)}`)
    throw wrongKey(text, 'character offset is zero')
  }
  if (endField === '')
    throw fatal(
      `invalid number after ',': invalid count at start of ${quote(text.slice(text.indexOf(',') + 1))}`,
    )
  if (endField !== undefined && Number(endField) === 0) throw wrongKey(text, 'field number is zero')
  const orders = `${order1 ?? ''}${order2 ?? ''}`
  if (rest || [...orders].some(it => !ORDERS.includes(it)))
    throw wrongKey(text, 'stray character in field spec')
  const own = orders !== ''
  const order = own ? orders : global
  return {
    field: Number(field) - 1,
    char: Number(char ?? 1) - 1,
    endField: endField === undefined ? undefined : Number(endField) - 1,
    endChar: Number(endChar || 0),
    skipStart: own ? (order1 ?? '').includes('b') : global.includes('b'),
    skipEnd: own ? (order2 ?? '').includes('b') : global.includes('b'),
    order,
  }
}

const BLANK = /[ \t]/

/** Where the nth field of a line begins and ends; blanks before a field belong to it without a separator. */
function fieldAt(line: string, field: number, separator: string | undefined): [number, number] {
  let at = 0
  if (separator !== undefined) {
    for (let i = 0; i < field; i++) {
      const next = line.indexOf(separator, at)
      if (next < 0) return [line.length, line.length]
      at = next + separator.length
    }
    const end = line.indexOf(separator, at)
    return [at, end < 0 ? line.length : end]
  }
  for (let i = 0; ; i++) {
    const start = at
    while (at < line.length && BLANK.test(line[at]!)) at++
    while (at < line.length && !BLANK.test(line[at]!)) at++
    if (i === field) return [start, at]
    if (at >= line.length) return [line.length, line.length]
  }
}

/** Where a key begins and ends in a line. */
export function keySpan(line: string, key: Key, separator: string | undefined): [number, number] {
  const [fieldStart, ownEnd] = fieldAt(line, key.field, separator)
  let start = fieldStart
  if (key.skipStart) while (start < line.length && BLANK.test(line[start]!)) start++
  start = Math.min(start + key.char, line.length)
  if (key.endField === undefined) return [start, line.length]
  let [endStart, end] =
    key.endField === key.field ? [fieldStart, ownEnd] : fieldAt(line, key.endField, separator)
  if (key.endChar) {
    if (key.skipEnd) while (endStart < line.length && BLANK.test(line[endStart]!)) endStart++
    end = Math.min(endStart + key.endChar, line.length)
  }
  return [start, Math.max(start, end)]
}

/** Refuses orders that exclude each other: those of numbers among themselves, and with all others. */
export function checkCompatible(order: string): void {
  const kinds = ['n', 'g', 'h', 'M'].filter(it => order.includes(it)).length + Number(/[VRdi]/.test(order))
  const mixed = [...'dfghiMnRV'].filter(it => order.includes(it))
  if (kinds > 1) throw fatal(`options '-${mixed.join('')}' are incompatible`)
}

/** Compares two lines by their numbers. */
export type CompareLines = (a: number, b: number) => number

export interface Ordering {
  readonly keys: readonly Key[]
  readonly global: string
  readonly separator: string | undefined
  /** No last resort: lines with equal keys stay as they are. */
  readonly stable: boolean
  /** What -R mixes into its hashes. */
  readonly salt: Uint8Array
}

/** UTF-16 and bytes order alike unless there are surrogates. */
const PLAIN = /^[^\ud800-\udfff]*$/

/** The order that the options describe, with what it needs of each line worked out once. */
export function comparison(lines: readonly string[], it: Ordering): CompareLines {
  const { keys, global, separator, stable, salt } = it
  const sign = global.includes('r') ? -1 : 1
  const whole = ofTexts(lines)
  const lastResort: CompareLines = stable ? () => 0 : (a, b) => sign * whole(a, b)
  if (!keys.length) {
    const own = global.replace(/[rb]/g, '')
    if (!own && !global.includes('b')) return (a, b) => sign * whole(a, b)
    const texts = global.includes('b') ? lines.map(line => line.replace(/^[ \t]+/, '')) : lines
    const by = prepared(texts, own, salt)
    return (a, b) => sign * by(a, b) || lastResort(a, b)
  }
  const parts = keys.map(key => ({
    by: prepared(
      lines.map(line => line.slice(...keySpan(line, key, separator))),
      key.order,
      salt,
    ),
    sign: key.order.includes('r') ? -1 : 1,
  }))
  const [first] = parts
  if (parts.length === 1) return (a, b) => first!.sign * first!.by(a, b) || lastResort(a, b)
  return (a, b) => {
    for (const part of parts) {
      const order = part.by(a, b)
      if (order) return part.sign * order
    }
    return lastResort(a, b)
  }
}

function ofTexts(texts: readonly string[]): CompareLines {
  if (!texts.every(text => PLAIN.test(text))) return (a, b) => compareText(texts[a]!, texts[b]!)
  return (a, b) => {
    const [x, y] = [texts[a]!, texts[b]!]
    return x < y ? -1 : x > y ? 1 : 0
  }
}

const ofNumbers =
  (values: Float64Array): CompareLines =>
  (a, b) =>
    values[a]! - values[b]! || 0

function prepared(texts: readonly string[], order: string, salt: Uint8Array): CompareLines {
  if (order.includes('n')) return ofDecimals(texts)
  if (order.includes('g')) return ofFloats(texts)
  if (order.includes('h')) return (a, b) => compareHuman(texts[a]!, texts[b]!)
  if (order.includes('M')) return ofNumbers(Float64Array.from(texts, monthOf))
  if (order.includes('R')) return ofHashes(texts, salt)
  const translate = translation(order)
  const translated = translate ? texts.map(translate) : texts
  if (order.includes('V')) return (a, b) => compareVersions(translated[a]!, translated[b]!)
  return ofTexts(translated)
}

function translation(order: string): ((text: string) => string) | undefined {
  const [d, f, i] = ['d', 'f', 'i'].map(it => order.includes(it))
  if (!d && !f && !i) return undefined
  return text => {
    let result = text
    if (d) result = result.replace(/[^A-Za-z0-9 \t]/g, '')
    else if (i) result = result.replace(/[^\x20-\x7e]/g, '')
    return f ? result.toUpperCase() : result
  }
}

/** -n: as numbers if all of them are exact as such. */
function ofDecimals(texts: readonly string[]): CompareLines {
  const values = new Float64Array(texts.length)
  for (let i = 0; i < texts.length; i++) {
    const digits = /^[ \t]*(-?\d*(?:\.\d*)?)/.exec(texts[i]!)![1]!
    if (digits.length > 15) return (a, b) => compareNumeric(texts[a]!, texts[b]!)
    values[i] = Number(digits) || 0
  }
  return ofNumbers(values)
}

/** A sign, digits, a decimal point; compared exactly. */
function compareNumeric(a: string, b: string): number {
  const x = /^[ \t]*(-?)0*(\d*)(?:\.(\d*))?/.exec(a)!
  const y = /^[ \t]*(-?)0*(\d*)(?:\.(\d*))?/.exec(b)!
  const [xi, yi] = [x[2]!, y[2]!]
  const [xf, yf] = [(x[3] ?? '').replace(/0+$/, ''), (y[3] ?? '').replace(/0+$/, '')]
  const xSign = !xi && !xf ? 0 : x[1] ? -1 : 1
  const ySign = !yi && !yf ? 0 : y[1] ? -1 : 1
  if (xSign !== ySign) return xSign - ySign
  const order = xi.length - yi.length || compareText(xi, yi) || compareText(xf, yf)
  return xSign < 0 ? -order : order
}

/** What is no number comes first, then NaN, then the numbers. */
function ofFloats(texts: readonly string[]): CompareLines {
  const values = Float64Array.from(texts, text => floatOf(text) ?? 0)
  const ranks = Uint8Array.from(texts, (text, i) =>
    floatOf(text) === undefined ? 0 : Number.isNaN(values[i]) ? 1 : 2,
  )
  return (a, b) => {
    if (ranks[a] !== ranks[b] || ranks[a] !== 2) return ranks[a]! - ranks[b]!
    return values[a]! < values[b]! ? -1 : Number(values[a]! > values[b]!)
  }
}

export const FLOAT = /^\s*([-+]?(?:inf(?:inity)?|nan|0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))/i

function floatOf(text: string): number | undefined {
  const word = FLOAT.exec(text)?.[1]?.toLowerCase()
  if (word === undefined) return undefined
  if (word.includes('inf')) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (word.includes('nan')) return Number.NaN
  return word.startsWith('-') ? -Number(word.slice(1)) : Number(word.replace(/^\+/, ''))
}

const HUMAN = 'KMGTPEZYRQ'

/** The unit counts more than the number. */
function compareHuman(a: string, b: string): number {
  return unitRank(a) - unitRank(b) || compareNumeric(a, b)
}

function unitRank(text: string): number {
  const match = /^[ \t]*(-?)([\d.]+)([KkMGTPEZYRQ]?)/.exec(text)
  if (!match || /^[0.]*$/.test(match[2]!)) return 0
  const rank = match[3] ? HUMAN.indexOf(match[3].toUpperCase()) + 1 : 0
  return match[1] ? -rank : rank
}

export const monthOf = (text: string): number => {
  const name = text.trimStart().slice(0, 3).toLowerCase()
  return MONTHS.findIndex(it => it.slice(0, 3).toLowerCase() === name) + 1
}

/** -R: by the MD5 of the salt and the key, so that equal keys stay together. */
function ofHashes(texts: readonly string[], salt: Uint8Array): CompareLines {
  const hashes = texts.map(text => md5(concat([salt, encode(`${text}\0`)])))
  return (a, b) => compareText(hashes[a]!, hashes[b]!) || compareText(texts[a]!, texts[b]!)
}
