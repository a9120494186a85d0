/**
 * bash's printf: printf(1) with %b, %q, %Q, %(format)T, %n and -v. Bash: builtins/printf.def.
 *
 * Left out: long double (numbers are 64-bit floating point).
 */
import { encode, type Blocking } from '../../abi/index.ts'
import {
  type Conversion,
  byteText,
  formatFloat,
  formatInteger,
  formatString,
} from '../../userland/lib/printf.ts'
import { decodeEcho, decodeFormat } from '../expand/ansi.ts'
import { assignReference, splitReference } from '../expand/assign.ts'
import { expanding } from '../expand/command.ts'
import { checkLength } from '../expand/fields.ts'
import { backslashQuote } from '../expand/quote.ts'
import { narrow } from '../locale.ts'
import { Complaint, type Shell } from '../shell.ts'
import { strftime } from '../strftime.ts'
import { output } from './echo.ts'
import { options, usageOnly } from './options.ts'

const INT_MAX = 0x7fffffff

/** `%[flags][width][.precision][length]`; a conversion follows. */
const SPEC = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?[hlLjzt]*/y
/** What strftime(3) is given room for. */
const TIME_LIMIT = 128

export function* bashPrintf(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'v:')
  const variable = given.get('v')
  if (variable !== undefined && !splitReference(variable))
    throw new Complaint(`\`${variable}': not a valid identifier`, 2)
  if (!rest.length) throw usageOnly('printf')
  const run = new Printf(sh, rest.slice(1), variable === undefined)
  yield* run.format(rest[0]!)
  if (variable !== undefined) yield* expanding(sh, () => assignReference(sh, variable, run.text))
  else if (yield* output(sh, run.text)) return 1
  return run.status
}

class Printf {
  /** What has not been written: standard output is line-buffered, so messages come before the last line. */
  text = ''
  status = 0
  readonly #sh: Shell
  readonly #args: readonly string[]
  readonly #writes: boolean
  #used = 0
  /** Bytes so far, for %n. */
  #written = 0

  constructor(sh: Shell, args: readonly string[], writes: boolean) {
    this.#sh = sh
    this.#args = args
    this.#writes = writes
  }

  /** Go through the format until the arguments are used up. */
  *format(format: string): Blocking<void> {
    do {
      const before = this.#used
      if (!(yield* this.#once(format)) || this.#used === before) return
    } while (this.#used < this.#args.length)
  }

  *#once(format: string): Blocking<boolean> {
    for (let at = 0; at < format.length; ) {
      const c = format[at]!
      if (c === '\\') {
        const it = decodeFormat(format, at)
        yield* this.#checkEscapes(format.slice(at, at + 3))
        this.#print(it.text)
        at = it.end
      } else if (c !== '%') {
        const end = format.slice(at).search(/[\\%]/)
        this.#print(end < 0 ? format.slice(at) : format.slice(at, at + end))
        at = end < 0 ? format.length : at + end
      } else if (format[at + 1] === '%') {
        this.#print('%')
        at += 2
      } else {
        const end = yield* this.#conversion(format, at)
        if (!end) return false
        at = end
      }
    }
    return true
  }

  /** `\x` and `\u` without digits stand for themselves, and bash says so. */
  *#checkEscapes(text: string): Blocking<void> {
    for (const [, letter] of text.matchAll(/\\\\|\\([xuU])(?![\da-fA-F])/g)) {
      if (!letter) continue
      const { status } = this
      yield* this.#complain(`missing ${letter === 'x' ? 'hex' : 'unicode'} digit for \\${letter}`)
      this.status = status
    }
  }

  #print(text: string): void {
    this.text += text
    this.#written += encode(text).length
  }

  *#complain(message: string, isWarning = false): Blocking<void> {
    const lines = this.#writes ? this.text.lastIndexOf('\n') + 1 : 0
    if (lines) {
      yield* output(this.#sh, this.text.slice(0, lines))
      this.text = this.text.slice(lines)
    }
    yield* this.#sh.complain(`printf: ${isWarning ? 'warning: ' : ''}${message}`)
    if (!isWarning) this.status = 1
  }

