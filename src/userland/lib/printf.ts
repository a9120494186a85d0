/**
 * printf(3)'s conversions and printf(1)'s formats. Shared by printf(1), the shell's builtin, seq, stat, find and awk.
 * Linux: glibc stdio-common/vfprintf-internal.c, coreutils printf.c.
 *
 * Left out: long double (numbers are 64-bit floating point, integers are exact).
 */
import { encode } from '../../abi/index.ts'
import { quoteShell } from './quote.ts'

/** A parsed conversion: `%-5.3d`. */
export interface Conversion {
  readonly flags: string
  readonly width: number
  /** undefined if none was given. */
  readonly precision: number | undefined
  readonly letter: string
}

const pad = (text: string, it: Conversion, zero: boolean, prefix: string): string => {
  const missing = it.width - text.length - prefix.length
  if (missing <= 0) return prefix + text
  if (it.flags.includes('-')) return prefix + text + ' '.repeat(missing)
  return zero ? prefix + '0'.repeat(missing) + text : ' '.repeat(missing) + prefix + text
}

const signOf = (negative: boolean, flags: string): string =>
  negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''

/** %d %i %o %u %x %X of an exact integer. */
export function formatInteger(value: bigint, it: Conversion): string {
  const signed = it.letter === 'd' || it.letter === 'i'
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value)
  const base = it.letter === 'o' ? 8 : it.letter === 'x' || it.letter === 'X' ? 16 : 10
  let digits = it.precision === 0 && magnitude === 0n ? '' : magnitude.toString(base)
  if (it.letter === 'X') digits = digits.toUpperCase()
  if (it.precision !== undefined) digits = digits.padStart(it.precision, '0')
  let prefix = signed ? signOf(value < 0n, it.flags) : ''
  if (it.flags.includes('#') && base === 16 && magnitude) prefix = `0${it.letter}`
  if (it.flags.includes('#') && base === 8 && digits[0] !== '0') digits = `0${digits}`
  return pad(digits, it, it.flags.includes('0') && it.precision === undefined, prefix)
}

/** %e %f %g %a and their capitals. */
export function formatFloat(value: number, it: Conversion): string {
  const negative = value < 0 || Object.is(value, -0)
  const lower = it.letter.toLowerCase()
  const prefix = signOf(negative, it.flags)
  const upper = lower !== it.letter
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? 'nan' : 'inf'
    return pad(upper ? word.toUpperCase() : word, it, false, prefix)
  }
  const text = magnitudeText(Math.abs(value), lower, it)
  const hex = lower === 'a' ? '0x' : ''
  const body = upper ? (hex + text).toUpperCase() : hex + text
  return pad(body, it, it.flags.includes('0'), prefix)
}

function magnitudeText(value: number, letter: string, it: Conversion): string {
  const alternate = it.flags.includes('#')
  if (letter === 'a') return hexFloat(value, it.precision)
  const precision = it.precision ?? 6
  if (letter === 'f') return fixed(value, precision) + (alternate && !precision ? '.' : '')
  if (letter === 'e') return exponential(value, precision)
  const significant = precision || 1
  const exponent = value === 0 ? 0 : Number(exponential(value, significant - 1).split('e')[1])
  const scientific = exponent < -4 || exponent >= significant
  const text = scientific ? exponential(value, significant - 1) : fixed(value, significant - 1 - exponent)
  if (alternate || !text.includes('.')) return text
  return scientific ? text.replace(/\.?0+e/, 'e') : text.replace(/\.?0+$/, '')
}

/** %e: toExponential rounds a tie up, C to the even digit. */
function roundedEven(value: number, places: number): string {
  const text = value.toExponential(places)
  const exact = value.toExponential(Math.min(100, places + 30))
  const [digits = '', exponent = ''] = exact.split('e')
  const kept = places ? places + 2 : 1
  const rest = digits.slice(places ? kept : 2)
  const last = digits[kept - 1]
  if (places > 70 || !/^50*$/.test(rest) || '13579'.includes(last ?? '')) return text
  return `${digits.slice(0, kept)}e${exponent}`
}

/** %f: toFixed is exact, but knows neither numbers from 1e21 nor more than 100 places. */
export function fixed(value: number, precision: number): string {
  const places = Math.min(precision, 100)
  const text =
    value < 1e21 ? value.toFixed(places) : BigInt(value).toString() + (places ? `.${'0'.repeat(places)}` : '')
  if (precision === 0 && value % 1 === 0.5) return String(Math.floor(value) + (Math.floor(value) % 2))
  if (places > 0 && isTie(value, places)) return halfEven(value, places)
  return text + '0'.repeat(precision - places)
}

