/** awk programs: from text to tokens. Whether a slash divides or begins a regular expression, the parser knows. mawk: scan.c. */
import { BadRegex, regexOf } from './regexes.ts'
import { fatal } from '../command.ts'
import type { Dialect, Node } from './tree.ts'

/** A word of the program. */
export interface Token {
  readonly t: 'number' | 'string' | 'regex' | 'name' | 'func' | 'word' | 'op' | 'newline' | 'end'
  readonly text: string
  readonly line: number
  /** Where it starts, so that `/` can be read again as a regular expression. */
  readonly at: number
}

const WORDS = new Set([
  'BEGIN',
  'END',
  'function',
  'func',
  'if',
  'else',
  'while',
  'for',
  'do',
  'break',
  'continue',
  'next',
  'nextfile',
  'exit',
  'return',
  'delete',
  'in',
  'getline',
  'print',
  'printf',
])
const BUILTINS = new Set([
  'length',
  'substr',
  'index',
  'split',
  'sub',
  'gsub',
  'match',
  'sprintf',
  'sin',
  'cos',
  'atan2',
  'exp',
  'log',
  'sqrt',
  'int',
  'rand',
  'srand',
  'tolower',
  'toupper',
  'system',
  'close',
  'fflush',
  'strftime',
  'systime',
  'mktime',
])
/** What only busybox's awk has. */
const FURTHER_BUILTINS = new Set(['gensub', 'and', 'or', 'xor', 'lshift', 'rshift', 'compl'])
const POWERS = ['**=', '**']
const OPERATORS = [
  '&&',
  '||',
  '==',
  '<=',
  '>=',
  '!=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '>>',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '>',
  '<',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
]

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** A string's escapes expanded, as in literals and -v assignments. */
export function awkString(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)/gs, (all, it: string) => {
    if (/^x./.test(it)) return String.fromCharCode(Number.parseInt(it.slice(1), 16))
    if (/^[0-7]/.test(it)) return String.fromCharCode(Number.parseInt(it, 8) & 255)
    return it === '\n' ? '' : (ESCAPES[it] ?? all)
  })
}

/** Where in the text a parser may return to. */
export interface Mark {
  readonly at: number
  readonly line: number
  readonly token: Token
}

/** The program's text, read one token ahead. */
export class Tokens {
  readonly #text: string
  readonly #source: string
  readonly dialect: Dialect
  #at = 0
  line = 1
  /** The token ahead. */
  token: Token
  /** How many parentheses are open. */
  parens = 0

  constructor(text: string, dialect: Dialect, source: string) {
    this.#source = source
    this.#text = text
    this.dialect = dialect
    this.token = this.#scan()
  }

  /** The text that follows the token ahead. */
  get ahead(): string {
    return this.#text.slice(this.#at, this.#at + 40)
  }

  /** The text from the token ahead on. */
  get rest(): string {
    return this.#text.slice(this.token.at)
  }

