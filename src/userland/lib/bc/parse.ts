/**
 * bc's grammar: tokens to statements. Linux: GNU bc bc/bc.y.
 *
 * Runtime messages name an address in GNU bc's byte code (`adr=3`); `#address` counts the bytes it would have made.
 * Left out: the byte code of && and || and of loops is only counted roughly.
 */
import type { Token } from './scan.ts'

/** A place that can be assigned to. */
export type Reference =
  | { readonly kind: 'variable' | 'special'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly index: Expression; readonly address: number }

export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'load'; readonly from: Reference }
  | {
      readonly kind: 'assign'
      readonly to: Reference
      readonly operator: string
      readonly value: Expression
      readonly address: number
    }
  | { readonly kind: 'step'; readonly to: Reference; readonly by: 1 | -1; readonly prefix: boolean }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
      readonly address: number
    }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Expression }
  | { readonly kind: 'group'; readonly of: Expression }
  | { readonly kind: 'builtin'; readonly name: string; readonly of: Expression; readonly address: number }
  | { readonly kind: 'read' | 'random' }
  | { readonly kind: 'size'; readonly array: string }
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly Argument[]
      readonly address: number
    }

/** What is handed to a function: a value, or an array by its name. */
export type Argument = { readonly value: Expression } | { readonly array: string }

export type Statement =
  | { readonly kind: 'expression'; readonly of: Expression }
  | { readonly kind: 'string'; readonly text: string }
  | {
      readonly kind: 'print'
      readonly items: readonly (Expression | { readonly kind: 'text'; readonly text: string })[]
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | {
      readonly kind: 'if'
      readonly test: Expression
      readonly then: Statement
      readonly otherwise: Statement | undefined
    }
  | {
      readonly kind: 'loop'
      readonly start: Expression | undefined
      readonly test: Expression | undefined
      readonly step: Expression | undefined
      readonly body: Statement
    }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'break' | 'continue' | 'halt' | 'limits' | 'warranty' }

/** A parameter or local variable: `x`, `x[]`, `*x[]`. */
export interface Parameter {
  readonly name: string
  readonly kind: 'value' | 'array' | 'reference'
}

export interface Definition {
  readonly name: string
  readonly isVoid: boolean
  readonly parameters: readonly Parameter[]
  readonly autos: readonly Parameter[]
  readonly body: readonly Statement[]
}

/** What is run at once: a line of statements, or a function to remember. */
export type Item = { readonly define: Definition } | { readonly run: readonly Statement[] }

/** The text ends before the item does. */
export class Unfinished {}
/** `quit` was read. */
export class Quit {}

export class BcSyntaxError {
  readonly message: string
  readonly line: number
  constructor(message: string, line: number) {
    this.message = message
    this.line = line
  }
}

/** How strict: -s makes what POSIX lacks an error, -w a warning. */
export interface Strictness {
  readonly standard: boolean
  readonly warn: boolean
}

/** Binding powers, weakest first; assignments bind stronger than comparisons. */
const ASSIGN = 5
const LEVELS: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '^': 8,
}
const NOT = 3
const MINUS = 9

export class Parser {
  readonly #tokens: readonly Token[]
  readonly #strict: Strictness
  #at: number
  #address = 0
  #depth = { loops: 0, functions: 0, fors: 0 }
  /** Messages that do not stop the parser: from -w, and for statements in a wrong place. */
  readonly complaints: { readonly line: number; readonly message: string; readonly fatal: boolean }[] = []

  constructor(tokens: readonly Token[], at: number, strict: Strictness) {
    this.#tokens = tokens
    this.#at = at
    this.#strict = strict
  }

  /** Where the next item begins. */
  get at(): number {
    return this.#at
  }