/** Whether the value lies exactly between two numbers of that many places: glibc rounds those to even. */
function isTie(value: number, places: number): boolean {
  if (places > 20 || value >= 2 ** 52) return false
  const scaled = value * 10 ** places * 2
  return (
    Number.isInteger(scaled) && scaled % 2 === 1 && value.toFixed(Math.min(100, places + 1)).endsWith('5')
  )
}

function halfEven(value: number, places: number): string {
  const exact = value.toFixed(Math.min(100, places + 30))
  const digits = BigInt(exact.replace('.', '').slice(0, exact.indexOf('.') + places))
  const rest = exact.slice(exact.indexOf('.') + 1 + places)
  if (!/^50*$/.test(rest)) return value.toFixed(places)
  const even = (digits % 2n === 0n ? digits : digits + 1n).toString().padStart(places + 1, '0')
  return `${even.slice(0, -places)}.${even.slice(-places)}`
}

function exponential(value: number, precision: number): string {
  const [mantissa, exponent] = roundedEven(value, Math.min(precision, 100)).split('e') as [string, string]
  const power = Number(exponent)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** As x86's long double has it: the first digit has four bits. */
function hexFloat(value: number, precision: number | undefined): string {
  const scale = (mantissa: number): string => {
    if (precision === undefined) return mantissa.toString(16)
    const [whole, part = ''] = mantissa.toString(16).split('.') as [string, string?]
    return precision ? `${whole}.${part.slice(0, precision).padEnd(precision, '0')}` : whole
  }
  if (value === 0) return `${scale(0)}p+0`
  let exponent = Math.floor(Math.log2(value)) - 3
  let mantissa = value / 2 ** exponent
  while (mantissa >= 16) {
    mantissa /= 2
    exponent++
  }
  while (mantissa < 8) {
    mantissa *= 2
    exponent--
  }
  if (precision !== undefined) {
    const unit = 16 ** precision
    const rounded = nearestEven(mantissa * unit)
    mantissa = rounded / unit
    if (mantissa >= 16) {
      mantissa /= 2
      exponent++
    }
  }
  return `${scale(mantissa)}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

/** Rounded to a whole number, halves to the even one. */
function nearestEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  return rest > 0.5 || (rest === 0.5 && low % 2) ? low + 1 : low
}

/** %s and %c: width and precision count bytes. */
export function formatString(text: string, it: Conversion): string {
  if (it.precision === undefined && !it.width) return text
  const cut = it.precision === undefined ? text : cutBytes(text, it.precision)
  const missing = it.width - encode(cut).length
  if (missing <= 0) return cut
  return it.flags.includes('-') ? cut + ' '.repeat(missing) : ' '.repeat(missing) + cut
}

function cutBytes(text: string, count: number): string {
  const bytes = encode(text)
  if (bytes.length <= count) return text
  let cut = ''
  let size = 0
  for (const char of text) {
    const length = encode(char).length
    if (size + length > count) {
      for (const byte of encode(char).subarray(0, count - size)) cut += byteText(byte)
      break
    }
    cut += char
    size += length
  }
  return cut
}

/** A byte as text: itself, or the lone surrogate that stands for it. */
export const byteText = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)

// ---- Backslash escapes

/** Which escapes are known: printf's format, its %b, echo -e. In the last two, `\c` ends all output. */
export type EscapeStyle = 'format' | 'b' | 'echo'

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** What an escape at `at` (after the backslash) stands for, and where it ends; `stop` for `\c`. */
export function escapeAt(
  text: string,
  at: number,
  style: EscapeStyle,
): { text: string; end: number; stop?: boolean; error?: string } {
  const char = text[at]
  if (char === undefined) return { text: '\\', end: at }
  const simple = SIMPLE[char]
  if (simple !== undefined) return { text: simple, end: at + 1 }
  if (char === 'c') return { text: '', end: at + 1, stop: true }
  if (char === '"' && style === 'format') return { text: '"', end: at + 1 }
  if (char === "'" && style === 'format') return { text: "'", end: at + 1 }
  if (char === 'x') {
    const hex = /^[0-9A-Fa-f]{1,2}/.exec(text.slice(at + 1, at + 3))
    if (hex) return { text: byteText(Number.parseInt(hex[0], 16)), end: at + 1 + hex[0].length }
    return { text: '\\x', end: at + 1, error: 'missing hexadecimal number in escape' }
  }
  if ((char === 'u' || char === 'U') && style !== 'echo') return unicodeEscape(text, at)
  const octal = (style === 'format' ? /^[0-7]{1,3}/ : /^(?:0[0-7]{0,3}|[1-7][0-7]{0,2})/).exec(
    text.slice(at, at + 4),
  )
  if (octal) return { text: byteText(Number.parseInt(octal[0], 8) & 0xff), end: at + octal[0].length }
  return { text: `\\${char}`, end: at + 1 }
}

function unicodeEscape(text: string, at: number): { text: string; end: number; error?: string } {
  const size = text[at] === 'u' ? 4 : 8
  const hex = /^[0-9A-Fa-f]+/.exec(text.slice(at + 1, at + 1 + size))
  if (!hex) return { text: `\\${text[at]}`, end: at + 1, error: 'missing hexadecimal number in escape' }
  const code = Number.parseInt(hex[0], 16)
  return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '', end: at + 1 + hex[0].length }
}

/** Why printf(1) refuses a \\u or \\U: it wants all digits, and ISO C forbids the codes of ASCII and of surrogates. */
function universalNameError(escape: string): string | undefined {
  const match = /^(?:u(.{4})|U(.{8}))/s.exec(escape)
  if (!/^[uU]/.test(escape)) return undefined
  const digits = match?.[1] ?? match?.[2] ?? ''
  if (!/^[0-9A-Fa-f]+$/.test(digits)) return 'missing hexadecimal number in escape'
  const code = Number.parseInt(digits, 16)
  const forbidden =
    (code <= 0x9f && !'$@`'.includes(String.fromCharCode(code))) || (code >= 0xd800 && code <= 0xdfff)
  return forbidden ? `invalid universal character name \\${match![0]}` : undefined
}

/** A text with its escapes expanded; `stop` if `\c` cut it short. */
export function expandEscapes(text: string, style: EscapeStyle): { text: string; stop: boolean } {
  if (!text.includes('\\')) return { text, stop: false }
  let result = ''
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\') {
      result += text[at++]
      continue
    }
    const it = escapeAt(text, at + 1, style)
    result += it.text
    at = it.end
    if (it.stop) return { text: result, stop: true }
  }
  return { text: result, stop: false }
}

