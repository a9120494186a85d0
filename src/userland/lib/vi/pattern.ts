/**
 * vim's regular expressions as JavaScript's: `magic` by default, \v \V \M \m switch. Linux: vim's regexp.c; vim's pattern.txt.
 *
 * Left out: \%[], \&, \z, \@ (but \@= \@! \@<= \@<!), classes of other languages' letters.
 */
import { escapeRegex } from '../regex.ts'

export class PatternError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

export interface PatternOptions {
  readonly magic: boolean
  readonly ignorecase: boolean
  readonly smartcase: boolean
}

const CLASSES: Readonly<Record<string, string>> = {
  a: '[A-Za-z]',
  A: '[^A-Za-z\\n]',
  d: '[0-9]',
  D: '[^0-9\\n]',
  h: '[A-Za-z_]',
  H: '[^A-Za-z_\\n]',
  i: '[0-9A-Za-z_\\u00c0-\\u00ff]',
  k: '[0-9A-Za-z_\\u00b5\\u00c0-\\u{10ffff}]',
  l: '[a-z]',
  L: '[^a-z\\n]',
  o: '[0-7]',
  O: '[^0-7\\n]',
  p: '[^\\x00-\\x1f\\x7f]',
  s: '[ \\t]',
  S: '[^ \\t\\n]',
  u: '[A-Z]',
  U: '[^A-Z\\n]',
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_\\n]',
  x: '[0-9A-Fa-f]',
  X: '[^0-9A-Fa-f\\n]',
  n: '\\n',
  t: '\\t',
  e: '\\x1b',
  r: '\\r',
  b: '\\x08',
}
const WORD = '[0-9A-Za-z_\\u00b5\\u00c0-\\u{10ffff}]'
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  punct: '!-\\/:-@\\[-`{-~',
  space: ' \\t-\\r',
  blank: ' \\t',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~\\u00a0-\\u{10ffff}',
  graph: '!-~\\u00a1-\\u{10ffff}',
  return: '\\r',
  tab: '\\t',
  escape: '\\x1b',
  backspace: '\\x08',
}

/** A pattern ready for use. `multiline` says that it may match a line break. */
export interface Pattern {
  readonly regex: RegExp
  readonly multiline: boolean
}

/** Translate a pattern. Throws PatternError. `last` is what `~` stands for. */
export function compilePattern(pattern: string, options: PatternOptions, last = ''): Pattern {
  const translation = new Translation(pattern, options.magic, last)
  const source = translation.run()
  const smart = options.smartcase && /\p{Lu}/u.test(pattern.replace(/\\./g, ''))
  const ignore = translation.ignoreCase ?? (options.ignorecase && !smart)
  try {
    return { regex: new RegExp(source, `gmu${ignore ? 'i' : ''}`), multiline: translation.multiline }
  } catch {
    throw new PatternError(`E383: Invalid search string: ${pattern}`)
  }
}

type Magic = 'v' | 'm' | 'M' | 'V'

class Translation {
  readonly #text: readonly string[]
  readonly #last: string
  #magic: Magic
  #at = 0
  #depth = 0
  #groups = 0
  ignoreCase: boolean | undefined
  multiline = false

  constructor(pattern: string, magic: boolean, last: string) {
    this.#text = [...pattern]
    this.#magic = magic ? 'm' : 'M'
    this.#last = last
  }

  run(): string {
    const source = this.#alternatives()
    if (this.#at < this.#text.length) throw new PatternError(`E55: Unmatched ${this.#name(')')}`)
    return source
  }

  #name(char: string): string {
    return this.#magic === 'v' ? char : `\\${char}`
  }

  /** The next token: an operator with its backslash taken into account, or a literal. */
  #token(): { char: string; special: boolean; length: number } | undefined {
    const char = this.#text[this.#at]
    if (char === undefined) return undefined
    const escaped = char === '\\' && this.#at + 1 < this.#text.length
    const letter = escaped ? this.#text[this.#at + 1]! : char
    return { char: letter, special: this.#isSpecial(letter, escaped), length: escaped ? 2 : 1 }
  }

  #isSpecial(char: string, escaped: boolean): boolean {
    if (/[A-Za-z0-9_]/.test(char)) return escaped
    const plain = { v: '^$.*[~+?=|(){}<>@%&', m: '^$.*[~', M: '^$', V: '^$' }[this.#magic]
    const known = '^$.*[~+?=|(){}<>@%&'.includes(char)
    return known && plain.includes(char) !== escaped
  }

