/**
 * awk's values: numbers, strings, and strings from input that look like numbers. Strings hold bytes, one a character,
 * as mawk's do. Linux: mawk cast.c, hash.c.
 */
import { decode, encode } from '../../../abi/index.ts'
import { type Conversion, formatFloat, formatInteger } from '../printf.ts'

/** A string from input that may count as a number. */
export class Field {
  readonly text: string
  #number: number | undefined | null = null
  constructor(text: string) {
    this.text = text
  }
  /** Its number if all of it is one. */
  get number(): number | undefined {
    if (this.#number === null) this.#number = wholeNumber(this.text)
    return this.#number
  }
}

/** undefined is the value of a variable never set. */
export type Value = number | string | Field | undefined

/** Text of the host as bytes, and back. */
export const toBytes = (text: string): string => (isAscii(text) ? text : latin(encode(text)))
export const fromBytes = (text: string): string => (isAscii(text) ? text : decode(bytesOf(text)))

export const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text)

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

export function latin(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}

const NUMBER =
  /^[ \t\n\r\f\v]*([-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan))/i

function parsed(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  const word = text.replace(/^[-+]/, '').toLowerCase()
  if (word.startsWith('inf')) return sign * Number.POSITIVE_INFINITY
  return word === 'nan' ? Number.NaN : sign * Number(word)
}

function wholeNumber(text: string): number | undefined {
  const match = NUMBER.exec(text)
  return match && /^\s*$/.test(text.slice(match[0].length)) ? parsed(match[1]!) : undefined
}

/** The number a value counts as: that of its leading part. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  if (value === undefined) return 0
  const text = typeof value === 'string' ? value : value.text
  const code = text.charCodeAt(0)
  if (code >= 48 && code <= 57 && text.length < 10 && /^\d+$/.test(text) && text[0] !== '0')
    return Number(text)
  const match = NUMBER.exec(text)
  return match ? parsed(match[1]!) : 0
}

/** The largest number that mawk prints as an integer. */
export const MAX_INT = 2147483647
const SIX: Conversion = { flags: '', width: 0, precision: 6, letter: 'g' }

/** A number as text: integers as they are, others by CONVFMT or OFMT. */
export function numberText(value: number, format: string, most = MAX_INT): string {
  if (Number.isInteger(value) && value >= -most && value <= most) return String(value === 0 ? 0 : value)
  if (format === '%.6g') return formatFloat(value, SIX)
  const match = /^(.*?)%([-+ #0]*)(\d*)(?:\.(\d+))?([a-zA-Z])(.*)$/s.exec(format)
  if (!match) return format
  const it: Conversion = {
    flags: match[2]!,
    width: Number(match[3] || 0),
    precision: match[4] === undefined ? undefined : Number(match[4]),
    letter: match[5]!,
  }
  const text = 'diouxX'.includes(it.letter)
    ? formatInteger(BigInt(Math.trunc(value) || 0), it)
    : formatFloat(value, it)
  return match[1] + text + match[6]
}

export function toText(value: Value, format: string, most = MAX_INT): string {
  if (typeof value === 'string') return value
  if (value === undefined) return ''
  return typeof value === 'number' ? numberText(value, format, most) : value.text
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  if (value === undefined) return false
  const { number } = value
  return number === undefined ? value.text !== '' : number !== 0
}

/** The number of a value that compares as one; undefined for what compares as text. */
const comparable = (value: Value): number | undefined =>
  typeof value === 'number'
    ? value
    : typeof value === 'string'
      ? undefined
      : value === undefined
        ? 0
        : value.number

export function compareValues(a: Value, b: Value, format: string): number {
  const x = comparable(a)
  const y = comparable(b)
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0
  const [s, t] = [toText(a, format), toText(b, format)]
  return s < t ? -1 : s > t ? 1 : 0
}

const STARTING_LISTS = 64
const MOST_PER_LIST = 12

/** The keys in the order mawk's hash table of lists yields them. */
export function keysInOrder(keys: Iterable<string>): string[] {
  const all = [...keys]
  let lists = STARTING_LISTS
  while (all.length > lists * MOST_PER_LIST) lists *= 2
  const place = all.map((key, i) => ({ key, list: fnv1a(key) & (lists - 1), i }))
  place.sort((a, b) => a.list - b.list || b.i - a.i)
  return place.map(it => it.key)
}

function fnv1a(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** glibc's random(3), which mawk's rand() calls. */
export class Random {
  #state: Int32Array = new Int32Array(34)
  #at = 0

  seed(seed: number): void {
    const r = new Int32Array(34)
    r[0] = seed || 1
    for (let i = 1; i < 31; i++) {
      const high = Math.trunc(r[i - 1]! / 127773)
      let word = 16807 * (r[i - 1]! - high * 127773) - 2836 * high
      if (word < 0) word += 2147483647
      r[i] = word
    }
    for (let i = 31; i < 34; i++) r[i] = r[i - 31]!
    this.#state = r
    this.#at = 34
    for (let i = 0; i < 310; i++) this.#step()
  }

  #step(): number {
    const r = this.#state
    const i = this.#at
    const value = (r[(i - 31) % 34]! + r[(i - 3) % 34]!) | 0
    r[i % 34] = value
    this.#at = i + 1
    return value
  }

  /** From 0 to 1. */
  next(): number {
    return (this.#step() >>> 1) / 2147483647
  }
}