// ---- printf(1)

/** What differs between printf(1) and the shell's builtin. */
export interface PrintfTexts {
  /** The message for a number argument that is none, is not converted wholly, or is too large. */
  number(text: string, problem: 'none' | 'partial' | 'range'): string
  conversion(spec: string): string
  escape(problem: string): string
  /** A wrong escape ends the output. */
  readonly strictEscapes?: boolean
  /** The warning about what follows the character in `'AB`. */
  ignored?(rest: string): string
  /** The text of %b for who knows fewer escapes. */
  escapes?(text: string): string
  /** %(format)T of the shell. */
  time?(format: string, argument: string | undefined): string
  /** %q; quoteShell if not given. */
  quote?(text: string): string
}

/** Output and messages in the order they come. */
export type PrintfPiece = string | { readonly error: string }

export interface PrintfResult {
  readonly pieces: readonly PrintfPiece[]
  readonly failed: boolean
  /** The first argument that no conversion used. */
  readonly excess: string | undefined
}

const SPEC = /^%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:hh|ll|[hlLjzt])?(\([^)]*\)T|.)?/s

/** Run a format over its arguments, again and again until they are used up. */
export function runPrintf(format: string, args: readonly string[], texts: PrintfTexts): PrintfResult {
  const run = new PrintfRun(args, texts)
  do {
    const before = run.used
    if (!run.pass(format)) break
    if (run.used === before) break
  } while (run.used < args.length)
  return {
    pieces: run.pieces,
    failed: run.failed,
    excess: run.stopped || run.used >= args.length ? undefined : args[run.used],
  }
}

class PrintfRun {
  readonly pieces: PrintfPiece[] = []
  failed = false
  used = 0
  stopped = false
  readonly #args: readonly string[]
  readonly #texts: PrintfTexts

  constructor(args: readonly string[], texts: PrintfTexts) {
    this.#args = args
    this.#texts = texts
  }

