/**
 * The grammar of the few things that python3 of this host understands: statements and expressions as trees. The language is that of Python 3.11's reference manual, chapters 2, 6, 7 and 8.
 *
 * Left out: classes, decorators, generators, async, match, type hints, walrus, star expressions, comprehensions of
 * more than one loop.
 */
import { PySyntaxError, type Token, tokenize } from './tokens.ts'

/** What the language has and this parser has not. */
export class Unsupported {
  readonly what: string
  constructor(what: string) {
    this.what = what
  }
}

export type Expr =
  | { t: 'const'; value: bigint | number | string | boolean | null }
  | { t: 'bytes'; value: string }
  | { t: 'name'; name: string }
  | { t: 'list' | 'tuple' | 'set'; items: Expr[] }
  | { t: 'dict'; items: [Expr, Expr][] }
  | { t: 'comp'; kind: 'list' | 'set'; value: Expr; target: Expr; over: Expr; conditions: Expr[] }
  | { t: 'unary'; op: string; value: Expr }
  | { t: 'binary'; op: string; left: Expr; right: Expr }
  | { t: 'compare'; first: Expr; rest: [string, Expr][] }
  | { t: 'bool'; op: 'and' | 'or'; left: Expr; right: Expr }
  | { t: 'if'; test: Expr; then: Expr; otherwise: Expr }
  | { t: 'call'; fn: Expr; args: Expr[]; named: [string, Expr][] }
  | { t: 'attr'; of: Expr; name: string }
  | { t: 'index'; of: Expr; at: Expr }
  | { t: 'slice'; from: Expr | undefined; to: Expr | undefined; step: Expr | undefined }
  | { t: 'lambda'; params: Param[]; value: Expr }
  | { t: 'format'; parts: (string | { value: Expr; spec: string; repr: boolean })[] }

export interface Param {
  readonly name: string
  readonly otherwise: Expr | undefined
}

export type Stmt = { line: number } & (
  | { t: 'expr'; value: Expr }
  | { t: 'assign'; targets: Expr[]; value: Expr }
  | { t: 'augment'; target: Expr; op: string; value: Expr }
  | { t: 'import'; names: [string, string][] }
  | { t: 'from'; module: string; names: [string, string][] }
  | { t: 'pass' | 'break' | 'continue' }
  | { t: 'return' | 'raise'; value: Expr | undefined }
  | { t: 'del'; targets: Expr[] }
  | { t: 'global'; names: string[] }
  | { t: 'assert'; test: Expr; message: Expr | undefined }
  | { t: 'if'; test: Expr; then: Stmt[]; otherwise: Stmt[] }
  | { t: 'while'; test: Expr; body: Stmt[]; otherwise: Stmt[] }
  | { t: 'for'; target: Expr; over: Expr; body: Stmt[]; otherwise: Stmt[] }
  | { t: 'def'; name: string; params: Param[]; body: Stmt[] }
  | {
      t: 'try'
      body: Stmt[]
      handlers: { kinds: Expr | undefined; name: string; body: Stmt[] }[]
      otherwise: Stmt[]
      last: Stmt[]
    }
  | { t: 'with'; value: Expr; target: Expr | undefined; body: Stmt[] }
)

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
}

const unescape = (text: string): string =>
  text.replace(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\s\S])/g,
    (whole, code: string) => {
      if (/^[xuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8))
      return ESCAPES[code] ?? ('\\\'"'.includes(code) ? code : whole)
    },
  )

const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
   import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
)

