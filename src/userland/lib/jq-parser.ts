/** jq's language: from text to a tree. https://jqlang.github.io/jq/manual/v1.6/ */

export type Jq =
  | { readonly t: 'identity' | 'recurse' }
  | { readonly t: 'literal'; readonly value: unknown }
  | { readonly t: 'string'; readonly parts: readonly (string | Jq)[]; readonly format: string }
  | { readonly t: 'format'; readonly name: string }
  | { readonly t: 'index'; readonly of: Jq; readonly key: Jq }
  | { readonly t: 'slice'; readonly of: Jq; readonly from: Jq | undefined; readonly to: Jq | undefined }
  | { readonly t: 'iterate' | 'optional' | 'negate'; readonly of: Jq }
  | { readonly t: 'array'; readonly of: Jq | undefined }
  | { readonly t: 'object'; readonly entries: readonly (readonly [Jq, Jq])[] }
  | { readonly t: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly a: Jq; readonly b: Jq }
  | { readonly t: 'binary'; readonly op: string; readonly a: Jq; readonly b: Jq }
  | { readonly t: 'update'; readonly op: string; readonly a: Jq; readonly b: Jq }
  | { readonly t: 'if'; readonly test: Jq; readonly yes: Jq; readonly no: Jq }
  | { readonly t: 'try'; readonly of: Jq; readonly handler: Jq | undefined }
  | {
      readonly t: 'reduce' | 'foreach'
      readonly source: Jq
      readonly name: Pattern
      readonly start: Jq
      readonly update: Jq
      readonly extract: Jq | undefined
    }
  | { readonly t: 'as'; readonly source: Jq; readonly name: Pattern; readonly body: Jq }
  | {
      readonly t: 'def'
      readonly name: string
      readonly params: readonly string[]
      readonly body: Jq
      readonly rest: Jq
    }
  | { readonly t: 'call'; readonly name: string; readonly args: readonly Jq[] }
  | { readonly t: 'variable'; readonly name: string }

export type Pattern =
  | { readonly t: 'name'; readonly name: string }
  | { readonly t: 'array'; readonly items: readonly Pattern[] }
  | { readonly t: 'object'; readonly entries: readonly (readonly [string, Pattern])[] }

export class JqSyntaxError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const TOKEN =
  /\s+|#[^\n]*|("(?:[^"\\]|\\.)*")|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|(\$?(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*|@\w+)|(\.\.|\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|[.[\]{}():,|?;+\-*/%<>=$])/y

const LEVELS: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]

export function parseJq(text: string): Jq {
  const parser = new Parser(tokens(text))
  const tree = parser.pipe()
  parser.end()
  return tree
}

/** Tokens; a string interpolation is one token, its inner text parsed later. */
function tokens(text: string): string[] {
  const list: string[] = []
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"') {
      const end = stringEnd(text, at)
      list.push(text.slice(at, end))
      at = end
      continue
    }
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match) throw new JqSyntaxError(`syntax error, unexpected INVALID_CHARACTER`)
    if (match[0].trim() && !match[0].startsWith('#')) list.push(match[0])
    at = TOKEN.lastIndex
  }
  return list
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return at + 1
    if (text[at] !== '\\') continue
    at++
    if (text[at] !== '(') continue
    for (let depth = 1; depth && ++at < text.length; ) {
      if (text[at] === '"') at = stringEnd(text, at) - 1
      else if (text[at] === '(') depth++
      else if (text[at] === ')') depth--
    }
  }
  throw new JqSyntaxError('syntax error, unexpected QQSTRING_START, expecting $end')
}

const IDENTITY: Jq = { t: 'identity' }

class Parser {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(list: readonly string[]) {
    this.#tokens = list
  }