  /** One conversion; returns where the format goes on, or 0 if output ends. */
  *#conversion(format: string, at: number): Blocking<number> {
    SPEC.lastIndex = at
    const [spec, flags = '', width, precision] = SPEC.exec(format)!
    const it = yield* this.#sizes(flags, width, precision)
    const end = at + spec.length
    const letter = format[end]
    if (letter === undefined) {
      yield* this.#complain(`\`${format.slice(at)}': missing format character`)
      return 0
    }
    if (letter === '(') return yield* this.#time(format, end, it)
    const most = Math.max(it.width, it.precision ?? 0)
    // asprintf(3) refuses what does not fit an int; bash prints nothing then.
    const conversion = most > INT_MAX ? { ...it, letter: 's', width: 0, precision: 0 } : { ...it, letter }
    if (most <= INT_MAX) checkLength(most)
    const known = yield* this.#convert(conversion)
    if (known === 'stop') return 0
    if (known) return end + 1
    yield* this.#complain(`\`${letter}': invalid format character`)
    return 0
  }

  *#sizes(flags: string, width: string | undefined, precision: string | undefined): Blocking<Conversion> {
    const wide = width === '*' ? Number(yield* this.#integer()) : Number(width ?? 0)
    const exact = precision === '*' ? Number(yield* this.#integer()) : precision && Number(precision)
    return {
      flags: wide < 0 ? `${flags}-` : flags,
      width: Math.abs(wide),
      precision: exact === '' ? 0 : exact === undefined || exact < 0 ? undefined : exact,
      letter: '',
    }
  }

  *#convert(it: Conversion): Blocking<boolean | 'stop'> {
    if (/[diouxX]/.test(it.letter)) this.#print(formatInteger(yield* this.#integer(it.letter), it))
    else if (/[eEfFgG]/.test(it.letter)) this.#print(formatFloat(yield* this.#float(), it))
    else if (/[aA]/.test(it.letter)) this.#print(longHex(yield* this.#float(), it))
    else return yield* this.#convertText(it)
    return true
  }

  *#convertText(it: Conversion): Blocking<boolean | 'stop'> {
    const text = this.#next() ?? ''
    switch (it.letter) {
      case 's':
        this.#print(formatString(text, it))
        return true
      case 'c':
        this.#print(formatString(byteText(encode(text)[0] ?? 0), { ...it, precision: undefined }))
        return true
      case 'q':
        this.#print(formatString(backslashQuote(text), it))
        return true
      case 'Q':
        this.#print(
          formatString(backslashQuote(formatString(text, { ...it, width: 0 })), {
            ...it,
            precision: undefined,
          }),
        )
        return true
      case 'b': {
        yield* this.#checkEscapes(text)
        const decoded = decodeEcho(text, true)
        this.#print(formatString(decoded.text, it))
        return decoded.stop ? 'stop' : true
      }
      case 'n':
        if (text) yield* expanding(this.#sh, () => assignReference(this.#sh, text, String(this.#written)))
        return true
    }
    return false
  }

  /** `%(format)T`: now, if the argument is missing or -1; -2 is when the shell was started. */
  *#time(format: string, open: number, it: Conversion): Blocking<number> {
    let depth = 0
    let close = open
    for (; close < format.length; close++) {
      if (format[close] === '(') depth++
      else if (format[close] === ')' && --depth === 0) break
    }
    if (format[close + 1] !== 'T') {
      yield* this.#complain(`\`${format[close + 1] ?? '\0'}': invalid time format specification`, true)
      this.#print('%(')
      return open + 1
    }
    const seconds = this.#used < this.#args.length ? Number(yield* this.#integer()) : -1
    const when = seconds === -1 ? this.#sh.now() : seconds === -2 ? this.#sh.secondsBase : seconds
    const text = strftime(this.#sh, format.slice(open + 1, close), when)
    this.#print(formatString(encode(text).length < TIME_LIMIT ? text : '', it))
    return close + 2
  }

  #next(): string | undefined {
    return this.#args[this.#used++]
  }

  *#integer(letter = 'd'): Blocking<bigint> {
    const text = this.#next()
    if (text === undefined) return 0n
    if (/^["']/.test(text)) return BigInt(characterCode(narrow(this.#sh, text.slice(1))))
    const match = /^\s*([-+]?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)
    const [whole = '', sign = '', digits = '0'] = match ?? []
    if (whole.length !== text.length) yield* this.#complain(invalid(text))
    const magnitude = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
    const value = sign === '-' ? -magnitude : magnitude
    const isSigned = letter === 'd' || letter === 'i'
    const most = isSigned ? 0x7fffffffffffffffn : 0xffffffffffffffffn
    const least = isSigned ? -0x8000000000000000n : -most
    if (value >= least && value <= most) return value
    yield* this.#complain(`${text}: Numerical result out of range`, true)
    return value < 0n && isSigned ? least : most
  }

  *#float(): Blocking<number> {
    const text = this.#next()
    if (text === undefined) return 0
    if (/^["']/.test(text)) return characterCode(narrow(this.#sh, text.slice(1)))
    const match = FLOAT.exec(text)
    if ((match?.[0] ?? '').length !== text.length) yield* this.#complain(invalid(text))
    return match ? floatValue(match) : 0
  }
}

const FLOAT =
  /^\s*([-+]?)(?:(inf(?:inity)?)|(nan(?:\(\w*\))?)|0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p([-+]?\d+))?|((?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))/i

function floatValue([, sign, infinite, nan, hex, power, decimal]: RegExpExecArray): number {
  const size = infinite
    ? Number.POSITIVE_INFINITY
    : nan
      ? Number.NaN
      : hex
        ? hexValue(hex, power)
        : Number(decimal)
  return sign === '-' ? -size : size
}

function hexValue(digits: string, power: string | undefined): number {
  const [whole = '', part = ''] = digits.split('.')
  return Number.parseInt(whole + part, 16) * 2 ** (Number(power ?? 0) - 4 * part.length)
}

/** %a of a long double: the first digit has all four bits. */
function longHex(value: number, it: Conversion): string {
  const text = formatFloat(value, it)
  if (it.precision !== undefined || !Number.isFinite(value) || value === 0) return text
  const magnitude = Math.abs(value)
  const exponent = Math.floor(Math.log2(magnitude)) - 3
  const digits = (magnitude / 2 ** exponent).toString(16)
  const sign = value < 0 ? '-' : it.flags.includes('+') ? '+' : ''
  const hex = `${sign}0x${digits}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
  return formatString(it.letter === 'A' ? hex.toUpperCase() : hex, { ...it, precision: undefined })
}

/** The code of the first character; of a byte that is none, the byte. */
function characterCode(text: string): number {
  const code = text.codePointAt(0) ?? 0
  return code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code
}

/** Bash: builtins/common.c:sh_invalidnum(). */
const invalid = (text: string): string =>
  /^0\d/.test(text)
    ? `${text}: invalid octal number`
    : /^0x/.test(text)
      ? `${text}: invalid hex number`
      : `${text}: invalid number`
