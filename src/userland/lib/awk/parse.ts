/** awk programs: from text to a tree. mawk: parse.y, whose messages these are; awk(1p). */
import { ARGUMENTS } from './arguments.ts'
import { fatal } from '../command.ts'
import { checkTypes } from './check.ts'
import { Tokens } from './tokens.ts'
import type { Dialect, Func, Node, Program, Rule, Statement } from './tree.ts'

/** `source` is what busybox calls the text in its messages. */
export function parseAwk(text: string, dialect: Dialect, source = 'cmd. line'): Program {
  const program = new Parser(text, dialect, source).program()
  if (dialect === 'mawk') checkTypes(program)
  return program
}

class Parser {
  readonly #tokens: Tokens
  readonly #functions = new Map<string, Func>()
  readonly #called = new Set<string>()
  #noIn = false
  #noGreater = false
  #depth = 0
  /** What surrounds the statement being read. */
  #loops = 0
  #kind: 'BEGIN' | 'END' | 'main' | 'function' = 'main'

  constructor(text: string, dialect: Dialect, source: string) {
    this.#tokens = new Tokens(text, dialect, source)
  }

  #unexpected(): never {
    const { t, text } = this.#tokens.token
    if ((t === 'end' || t === 'newline') && this.#tokens.parens > 0)
      this.#tokens.fail('missing ) near end of line', 1)
    if (t === 'end')
      this.#tokens.fail(
        this.#depth ? 'missing } near end of file' : 'syntax error at or near end of file',
        this.#tokens.line + 1,
      )
    if (t === 'newline') this.#tokens.fail('syntax error at or near end of line')
    this.#tokens.fail(`syntax error at or near ${text}`)
  }

  #expect(text: string): void {
    if (!this.#tokens.accept(text)) {
      if (text === ')' && (this.#tokens.token.t === 'end' || this.#tokens.token.t === 'newline'))
        this.#tokens.fail('missing ) near end of line')
      if (text === ')' && this.#tokens.is('}')) this.#tokens.fail('missing ) near }')
      this.#unexpected()
    }
  }

  // ---- Structure

  program(): Program {
    const rules: Rule[] = []
    this.#tokens.terminators()
    while (this.#tokens.token.t !== 'end') {
      if (this.#tokens.is('}')) this.#extraBrace()
      if (this.#tokens.is('function') || this.#tokens.is('func')) this.#function()
      else rules.push(this.#rule())
      this.#tokens.terminators()
    }
    for (const name of this.#called)
      if (!this.#functions.has(name) && this.#tokens.dialect === 'mawk')
        this.#tokens.fail(`function ${name} never defined`, this.#tokens.line + 1)
    return { rules, functions: this.#functions }
  }

  /** mawk goes on after a brace too much, until the line ends. */
  #extraBrace(): never {
    if (this.#tokens.dialect === 'busybox') this.#tokens.fail('')
    const at = `line ${this.#tokens.token.line}: `
    throw fatal(`${at}extra '}'\nawk: ${at}syntax error at or near end of line`, undefined, 2)
  }

  #function(): void {
    this.#tokens.next()
    if (this.#tokens.token.t !== 'name') this.#unexpected()
    const { text: name } = this.#tokens.next()
    if (this.#functions.has(name)) this.#tokens.fail(`redefinition of ${name}`)
    this.#expect('(')
    const params: string[] = []
    while (!this.#tokens.is(')')) {
      if (this.#tokens.token.t !== 'name') this.#unexpected()
      const { text } = this.#tokens.next()
      if (text === name) this.#tokens.fail(`syntax error at or near ${text}`)
      if (params.includes(text)) this.#tokens.fail(`${text} is duplicated in argument list`)
      params.push(text)
      this.#tokens.newlines()
      if (!this.#tokens.accept(',')) break
      this.#tokens.newlines()
      if (this.#tokens.is(')')) this.#unexpected()
    }
    this.#expect(')')
    this.#kind = 'function'
    this.#tokens.newlines()
    const it: Func = { name, params, body: { t: 'block', list: [] } }
    this.#functions.set(name, it)
    it.body = this.#block()
  }

  #rule(): Rule {
    if (this.#tokens.is('BEGIN') || this.#tokens.is('END')) {
      const { text, line } = this.#tokens.next()
      const kind = text as 'BEGIN' | 'END'
      this.#kind = kind
      if (this.#tokens.token.t === 'newline' || this.#tokens.token.t === 'end')
        this.#tokens.fail('syntax error at or near end of line', line)
      if (!this.#tokens.is('{')) this.#unexpected()
      return { kind, pattern: undefined, until: undefined, body: this.#block() }
    }
    this.#kind = 'main'
    if (this.#tokens.is('{'))
      return { kind: 'main', pattern: undefined, until: undefined, body: this.#block() }
    const pattern = this.#expression()
    let until: Node | undefined
    if (this.#tokens.accept(',')) {
      this.#tokens.newlines()
      until = this.#expression()
    }
    const body = this.#tokens.is('{') ? this.#block() : undefined
    if (!body && !['newline', 'end'].includes(this.#tokens.token.t) && !this.#tokens.is(';'))
      this.#unexpected()
    return { kind: until ? 'range' : 'main', pattern, until, body }
  }

  #block(): Statement {
    this.#expect('{')
    this.#depth++
    const list: Statement[] = []
    this.#tokens.terminators()
    while (!this.#tokens.is('}')) {
      if (this.#tokens.token.t === 'end') this.#unexpected()
      list.push(this.#statement())
      this.#tokens.terminators()
    }
    this.#depth--
    this.#tokens.next()
    return { t: 'block', list }
  }

  /** A simple statement ends with a newline, a semicolon or before a closing brace. */
  #ended(): void {
    if (this.#tokens.token.t === 'newline' || this.#tokens.is(';')) this.#tokens.next()
    else if (!this.#tokens.is('}') && this.#tokens.token.t !== 'end') this.#unexpected()
  }

  #body(): Statement {
    this.#tokens.newlines()
    if (this.#tokens.accept(';')) return { t: 'block', list: [] }
    return this.#statement()
  }

  #loopBody(): Statement {
    this.#loops++
    const body = this.#body()
    this.#loops--
    return body
  }

  #statement(): Statement {
    const { t, text } = this.#tokens.token
    if (this.#tokens.is('{')) return this.#block()
    if (t === 'word')
      switch (text) {
        case 'if':
          return this.#if()
        case 'while': {
          this.#tokens.next()
          const test = this.#condition()
          return { t: 'while', test, body: this.#loopBody() }
        }
        case 'do': {
          this.#tokens.next()
          const body = this.#loopBody()
          this.#tokens.terminators()
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
    this.#tokens.next()
    const test = this.#condition()
    const yes = this.#body()
    // A semicolon or newlines may stand before else.
    const saved = this.#tokens.mark()
    this.#tokens.terminators()
    if (this.#tokens.accept('else')) return { t: 'if', test, yes, no: this.#body() }
    this.#tokens.backTo(saved)
    return { t: 'if', test, yes, no: undefined }
  }

  #for(): Statement {
    this.#tokens.next()
    this.#expect('(')
    const loop = /^\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(this.#tokens.rest)
    if (loop) {
      for (let i = 0; i < 4; i++) this.#tokens.next()
      return { t: 'forin', name: loop[1]!, array: loop[2]!, body: this.#loopBody() }
    }
    const start = this.#tokens.is(';') ? undefined : this.#inner(() => this.#simple())
    this.#expect(';')
    this.#tokens.newlines()
    const test = this.#tokens.is(';') ? undefined : this.#inner(() => this.#expression())
    this.#expect(';')
    this.#tokens.newlines()
    const step = this.#tokens.is(')') ? undefined : this.#inner(() => this.#simple())
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
    const { t, text } = this.#tokens.token
    if (t !== 'word' || text === 'getline') return { t: 'expression', of: this.#expression() }
    switch (text) {
      case 'print':
      case 'printf':
        this.#tokens.next()
        return this.#print(text)
      case 'next':
      case 'nextfile':
        if (this.#kind !== 'main' && this.#tokens.dialect === 'mawk')
          this.#tokens.fail(`improper use of ${text}`)
        this.#tokens.next()
        return { t: text }
      case 'break':
      case 'continue':
        if (!this.#loops) this.#tokens.failAsBusybox(`'${text}' not in a loop`)
        if (!this.#loops) this.#tokens.fail(`${text} statement outside of loop`)
        this.#tokens.next()
        return { t: text }
      case 'exit':
      case 'return': {
        if (text === 'return' && this.#kind !== 'function') this.#tokens.fail('return outside function body')
        this.#tokens.next()
        const ends =
          this.#tokens.token.t === 'newline' ||
          this.#tokens.token.t === 'end' ||
          this.#tokens.is(';') ||
          this.#tokens.is('}')
        return { t: text, value: ends ? undefined : this.#expression() }
      }
      case 'delete': {
        this.#tokens.next()
        const parens = this.#tokens.accept('(')
        if (this.#tokens.token.t !== 'name') this.#tokens.failAsBusybox('Too few arguments')
        const { text: name } = this.#tokens.next()
        const keys = this.#tokens.is('[') ? this.#subscript() : undefined
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
      this.#tokens.token.t === 'newline' ||
      this.#tokens.token.t === 'end' ||
      [';', '}', '>', '>>', '|'].some(it => this.#tokens.is(it))
    if (ends() && t === 'printf') this.#tokens.fail('no arguments in call to printf')
    if (!ends()) {
      const list = [this.#expression()]
      while (this.#tokens.accept(',')) {
        this.#tokens.newlines()
        list.push(this.#expression())
      }
      args = list.length === 1 && list[0]!.t === 'group' ? list[0]!.list : list
    }
    let redirect = ''
    let to: Node | undefined
    for (const op of ['>', '>>', '|'])
      if (!redirect && this.#tokens.is(op)) {
        this.#tokens.next()
        redirect = op
        to = this.#expression()
      }
    this.#noGreater = false
    return { t, args, redirect, to }
  }

  // ---- Expressions, the loosest first

  #expression(): Node {
    const left = this.#ternary()
    const { text } = this.#tokens.token
    if (this.#tokens.token.t !== 'op' || !['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='].includes(text))
      return left
    if (left.t !== 'var' && left.t !== 'index' && left.t !== 'field') this.#unexpected()
    this.#tokens.next()
    this.#tokens.newlines()
    return { t: 'assign', op: text.replace('**', '^').slice(0, -1), to: left, value: this.#expression() }
  }

  #ternary(): Node {
    const test = this.#or()
    if (!this.#tokens.is('?')) return test
    this.#tokens.next()
    this.#tokens.newlines()
    const yes = this.#expression()
    this.#tokens.newlines()
    this.#expect(':')
    this.#tokens.newlines()
    return { t: 'cond', test, yes, no: this.#expression() }
  }

  #or(): Node {
    let a = this.#and()
    while (this.#tokens.is('||')) {
      this.#tokens.next()
      this.#tokens.newlines()
      a = { t: 'or', a, b: this.#and() }
    }
    return a
  }

  #and(): Node {
    let a = this.#in()
    while (this.#tokens.is('&&')) {
      this.#tokens.next()
      this.#tokens.newlines()
      a = { t: 'and', a, b: this.#in() }
    }
    return a
  }

  #in(): Node {
    let a = this.#matching()
    while (!this.#noIn && this.#tokens.is('in')) {
      this.#tokens.next()
      const { text: name } = this.#tokens.next()
      a = { t: 'in', keys: a.t === 'group' ? a.list : [a], name }
    }
    return a
  }

  #matching(): Node {
    let a = this.#comparison()
    for (;;) {
      const negated = this.#tokens.is('!') && this.#tokens.ahead[0] === '~'
      if (!this.#tokens.is('~') && !negated) return a
      if (negated) this.#tokens.next()
      this.#tokens.next()
      a = { t: 'match', negated, a, b: this.#regexOperand(this.#comparison()) }
    }
  }

  #regexOperand(it: Node): Node {
    if (it.t === 'string') this.#tokens.checkRegex(it.value)
    return it
  }

  #comparison(): Node {
    let a = this.#concatenation()
    for (;;) {
      const { t, text } = this.#tokens.token
      if (t === 'op' && text === '|' && /^\s*getline\b/.test(this.#tokens.ahead)) {
        this.#tokens.next()
        this.#tokens.next()
        a = { t: 'getline', to: this.#lvalue(), from: a, command: true }
        continue
      }
      const compares =
        t === 'op' && (['<', '<=', '==', '!=', '>='].includes(text) || (text === '>' && !this.#noGreater))
      if (!compares) return a
      this.#tokens.next()
      a = { t: 'binary', op: text, a, b: this.#concatenation() }
    }
  }

  #startsOperand(): boolean {
    const { t, text } = this.#tokens.token
    if (t === 'number' || t === 'string' || t === 'name' || t === 'func') return true
    if (t === 'op')
      return text === '$' || text === '!'
        ? !(text === '!' && (this.#tokens.ahead[0] === '~' || this.#tokens.ahead[0] === '='))
        : ['(', '-', '+', '++', '--'].includes(text)
    return false
  }

  #concatenation(): Node {
    let a = this.#additive()
    while (
      this.#startsOperand() &&
      !(this.#tokens.token.t === 'op' && (this.#tokens.token.text === '+' || this.#tokens.token.text === '-'))
    )
      a = { t: 'binary', op: ' ', a, b: this.#additive() }
    return a
  }

  #additive(): Node {
    let a = this.#multiplicative()
    while (this.#tokens.is('+') || this.#tokens.is('-')) {
      const op = this.#tokens.next().text
      a = { t: 'binary', op, a, b: this.#multiplicative() }
    }
    return a
  }

  #multiplicative(): Node {
    let a = this.#unary()
    while (this.#tokens.is('*') || this.#tokens.is('/') || this.#tokens.is('%')) {
      const op = this.#tokens.next().text
      a = { t: 'binary', op, a, b: this.#unary() }
    }
    return a
  }

  #unary(): Node {
    if (this.#tokens.is('!') || this.#tokens.is('-') || this.#tokens.is('+')) {
      const op = this.#tokens.next().text
      return { t: op === '!' ? 'not' : op === '-' ? 'minus' : 'plus', a: this.#unary() }
    }
    return this.#power()
  }

  #power(): Node {
    const a = this.#postfix()
    if (!this.#tokens.is('^') && !this.#tokens.is('**')) return a
    this.#tokens.next()
    // 2^-1 and 2^3^2: the right side is unary and associates to the right.
    const b =
      this.#tokens.is('-') || this.#tokens.is('+') || this.#tokens.is('!') ? this.#unary() : this.#power()
    return { t: 'binary', op: '^', a, b }
  }

  #postfix(): Node {
    const a = this.#primary()
    if (
      (this.#tokens.is('++') || this.#tokens.is('--')) &&
      (a.t === 'var' || a.t === 'index' || a.t === 'field')
    )
      return { t: 'step', by: this.#tokens.next().text === '++' ? 1 : -1, prefix: false, to: a }
    return a
  }

  #lvalue(): Node | undefined {
    if (this.#tokens.is('$') || this.#tokens.token.t === 'name') return this.#primary()
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
    this.#tokens.newlines()
    while (!this.#tokens.is(close)) {
      list.push(this.#expression())
      this.#tokens.newlines()
      if (!this.#tokens.accept(',')) break
      this.#tokens.newlines()
    }
    return list
  }

  #primary(): Node {
    const { t, text, at, line } = this.#tokens.token
    if (t === 'number') {
      this.#tokens.next()
      return { t: 'number', value: Number(text) }
    }
    if (t === 'string') {
      this.#tokens.next()
      return { t: 'string', value: text }
    }
    if (t === 'op')
      switch (text) {
        case '/':
        case '/=':
          return this.#tokens.regex(at)
        case '$':
          this.#tokens.next()
          if (this.#tokens.is('++') || this.#tokens.is('--')) return { t: 'field', of: this.#unaryStep() }
          if (this.#tokens.is('-') || this.#tokens.is('+') || this.#tokens.is('!'))
            return { t: 'field', of: this.#unary() }
          return { t: 'field', of: this.#primary() }
        case '++':
        case '--':
          return this.#unaryStep()
        case '(': {
          this.#tokens.next()
          const list = this.#inner(() => this.#list(')'))
          this.#expect(')')
          if (!list.length) this.#tokens.failAsBusybox('Empty sequence')
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
      this.#tokens.next()
      const to = this.#lvalue()
      const from = this.#tokens.accept('<') ? this.#postfix() : undefined
      return { t: 'getline', to, from, command: false }
    }
    if (t !== 'name') this.#unexpected()
    const calls = this.#tokens.ahead[0] === '('
    this.#tokens.next()
    if (calls) {
      this.#tokens.next()
      const args = this.#inner(() => this.#list(')'))
      this.#expect(')')
      this.#called.add(text)
      return { t: 'call', name: text, args, line }
    }
    return this.#tokens.is('[')
      ? { t: 'index', name: text, keys: this.#subscript(), line }
      : { t: 'var', name: text, line }
  }

  #unaryStep(): Node {
    const by = this.#tokens.next().text === '++' ? 1 : -1
    return { t: 'step', by, prefix: true, to: this.#primary() }
  }

  /** Functions whose arguments are no plain values are part of mawk's grammar. */
  #checkCount(name: string, count: number): void {
    const [least, most] = ARGUMENTS[name] ?? [0, Number.POSITIVE_INFINITY]
    if (count >= least && count <= most) return
    if (count < least) this.#tokens.failAsBusybox('Too few arguments')
    if (this.#tokens.dialect === 'busybox') return
    if (/^(split|match|g?sub)$/.test(name))
      this.#tokens.fail(`syntax error at or near ${count < least ? ')' : ','}`)
    this.#tokens.fail(`wrong number of arguments in call to ${name}`)
  }

  #builtin(): Node {
    const { text: name } = this.#tokens.next()
    if (!this.#tokens.is('(')) {
      if (name === 'length') return { t: 'builtin', name, args: [] }
      if (name === 'fflush') return { t: 'builtin', name, args: [] }
      this.#unexpected()
    }
    this.#tokens.next()
    const args = this.#inner(() => this.#list(')'))
    this.#checkCount(name, args.length)
    this.#expect(')')
    const [, pattern] = args
    if (pattern && /^g?sub$/.test(name)) this.#regexOperand(args[0]!)
    else if (pattern && name === 'match') this.#regexOperand(pattern)
    else if (name === 'split' && args[2]?.t === 'string' && args[2].value.length > 1)
      this.#regexOperand(args[2])
    return { t: 'builtin', name, args }
  }
}