/** Binary operators from the loosest to the tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
]

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(source: string) {
    this.#tokens = tokenize(source)
  }

  get #token(): Token {
    return this.#tokens[this.#at]!
  }

  #isKind(kind: Token['kind']): boolean {
    return this.#token.kind === kind
  }

  #is(text: string): boolean {
    const { kind, text: here } = this.#token
    return here === text && (kind === 'op' || kind === 'name')
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false
    this.#at++
    return true
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#wrong(text === ':' ? "expected ':'" : 'invalid syntax')
  }

  #wrong(message = 'invalid syntax'): PySyntaxError {
    return new PySyntaxError(message, this.#token.line)
  }

  #name(): string {
    const { kind, text } = this.#token
    if (kind !== 'name' || KEYWORDS.has(text)) throw this.#wrong()
    this.#at++
    return text
  }

  // ---- Statements

  program(): Stmt[] {
    const body: Stmt[] = []
    while (this.#token.kind !== 'end') {
      if (this.#token.kind === 'indent')
        throw new PySyntaxError('unexpected indent', this.#token.line, 'IndentationError')
      body.push(...this.#statement())
    }
    return body
  }

  #block(): Stmt[] {
    this.#expect(':')
    if (!this.#isKind('newline')) return this.#simpleLine()
    this.#at++
    if (!this.#isKind('indent'))
      throw new PySyntaxError('expected an indented block', this.#token.line, 'IndentationError')
    this.#at++
    const body: Stmt[] = []
    while (this.#token.kind !== 'dedent') body.push(...this.#statement())
    this.#at++
    return body
  }

  #statement(): Stmt[] {
    const { line, text, kind } = this.#token
    if (kind === 'name')
      switch (text) {
        case 'if':
          this.#at++
          return [this.#if(line)]
        case 'while': {
          this.#at++
          const test = this.#expression()
          return [{ t: 'while', line, test, body: this.#block(), otherwise: this.#else() }]
        }
        case 'for': {
          this.#at++
          const target = this.#targets()
          this.#expect('in')
          const over = this.#expressions()
          return [{ t: 'for', line, target, over, body: this.#block(), otherwise: this.#else() }]
        }
        case 'def': {
          this.#at++
          const name = this.#name()
          this.#expect('(')
          const params = this.#params(')')
          this.#expect(')')
          return [{ t: 'def', line, name, params, body: this.#block() }]
        }
        case 'try':
          this.#at++
          return [this.#try(line)]
        case 'with': {
          this.#at++
          const value = this.#expression()
          const target = this.#take('as') ? this.#postfix() : undefined
          return [{ t: 'with', line, value, target, body: this.#block() }]
        }
        case 'class':
        case 'async':
        case 'nonlocal':
        case 'yield':
        case 'await':
          throw new Unsupported(`the statement '${text}'`)
      }
    if (kind === 'op' && text === '@') throw new Unsupported('a decorator')
    return this.#simpleLine()
  }

  #if(line: number): Stmt {
    const test = this.#expression()
    const then = this.#block()
    const next = this.#token.line
    return { t: 'if', line, test, then, otherwise: this.#take('elif') ? [this.#if(next)] : this.#else() }
  }

  #else(): Stmt[] {
    return this.#take('else') ? this.#block() : []
  }

  #try(line: number): Stmt {
    const body = this.#block()
    const handlers: { kinds: Expr | undefined; name: string; body: Stmt[] }[] = []
    while (this.#take('except')) {
      const kinds = this.#is(':') ? undefined : this.#expression()
      const name = this.#take('as') ? this.#name() : ''
      handlers.push({ kinds, name, body: this.#block() })
    }
    const otherwise = this.#else()
    return { t: 'try', line, body, handlers, otherwise, last: this.#take('finally') ? this.#block() : [] }
  }

  #simpleLine(): Stmt[] {
    const found: Stmt[] = []
    do {
      if (this.#token.kind === 'newline') break
      found.push(this.#simple())
    } while (this.#take(';'))
    if (this.#token.kind !== 'newline') throw this.#wrong()
    this.#at++
    return found
  }

  #simple(): Stmt {
    const { line, text, kind } = this.#token
    const ends = (): boolean => this.#token.kind === 'newline' || this.#is(';')
    if (kind === 'name') {
      switch (text) {
        case 'pass':
        case 'break':
        case 'continue':
          this.#at++
          return { t: text, line }
        case 'return':
        case 'raise':
          this.#at++
          return { t: text, line, value: ends() ? undefined : this.#expressions() }
        case 'import':
          this.#at++
          return { t: 'import', line, names: this.#imported() }
        case 'from': {
          this.#at++
          const module = this.#dotted()
          this.#expect('import')
          const inBrackets = this.#take('(')
          const names: [string, string][] = this.#take('*') ? [['*', '*']] : this.#imported()
          if (inBrackets) this.#expect(')')
          return { t: 'from', line, module, names }
        }
        case 'del': {
          this.#at++
          const value = this.#expressions()
          return { t: 'del', line, targets: value.t === 'tuple' ? value.items : [value] }
        }
        case 'global': {
          this.#at++
          const names = [this.#name()]
          while (this.#take(',')) names.push(this.#name())
          return { t: 'global', line, names }
        }
        case 'assert': {
          this.#at++
          const test = this.#expression()
          return { t: 'assert', line, test, message: this.#take(',') ? this.#expression() : undefined }
        }
      }
    }
    const value = this.#expressions()
    const operator = /^(\*\*|\/\/|<<|>>|[-+*/%&|^@])=$/.exec(this.#token.text)?.[1]
    if (operator && this.#token.kind === 'op') {
      this.#at++
      return { t: 'augment', line, target: value, op: operator, value: this.#expressions() }
    }
    if (this.#is(':') || this.#is(':=')) throw new Unsupported('an annotation')
    if (!this.#is('=')) return { t: 'expr', line, value }
    const all = [value]
    while (this.#take('=')) all.push(this.#expressions())
    return { t: 'assign', line, targets: all.slice(0, -1), value: all.at(-1)! }
  }

  #dotted(): string {
    let name = this.#name()
    while (this.#take('.')) name += `.${this.#name()}`
    return name
  }

  #imported(): [string, string][] {
    const names: [string, string][] = []
    do {
      const name = this.#dotted()
      names.push([name, this.#take('as') ? this.#name() : name.split('.')[0]!])
    } while (this.#take(','))
    return names
  }

  // ---- Expressions

  /** One expression, or a tuple of several. */
  #expressions(): Expr {
    const first = this.#expression()
    if (!this.#is(',')) return first
    const items = [first]
    while (this.#take(',')) {
      const { kind, text } = this.#token
      if (kind === 'newline' || (kind === 'op' && '=)]}:;'.includes(text))) break
      items.push(this.#expression())
    }
    return { t: 'tuple', items }
  }

  /** The variables of a loop. */
  #targets(): Expr {
    const first = this.#postfix()
    if (!this.#is(',')) return first
    const items = [first]
    while (this.#take(',')) if (!this.#is('in')) items.push(this.#postfix())
    return { t: 'tuple', items }
  }

  #expression(): Expr {
    if (this.#take('lambda')) {
      const params = this.#params(':')
      this.#expect(':')
      return { t: 'lambda', params, value: this.#expression() }
    }
    if (this.#is('yield') || this.#is('await') || this.#is('*'))
      throw new Unsupported(`'${this.#token.text}' here`)
    const then = this.#or()
    if (!this.#take('if')) return then
    const test = this.#or()
    this.#expect('else')
    return { t: 'if', test, then, otherwise: this.#expression() }
  }

  #params(end: string): Param[] {
    const params: Param[] = []
    while (!this.#is(end)) {
      if (this.#is('*') || this.#is('**') || this.#is('/')) throw new Unsupported('a parameter with a star')
      const name = this.#name()
      if (end === ')' && this.#is(':')) throw new Unsupported('an annotation')
      params.push({ name, otherwise: this.#take('=') ? this.#expression() : undefined })
      if (!this.#take(',')) break
    }
    return params
  }

  #or(): Expr {
    let left = this.#and()
    while (this.#take('or')) left = { t: 'bool', op: 'or', left, right: this.#and() }
    return left
  }

  #and(): Expr {
    let left = this.#not()
    while (this.#take('and')) left = { t: 'bool', op: 'and', left, right: this.#not() }
    return left
  }

  #not(): Expr {
    return this.#take('not') ? { t: 'unary', op: 'not', value: this.#not() } : this.#comparison()
  }

  #comparison(): Expr {
    const first = this.#binary(0)
    const rest: [string, Expr][] = []
    for (;;) {
      let op = this.#token.text
      if (op === 'not' && this.#tokens[this.#at + 1]?.text === 'in') {
        this.#at++
        op = 'not in'
      } else if (
        this.#token.kind === 'string' ||
        !['<', '>', '==', '>=', '<=', '!=', 'in', 'is'].includes(op)
      )
        break
      this.#at++
      if (op === 'is' && this.#take('not')) op = 'is not'
      rest.push([op, this.#binary(0)])
    }
    return rest.length ? { t: 'compare', first, rest } : first
  }

  #binary(level: number): Expr {
    const operators = LEVELS[level]
    if (!operators) return this.#unary()
    let left = this.#binary(level + 1)
    while (this.#token.kind === 'op' && operators.includes(this.#token.text)) {
      const op = this.#token.text
      this.#at++
      left = { t: 'binary', op, left, right: this.#binary(level + 1) }
    }
    return left
  }

  #unary(): Expr {
    for (const op of ['-', '+', '~']) if (this.#take(op)) return { t: 'unary', op, value: this.#unary() }
    const base = this.#postfix()
    return this.#take('**') ? { t: 'binary', op: '**', left: base, right: this.#unary() } : base
  }

  #postfix(): Expr {
    let it = this.#atom()
    for (;;) {
      if (this.#take('.')) it = { t: 'attr', of: it, name: this.#name() }
      else if (this.#take('(')) it = this.#call(it)
      else if (this.#take('[')) {
        it = { t: 'index', of: it, at: this.#subscript() }
        this.#expect(']')
      } else return it
    }
  }

  #call(fn: Expr): Expr {
    const args: Expr[] = []
    const named: [string, Expr][] = []
    while (!this.#is(')')) {
      const next = this.#tokens[this.#at + 1]
      if (this.#token.kind === 'name' && next?.kind === 'op' && next.text === '=') {
        const name = this.#name()
        this.#expect('=')
        named.push([name, this.#expression()])
      } else {
        const value = this.#expression()
        args.push(this.#is('for') ? this.#comprehension('list', value) : value)
      }
      if (!this.#take(',')) break
    }
    this.#expect(')')
    return { t: 'call', fn, args, named }
  }

  #subscript(): Expr {
    const part = (): Expr | undefined => (this.#is(':') || this.#is(']') ? undefined : this.#expressions())
    const from = part()
    if (!this.#take(':')) return from ?? { t: 'tuple', items: [] }
    const to = part()
    return { t: 'slice', from, to, step: this.#take(':') ? part() : undefined }
  }

  #comprehension(kind: 'list' | 'set', value: Expr): Expr {
    this.#expect('for')
    const target = this.#targets()
    this.#expect('in')
    const over = this.#or()
    const conditions: Expr[] = []
    while (this.#take('if')) conditions.push(this.#or())
    if (this.#is('for')) throw new Unsupported('a comprehension of two loops')
    return { t: 'comp', kind, value, target, over, conditions }
  }

  #atom(): Expr {
    const { kind, text } = this.#token
    if (kind === 'number') {
      this.#at++
      const digits = text.replaceAll('_', '')
      return {
        t: 'const',
        value: /^0[xob]/i.test(digits) || /^\d+$/.test(digits) ? BigInt(digits) : Number(digits),
      }
    }
    if (kind === 'string') return this.#strings()
    if (kind === 'name') {
      const constant = { True: true, False: false, None: null }[text]
      if (constant !== undefined) {
        this.#at++
        return { t: 'const', value: constant }
      }
      return { t: 'name', name: this.#name() }
    }
    this.#at++
    if (kind === 'op' && text === '(') return this.#brackets()
    if (kind === 'op' && text === '[') {
      if (this.#take(']')) return { t: 'list', items: [] }
      const value = this.#expressions()
      const list: Expr = this.#is('for')
        ? this.#comprehension('list', value)
        : { t: 'list', items: value.t === 'tuple' ? value.items : [value] }
      this.#expect(']')
      return list
    }
    if (kind === 'op' && text === '{') return this.#braces()
    this.#at--
    throw this.#wrong()
  }

  #brackets(): Expr {
    if (this.#take(')')) return { t: 'tuple', items: [] }
    const value = this.#expressions()
    const it = this.#is('for') ? this.#comprehension('list', value) : value
    this.#expect(')')
    return it
  }

  #braces(): Expr {
    const items: [Expr, Expr][] = []
    const members: Expr[] = []
    while (!this.#is('}')) {
      const key = this.#expression()
      if (this.#take(':')) items.push([key, this.#expression()])
      else members.push(key)
      if (this.#is('for')) throw new Unsupported('a comprehension in braces')
      if (!this.#take(',')) break
    }
    this.#expect('}')
    return members.length ? { t: 'set', items: members } : { t: 'dict', items }
  }

  /** Strings beside each other are one. */
  #strings(): Expr {
    const parts: (string | { value: Expr; spec: string; repr: boolean })[] = []
    let isBytes = false
    let isFormat = false
    while (this.#token.kind === 'string') {
      const { text, prefix = '' } = this.#token
      this.#at++
      isBytes ||= prefix.includes('b')
      const cooked = (raw: string): string => (prefix.includes('r') ? raw : unescape(raw))
      if (prefix.includes('f')) {
        isFormat = true
        parts.push(...formatParts(text, cooked))
      } else parts.push(cooked(text))
    }
    if (isFormat) return { t: 'format', parts }
    return isBytes ? { t: 'bytes', value: parts.join('') } : { t: 'const', value: parts.join('') }
  }

  /** The whole text as one expression, for the fields of f-strings. */
  only(): Expr {
    const value = this.#expressions()
    if (this.#token.kind !== 'newline') throw this.#wrong('f-string: invalid syntax')
    return value
  }
}

/** The fields of an f-string: `{value!r:spec}`. */
function formatParts(
  text: string,
  cooked: (raw: string) => string,
): (string | { value: Expr; spec: string; repr: boolean })[] {
  return text.split(/(\{\{|\}\}|\{[^{}]*\})/).map(part => {
    if (part === '{{' || part === '}}') return part[0]!
    if (!part.startsWith('{')) return cooked(part)
    const [, value = '', conversion, spec = ''] = /^\{(.*?)(?:!([rsa]))?(?::([^\]'"]*))?\}$/s.exec(part) ?? []
    return { value: new Parser(value.trim()).only(), spec, repr: conversion === 'r' }
  })
}

export const parseProgram = (source: string): Stmt[] => new Parser(source).program()