  mark(): Mark {
    return { at: this.#at, line: this.line, token: this.token }
  }

  backTo(mark: Mark): void {
    this.#at = mark.at
    this.line = mark.line
    this.token = mark.token
  }

  fail(problem: string, line = this.token.line): never {
    if (this.dialect === 'busybox') throw fatal(`${this.#source}:${line}: Unexpected token`, undefined, 1)
    throw fatal(`line ${line}: ${problem}`, undefined, 2)
  }

  /** What busybox says of a particular mistake. */
  failAsBusybox(problem: string): void {
    if (this.dialect === 'busybox')
      throw fatal(`${this.#source}:${this.token.line}: ${problem}`, undefined, 1)
  }

  #scan(): Token {
    const text = this.#text
    for (;;) {
      const char = text[this.#at]
      if (char === ' ' || char === '\t' || char === '\r') this.#at++
      else if (char === '\\' && text[this.#at + 1] === '\n') {
        this.#at += 2
        this.line++
      } else if (char === '#') while (this.#at < text.length && text[this.#at] !== '\n') this.#at++
      else break
    }
    const at = this.#at
    const line = this.line
    const make = (t: Token['t'], value: string, length: number): Token => {
      this.#at = at + length
      return { t, text: value, line, at }
    }
    if (at >= text.length) return { t: 'end', text: '', line, at }
    const char = text[at]!
    if (char === '\n') {
      this.line++
      return make('newline', '\n', 1)
    }
    const rest = text.slice(at, at + 200)
    const isBusybox = this.dialect === 'busybox'
    const coded = isBusybox && /^(?:0[xX][0-9a-fA-F]+|0[0-7]+(?![0-9.eE]))/.exec(rest)
    if (coded) {
      const value = /x/i.test(coded[0]) ? Number(coded[0]) : Number.parseInt(coded[0], 8)
      return make('number', String(value), coded[0].length)
    }
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)
    if (number) return make('number', number[0], number[0].length)
    const name = /^[A-Za-z_]\w*/.exec(rest)
    if (name) {
      const word = name[0]
      if (WORDS.has(word)) return make('word', word, word.length)
      if (BUILTINS.has(word) || (isBusybox && FURTHER_BUILTINS.has(word)))
        return make('func', word, word.length)
      return make('name', word, word.length)
    }
    if (char === '"') return this.#string(at, line)
    if (isBusybox) for (const op of POWERS) if (rest.startsWith(op)) return make('op', op, op.length)
    for (const op of OPERATORS) if (rest.startsWith(op)) return make('op', op, op.length)
    if (isBusybox) this.fail('', line)
    throw fatal(`${line}: unexpected character '${char}'`, undefined, 2)
  }

  #string(at: number, line: number): Token {
    let end = at + 1
    while (end < this.#text.length && this.#text[end] !== '"') {
      if (this.#text[end] === '\n') this.#runaway(at, line)
      end += this.#text[end] === '\\' ? 2 : 1
    }
    if (end >= this.#text.length) this.#runaway(at, line)
    this.#at = end + 1
    return { t: 'string', text: awkString(this.#text.slice(at + 1, end)), line, at }
  }

  #runaway(at: number, line: number): never {
    const [shown] = this.#text.slice(at, at + 11).split('\n')
    this.fail(`runaway string constant ${shown} ...`, line)
  }

  next(): Token {
    const token = this.token
    if (token.t === 'op' && token.text === '(') this.parens++
    else if (token.t === 'op' && token.text === ')') this.parens--
    this.token = this.#scan()
    return token
  }

  is(text: string): boolean {
    return (this.token.t === 'op' || this.token.t === 'word') && this.token.text === text
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false
    this.next()
    return true
  }

  newlines(): void {
    while (this.token.t === 'newline') this.next()
  }

  terminators(): void {
    while (this.token.t === 'newline' || this.is(';')) this.next()
  }

  /** What stands in the program as a regular expression is refused before the program runs. */
  checkRegex(source: string): void {
    try {
      regexOf(this.dialect, source)
    } catch (e) {
      if (!(e instanceof BadRegex)) throw e
      this.fail(e.message)
    }
  }

  /** Read the slash at `at` again, as the beginning of a regular expression. */
  regex(at: number): Node {
    let end = at + 1
    let bracket = false
    while (end < this.#text.length && (this.#text[end] !== '/' || bracket)) {
      const char = this.#text[end]
      if (char === '\n') this.fail('regular expression compile failure (missing /)')
      if (char === '\\') end++
      else if (char === '[' && !bracket) {
        bracket = true
        if (this.#text[end + 1] === '^') end++
        if (this.#text[end + 1] === ']') end++
      } else if (char === ']') bracket = false
      end++
    }
    if (end >= this.#text.length)
      this.fail(`runaway regular expression /${this.#text.slice(at + 1, at + 11)} ...`)
    const source = this.#text.slice(at + 1, end).replace(/\\\//g, '/')
    this.checkRegex(source)
    this.#at = end + 1
    this.token = this.#scan()
    return { t: 'regex', source }
  }
}