  #print(text: string): void {
    const last = this.pieces.length - 1
    if (typeof this.pieces[last] === 'string') this.pieces[last] += text
    else this.pieces.push(text)
  }

  #fail(error: string): void {
    this.failed = true
    this.pieces.push({ error })
  }

  /** Once through the format; false if output has to stop. */
  pass(format: string): boolean {
    for (let at = 0; at < format.length; ) {
      const char = format[at]!
      if (char === '\\') {
        const it = escapeAt(format, at + 1, 'format')
        const error =
          it.error ?? (this.#texts.strictEscapes ? universalNameError(format.slice(at + 1)) : undefined)
        if (error) {
          this.#fail(this.#texts.escape(error))
          if (this.#texts.strictEscapes) return this.#stop()
        }
        this.#print(it.text)
        at = it.end
        if (it.stop) return this.#stop()
      } else if (char === '%' && format[at + 1] === '%') {
        this.#print('%')
        at += 2
      } else if (char === '%') {
        const match = SPEC.exec(format.slice(at))!
        if (!this.#convert(match)) return this.#stop()
        at += match[0].length
      } else {
        const next = /[\\%]/g
        next.lastIndex = at
        const end = next.exec(format)?.index ?? format.length
        this.#print(format.slice(at, end))
        at = end
      }
    }
    return true
  }

  #stop(): false {
    this.stopped = true
    return false
  }

  #next(): string | undefined {
    return this.#args[this.used++]
  }

  /** A `*` takes its value from the arguments. */
  #size(text: string | undefined): number | undefined {
    if (text === undefined) return undefined
    return text === '*' ? Number(this.#integer(this.#next() ?? '0')) : Number(text)
  }

  #convert(match: RegExpExecArray): boolean {
    const [spec, flagText, widthText, precisionText, letter] = match
    const wide = this.#size(widthText) ?? 0
    const exact = spec.includes('.') ? (this.#size(precisionText) ?? 0) : undefined
    const it: Conversion = {
      flags: (flagText ?? '') + (wide < 0 ? '-' : ''),
      width: Math.abs(wide),
      precision: exact !== undefined && exact < 0 ? undefined : exact,
      letter: letter ?? '',
    }
    if (letter?.startsWith('(') && this.#texts.time) {
      this.#print(formatString(this.#texts.time(letter.slice(1, -2), this.#next()), it))
      return true
    }
    switch (letter) {
      case 's':
        this.#print(formatString(this.#next() ?? '', it))
        return true
      case 'q':
        this.#print(formatString((this.#texts.quote ?? quoteShell)(this.#next() ?? ''), it))
        return true
      case 'b': {
        const text = this.#next() ?? ''
        const expanded = expandEscapes(this.#texts.escapes?.(text) ?? text, 'b')
        this.#print(formatString(expanded.text, it))
        return !expanded.stop
      }
      case 'c':
        this.#print(formatString([...(this.#next() ?? '')][0] ?? '\0', it))
        return true
      default:
        return this.#number(it, spec)
    }
  }

  #number(it: Conversion, spec: string): boolean {
    if (it.letter && 'diouxX'.includes(it.letter)) {
      this.#print(
        formatInteger(this.#integer(this.#next() ?? '0', it.letter !== 'd' && it.letter !== 'i'), it),
      )
      return true
    }
    if (it.letter && 'eEfFgGaA'.includes(it.letter)) {
      this.#print(formatFloat(this.#float(this.#next() ?? '0'), it))
      return true
    }
    this.#fail(this.#texts.conversion(spec))
    return false
  }

  #integer(text: string, unsigned = false): bigint {
    const char = this.#character(text)
    if (char !== undefined) return BigInt(char)
    const match = /^\s*([-+]?)(0[xX][0-9A-Fa-f]+|\d+)(.*)$/s.exec(text)
    if (!match) {
      if (text) this.#fail(this.#texts.number(text, 'none'))
      return 0n
    }
    let digits = match[2]!
    let rest = match[3]!
    if (/^0[0-7]*[89]/.test(digits)) {
      const octal = /^0[0-7]*/.exec(digits)![0]
      rest = digits.slice(octal.length) + rest
      digits = octal
    }
    let value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
    if (match[1] === '-') value = -value
    const [low, high] = unsigned ? [-(2n ** 64n) + 1n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n]
    if (value < low || value > high) {
      this.#fail(this.#texts.number(text, 'range'))
      value = value < low ? (unsigned ? high : low) : high
    } else if (rest) this.#fail(this.#texts.number(text, 'partial'))
    return value
  }

  /** The code that `'A` stands for. */
  #character(text: string): number | undefined {
    const rest = /^['"]./su.test(text)
      ? text.slice(1 + String.fromCodePoint(text.codePointAt(1)!).length)
      : ''
    if (rest && this.#texts.ignored) this.pieces.push({ error: this.#texts.ignored(rest) })
    return charValue(text)
  }

  #float(text: string): number {
    const char = this.#character(text)
    if (char !== undefined) return char
    const match =
      /^\s*([-+]?)(0[xX][0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)(.*)$/is.exec(
        text,
      )
    if (!match) {
      if (text) this.#fail(this.#texts.number(text, 'none'))
      return 0
    }
    if (match[3]) this.#fail(this.#texts.number(text, 'partial'))
    const word = match[2]!.toLowerCase()
    const value = word.startsWith('inf')
      ? Number.POSITIVE_INFINITY
      : word === 'nan'
        ? Number.NaN
        : Number(word)
    return match[1] === '-' ? -value : value
  }
}

/** "'A" is the code of A. */
function charValue(text: string): number | undefined {
  if (text[0] !== "'" && text[0] !== '"') return undefined
  if (text.length === 1) return 0
  const code = text.codePointAt(1)!
  return code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code
}
