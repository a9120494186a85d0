/** The tokens of a jq program. jq: lexer.l. */
import type { Complain, Span, Token } from './lalr.ts'
import { readJson } from './read.ts'
import { JqError } from './value.ts'

export const KEYWORDS = [
  'as',
  'import',
  'include',
  'module',
  'def',
  'if',
  'then',
  'else',
  'elif',
  'and',
  'or',
  'end',
  'reduce',
  'foreach',
  'try',
  'catch',
  'label',
  'break',
  '__loc__',
]

const OPERATORS = ['?//', '//=', '!=', '==', '//', '|=', '+=', '-=', '*=', '/=', '%=', '<=', '>=', '..']
const BLANK = /(?:[ \n\t]+|#[^\r\n]*)/y
const NUMBER = /[0-9.]+(?:[eE][+-]?[0-9]+)?/y
const WORD = /(?:[a-zA-Z_]\w*::)*[a-zA-Z_]\w*/y
const FIELD = /\.[a-zA-Z_]\w*/y
const FORMAT = /@[a-zA-Z0-9_]+/y
const ESCAPES = /(?:\\[^u(]|\\u[a-zA-Z0-9]{0,4})+/y
const TEXT = /[^\\"]+/y
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', interpolation: ')' }

/** A function that gives the tokens one after another; `complain` hears of literals that are none. */
export function lexer(source: string, complain: Complain): () => Token {
  return new Lexer(source, complain).next
}

class Lexer {
  readonly #source: string
  readonly #complain: Complain
  /** What is open: brackets, `"` and interpolations. */
  readonly #open: string[] = []
  #at = 0
  #last: Span = { start: 0, end: 0 }

  constructor(source: string, complain: Complain) {
    this.#source = source
    this.#complain = complain
  }

  readonly next = (): Token => {
    if (this.#open.at(-1) === '"') return this.#inString()
    for (let blank = this.#match(BLANK); blank; blank = this.#match(BLANK)) this.#pass(blank.length)
    const char = this.#source[this.#at]
    if (char === undefined) return { type: '$end', ...this.#last }
    const [number, word, field] = [this.#match(NUMBER), this.#match(WORD), this.#match(FIELD)]
    const format = this.#match(FORMAT)
    if (number && number !== '.' && number !== '..' && number.length >= field.length)
      return this.#token('LITERAL', number.length, this.#literal(number, number.length))
    if (field) return this.#token('FIELD', field.length, field.slice(1))
    if (word) return this.#token(KEYWORDS.includes(word) ? word : 'IDENT', word.length, word)
    if (format) return this.#token('FORMAT', format.length, format.slice(1))
    const operator = OPERATORS.find(it => this.#source.startsWith(it, this.#at))
    if (operator) return this.#token(operator, operator.length, undefined)
    return this.#bracket(char)
  }

  #bracket(char: string): Token {
    if (char === '"') {
      this.#open.push('"')
      return this.#token('QQSTRING_START', 1, undefined)
    }
    if ('([{'.includes(char)) this.#open.push(char)
    else if (')]}'.includes(char)) {
      const open = this.#open.at(-1)
      if (!open || CLOSING[open] !== char) return this.#token('INVALID_CHARACTER', 1, undefined)
      this.#open.pop()
      if (open === 'interpolation') return this.#token('QQSTRING_INTERP_END', 1, undefined)
    } else if (!'.?=;,:|+-*/%$<>'.includes(char)) return this.#token('INVALID_CHARACTER', 1, undefined)
    return this.#token(`'${char}'`, 1, undefined)
  }

  #inString(): Token {
    const char = this.#source[this.#at]
    if (char === undefined) return { type: '$end', ...this.#last }
    if (char === '"') {
      this.#open.pop()
      return this.#token('QQSTRING_END', 1, undefined)
    }
    if (this.#source.startsWith('\\(', this.#at)) {
      this.#open.push('interpolation')
      return this.#token('QQSTRING_INTERP_START', 2, undefined)
    }
    const escapes = this.#match(ESCAPES)
    if (escapes)
      return this.#token('QQSTRING_TEXT', escapes.length, this.#literal(`"${escapes}"`, escapes.length))
    const text = this.#match(TEXT)
    return text
      ? this.#token('QQSTRING_TEXT', text.length, text)
      : this.#token('INVALID_CHARACTER', 1, undefined)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#source)?.[0] ?? ''
  }

  #pass(length: number): Span {
    this.#last = { start: this.#at, end: this.#at + length }
    this.#at += length
    return this.#last
  }

  #token(type: string, length: number, value: unknown): Token {
    return { type, value, ...this.#pass(length) }
  }

  #literal(text: string, length: number): unknown {
    try {
      return readJson(text)
    } catch (e) {
      if (!(e instanceof JqError)) throw e
      this.#complain(String(e.value), { start: this.#at, end: this.#at + length })
      return ''
    }
  }
}
