/**
 * POSIX regular expressions, basic and extended with GNU's additions, translated to JavaScript's.
 * Linux: glibc posix/regcomp.c, whose messages these are; regex(7).
 *
 * Left out: leftmost-longest in patterns with back references; equivalence
 * classes and collating elements of more than one character.
 */

import { guarded } from './regex-machine.ts'

export { withFlags } from './regex-machine.ts'

/** A pattern that regcomp(3) refuses, with its message. */
export class RegexError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

export interface RegexOptions {
  /** POSIX extended syntax; else basic. */
  readonly extended?: boolean
  readonly ignoreCase?: boolean
  /** ^ and $ match at newlines too. */
  readonly multiline?: boolean
  /** Backslash escapes work in brackets, as in awk. */
  readonly awk?: boolean
  /** Whether {n,m} repeats; it does unless this is false. */
  readonly intervals?: boolean
  /** Whether `a**` is the same as `a*`; else basic syntax refuses it. */
  readonly stars?: boolean
  /** Called for a backslash before a character that needs none, as grep warns about. */
  readonly stray?: (char: string) => void
  /** Called for an operator that has nothing to repeat, which is then passed over; else it is refused. */
  readonly leading?: (operator: string) => void
  /** Whether `)` without its `(` is text in extended syntax; it is unless this is false. */
  readonly unmatched?: boolean
  /** More flags of JavaScript's RegExp: g, y, d. */
  readonly flags?: string
}

const WORD = '[\\p{L}\\p{N}_]'
const NOT_WORD = '[^\\p{L}\\p{N}_]'

/** What [:name:] stands for, inside a JavaScript class. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\t-\\r \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000',
  blank: '\\t ',
  punct: '\\p{P}\\p{S}',
  print: '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}',
  graph: '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}',
  cntrl: '\\x00-\\x1f\\x7f-\\x9f',
  xdigit: '0-9A-Fa-f',
}

/** What `\x` matches outside brackets, beyond itself. */
const GNU_ESCAPES: Readonly<Record<string, string>> = {
  w: WORD,
  W: NOT_WORD,
  s: '\\s',
  S: '\\S',
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
  '<': `(?:(?<!${WORD})(?=${WORD}))`,
  '>': `(?:(?<=${WORD})(?!${WORD}))`,
  '`': '(?<![^])',
  "'": '(?![^])',
}

const DUP_MAX = 32767
const SYNTAX = /[\\^$.*+?()[\]{}|/]/

/** A character as JavaScript's pattern for itself. */
const literal = (char: string): string => (SYNTAX.test(char) ? `\\${char}` : char)

/** What regerror(3) says of it: a bracket right at the end is no unmatched one. grep and sed have words of their own. */
export const regerror = (e: RegexError, pattern: string): string =>
  e.message.startsWith('Unmatched [') && pattern.endsWith('[') ? 'Invalid regular expression' : e.message

/** Text as a pattern that matches it. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** The pattern compiled. Throws RegexError. */
export function compileRegex(pattern: string, options: RegexOptions = {}): RegExp {
  const source = new Translation(pattern, options).run()
  const flags = `u${options.multiline ? 'm' : ''}${options.ignoreCase ? 'i' : ''}${options.flags ?? ''}`
  try {
    return guarded(source, flags, true)
  } catch {
    throw new RegexError('Invalid regular expression')
  }
}

/** A translated piece; `plain` if it is text that matches itself only. */
interface Piece {
  readonly source: string
  readonly plain: boolean
}

class Translation {
  readonly #text: string[]
  readonly #extended: boolean
  readonly #options: RegexOptions
  #at = 0
  #groups = 0
  #depth = 0
  readonly #open = new Set<number>()

  constructor(pattern: string, options: RegexOptions) {
    this.#text = [...pattern]
    this.#extended = options.extended ?? false
    this.#options = options
  }

  run(): string {
    const source = this.#alternatives()
    if (this.#at < this.#text.length) throw new RegexError('Unmatched ) or \\)')
    return source
  }

  /** Is the operator next, `\(` in basic and `(` in extended syntax? */
  #sees(operator: string, at = this.#at): boolean {
    if (this.#extended) return this.#text[at] === operator
    return this.#text[at] === '\\' && this.#text[at + 1] === operator
  }

  #skip(): void {
    this.#at += this.#extended ? 1 : 2
  }