  #alternatives(): string {
    const branches = [this.#branch()]
    for (let token = this.#token(); token?.special && token.char === '|'; token = this.#token()) {
      this.#at += token.length
      branches.push(this.#branch())
    }
    return branches.join('|')
  }

  #branch(): string {
    let source = ''
    const from = this.#at
    for (let token = this.#token(); token; token = this.#token()) {
      if (token.special && (token.char === '|' || (token.char === ')' && this.#depth))) break
      if (token.special && token.char === ')') throw new PatternError(`E55: Unmatched ${this.#name(')')}`)
      if (token.special && token.char === 'z' && /[se]/.test(this.#text[this.#at + 2] ?? '')) {
        const start = this.#text[this.#at + 2] === 's'
        this.#at += 3
        if (start) source = `(?<=${source})`
        else return `${source}(?=${this.#branch()})`
        continue
      }
      const atom = this.#atom(token, this.#at === from)
      source += this.#repetitions(atom)
    }
    return source
  }

  #atom(token: { char: string; special: boolean; length: number }, first: boolean): string {
    const { char, special } = token
    this.#at += token.length
    if (!special) return escapeRegex(char)
    if (CLASSES[char]) {
      if (char === 'n') this.multiline = true
      return CLASSES[char]
    }
    switch (char) {
      case '^':
        return first || this.#magic === 'v' ? '^' : '\\^'
      case '$':
        return this.#endsBranch() || this.#magic === 'v' ? '$' : '\\$'
      case '.':
        return '[^\\n]'
      case '*':
        if (first) return '\\*'
        break
      case '[':
        return this.#bracket()
      case '~':
        return escapeRegex(this.#last)
      case '<':
        return `(?<!${WORD})(?=${WORD})`
      case '>':
        return `(?<=${WORD})(?!${WORD})`
      case '(':
        return this.#group('(')
      case '%':
        return this.#percent()
      case '_':
        return this.#withNewline()
      case 'c':
      case 'C':
        this.ignoreCase = char === 'c'
        return ''
      case 'v':
      case 'm':
      case 'M':
      case 'V':
        this.#magic = char
        return ''
    }
    if (/[1-9]/.test(char)) {
      if (Number(char) > this.#groups) throw new PatternError('E65: Illegal back reference')
      return `(?:\\${char})`
    }
    if ('+?={@*'.includes(char))
      throw new PatternError(`E64: ${this.#magic === 'v' || char === '*' ? '' : '\\'}${char} follows nothing`)
    return escapeRegex(char)
  }

  #endsBranch(): boolean {
    const token = this.#token()
    return !token || (token.special && '|)'.includes(token.char)) || (token.special && token.char === 'n')
  }

  #group(open: string): string {
    if (open === '(') this.#groups++
    this.#depth++
    const inner = this.#alternatives()
    const token = this.#token()
    if (!token?.special || token.char !== ')') throw new PatternError(`E54: Unmatched ${this.#name('(')}`)
    this.#at += token.length
    this.#depth--
    return `${open}${inner})`
  }

  #percent(): string {
    const char = this.#text[this.#at]
    this.#at++
    if (char === '(') return this.#group('(?:')
    if (char === '^') return '(?<![^])'
    if (char === '$') return '(?![^])'
    const number = /^[xuUd]/.test(char ?? '')
      ? /^[0-9a-fA-F]+/.exec(this.#text.slice(this.#at).join(''))
      : null
    if (!number) throw new PatternError('E71: Invalid character after \\%')
    this.#at += number[0].length
    return `\\u{${char === 'd' ? Number(number[0]).toString(16) : number[0]}}`
  }

  #withNewline(): string {
    const char = this.#text[this.#at++] ?? ''
    this.multiline = true
    if (char === '^' || char === '$') return char
    if (char === '.') return '[^]'
    if (char === '[') return `(?:${this.#bracket()}|\\n)`
    const known = CLASSES[char]
    if (!known) throw new PatternError('E63: Invalid use of \\_')
    return `(?:${known}|\\n)`
  }

  #repetitions(atom: string): string {
    let source = atom
    for (;;) {
      const token = this.#token()
      if (!token?.special || !'*+?={@'.includes(token.char) || source === '') return source
      if (/^[$^]$/.test(source)) {
        if (token.char !== '*') return source
        this.#at += token.length
        source += '\\*'
        continue
      }
      const counted = source !== atom
      if (counted && token.char !== '@')
        throw new PatternError(
          `E61: Nested ${this.#magic === 'v' || token.char === '*' ? '' : '\\'}${token.char}`,
        )
      this.#at += token.length
      if (token.char === '{') source += this.#interval()
      else if (token.char === '@') source = this.#look(source)
      else source += token.char === '=' ? '?' : token.char
    }
  }

  #look(source: string): string {
    const kind = /^(?:<?[=!]|>)/.exec(this.#text.slice(this.#at, this.#at + 2).join(''))?.[0]
    if (!kind || kind === '>') throw new PatternError('E59: Invalid character after \\@')
    this.#at += kind.length
    return `(?${kind}${source})`
  }

  #interval(): string {
    const rest = this.#text.slice(this.#at).join('')
    const match = /^(-?)(\d*)(,?)(\d*)\\?\}/.exec(rest)
    if (!match) throw new PatternError('E554: Syntax error in \\{...}')
    this.#at += match[0].length
    const [, lazy, low, comma, high] = match
    const range = !low && !comma ? '*' : comma ? `{${low || 0},${high}}` : `{${low}}`
    return range + (lazy ? '?' : '')
  }

  #bracket(): string {
    const text = this.#text
    const from = this.#at
    let at = from
    let source = text[at] === '^' ? '^' : ''
    if (source) at++
    const start = at
    for (; at < text.length && (text[at] !== ']' || at === start); at++) {
      const named = text[at] === '[' ? /^\[:(\w+):\]/.exec(text.slice(at, at + 16).join('')) : null
      if (named && POSIX[named[1]!]) {
        source += POSIX[named[1]!]
        at += named[0].length - 1
      } else if (text[at] === '\\' && 'etrbn\\]^-'.includes(text[at + 1] ?? 'x')) {
        const char = text[++at]!
        if (char === 'n') this.multiline = true
        source += { e: '\\x1b', t: '\\t', r: '\\r', b: '\\x08', n: '\\n' }[char] ?? `\\${char}`
      } else if (text[at] === '-' && at > start && text[at + 1] !== ']') source += '-'
      else source += text[at]!.replace(/[\\\]^[-]/, '\\$&')
    }
    if (at >= text.length) return '\\['
    this.#at = at + 1
    // "[^x] matches no line break." - pattern.txt
    return source[0] === '^' ? `[${source}\\n]` : `[${source}]`
  }
}
