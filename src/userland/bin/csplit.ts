/**
 * csplit - split a file into pieces where lines match
 * https://www.gnu.org/software/coreutils/manual/html_node/csplit-invocation.html
 *
 * The whole input is read when its first line is wanted.
 */
import {
  type Blocking,
  Errno,
  encode,
  decode,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, readAll, usage, writeAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { numberWithin, parseNumber } from '../lib/numbers.ts'
import { concat } from '../lib/output.ts'
import { type Conversion, formatInteger } from '../lib/printf.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'
import { compileRegex, RegexError, regerror } from '../lib/regex.ts'

const OPTIONS = {
  suffixFormat: { short: 'b', value: '=FORMAT', help: 'use sprintf FORMAT instead of %02d' },
  prefix: { short: 'f', value: '=PREFIX', help: "use PREFIX instead of 'xx'" },
  keepFiles: { short: 'k', help: 'do not remove output files on errors' },
  suppressMatched: { help: 'suppress the lines matching PATTERN' },
  digits: { short: 'n', value: '=DIGITS', help: 'use specified number of digits instead of 2' },
  quiet: { short: 'sq', also: ['silent'], help: 'do not print counts of output file sizes' },
  elideEmptyFiles: { short: 'z', help: 'remove empty output files' },
} as const satisfies Options

/** Where to cut: at a line number, or at lines that match, an offset away. Linux: struct control. */
interface Control {
  readonly text: string
  readonly line: number
  readonly regex: RegExp | undefined
  readonly offset: number
  /** `%…%`: what lies before is thrown away. */
  readonly isSkipped: boolean
  /** How often more; Infinity for `{*}`. */
  repeat: number
}

export default command({
  name: 'csplit',
  summary:
    "Output pieces of FILE separated by PATTERN(s) to files 'xx00', 'xx01', ...,\nand output byte counts of each piece to standard output.",
  usage: 'csplit [OPTION]... FILE PATTERN...',
  authors: 'Stuart Kemp and David MacKenzie',
  options: OPTIONS,
  epilogue: `
Read standard input if FILE is -

A PATTERN is a line number, or a regular expression between slashes or percent
signs with an optional offset behind; {N} or {*} after it repeats it.
`,

  *main(sys, flags, args, me) {
    const digits =
      flags.digits === undefined ? 2 : numberWithin(flags.digits, 'invalid number', 0, 2 ** 31 - 1)
    const suffix = suffixOf(flags.suffixFormat, digits)
    const [name, ...patterns] = args
    if (!patterns.length)
      throw usage(name === undefined ? 'missing operand' : `missing operand after ${quote(name)}`)
    const { controls, warnings } = parsePatterns(patterns)
    for (const it of warnings) yield* me.warn(it)
    let fd: number
    try {
      fd = yield* openInput(sys, name!)
    } catch (e) {
      throw fatal(`cannot open ${quoteaf(name!)} for reading`, e)
    }
    const job = new Splitter(sys, fd, flags, suffix, me.out)
    try {
      yield* job.split(controls)
    } catch (e) {
      if (!(e instanceof Refused)) throw e
      // csplit.c prints some of its messages by hand, which does not flush what sizes were printed.
      if (e.ranOut) yield* sys.write(2, `${me.name}: ${e.message}\n`)
      else yield* me.warn(e.message, e.errno)
      yield* job.cleanUp(e)
      return 1
    }
    return 0
  },
})

/** Why splitting ends early. Where the input ran out, the last piece still gets the rest before files are removed. */
class Refused {
  readonly message: string
  readonly ranOut: boolean
  readonly errno: Errno | undefined
  constructor(message: string, ranOut: boolean, errno?: Errno) {
    this.message = message
    this.ranOut = ranOut
    this.errno = errno
  }
}

/** The end of the input before the last of the patterns that repeat for ever. */
const DONE = Symbol('done')

class Splitter {
  readonly #sys: Sys
  readonly #fd: number
  readonly #flags: Flags<typeof OPTIONS>
  readonly #suffix: (index: number) => string
  readonly #out: { line(text: string): void }
  #lines: Uint8Array[] | undefined
  /** How many lines were taken, and the number of the line looked at last. */
  #taken = 0
  #current = 0
  readonly #made: string[] = []
  /** The piece that is being filled. */
  #piece: Uint8Array[] | undefined

  constructor(
    sys: Sys,
    fd: number,
    flags: Flags<typeof OPTIONS>,
    suffix: (index: number) => string,
    out: { line(text: string): void },
  ) {
    this.#sys = sys
    this.#fd = fd
    this.#flags = flags
    this.#suffix = suffix
    this.#out = out
  }

  *split(controls: readonly Control[]): Blocking<void> {
    for (const it of controls)
      for (let i = 0; i <= it.repeat; i++)
        if (it.regex) {
          if ((yield* this.#toMatch(it, it.regex, i)) === DONE) return
        } else yield* this.#toLine(it, i)
    yield* this.#create()
    yield* this.#saveRest()
    yield* this.#close()
  }

  *cleanUp({ ranOut }: Refused): Blocking<void> {
    if (ranOut) yield* this.#saveRest()
    yield* this.#close()
    if (!this.#flags.keepFiles) for (const path of this.#made) this.#sys.unlink(path)
  }

  *#toLine(it: Control, repetition: number): Blocking<void> {
    yield* this.#create()
    const where = `${quote(String(it.line))}: line number out of range${onRepetition(repetition)}`
    const beyond = new Refused(where, true)
    yield* this.#needInput()
    const until = it.line * (repetition + 1)
    while (this.#taken + 1 < until) {
      const line = yield* this.#take()
      if (!line) throw beyond
      this.#piece?.push(line)
    }
    yield* this.#close()
    if (this.#flags.suppressMatched) yield* this.#take()
    else if ((yield* this.#line(this.#current + 1)) === undefined) throw beyond
  }

  *#toMatch(it: Control, regex: RegExp, repetition: number): Blocking<typeof DONE | undefined> {
    if (!it.isSkipped) yield* this.#create()
    for (;;) {
      const line = yield* this.#line(++this.#current)
      if (!line && it.repeat === Infinity) {
        if (it.isSkipped) return DONE
        yield* this.#saveRest()
        yield* this.#close()
        return DONE
      }
      if (!line) throw new Refused(`${quote(it.text)}: match not found${onRepetition(repetition)}`, true)
      if (regex.test(withoutNewline(line))) break
      if (it.offset >= 0) yield* this.#keep(it)
    }
    const end = this.#current + it.offset
    yield* this.#needInput()
    const beyond = new Refused(`${quote(it.text)}: line number out of range`, false)
    if (this.#taken + 1 > end) throw beyond
    const current = this.#current
    while (this.#taken + 1 < end) if (!(yield* this.#keep(it))) throw beyond
    this.#current = it.offset > 0 ? end : current
    if (!it.isSkipped) yield* this.#close()
    if (this.#flags.suppressMatched) yield* this.#take()
    return undefined
  }

  /** Take a line, into the piece unless it is skipped. */
  *#keep(it: Control): Blocking<boolean> {
    const line = yield* this.#take()
    if (line && !it.isSkipped) this.#piece?.push(line)
    return line !== undefined
  }

  *#saveRest(): Blocking<void> {
    for (let line = yield* this.#take(); line; line = yield* this.#take()) this.#piece?.push(line)
  }

  // ---- The input

  *#line(number: number): Blocking<Uint8Array | undefined> {
    if (!this.#lines) {
      try {
        this.#lines = linesOf(yield* readAll(this.#sys, this.#fd))
      } catch (e) {
        throw e instanceof Errno ? new Refused('read error', false, e) : e
      }
    }
    return this.#lines[number - 1]
  }

  *#take(): Blocking<Uint8Array | undefined> {
    const line = yield* this.#line(this.#taken + 1)
    if (line) this.#current = Math.max(this.#current, ++this.#taken)
    return line
  }

  *#needInput(): Blocking<void> {
    if ((yield* this.#line(1)) === undefined) throw fatal('input disappeared')
  }

  // ---- The pieces

  *#create(): Blocking<void> {
    const path = this.#path()
    try {
      this.#sys.close(yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666))
    } catch (e) {
      throw e instanceof Errno ? new Refused(quotef(path), false, e) : e
    }
    this.#made.push(path)
    this.#piece = []
  }

  *#close(): Blocking<void> {
    if (!this.#piece) return
    const bytes = concat(this.#piece)
    const path = this.#made.at(-1)!
    this.#piece = undefined
    if (!bytes.length && this.#flags.elideEmptyFiles) {
      this.#sys.unlink(path)
      this.#made.pop()
      return
    }
    const fd = yield* this.#sys.open(path, O_WRONLY)
    yield* writeAll(this.#sys, fd, bytes)
    this.#sys.close(fd)
    if (!this.#flags.quiet) this.#out.line(String(bytes.length))
  }

  #path(): string {
    return (this.#flags.prefix ?? 'xx') + this.#suffix(this.#made.length)
  }
}

const onRepetition = (repetition: number): string => (repetition ? ` on repetition ${repetition}` : '')

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at) + 1 || bytes.length
    lines.push(bytes.subarray(at, end))
    at = end
  }
  return lines
}

const withoutNewline = (line: Uint8Array): string => decode(line.at(-1) === 10 ? line.subarray(0, -1) : line)

// ---- The command line

function parsePatterns(patterns: readonly string[]): { controls: Control[]; warnings: string[] } {
  const controls: Control[] = []
  const warnings: string[] = []
  let last = 0
  for (let i = 0; i < patterns.length; i++) {
    const text = patterns[i]!
    const control = /^[/%]/.test(text) ? parseRegex(text) : parseLine(text, last)
    if (control.line && control.line === last)
      warnings.push(`warning: line number ${quote(text)} is the same as preceding line number`)
    if (control.line) last = control.line
    if (patterns[i + 1]?.startsWith('{')) control.repeat = parseRepeat(patterns[++i]!)
    controls.push(control)
  }
  return { controls, warnings }
}

function parseLine(text: string, last: number): Control {
  const it = parseNumber(text)
  if (!('value' in it) || it.value < 0) throw fatal(`${quote(text)}: invalid pattern`)
  if (it.value === 0) throw fatal(`${text}: line number must be greater than zero`)
  if (it.value < last)
    throw fatal(`line number ${quote(text)} is smaller than preceding line number, ${last}`)
  return { text, line: it.value, regex: undefined, offset: 0, isSkipped: false, repeat: 0 }
}

function parseRegex(text: string): Control {
  const delimiter = text[0]!
  const end = text.lastIndexOf(delimiter)
  if (end < 1) throw fatal(`${text}: closing delimiter '${delimiter}' missing`)
  const pattern = text.slice(1, end)
  let regex: RegExp
  try {
    regex = compileRegex(pattern)
  } catch (e) {
    throw e instanceof RegexError
      ? fatal(`${quote(text)}: invalid regular expression: ${regerror(e, pattern)}`)
      : e
  }
  const after = text.slice(end + 1)
  const it = after ? parseNumber(after) : { value: 0 }
  if (!('value' in it)) throw fatal(`${quote(text)}: integer expected after delimiter`)
  return { text, line: 0, regex, offset: it.value, isSkipped: delimiter === '%', repeat: 0 }
}

function parseRepeat(text: string): number {
  if (!text.endsWith('}')) throw fatal(`${quote(text)}: '}' is required in repeat count`)
  if (text === '{*}') return Infinity
  const it = parseNumber(text.slice(1, -1))
  if (!('value' in it) || it.value < 0)
    throw fatal(`${quote(text.slice(0, -1))}}: integer required between '{' and '}'`)
  return it.value
}

/** What makes the suffix of a piece of its number: `%` with flags, width, precision and one of diouxX, between text. */
function suffixOf(format: string | undefined, digits: number): (index: number) => string {
  if (format === undefined) return index => String(index).padStart(digits, '0')
  const [, before, flags, width, precision, letter, after] =
    /^((?:[^%]|%%)*)%([-+ '0#]*)(\d*)(?:\.(\d*))?(.?)((?:[^%]|%%)*)$/su.exec(format) ?? []
  const percents = format.replaceAll('%%', '').split('%').length - 1
  if (!percents) throw fatal('missing % conversion specification in suffix')
  if (percents > 1 || letter === undefined) throw fatal('too many % conversion specifications in suffix')
  if (!letter) throw fatal('missing conversion specifier in suffix')
  if (!'diuoxX'.includes(letter)) {
    const shown = /[\x20-\x7e]/.test(letter) ? letter : `\\${encode(letter)[0]!.toString(8).padStart(3, '0')}`
    throw fatal(`invalid conversion specifier in suffix: ${shown}`)
  }
  const badFlag = /[+ ]/.exec(flags!)?.[0] ?? ('diu'.includes(letter) ? /#/.exec(flags!)?.[0] : undefined)
  if (badFlag) throw fatal(`invalid flags in conversion specification: %${badFlag}${letter}`)
  const conversion: Conversion = {
    flags: flags!.replace("'", ''),
    width: Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    letter: letter === 'i' ? 'd' : letter,
  }
  const plain = (text: string | undefined): string => (text ?? '').replaceAll('%%', '%')
  return index => plain(before) + formatInteger(BigInt(index), conversion) + plain(after)
}