  #alternatives(): string {
    const branches: Piece[] = [this.#branch()]
    while (this.#at < this.#text.length && this.#sees('|')) {
      this.#skip()
      branches.push(this.#branch())
    }
    // The longest of plain texts first makes the leftmost match the longest, as POSIX wants it.
    if (branches.length > 1 && branches.every(it => it.plain))
      branches.sort((a, b) => b.source.length - a.source.length)
    return branches.map(it => it.source).join('|')
  }

  #branch(): Piece {
    let source = ''
    let plain = true
    let first = true
    while (this.#at < this.#text.length) {
      if (this.#sees('|')) break
      if (this.#sees(')')) {
        if (this.#depth) break
        if (!this.#extended || this.#options.unmatched === false) throw new RegexError('Unmatched ) or \\)')
      }
      const escape = this.#text[this.#at] === '\\' ? (this.#text[this.#at + 1] ?? '') : ''
      const atom = this.#atom(first)
      const strict = this.#extended && !this.#options.leading && !this.#options.awk
      const isPlace = atom.anchor || /^[bB<>`']$/.test(escape)
      if (isPlace && strict && /[*+?{]/.test(this.#text[this.#at] ?? ''))
        throw new RegexError('Invalid preceding regular expression')
      const repeated = atom.anchor && !this.#extended ? atom.source : this.#repetitions(atom.source)
      plain = plain && atom.plain && repeated === atom.source
      source += repeated
      first = atom.anchor && first
    }
    return { source, plain }
  }

  #atom(first: boolean): { source: string; plain: boolean; anchor: boolean } {
    const char = this.#text[this.#at]!
    if (this.#sees('(')) return this.#group()
    if (char === '[') return { source: this.#bracket(), plain: false, anchor: false }
    if (char === '\\') return this.#escape()
    this.#at++
    if (char === '.') return { source: '[^\\udc80-\\udcff]', plain: false, anchor: false }
    if (char === '^' && (this.#extended || first)) return { source: '^', plain: false, anchor: true }
    if (char === '$' && (this.#extended || this.#endsBranch()))
      return { source: '$', plain: false, anchor: true }
    if (this.#extended && first && !this.#options.awk) {
      if ('*+?'.includes(char) && this.#options.leading) {
        this.#options.leading(char)
        return { source: '(?:)', plain: false, anchor: false }
      }
      if ('*+?'.includes(char) || (char === '{' && !this.#options.leading))
        throw new RegexError('Invalid preceding regular expression')
    }
    return { source: literal(char), plain: true, anchor: false }
  }

  #endsBranch(): boolean {
    return this.#at >= this.#text.length || this.#sees('|') || this.#sees(')')
  }

  #group(): { source: string; plain: boolean; anchor: boolean } {
    this.#skip()
    const number = ++this.#groups
    this.#open.add(number)
    this.#depth++
    const inner = this.#alternatives()
    if (!this.#sees(')')) throw new RegexError('Unmatched ( or \\(')
    this.#skip()
    this.#depth--
    this.#open.delete(number)
    return { source: `(${inner})`, plain: false, anchor: false }
  }

  #escape(): { source: string; plain: boolean; anchor: boolean } {
    const char = this.#text[this.#at + 1]
    if (char === undefined) throw new RegexError('Trailing backslash')
    if (this.#sees('{')) throw new RegexError('Invalid preceding regular expression')
    this.#at += 2
    if (/[1-9]/.test(char)) {
      const group = Number(char)
      if (group > this.#groups || this.#open.has(group)) throw new RegexError('Invalid back reference')
      return { source: `(?:\\${char})`, plain: false, anchor: false }
    }
    const special = this.#options.awk ? undefined : GNU_ESCAPES[char]
    if (special) return { source: special, plain: false, anchor: false }
    if (char === 'n') return { source: '\\n', plain: true, anchor: false }
    if (this.#options.stray && /[A-Za-z0-9!"#%&,:;=@_~-]/.test(char)) this.#options.stray(char)
    return { source: literal(char), plain: true, anchor: false }
  }

  #repetitions(atom: string): string {
    let source = atom
    for (let count = 0; this.#at < this.#text.length; count++) {
      const char = this.#text[this.#at]!
      const operator = this.#extended ? char : char === '\\' ? (this.#text[this.#at + 1] ?? '') : char
      if (char === '*' && count && !this.#extended && this.#options.stars === false)
        throw new RegexError('Invalid preceding regular expression')
      if (char === '*' || ((operator === '+' || operator === '?') && (this.#extended || char === '\\'))) {
        this.#at += char === '\\' ? 2 : 1
        source = `${count ? `(?:${source})` : source}${operator}`
        continue
      }
      const interval =
        operator === '{' && this.#options.intervals !== false && (this.#extended || char === '\\')
          ? this.#interval()
          : undefined
      if (interval === undefined) break
      source = `${count ? `(?:${source})` : source}${interval}`
    }
    return source
  }

  /** {n,m}; undefined if it is no interval, which grep and awk take as text. regcomp.c:parse_dup_op(). */
  #interval(): string | undefined {
    const start = this.#at + (this.#extended ? 1 : 2)
    const low = this.#count(start)
    const isPair = this.#text[low.end] === ','
    const high = isPair ? this.#count(low.end + 1) : low
    if (low.end === start && !isPair) return this.#wrong(high.end)
    if (Number.isNaN(low.count) || Number.isNaN(high.count)) return this.#wrong(high.end)
    if (!this.#sees('}', high.end)) return this.#wrong(high.end)
    if (low.count > DUP_MAX || high.count > DUP_MAX) throw new RegexError('Regular expression too big')
    const most = isPair && high.end === low.end + 1 ? '' : high.count
    if (most !== '' && most < low.count) throw new RegexError('Invalid content of \\{\\}')
    this.#at = high.end + (this.#extended ? 1 : 2)
    return isPair ? `{${low.count},${most}}` : `{${low.count}}`
  }

  /** A number up to a comma or the end of the interval; NaN if it is none, 0 if nothing is there. */
  #count(from: number): { count: number; end: number } {
    let end = from
    while (end < this.#text.length && this.#text[end] !== ',' && !this.#sees('}', end)) end++
    const text = this.#text.slice(from, end).join('')
    return { count: /^\d*$/.test(text) && end < this.#text.length ? Number(text) : Number.NaN, end }
  }

  #wrong(end: number): undefined {
    if (this.#extended && (this.#options.leading || this.#options.awk)) return
    throw new RegexError(end >= this.#text.length ? 'Unmatched \\{' : 'Invalid content of \\{\\}')
  }

  #bracket(): string {
    const close = bracketClass(this.#text, this.#at, this.#options.awk ?? false)
    this.#at = close.end
    return close.source
  }
}

const inClass = (char: string): string => (/[\\\]^[-]/.test(char) ? `\\${char}` : char)

const AWK_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  b: '\b',
}

/** The bracket expression that starts at `from`, as JavaScript writes it, and where it ends. */
function bracketClass(
  text: readonly string[],
  from: number,
  escapes: boolean,
): { source: string; end: number } {
  let at = from + 1
  const negated = text[at] === '^'
  if (negated) at++
  let source = ''
  const start = at
  while (at < text.length && (text[at] !== ']' || at === start)) {
    const named = text[at] === '[' && /[:.=]/.test(text[at + 1] ?? '') ? namedClass(text, at) : undefined
    if (named && named.kind === ':') {
      source += CLASSES[named.name] ?? wrongClass()
      at = named.end
      if (text[at] === '-' && text[at + 1] !== ']' && !escapes) throw new RegexError('Invalid range end')
      continue
    }
    const low = named ? collating(named) : single(text, at, escapes)
    at = low.end
    if (text[at] !== '-' || text[at + 1] === ']' || at + 1 >= text.length) {
      source += inClass(low.char)
      continue
    }
    const upper =
      text[at + 1] === '[' && /[.=]/.test(text[at + 2] ?? '') ? namedClass(text, at + 1) : undefined
    const high = upper ? collating(upper) : single(text, at + 1, escapes)
    if (high.char.codePointAt(0)! < low.char.codePointAt(0)!) throw new RegexError('Invalid range end')
    source += `${inClass(low.char)}-${inClass(high.char)}`
    at = high.end
  }
  if (at >= text.length) throw new RegexError('Unmatched [, [^, [:, [., or [=')
  return { source: `[${negated ? '^' : ''}${source}]`, end: at + 1 }
}

function wrongClass(): never {
  throw new RegexError('Invalid character class name')
}

/** [.x.] and [=x=]: the locale C.UTF-8 names no elements. */
function collating({ name, end }: { name: string; end: number }): { char: string; end: number } {
  if ([...name].length !== 1) throw new RegexError('Invalid collation character')
  return { char: name, end }
}

function single(text: readonly string[], at: number, escapes: boolean): { char: string; end: number } {
  const char = text[at]!
  if (!escapes || char !== '\\' || at + 1 >= text.length) return { char, end: at + 1 }
  const next = text[at + 1]!
  return { char: AWK_ESCAPES[next] ?? next, end: at + 2 }
}

/** [:name:], [.x.] or [=x=] at `at`. */
function namedClass(text: readonly string[], at: number): { kind: string; name: string; end: number } {
  const kind = text[at + 1]!
  let end = at + 2
  while (end < text.length && !(text[end] === kind && text[end + 1] === ']')) end++
  if (end >= text.length) throw new RegexError('Unmatched [, [^, [:, [., or [=')
  return { kind, name: text.slice(at + 2, end).join(''), end: end + 2 }
}

/** The class inside a shell pattern's brackets; undefined if they do not close. Used by fnmatch. */
export function shellClass(
  text: readonly string[],
  from: number,
): { source: string; end: number } | undefined {
  const copy = text[from + 1] === '!' ? [...text.slice(0, from + 1), '^', ...text.slice(from + 2)] : text
  try {
    return bracketClass(copy, from, true)
  } catch (e) {
    if (!(e instanceof RegexError)) throw e
    return undefined
  }
}
