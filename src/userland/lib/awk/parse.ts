/** awk programs: from text to a tree. Linux: mawk scan.c and parse.y, whose messages these are; awk(1p). */
import { fatal } from '../command.ts'
import { checkTypes } from './check.ts'

export type Node =
  | { readonly t: 'number'; readonly value: number }
  | { readonly t: 'string'; readonly value: string }
  | { readonly t: 'regex'; readonly source: string }
  | { readonly t: 'var'; readonly name: string; readonly line: number }
  | { readonly t: 'index'; readonly name: string; readonly keys: readonly Node[]; readonly line: number }
  | { readonly t: 'field'; readonly of: Node }
  | { readonly t: 'assign'; readonly op: string; readonly to: Node; readonly value: Node }
  | { readonly t: 'step'; readonly by: 1 | -1; readonly prefix: boolean; readonly to: Node }
  | { readonly t: 'binary'; readonly op: string; readonly a: Node; readonly b: Node }
  | { readonly t: 'and' | 'or'; readonly a: Node; readonly b: Node }
  | { readonly t: 'cond'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly t: 'not' | 'minus' | 'plus'; readonly a: Node }
  | { readonly t: 'match'; readonly negated: boolean; readonly a: Node; readonly b: Node }
  | { readonly t: 'in'; readonly keys: readonly Node[]; readonly name: string }
  | { readonly t: 'group'; readonly list: readonly Node[] }
  | { readonly t: 'call'; readonly name: string; readonly args: readonly Node[]; readonly line: number }
  | { readonly t: 'builtin'; readonly name: string; readonly args: readonly Node[] }
  | {
      readonly t: 'getline'
      readonly to: Node | undefined
      readonly from: Node | undefined
      readonly command: boolean
    }

export type Statement =
  | { readonly t: 'expression'; readonly of: Node }
  | {
      readonly t: 'print' | 'printf'
      readonly args: readonly Node[]
      readonly redirect: string
      readonly to: Node | undefined
    }
  | { readonly t: 'if'; readonly test: Node; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly t: 'while' | 'do'; readonly test: Node; readonly body: Statement }
  | {
      readonly t: 'for'
      readonly start: Statement | undefined
      readonly test: Node | undefined
      readonly step: Statement | undefined
      readonly body: Statement
    }
  | { readonly t: 'forin'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly t: 'block'; readonly list: readonly Statement[] }
  | { readonly t: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly t: 'exit' | 'return'; readonly value: Node | undefined }
  | { readonly t: 'delete'; readonly name: string; readonly keys: readonly Node[] | undefined }

export interface Func {
  readonly name: string
  readonly params: readonly string[]
  body: Statement
}

export interface Rule {
  readonly kind: 'BEGIN' | 'END' | 'main' | 'range'
  readonly pattern: Node | undefined
  readonly until: Node | undefined
  /** undefined prints the record. */
  readonly body: Statement | undefined
}

/** Whose awk it is: the host's, or busybox's, which knows some of GNU's functions and words its complaints otherwise. */
export type Dialect = 'mawk' | 'busybox'

export interface Program {
  readonly rules: readonly Rule[]
  readonly functions: ReadonlyMap<string, Func>
}

interface Token {
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

/** `source` is what busybox calls the text in its messages. */
export function parseAwk(text: string, dialect: Dialect, source = 'cmd. line'): Program {
  const program = new Parser(text, dialect, source).program()
  if (dialect === 'mawk') checkTypes(program)
  return program
}

class Parser {
  readonly #text: string
  #at = 0
  #line = 1
  #token: Token
  readonly #functions = new Map<string, Func>()
  readonly #called = new Set<string>()
  #noIn = false
  #noGreater = false
  #depth = 0
  #parens = 0
  /** What surrounds the statement being read. */
  #loops = 0
  #kind: 'BEGIN' | 'END' | 'main' | 'function' = 'main'
  readonly #dialect: Dialect
  readonly #source: string