  get #next(): Token {
    const token = this.#tokens[this.#at]
    if (!token) throw new Unfinished()
    if (token.kind === 'quit') throw new Quit()
    return token
  }

  #sees(kind: string): boolean {
    return this.#next.kind === kind
  }

  #takes(kind: string): boolean {
    if (!this.#sees(kind)) return false
    this.#at++
    return true
  }

  #take(kind: string): Token {
    const token = this.#next
    if (token.kind !== kind) this.#fail()
    this.#at++
    return token
  }

  #fail(message = 'syntax error'): never {
    throw new BcSyntaxError(message, this.#next.line)
  }

  #extension(what: string): void {
    const { line } = this.#tokens[this.#at - 1] ?? this.#next
    if (this.#strict.standard) this.complaints.push({ line, message: `Error: ${what}`, fatal: true })
    else if (this.#strict.warn) this.complaints.push({ line, message: `(Warning) ${what}`, fatal: false })
  }

  /** After an error: go on behind the end of the line. */
  skipLine(): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]!.kind !== 'newline') this.#at++
    this.#at++
  }

  item(): Item {
    this.#address = 0
    if (this.#sees('define')) return { define: this.#definition() }
    const run: Statement[] = []
    for (;;) {
      while (this.#takes(';'));
      if (this.#takes('newline')) return { run }
      run.push(this.#statement())
      if (!this.#sees(';') && !this.#sees('newline')) this.#fail()
    }
  }

  #definition(): Definition {
    this.#take('define')
    const isVoid = this.#sees('void') && this.#tokens[this.#at + 1]?.kind !== '('
    if (isVoid) this.#at++
    const name = this.#name()
    this.#take('(')
    const parameters = this.#sees(')') ? [] : this.#parameters()
    this.#take(')')
    this.#takes('newline')
    this.#take('{')
    this.#depth = { loops: 0, functions: 1, fors: 0 }
    while (this.#takes('newline'));
    let autos: Parameter[] = []
    if (this.#takes('auto')) {
      autos = this.#parameters()
      if (!this.#takes(';')) this.#take('newline')
    }
    this.#checkNames(parameters, autos)
    const body = this.#statementsUpToBrace()
    this.#depth = { loops: 0, functions: 0, fors: 0 }
    return { name, isVoid, parameters, autos, body }
  }

  #name(): string {
    const { text } = this.#sees('void') ? this.#take('void') : this.#take('name')
    if (text.length > 1) this.#extension(`multiple letter name - ${text}`)
    return text
  }

  #parameters(): Parameter[] {
    const all: Parameter[] = []
    do {
      const isReference = this.#takes('*') || this.#takes('&')
      const name = this.#name()
      const isArray = this.#takes('[')
      if (isArray) this.#take(']')
      all.push({ name, kind: isReference ? 'reference' : isArray ? 'array' : 'value' })
    } while (this.#takes(','))
    return all
  }

  #checkNames(parameters: readonly Parameter[], autos: readonly Parameter[]): void {
    const key = ({ name, kind }: Parameter): string => (kind === 'value' ? name : `${name}[]`)
    const { line } = this.#next
    const fatal = true
    const names = parameters.map(key)
    if (new Set(names).size < names.length)
      this.complaints.push({ line, message: 'duplicate parameter names', fatal })
    if (autos.some(it => names.includes(key(it))))
      this.complaints.push({ line, message: 'variable in both parameter and auto lists', fatal })
  }

  #statementsUpToBrace(): Statement[] {
    const body: Statement[] = []
    for (;;) {
      while (this.#takes(';') || this.#takes('newline'));
      if (this.#takes('}')) return body
      body.push(this.#statement())
      if (!this.#sees(';') && !this.#sees('newline') && !this.#sees('}')) this.#fail()
    }
  }

  #statement(): Statement {
    const token = this.#next
    switch (token.kind) {
      case 'string':
        this.#at++
        this.#address += token.text.length + 2
        return { kind: 'string', text: token.text }
      case '{':
        this.#at++
        return { kind: 'block', body: this.#statementsUpToBrace() }
      case 'print':
        return this.#print()
      case 'if':
        return this.#if()
      case 'while':
        return this.#while()
      case 'for':
        return this.#for()
      case 'return':
        return this.#return()
      case 'break':
      case 'continue':
        return this.#jump(token.kind)
      case 'halt':
      case 'limits':
      case 'warranty':
        this.#at++
        return { kind: token.kind }
      default: {
        const of = this.#expression(0)
        this.#address++
        return { kind: 'expression', of }
      }
    }
  }

  #print(): Statement {
    this.#at++
    this.#extension('print statement')
    const items: (Expression | { kind: 'text'; text: string })[] = []
    do {
      if (this.#sees('string')) {
        const { text } = this.#take('string')
        this.#address += text.length + 2
        items.push({ kind: 'text', text })
      } else {
        items.push(this.#expression(0))
        this.#address++
      }
    } while (this.#takes(','))
    return { kind: 'print', items }
  }

  #if(): Statement {
    this.#at++
    this.#take('(')
    const test = this.#expression(0)
    this.#take(')')
    this.#address += 3
    this.#takes('newline')
    const then = this.#statement()
    const isElse = this.#tokens[this.#at]?.kind === 'else'
    if (!isElse) return { kind: 'if', test, then, otherwise: undefined }
    this.#at++
    this.#extension('else clause in if statement')
    this.#address += 3
    this.#takes('newline')
    return { kind: 'if', test, then, otherwise: this.#statement() }
  }

  #while(): Statement {
    this.#at++
    this.#take('(')
    const test = this.#expression(0)
    this.#take(')')
    this.#address += 3
    const body = this.#loopBody(0)
    return { kind: 'loop', start: undefined, test, step: undefined, body }
  }

  #for(): Statement {
    this.#at++
    this.#take('(')
    const start = this.#optional(';')
    const test = this.#optional(';')
    const step = this.#optional(')')
    this.#address += 9
    return { kind: 'loop', start, test, step, body: this.#loopBody(1) }
  }

  #optional(end: string): Expression | undefined {
    if (this.#takes(end)) return undefined
    const it = this.#expression(0)
    this.#take(end)
    return it
  }

  #loopBody(fors: number): Statement {
    this.#takes('newline')
    const outer = this.#depth
    this.#depth = { ...outer, loops: outer.loops + 1, fors: outer.fors + 1 - fors + fors }
    const body = this.#statement()
    this.#depth = outer
    this.#address += 3
    return body
  }

  #return(): Statement {
    const { line } = this.#next
    this.#at++
    const ends = this.#sees('newline') || this.#sees(';') || this.#sees('}')
    const value = ends ? undefined : this.#expression(0)
    this.#address++
    if (!this.#depth.functions)
      this.complaints.push({
        line: ends ? this.#next.line : line + 1,
        message: 'Return outside of a function.',
        fatal: true,
      })
    return { kind: 'return', value }
  }

  #jump(kind: 'break' | 'continue'): Statement {
    const { line } = this.#next
    this.#at++
    this.#address += 3
    const message = kind === 'break' ? 'Break outside a for/while' : 'Continue outside a for'
    if (!this.#depth.loops) this.complaints.push({ line, message, fatal: true })
    return { kind }
  }

  // ---- Expressions

  #expression(level: number): Expression {
    let left = this.#operand(level)
    for (;;) {
      const operator = this.#next.kind
      const power = LEVELS[operator]
      if (power === undefined || power <= level - (operator === '^' ? 1 : 0)) return left
      this.#at++
      const right = this.#expression(operator === '^' ? power : power)
      this.#address += operator === '&&' || operator === '||' ? 9 : 1
      left = { kind: 'binary', operator, left, right, address: this.#address }
    }
  }

  #operand(level: number): Expression {
    if (this.#takes('-')) {
      const of = this.#expression(MINUS)
      this.#address++
      return { kind: 'unary', operator: '-', of }
    }
    if (level <= NOT && this.#takes('!')) {
      const of = this.#expression(NOT)
      this.#address++
      return { kind: 'unary', operator: '!', of }
    }
    return this.#primary()
  }

  #primary(): Expression {
    const token = this.#next
    switch (token.kind) {
      case 'number': {
        this.#at++
        const text = token.text.replace(/^0+(?=.)/, '').replace(/\.$/, '') || '0'
        this.#address += text === '0' || text === '1' ? 1 : text.length + 2
        return { kind: 'number', text: token.text }
      }
      case '(': {
        this.#at++
        const of = this.#expression(0)
        this.#take(')')
        return { kind: 'group', of }
      }
      case '++':
      case '--': {
        this.#at++
        const to = this.#reference()
        this.#address += 4
        return { kind: 'step', to, by: token.kind === '++' ? 1 : -1, prefix: true }
      }
      case 'sqrt':
      case 'length':
        return this.#builtin(token.kind)
      case 'scale':
        if (this.#tokens[this.#at + 1]?.kind === '(') return this.#builtin('scale')
        return this.#place()
      case 'read':
      case 'random':
        this.#at++
        this.#take('(')
        this.#take(')')
        this.#address += 2
        return { kind: token.kind }
      case 'name':
      case 'void':
        return this.#tokens[this.#at + 1]?.kind === '(' ? this.#call() : this.#place()
      case 'ibase':
      case 'obase':
      case 'last':
        return this.#place()
      default:
        return this.#fail()
    }
  }

  #builtin(name: string): Expression {
    this.#at++
    this.#take('(')
    const [array, open, close] = [0, 1, 2].map(ahead => this.#tokens[this.#at + ahead])
    if (name === 'length' && array?.kind === 'name' && open?.kind === '[' && close?.kind === ']') {
      this.#at += 3
      this.#take(')')
      return { kind: 'size', array: array.text }
    }
    const of = this.#expression(0)
    this.#take(')')
    this.#address += 2
    return { kind: 'builtin', name, of, address: this.#address }
  }

  #call(): Expression {
    const name = this.#name()
    this.#take('(')
    const args: Argument[] = []
    while (!this.#sees(')')) {
      if (args.length) this.#take(',')
      args.push(this.#argument())
    }
    this.#take(')')
    this.#address += 2
    const address = this.#address
    this.#address += args.length + 1
    return { kind: 'call', name, args, address }
  }

  #argument(): Argument {
    const [, open, close] = [0, 1, 2].map(ahead => this.#tokens[this.#at + ahead]?.kind)
    if (!(this.#sees('name') && open === '[' && close === ']')) return { value: this.#expression(0) }
    const array = this.#name()
    this.#at += 2
    this.#address += 3
    return { array }
  }

  #reference(): Reference {
    const token = this.#next
    if (['ibase', 'obase', 'scale', 'last'].includes(token.kind)) {
      this.#at++
      return { kind: 'special', name: token.kind }
    }
    const name = this.#name()
    if (!this.#takes('[')) return { kind: 'variable', name }
    const index = this.#expression(0)
    this.#take(']')
    return { kind: 'element', name, index, address: this.#address + 2 }
  }

  /** A variable or an element: its value, an assignment to it, or a step. */
  #place(): Expression {
    const to = this.#reference()
    const { kind } = this.#next
    if (kind === '++' || kind === '--') {
      this.#at++
      this.#address += 4
      return { kind: 'step', to, by: kind === '++' ? 1 : -1, prefix: false }
    }
    if (kind !== '=' && !/^[-+*/%^]=$/.test(kind)) {
      this.#address += 2
      return { kind: 'load', from: to }
    }
    this.#at++
    const operator = kind.slice(0, -1)
    if (operator) this.#address += 2
    const value = this.#expression(ASSIGN)
    this.#address += operator ? 3 : 2
    return { kind: 'assign', to, operator, value, address: this.#address }
  }
}
