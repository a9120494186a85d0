/**
 * Tokens of shell source: words with their quotes and expansions skipped as wholes, operators, newlines; and what can be
 * wrong with a text. Bash: parse.y:read_token().
 */

/** Which shell's language, and what is an alias at the moment. */
export interface Dialect {
  readonly extglob: boolean
  /** Whether braces are expanded. */
  readonly braces: boolean
  /** POSIX's rules where bash has its own. */
  readonly posix: boolean
  readonly dash: boolean
  /** busybox's: dash's with some of bash's words. */
  readonly ash: boolean
  /** The text of an alias, or undefined. */
  readonly alias: ((name: string) => string | undefined) | undefined
}

/**
 * Why a text is no command: `what` is the token that does not fit, or the closing character that is missing;
 * `expecting` what should stand there.
 */
export class SyntaxError extends Error {
  readonly kind: 'token' | 'eof' | 'quote' | 'message' | 'condition'
  readonly what: string
  readonly line: number
  readonly expecting: string
  /** It stands in `$(…)`. */
  inSubstitution = false
  /** Nothing follows it. */
  isAtEnd = false
  /** Only this line is given up, not the whole script. */
  readonly discards: boolean

  /** More lines might make it right. */
  get isIncomplete(): boolean {
    return this.kind === 'eof' || this.kind === 'quote' || this.what.includes('EOF')
  }

  constructor(kind: SyntaxError['kind'], what: string, line: number, expecting = '', discards = false) {
    super(kind)
    this.discards = discards
    this.kind = kind
    this.what = what
    this.line = line
    this.expecting = expecting
  }
}

/** A word or operator of the source. */
export interface Token {
  type: 'word' | 'op' | 'newline' | 'eof'
  text: string
  start: number
  end: number
}