  constructor(text: string, dialect: Dialect, source: string) {
    this.#source = source
    this.#text = text
    this.#dialect = dialect
    this.#token = this.#scan()
  }

  #fail(problem: string, line = this.#token.line): never {
    if (this.#dialect === 'busybox') throw fatal(`${this.#source}:${line}: Unexpected token`, undefined, 1)
    throw fatal(`line ${line}: ${problem}`, undefined, 2)
  }

  /** What busybox says of a particular mistake. */
  #failAsBusybox(problem: string): void {
    if (this.#dialect === 'busybox')
      throw fatal(`${this.#source}:${this.#token.line}: ${problem}`, undefined, 1)
  }

  #unexpected(): never {
    const { t, text } = this.#token
    if ((t === 'end' || t === 'newline') && this.#parens > 0) this.#fail('missing ) near end of line', 1)
    if (t === 'end')
      this.#fail(
        this.#depth ? 'missing } near end of file' : 'syntax error at or near end of file',
        this.#line + 1,
      )
    if (t === 'newline') this.#fail('syntax error at or near end of line')
    this.#fail(`syntax error at or near ${text}`)
  }

  // ---- Tokens

  #scan(): Token {
    const text = this.#text
    for (;;) {
      const char = text[this.#at]
      if (char === ' ' || char === '\t' || char === '\r') this.#at++
      else if (char === '\\' && text[this.#at + 1] === '\n') {
        this.#at += 2
        this.#line++
      } else if (char === '#') while (this.#at < text.length && text[this.#at] !== '\n') this.#at++
      else break
    }
    const at = this.#at
    const line = this.#line
    const make = (t: Token['t'], value: string, length: number): Token => {
      this.#at = at + length
      return { t, text: value, line, at }
    }
    if (at >= text.length) return { t: 'end', text: '', line, at }
    const char = text[at]!
    if (char === '\n') {
      this.#line++
      return make('newline', '\n', 1)
    }
    const rest = text.slice(at, at + 200)
    const isBusybox = this.#dialect === 'busybox'
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
    if (isBusybox) this.#fail('', line)
    throw fatal(`${line}: unexpected character '${char}'`, undefined, 2)
  }

  #string(at: number, line: number): Token {
    let end = at + 1
    while (end < this.#text.length && this.#text[end] !== '"') {
      if (this.#text[end] === '\n')
        this.#fail(`runaway string constant ${this.#text.slice(at, at + 10)} ...`, line)
      end += this.#text[end] === '\\' ? 2 : 1
    }
    if (end >= this.#text.length)
      this.#fail(`runaway string constant ${this.#text.slice(at, at + 10)} ...`, line)
    this.#at = end + 1
    return { t: 'string', text: awkString(this.#text.slice(at + 1, end)), line, at }
  }

  #next(): Token {
    const token = this.#token
    if (token.t === 'op' && token.text === '(') this.#parens++
    else if (token.t === 'op' && token.text === ')') this.#parens--
    this.#token = this.#scan()
    return token
  }

  #is(text: string): boolean {
    return (this.#token.t === 'op' || this.#token.t === 'word') && this.#token.text === text
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false
    this.#next()
    return true
  }

  #expect(text: string): void {
    if (!this.#accept(text)) {
      if (text === ')' && (this.#token.t === 'end' || this.#token.t === 'newline'))
        this.#fail('missing ) near end of line')
      this.#unexpected()
    }
  }

  #newlines(): void {
    while (this.#token.t === 'newline') this.#next()
  }

  #terminators(): void {
    while (this.#token.t === 'newline' || this.#is(';')) this.#next()
  }

  // ---- Structure

  program(): Program {
    const rules: Rule[] = []
    this.#terminators()
    while (this.#token.t !== 'end') {
      if (this.#is('}')) this.#extraBrace()
      if (this.#is('function') || this.#is('func')) this.#function()
      else rules.push(this.#rule())
      this.#terminators()
    }
    for (const name of this.#called)
      if (!this.#functions.has(name) && this.#dialect === 'mawk')
        this.#fail(`function ${name} never defined`, this.#line + 1)
    return { rules, functions: this.#functions }
  }

  /** mawk goes on after a brace too much, until the line ends. */
  #extraBrace(): never {
    if (this.#dialect === 'busybox') this.#fail('')
    const at = `line ${this.#token.line}: `
    throw fatal(`${at}extra '}'\nawk: ${at}syntax error at or near end of line`, undefined, 2)
  }

  #function(): void {
    this.#next()
    if (this.#token.t !== 'name') this.#unexpected()
    const { text: name } = this.#next()
    if (this.#functions.has(name)) this.#fail(`redefinition of ${name}`)
    this.#expect('(')
    const params: string[] = []
    while (!this.#is(')')) {
      if (this.#token.t !== 'name') this.#unexpected()
      const { text } = this.#next()
      if (text === name) this.#fail(`syntax error at or near ${text}`)
      if (params.includes(text)) this.#fail(`${text} is duplicated in argument list`)
      params.push(text)
      this.#newlines()
      if (!this.#accept(',')) break
      this.#newlines()
      if (this.#is(')')) this.#unexpected()
    }
    this.#expect(')')
    this.#kind = 'function'
    this.#newlines()
    const it: Func = { name, params, body: { t: 'block', list: [] } }
    this.#functions.set(name, it)
    it.body = this.#block()
  }

  #rule(): Rule {
    if (this.#is('BEGIN') || this.#is('END')) {
      const kind = this.#next().text as 'BEGIN' | 'END'
      this.#kind = kind
      if (!this.#is('{')) this.#unexpected()
      return { kind, pattern: undefined, until: undefined, body: this.#block() }
    }
    this.#kind = 'main'
    if (this.#is('{')) return { kind: 'main', pattern: undefined, until: undefined, body: this.#block() }
    const pattern = this.#expression()
    let until: Node | undefined
    if (this.#accept(',')) {
      this.#newlines()
      until = this.#expression()
    }
    const body = this.#is('{') ? this.#block() : undefined
    if (!body && !['newline', 'end'].includes(this.#token.t) && !this.#is(';')) this.#unexpected()
    return { kind: until ? 'range' : 'main', pattern, until, body }
  }

  #block(): Statement {
    this.#expect('{')
    this.#depth++
    const list: Statement[] = []
    this.#terminators()
    while (!this.#is('}')) {
      if (this.#token.t === 'end') this.#unexpected()
      list.push(this.#statement())
      this.#terminators()
    }
    this.#depth--
    this.#next()
    return { t: 'block', list }
  }

  /** A simple statement ends with a newline, a semicolon or before a closing brace. */
  #ended(): void {
    if (this.#token.t === 'newline' || this.#is(';')) this.#next()
    else if (!this.#is('}') && this.#token.t !== 'end') this.#unexpected()
  }

  #body(): Statement {
    this.#newlines()
    if (this.#accept(';')) return { t: 'block', list: [] }
    return this.#statement()
  }

  #loopBody(): Statement {
    this.#loops++
    const body = this.#body()
    this.#loops--
    return body
  }

  #statement(): Statement {
    const { t, text } = this.#token
    if (this.#is('{')) return this.#block()
    if (t === 'word')
      switch (text) {
        case 'if':
          return this.#if()
        case 'while': {
          this.#next()
          const test = this.#condition()
          return { t: 'while', test, body: this.#loopBody() }
        }
        case 'do': {
          this.#next()
          const body = this.#loopBody()
          this.#terminators()
          this.#expect('while')
          const test = this.#condition()
          this.#ended()
          return { t: 'do', test, body }
        }
        case 'for':
          return this.#for()
        default:
      }
    const it = this.#simple()
    this.#ended()
    return it
  }

  #condition(): Node {
    this.#expect('(')
    const test = this.#inner(() => this.#expression())
    this.#expect(')')
    return test
  }

  #if(): Statement {
    this.#next()
    const test = this.#condition()
    const yes = this.#body()
    // A semicolon or newlines may stand before else.
    const saved = { at: this.#at, line: this.#line, token: this.#token }
    this.#terminators()
    if (this.#accept('else')) return { t: 'if', test, yes, no: this.#body() }
    this.#at = saved.at
    this.#line = saved.line
    this.#token = saved.token
    return { t: 'if', test, yes, no: undefined }
  }

  #for(): Statement {
    this.#next()
    this.#expect('(')
    const loop = /^\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(this.#text.slice(this.#token.at))
    if (loop) {
      for (let i = 0; i < 4; i++) this.#next()
      return { t: 'forin', name: loop[1]!, array: loop[2]!, body: this.#loopBody() }
    }
    const start = this.#is(';') ? undefined : this.#inner(() => this.#simple())
    this.#expect(';')
    this.#newlines()
    const test = this.#is(';') ? undefined : this.#inner(() => this.#expression())
    this.#expect(';')
    this.#newlines()
    const step = this.#is(')') ? undefined : this.#inner(() => this.#simple())
    this.#expect(')')
    return { t: 'for', start, test, step, body: this.#loopBody() }
  }

  /** Inside parentheses `in` and `>` have their usual meaning again. */
  #inner<T>(parse: () => T): T {
    const [noIn, noGreater] = [this.#noIn, this.#noGreater]
    this.#noIn = this.#noGreater = false
    const result = parse()
    this.#noIn = noIn
    this.#noGreater = noGreater
    return result
  }

  #simple(): Statement {
    const { t, text } = this.#token
    if (t !== 'word' || text === 'getline') return { t: 'expression', of: this.#expression() }
    switch (text) {
      case 'print':
      case 'printf':
        this.#next()
        return this.#print(text)
      case 'next':
      case 'nextfile':
        if (this.#kind !== 'main' && this.#dialect === 'mawk') this.#fail(`improper use of ${text}`)
        this.#next()
        return { t: text }
      case 'break':
      case 'continue':
        if (!this.#loops) this.#failAsBusybox(`'${text}' not in a loop`)
        if (!this.#loops) this.#fail(`${text} statement outside of loop`)
        this.#next()
        return { t: text }
      case 'exit':
      case 'return': {
        if (text === 'return' && this.#kind !== 'function') this.#fail('return outside function body')
        this.#next()
        const ends = this.#token.t === 'newline' || this.#token.t === 'end' || this.#is(';') || this.#is('}')
        return { t: text, value: ends ? undefined : this.#expression() }
      }
      case 'delete': {
        this.#next()
        const parens = this.#accept('(')
        if (this.#token.t !== 'name') this.#failAsBusybox('Too few arguments')
        const { text: name } = this.#next()
        const keys = this.#is('[') ? this.#subscript() : undefined
        if (parens) this.#expect(')')
        return { t: 'delete', name, keys }
      }
      default:
        this.#unexpected()
    }
  }

  #print(t: 'print' | 'printf'): Statement {
    this.#noGreater = true
    let args: readonly Node[] = []
    const ends = (): boolean =>
      this.#token.t === 'newline' ||
      this.#token.t === 'end' ||
      [';', '}', '>', '>>', '|'].some(it => this.#is(it))
    if (!ends()) {
      const list = [this.#expression()]
      while (this.#accept(',')) {
        this.#newlines()
        list.push(this.#expression())
      }
      args = list.length === 1 && list[0]!.t === 'group' ? list[0]!.list : list
    }
    let redirect = ''
    let to: Node | undefined
    for (const op of ['>', '>>', '|'])
      if (!redirect && this.#is(op)) {
        this.#next()
        redirect = op
        to = this.#concatenation()
      }
    this.#noGreater = false
    return { t, args, redirect, to }
  }

  // ---- Expressions, the loosest first

  #expression(): Node {
    const left = this.#ternary()
    const { text } = this.#token
    if (this.#token.t !== 'op' || !['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='].includes(text))
      return left
    if (left.t !== 'var' && left.t !== 'index' && left.t !== 'field') this.#unexpected()
    this.#next()
    this.#newlines()
    return { t: 'assign', op: text.replace('**', '^').slice(0, -1), to: left, value: this.#expression() }
  }

  #ternary(): Node {
    const test = this.#or()
    if (!this.#is('?')) return test
    this.#next()
    this.#newlines()
    const yes = this.#expression()
    this.#newlines()
    this.#expect(':')
    this.#newlines()
    return { t: 'cond', test, yes, no: this.#expression() }
  }

  #or(): Node {
    let a = this.#and()
    while (this.#is('||')) {
      this.#next()
      this.#newlines()
      a = { t: 'or', a, b: this.#and() }
    }
    return a
  }

  #and(): Node {
    let a = this.#in()
    while (this.#is('&&')) {
      this.#next()
      this.#newlines()
      a = { t: 'and', a, b: this.#in() }
    }
    return a
  }

  #in(): Node {
    let a = this.#matching()
    while (!this.#noIn && this.#is('in')) {
      this.#next()
      const { text: name } = this.#next()
      a = { t: 'in', keys: a.t === 'group' ? a.list : [a], name }
    }
    return a
  }

  #matching(): Node {
    let a = this.#comparison()
    for (;;) {
      const negated = this.#is('!') && this.#text[this.#at] === '~'
      if (!this.#is('~') && !negated) return a
      if (negated) this.#next()
      this.#next()
      a = { t: 'match', negated, a, b: this.#comparison() }
    }
  }

  #comparison(): Node {
    let a = this.#concatenation()
    for (;;) {
      const { t, text } = this.#token
      if (t === 'op' && text === '|' && /^\s*getline\b/.test(this.#text.slice(this.#at, this.#at + 40))) {
        this.#next()
        this.#next()
        a = { t: 'getline', to: this.#lvalue(), from: a, command: true }
        continue
      }
      const compares =
        t === 'op' && (['<', '<=', '==', '!=', '>='].includes(text) || (text === '>' && !this.#noGreater))
      if (!compares) return a
      this.#next()
      a = { t: 'binary', op: text, a, b: this.#concatenation() }
    }
  }

  #startsOperand(): boolean {
    const { t, text } = this.#token
    if (t === 'number' || t === 'string' || t === 'name' || t === 'func') return true
    if (t === 'op')
      return text === '$' || text === '!'
        ? !(text === '!' && (this.#text[this.#at] === '~' || this.#text[this.#at] === '='))
        : ['(', '-', '+', '++', '--'].includes(text)
    return false
  }

  #concatenation(): Node {
    let a = this.#additive()
    while (
      this.#startsOperand() &&
      !(this.#token.t === 'op' && (this.#token.text === '+' || this.#token.text === '-'))
    )
      a = { t: 'binary', op: ' ', a, b: this.#additive() }
    return a
  }

  #additive(): Node {
    let a = this.#multiplicative()
    while (this.#is('+') || this.#is('-')) {
      const op = this.#next().text
      a = { t: 'binary', op, a, b: this.#multiplicative() }
    }
    return a
  }

  #multiplicative(): Node {
    let a = this.#unary()
    while (this.#is('*') || this.#is('/') || this.#is('%')) {
      const op = this.#next().text
      a = { t: 'binary', op, a, b: this.#unary() }
    }
    return a
  }

  #unary(): Node {
    if (this.#is('!') || this.#is('-') || this.#is('+')) {
      const op = this.#next().text
      return { t: op === '!' ? 'not' : op === '-' ? 'minus' : 'plus', a: this.#unary() }
    }
    return this.#power()
  }

  #power(): Node {
    const a = this.#postfix()
    if (!this.#is('^') && !this.#is('**')) return a
    this.#next()
    // 2^-1 and 2^3^2: the right side is unary and associates to the right.
    const b = this.#is('-') || this.#is('+') || this.#is('!') ? this.#unary() : this.#power()
    return { t: 'binary', op: '^', a, b }
  }

  #postfix(): Node {
    const a = this.#primary()
    if ((this.#is('++') || this.#is('--')) && (a.t === 'var' || a.t === 'index' || a.t === 'field'))
      return { t: 'step', by: this.#next().text === '++' ? 1 : -1, prefix: false, to: a }
    return a
  }

  #lvalue(): Node | undefined {
    if (this.#is('$') || this.#token.t === 'name') return this.#primary()
    return undefined
  }

  #subscript(): Node[] {
    this.#expect('[')
    const keys = this.#inner(() => this.#list(']'))
    this.#expect(']')
    return keys
  }

  #list(close: string): Node[] {
    const list: Node[] = []
    this.#newlines()
    while (!this.#is(close)) {
      list.push(this.#expression())
      this.#newlines()
      if (!this.#accept(',')) break
      this.#newlines()
    }
    return list
  }

  #primary(): Node {
    const { t, text, at, line } = this.#token
    if (t === 'number') {
      this.#next()
      return { t: 'number', value: Number(text) }
    }
    if (t === 'string') {
      this.#next()
      return { t: 'string', value: text }
    }
    if (t === 'op')
      switch (text) {
        case '/':
        case '/=':
          return this.#regex(at)
        case '$':
          this.#next()
          if (this.#is('++') || this.#is('--')) return { t: 'field', of: this.#unaryStep() }
          if (this.#is('-') || this.#is('+') || this.#is('!')) return { t: 'field', of: this.#unary() }
          return { t: 'field', of: this.#primary() }
        case '++':
        case '--':
          return this.#unaryStep()
        case '(': {
          this.#next()
          const list = this.#inner(() => this.#list(')'))
          this.#expect(')')
          if (!list.length) this.#failAsBusybox('Empty sequence')
          if (!list.length) this.#unexpected()
          return { t: 'group', list }
        }
        case '-':
        case '+':
        case '!':
          return this.#unary()
        default:
          this.#unexpected()
      }
    if (t === 'func') return this.#builtin()
    if (t === 'word' && text === 'getline') {
      this.#next()
      const to = this.#lvalue()
      const from = this.#accept('<') ? this.#postfix() : undefined
      return { t: 'getline', to, from, command: false }
    }
    if (t !== 'name') this.#unexpected()
    const calls = this.#text[this.#at] === '('
    this.#next()
    if (calls) {
      this.#next()
      const args = this.#inner(() => this.#list(')'))
      this.#expect(')')
      this.#called.add(text)
      return { t: 'call', name: text, args, line }
    }
    return this.#is('[')
      ? { t: 'index', name: text, keys: this.#subscript(), line }
      : { t: 'var', name: text, line }
  }

  #unaryStep(): Node {
    const by = this.#next().text === '++' ? 1 : -1
    return { t: 'step', by, prefix: true, to: this.#primary() }
  }

  #builtin(): Node {
    const { text: name } = this.#next()
    if (!this.#is('(')) {
      if (name === 'length') return { t: 'builtin', name, args: [] }
      if (name === 'fflush') return { t: 'builtin', name, args: [] }
      this.#unexpected()
    }
    this.#next()
    const args = this.#inner(() => this.#list(')'))
    this.#expect(')')
    return { t: 'builtin', name, args }
  }

  /** Read the slash at `at` again, as the beginning of a regular expression. */
  #regex(at: number): Node {
    let end = at + 1
    let bracket = false
    while (end < this.#text.length && (this.#text[end] !== '/' || bracket)) {
      const char = this.#text[end]
      if (char === '\n') this.#fail('regular expression compile failure (missing /)')
      if (char === '\\') end++
      else if (char === '[' && !bracket) {
        bracket = true
        if (this.#text[end + 1] === '^') end++
        if (this.#text[end + 1] === ']') end++
      } else if (char === ']') bracket = false
      end++
    }
    if (end >= this.#text.length)
      this.#fail(`runaway regular expression /${this.#text.slice(at + 1, at + 11)} ...`)
    const source = this.#text.slice(at + 1, end).replace(/\\\//g, '/')
    this.#at = end + 1
    this.#token = this.#scan()
    return { t: 'regex', source }
  }
}