  get #token(): string | undefined {
    return this.#tokens[this.#at]
  }

  #unexpected(): never {
    const token = this.#token
    const name =
      token === undefined
        ? '$end'
        : /^[A-Za-z_]/.test(token)
          ? 'IDENT'
          : /^["]/.test(token)
            ? 'QQSTRING_START'
            : /^\d/.test(token)
              ? 'LITERAL'
              : `'${token}'`
    throw new JqSyntaxError(`syntax error, unexpected ${name}`)
  }

  #accept(token: string): boolean {
    if (this.#token !== token) return false
    this.#at++
    return true
  }

  #expect(token: string): void {
    if (!this.#accept(token)) this.#unexpected()
  }

  end(): void {
    if (this.#token !== undefined) this.#unexpected()
  }

  pipe(noComma = false): Jq {
    if (this.#token === 'def') return this.#def(noComma)
    const a = noComma ? this.#level(0) : this.#comma()
    if (this.#accept('as')) {
      const name = this.#pattern()
      this.#expect('|')
      return { t: 'as', source: a, name, body: this.pipe(noComma) }
    }
    if (this.#accept('|')) return { t: 'pipe', a, b: this.pipe(noComma) }
    return a
  }

  #def(noComma: boolean): Jq {
    this.#at++
    const name = this.#tokens[this.#at++] ?? this.#unexpected()
    const params: string[] = []
    if (this.#accept('(')) {
      do params.push(this.#tokens[this.#at++]!)
      while (this.#accept(';'))
      this.#expect(')')
    }
    this.#expect(':')
    const body = this.pipe()
    this.#expect(';')
    const rest = this.#token === undefined ? IDENTITY : this.pipe(noComma)
    return { t: 'def', name, params, body, rest }
  }

  #pattern(): Pattern {
    const token = this.#token
    if (token === undefined) this.#unexpected()
    this.#at++
    if (token.startsWith('$')) return { t: 'name', name: token.slice(1) }
    if (token === '[') {
      const items: Pattern[] = []
      do items.push(this.#pattern())
      while (this.#accept(','))
      this.#expect(']')
      return { t: 'array', items }
    }
    if (token !== '{') {
      this.#at--
      this.#unexpected()
    }
    const entries: [string, Pattern][] = []
    do {
      const key = this.#tokens[this.#at++] ?? this.#unexpected()
      const name = key.startsWith('$')
        ? key.slice(1)
        : key.startsWith('"')
          ? (JSON.parse(key) as string)
          : key
      entries.push([name, this.#accept(':') ? this.#pattern() : { t: 'name', name }])
    } while (this.#accept(','))
    this.#expect('}')
    return { t: 'object', entries }
  }

  #comma(): Jq {
    let a = this.#level(0)
    while (this.#accept(',')) a = { t: 'comma', a, b: this.#level(0) }
    return a
  }

  #level(level: number): Jq {
    const operators = LEVELS[level]
    if (!operators) return this.#postfix()
    let a = this.#level(level + 1)
    while (this.#token !== undefined && operators.includes(this.#token)) {
      const op = this.#tokens[this.#at++]!
      if (op === '//') return { t: 'alternative', a, b: this.#level(level) }
      const b = this.#level(level + 1)
      if (level === 1) a = { t: 'update', op: op.slice(0, -1), a, b }
      else if (op === 'and' || op === 'or') a = { t: op, a, b }
      else a = { t: 'binary', op, a, b }
    }
    return a
  }

  #postfix(): Jq {
    let it = this.#term()
    for (;;) {
      if (this.#accept('?')) it = { t: 'optional', of: it }
      else if (this.#accept('[')) it = this.#brackets(it)
      else if (this.#token === '.' && /^["[A-Za-z_]/.test(this.#tokens[this.#at + 1] ?? '')) {
        this.#at++
        it = this.#accept('[') ? this.#brackets(it) : { t: 'index', of: it, key: this.#fieldName() }
      } else return it
    }
  }

  #fieldName(): Jq {
    const token = this.#tokens[this.#at++]!
    return token.startsWith('"') ? stringNode(token, '') : { t: 'literal', value: token }
  }

  #brackets(of: Jq): Jq {
    if (this.#accept(']')) return { t: 'iterate', of }
    if (this.#accept(':')) {
      const to = this.pipe()
      this.#expect(']')
      return { t: 'slice', of, from: undefined, to }
    }
    const key = this.pipe()
    if (!this.#accept(':')) {
      this.#expect(']')
      return { t: 'index', of, key }
    }
    const to = this.#token === ']' ? undefined : this.pipe()
    this.#expect(']')
    return { t: 'slice', of, from: key, to }
  }

  #term(): Jq {
    const token = this.#token
    if (token === undefined) this.#unexpected()
    this.#at++
    if (token === '.') {
      const next = this.#token ?? ''
      if (
        /^["A-Za-z_]/.test(next) &&
        ![
          'as',
          'and',
          'or',
          'then',
          'else',
          'elif',
          'end',
          'catch',
          'reduce',
          'foreach',
          'def',
          'if',
          'try',
        ].includes(next)
      )
        return { t: 'index', of: IDENTITY, key: this.#fieldName() }
      return IDENTITY
    }
    if (token === '..') return { t: 'recurse' }
    if (token.startsWith('"')) return stringNode(token, '')
    if (/^[\d.]/.test(token)) return { t: 'literal', value: Number(token) }
    if (token === '-') return { t: 'negate', of: this.#postfix() }
    if (token.startsWith('$')) return { t: 'variable', name: token.slice(1) }
    if (token.startsWith('@')) {
      if (this.#token?.startsWith('"')) return stringNode(this.#tokens[this.#at++]!, token.slice(1))
      return { t: 'format', name: token.slice(1) }
    }
    switch (token) {
      case '(': {
        const inner = this.pipe()
        this.#expect(')')
        return inner
      }
      case '[': {
        if (this.#accept(']')) return { t: 'array', of: undefined }
        const of = this.pipe()
        this.#expect(']')
        return { t: 'array', of }
      }
      case '{':
        return this.#object()
      case 'if':
        return this.#if()
      case 'try': {
        const of = this.#postfix()
        return { t: 'try', of, handler: this.#accept('catch') ? this.#postfix() : undefined }
      }
      case 'reduce':
      case 'foreach': {
        const source = this.#postfix()
        this.#expect('as')
        const name = this.#pattern()
        this.#expect('(')
        const start = this.pipe()
        this.#expect(';')
        const update = this.pipe()
        const extract = this.#accept(';') ? this.pipe() : undefined
        this.#expect(')')
        return { t: token, source, name, start, update, extract }
      }
      default:
    }
    if (
      !/^[A-Za-z_]/.test(token) ||
      ['then', 'else', 'elif', 'end', 'as', 'and', 'or', 'catch'].includes(token)
    ) {
      this.#at--
      this.#unexpected()
    }
    if (token === 'true' || token === 'false' || token === 'null')
      return { t: 'literal', value: JSON.parse(token) as unknown }
    const args: Jq[] = []
    if (this.#accept('(')) {
      do args.push(this.pipe())
      while (this.#accept(';'))
      this.#expect(')')
    }
    return { t: 'call', name: token, args }
  }

  #if(): Jq {
    const test = this.pipe()
    this.#expect('then')
    const yes = this.pipe()
    if (this.#accept('elif')) return { t: 'if', test, yes, no: this.#if() }
    const no = this.#accept('else') ? this.pipe() : IDENTITY
    this.#expect('end')
    return { t: 'if', test, yes, no }
  }

  #object(): Jq {
    const entries: [Jq, Jq][] = []
    while (!this.#accept('}')) {
      const token = this.#tokens[this.#at++] ?? this.#unexpected()
      let key: Jq
      let value: Jq | undefined
      if (token === '(') {
        key = this.pipe()
        this.#expect(')')
      } else if (token.startsWith('"')) key = stringNode(token, '')
      else if (token.startsWith('$')) {
        key = { t: 'literal', value: token.slice(1) }
        value = { t: 'variable', name: token.slice(1) }
      } else if (/^[A-Za-z_]/.test(token)) key = { t: 'literal', value: token }
      else {
        this.#at--
        this.#unexpected()
      }
      if (this.#accept(':')) value = this.#value()
      entries.push([key, value ?? { t: 'index', of: IDENTITY, key }])
      if (!this.#accept(',') && this.#token !== '}') this.#unexpected()
    }
    return { t: 'object', entries }
  }

  /** The value of a key: alternatives joined by pipes, without commas. */
  #value(): Jq {
    const a = this.#level(0)
    return this.#accept('|') ? { t: 'pipe', a, b: this.#value() } : a
  }
}

/** A string literal with its interpolations. */
function stringNode(token: string, format: string): Jq {
  const parts: (string | Jq)[] = []
  const body = token.slice(1, -1)
  let plain = ''
  for (let at = 0; at < body.length; at++) {
    if (body[at] !== '\\') {
      plain += body[at]
      continue
    }
    if (body[at + 1] !== '(') {
      const escape = /^\\(u[0-9a-fA-F]{4}|.)/s.exec(body.slice(at))![0]
      plain += JSON.parse(`"${escape}"`) as string
      at += escape.length - 1
      continue
    }
    let end = at + 2
    for (let depth = 1; end < body.length; end++) {
      if (body[end] === '"') end = stringEnd(body, end) - 1
      else if (body[end] === '(') depth++
      else if (body[end] === ')' && !--depth) break
    }
    if (plain) parts.push(plain)
    plain = ''
    parts.push(parseJq(body.slice(at + 2, end)))
    at = end
  }
  if (plain || !parts.length) parts.push(plain)
  return { t: 'string', parts, format }
}