const OPERATORS = [
  '&>>',
  ';;&',
  '<<<',
  '<<-',
  '&&',
  '||',
  ';;',
  ';&',
  '|&',
  '&>',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
]
const DASH_OPERATORS = ['<<-', '&&', '||', ';;', '<<', '>>', '<&', '>&', '<>', '>|']
const ASH_OPERATORS = ['&>>', '&>', ...DASH_OPERATORS]
const REMOVES = /^\$\{[!#]?(\w+|[@*#?$!-])(\[[^\]]*\])?[#%]/
const META = /[ \t\n;&|()<>]/

/** Reads tokens. What stands in `$(…)` is grammar again, and checked by who extends this. */
export abstract class Lexer {
  src: string
  pos: number
  /** `name=(` starts a list here: before a command's name, or among the arguments of declare and its like. */
  protected listsAllowed = true
  /** `name[two words]=` is one word here: before a command's name. */
  protected subscriptsAllowed = true
  /** The words of a list may start with `[key]=`. */
  protected isInList = false
  protected readonly dialect: Dialect
  readonly #firstLine: number
  readonly #from: number
  /** How far lines have been counted. */
  #counted: { pos: number; line: number }

  constructor(src: string, from: number, firstLine: number, dialect: Dialect) {
    this.src = src
    this.pos = from
    this.#from = from
    this.#firstLine = firstLine
    this.#counted = { pos: from, line: firstLine }
    this.dialect = dialect
  }

  lineAt(pos: number): number {
    if (pos < this.#counted.pos) this.#counted = { pos: this.#from, line: this.#firstLine }
    let { line } = this.#counted
    for (
      let i = this.src.indexOf('\n', this.#counted.pos);
      i >= 0 && i < pos;
      i = this.src.indexOf('\n', i + 1)
    )
      line++
    this.#counted = { pos: Math.max(pos, this.#from), line }
    return line
  }

  /** Put `text` in the place of what stands from `start` to `end`. */
  protected replace(start: number, end: number, text: string): void {
    this.src = this.src.slice(0, start) + text + this.src.slice(end)
    if (start < this.#counted.pos) this.#counted = { pos: this.#from, line: this.#firstLine }
  }

  /** Check the commands of `$(…)` that start at `from`; returns where the text after `)` starts. */
  protected abstract substitution(from: number, opened: number): number

  protected read(): Token {
    let i = this.pos
    for (;;) {
      const c = this.src[i]
      if (c === ' ' || c === '\t') i++
      else if (c === '\\' && this.src[i + 1] === '\n') i += 2
      else if (c === '#') {
        while (i < this.src.length && this.src[i] !== '\n') i++
      } else break
    }
    const c = this.src[i]
    if (c === undefined) return { type: 'eof', text: '', start: i, end: i }
    if (c === '\n') return { type: 'newline', text: 'newline', start: i, end: i + 1 }
    if (META.test(c) && !this.isProcessSubstitution(i)) return this.#operator(i)
    const end = this.#word(i)
    return { type: 'word', text: this.src.slice(i, end), start: i, end }
  }

  protected isProcessSubstitution(i: number): boolean {
    if (this.dialect.dash && !this.dialect.ash) return false
    return (this.src[i] === '<' || this.src[i] === '>') && this.src[i + 1] === '('
  }

  #operator(start: number): Token {
    const known = this.dialect.ash ? ASH_OPERATORS : this.dialect.dash ? DASH_OPERATORS : OPERATORS
    const text = known.find(op => this.src.startsWith(op, start)) ?? this.src[start]!
    return { type: 'op', text, start, end: start + text.length }
  }

  /** The end of the word at `i`: quotes and expansions skipped as wholes. */
  #word(from: number): number {
    let i = from
    while (i < this.src.length) {
      const c = this.src[i]!
      if (c === '\\') i += 2
      else if (c === "'" || c === '"' || c === '`' || c === '$') i = this.quoted(i)
      else if (this.isProcessSubstitution(i)) i = this.substitution(i + 2, i)
      else if (c === '(' && this.#isPattern(from, i)) i = this.#matching(i + 1, '(', ')')
      else if (c === '(' && this.#isList(from, i)) i = this.list(i + 1)
      else if (META.test(c)) break
      else if (c === '[' && i === from && this.isInList) i = this.#subscript(i)
      else if (c === '[' && this.#isSubscript(from, i)) i = this.#subscript(i)
      else i++
    }
    return Math.min(i, this.src.length)
  }

  /** The bracket of `name[…]=`. */
  #isSubscript(from: number, i: number): boolean {
    if (this.dialect.dash || !this.subscriptsAllowed || i === from) return false
    return /^[A-Za-z_]\w*$/.test(this.src.slice(from, i))
  }

  /** A parenthesis of an extended pattern. */
  #isPattern(from: number, i: number): boolean {
    return !this.dialect.dash && i > from && this.dialect.extglob && /[?*+@!]/.test(this.src[i - 1]!)
  }

  /** A parenthesis of `name=(…)`. */
  #isList(from: number, i: number): boolean {
    if (this.dialect.dash || i === from || this.src[i - 1] !== '=' || !this.listsAllowed) return false
    return /^[A-Za-z_]\w*(\[[^\n]*\])?\+?=$/.test(this.src.slice(from, i))
  }

  /** The words of `name=(…)` from `from` on; returns where the text after `)` starts. */
  protected abstract list(from: number): number

  /** `a[…]`: blanks inside belong to the word if `=` follows. */
  #subscript(i: number): number {
    let depth = 0
    for (let k = i; k < this.src.length && this.src[k] !== '\n'; k++) {
      const c = this.src[k]!
      if (c === '\\') k++
      else if (c === "'" || c === '"' || c === '`' || c === '$') k = this.quoted(k) - 1
      else if (c === '[') depth++
      else if (c === ']' && --depth === 0)
        return this.src[k + 1] === '=' || this.src.startsWith('+=', k + 1) ? k + 1 : i + 1
    }
    if (this.listsAllowed && depth > 0 && !this.src.includes(']', i))
      throw new SyntaxError('quote', ']', this.lineAt(i))
    return i + 1
  }

  /** The end of what begins at `i` with a quote, a backquote or a dollar. */
  protected quoted(i: number): number {
    const c = this.src[i]!
    if (c === "'") return this.#find(i, "'")
    if (c === '"') return this.#doubleQuoted(i)
    if (c === '`') return this.#backquoted(i)
    const next = this.src[i + 1]
    if (next === '(') return this.src[i + 2] === '(' ? this.#arithmetic(i) : this.substitution(i + 2, i)
    if (next === '{') return this.braced(i)
    if (next === "'" && (this.dialect.ash || !this.dialect.dash)) return this.#ansiQuoted(i)
    if (next === '[' && !this.dialect.dash) return this.#matching(i + 2, '[', ']')
    return i + 1
  }

  #find(i: number, quote: string): number {
    const end = this.src.indexOf(quote, i + 1)
    if (end < 0) throw new SyntaxError('quote', quote, this.lineAt(i))
    return end + 1
  }

  #ansiQuoted(i: number): number {
    for (let k = i + 2; k < this.src.length; k++) {
      if (this.src[k] === '\\') k++
      else if (this.src[k] === "'") return k + 1
    }
    throw new SyntaxError('quote', "'", this.lineAt(i))
  }

  #doubleQuoted(i: number): number {
    let k = i + 1
    while (k < this.src.length) {
      const c = this.src[k]!
      if (c === '"') return k + 1
      if (c === '\\') k += 2
      else if (c === '$' && this.src[k + 1] === '{') k = this.braced(k, true)
      else if (c === '`' || (c === '$' && this.src[k + 1] === '(')) k = this.quoted(k)
      else k++
    }
    throw new SyntaxError('quote', '"', this.lineAt(i))
  }

  #backquoted(i: number): number {
    for (let k = i + 1; k < this.src.length; k++) {
      if (this.src[k] === '\\') k++
      else if (this.src[k] === '`') return k + 1
    }
    throw new SyntaxError('quote', '`', this.lineAt(i))
  }

  /** The end of `${…}`. */
  protected braced(i: number, isQuoted = false): number {
    if (this.dialect.dash && /^\$\{\w+:\}/.test(this.src.slice(i, i + 200)))
      throw new SyntaxError('message', "Missing '}'", this.lineAt(i))
    // To POSIX an apostrophe in "${x:-don't}" is no quote; in "${x%'…'}" it is one.
    const isPlain = isQuoted && this.dialect.posix && !REMOVES.test(this.src.slice(i, i + 200))
    let k = i + 2
    while (k < this.src.length) {
      const c = this.src[k]!
      if (c === '}') return k + 1
      if (c === '\\') k += 2
      else if (c === "'") k = isPlain ? k + 1 : this.quoted(k)
      else if (c === '$' && this.src[k + 1] === '{') k = this.braced(k, isQuoted)
      else if (c === '"' || c === '`' || (c === '$' && /[(']/.test(this.src[k + 1] ?? ''))) k = this.quoted(k)
      else k++
    }
    throw new SyntaxError('quote', '}', this.lineAt(i))
  }

  #matching(from: number, open: string, close: string): number {
    let depth = 1
    let k = from
    while (k < this.src.length) {
      const c = this.src[k]!
      if (c === '\\') k += 2
      else if (c === "'" || c === '"' || c === '`' || c === '$') k = this.quoted(k)
      else if (c === '#' && open === '(' && /\s/.test(this.src[k - 1]!))
        while (k < this.src.length && this.src[k] !== '\n') k++
      else {
        if (c === open) depth++
        else if (c === close && --depth === 0) return k + 1
        k++
      }
    }
    throw new SyntaxError('quote', close, this.lineAt(from))
  }

  /** `$((`: arithmetic if it closes with `))`, else a substitution that starts with a subshell. */
  #arithmetic(i: number): number {
    const end = this.arithmeticEnd(i + 3)
    if (end) return end
    try {
      return this.substitution(i + 2, i)
    } catch (e) {
      if (!(e instanceof SyntaxError) || e.kind !== 'quote' || e.what !== ')') throw e
      if (this.dialect.dash) throw new SyntaxError('quote', '))', this.lineAt(i))
      throw new SyntaxError('quote', ')', this.lineAt(i))
    }
  }

  /** Where what follows `))` starts; 0 if the parentheses close one by one. */
  protected arithmeticEnd(from: number): number {
    let depth = 0
    for (let k = from; k < this.src.length; k++) {
      const c = this.src[k]!
      if (c === '\\') k++
      else if (c === "'" || c === '"' || c === '`' || c === '$') k = this.quoted(k) - 1
      else if (c === '(') depth++
      else if (c === ')' && depth-- === 0) return this.src[k + 1] === ')' ? k + 2 : 0
    }
    if (this.dialect.dash) throw new SyntaxError('quote', '))', this.lineAt(from))
    throw new SyntaxError('quote', ')', this.lineAt(from))
  }
}
