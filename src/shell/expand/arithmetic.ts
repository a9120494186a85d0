/**
 * Arithmetic: 64-bit integers that wrap around, C's operators, shell variables as operands. Expressions are compiled
 * to closures once per text. Values are JavaScript numbers as long as those are exact, else bigints. Bash: expr.c.
 */
import { Complaint, type Shell } from '../shell.ts'
import { skip } from './brace.ts'
import { referredValue, setArithmetic, subscriptValue } from './assign.ts'

export type Int = number | bigint
type Code = (sh: Shell) => Int

const cache = new Map<string, Code>()
const CACHE_LIMIT = 4000
const MAX_DEPTH = 1024
let depth = 0

/** The value of an expression that is expanded already. */
export function evaluate(sh: Shell, text: string): Int {
  return compiled(text)(sh)
}

/** The same, as text. */
export const evaluateToText = (sh: Shell, text: string): string => String(compiled(text)(sh))

/** A bad expression abandons the command line, after a message that names the builtin, if it was one's. */
export const isExpressionError = (e: Complaint): boolean =>
  e.fatal === 'discard' && e.message.includes(' (error token is "')

export function compiled(text: string): Code {
  let code = cache.get(text)
  if (!code) {
    if (cache.size > CACHE_LIMIT) cache.clear()
    code = new Parser(text).parse()
    cache.set(text, code)
  }
  return code
}

/** The number that a variable's text stands for: usually digits, else an expression of its own. */
export function numberOf(sh: Shell, text: string | undefined): Int {
  if (!text) return 0
  const first = text.charCodeAt(0)
  if (text.length < 16 && first >= 48 && first <= 57 && (first !== 48 || text.length === 1)) {
    const n = +text
    if (!Number.isNaN(n)) return n
  }
  if (sh.isDash && !/^\s*[-+]?(?:0[xX][\da-fA-F]+|\d+)\s*$/.test(text))
    throw new Complaint(`Illegal number: ${text}`, 2, 'exit')
  if (depth >= MAX_DEPTH) {
    depth = 0
    throw new Complaint(
      `${text}: expression recursion level exceeded (error token is "${text}")`,
      1,
      'discard',
    )
  }
  depth++
  const value = evaluate(sh, text)
  depth--
  return value
}

const wrap = (value: bigint): Int => {
  const wrapped = BigInt.asIntN(64, value)
  return wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped
}
const isSmall = (n: number): boolean => n >= -2147483648 && n <= 2147483647

const add = (a: Int, b: Int): Int => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return wrap(BigInt(a) + BigInt(b))
}
const subtract = (a: Int, b: Int): Int => {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return wrap(BigInt(a) - BigInt(b))
}
const multiply = (a: Int, b: Int): Int => {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product + 0
  }
  return wrap(BigInt(a) * BigInt(b))
}
const bits =
  (narrow: (a: number, b: number) => number, wide: (a: bigint, b: bigint) => bigint) =>
  (a: Int, b: Int): Int =>
    typeof a === 'number' && typeof b === 'number' && isSmall(a) && isSmall(b)
      ? narrow(a, b)
      : wrap(wide(BigInt(a), BigInt(b)))
const and = bits(
  (a, b) => a & b,
  (a, b) => a & b,
)
const or = bits(
  (a, b) => a | b,
  (a, b) => a | b,
)
const xor = bits(
  (a, b) => a ^ b,
  (a, b) => a ^ b,
)
const shiftLeft = (a: Int, b: Int): Int => wrap(BigInt(a) << (BigInt(b) & 63n))
const shiftRight = (a: Int, b: Int): Int => wrap(BigInt(a) >> (BigInt(b) & 63n))
const truth = (it: boolean): Int => (it ? 1 : 0)

const BINARY: Record<string, readonly [number, (a: Int, b: Int) => Int]> = {
  '|': [4, or],
  '^': [5, xor],
  '&': [6, and],
  '==': [7, (a, b) => truth(a === b)],
  '!=': [7, (a, b) => truth(a !== b)],
  '<=': [8, (a, b) => truth(a <= b)],
  '>=': [8, (a, b) => truth(a >= b)],
  '<': [8, (a, b) => truth(a < b)],
  '>': [8, (a, b) => truth(a > b)],
  '<<': [9, shiftLeft],
  '>>': [9, shiftRight],
  '+': [10, add],
  '-': [10, subtract],
  '*': [11, multiply],
  '/': [
    11,
    (a, b) =>
      typeof a === 'number' && typeof b === 'number' ? Math.trunc(a / b) + 0 : wrap(BigInt(a) / BigInt(b)),
  ],
  '%': [
    11,
    (a, b) => (typeof a === 'number' && typeof b === 'number' ? (a % b) + 0 : wrap(BigInt(a) % BigInt(b))),
  ],
}
const ASSIGNS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='])
const TOKEN =
  /\s*(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|<=|>=|==|!=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|[-+*/%<>=!~&|^?:,()]|[A-Za-z_]\w*|\d[\w@#]*|$)/y

/** A place that can be assigned to: a variable or an element. */
interface Target {
  readonly name: string
  readonly index: string | undefined
}

class Parser {
  readonly #text: string
  #token = ''
  #at = 0
  #last = 0
  #next = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): Code {
    if (!this.#text.trim()) return () => 0
    try {
      this.#advance()
      const code = this.#comma()
      if (this.#token !== '') this.#fail('syntax error in expression')
      return code
    } catch (e) {
      // The failure belongs to the evaluation, which may never come.
      if (e instanceof Complaint)
        return () => {
          throw e
        }
      throw e
    }
  }

  #fail(message: string, from = this.#last, to?: number): never {
    const token = this.#text.slice(from, to)
    const expression = this.#text.slice(0, to).trimStart()
    throw new Complaint(`${expression}: ${message} (error token is "${token}")`, 1, 'discard')
  }

  /** About a number bash says no more of the expression than it has read. */
  #failNumber(message: string): never {
    this.#fail(message, this.#at, this.#next)
  }

  #advance(): void {
    TOKEN.lastIndex = this.#next
    const match = TOKEN.exec(this.#text)
    if (!match) {
      this.#last = this.#next + (/^\s*/.exec(this.#text.slice(this.#next))?.[0].length ?? 0)
      const isAfterOperand = /^\w/.test(this.#token) || this.#text[this.#next - 1] === ']'
      this.#fail(
        isAfterOperand ? 'syntax error: invalid arithmetic operator' : 'syntax error: operand expected',
      )
    }
    const before = this.#token
    this.#token = match[1]!
    this.#next = TOKEN.lastIndex
    // `++` counts only beside a name; else it is two signs.
    if (
      (this.#token === '++' || this.#token === '--') &&
      !/^[A-Za-z_]/.test(before) &&
      !/^\s*[A-Za-z_]/.test(this.#text.slice(this.#next, this.#next + 100))
    ) {
      this.#token = this.#token[0]!
      this.#next--
    }
    this.#at = this.#next - this.#token.length
    if (this.#token) this.#last = this.#at
  }

  #atEnd(): boolean {
    return this.#token === ''
  }

  #accept(token: string): boolean {
    if (this.#token !== token) return false
    this.#advance()
    return true
  }

  #comma(): Code {
    let left = this.#assignment()
    while (this.#accept(',')) {
      const [first, second] = [left, this.#assignment()]
      left = sh => {
        first(sh)
        return second(sh)
      }
    }
    return left
  }

  #assignment(): Code {
    if (++this.#depth > MAX_DEPTH) this.#fail('expression recursion level exceeded')
    const start = { token: this.#token, at: this.#at, next: this.#next, last: this.#last }
    const target = this.#target()
    if (target && ASSIGNS.has(this.#token)) {
      const operator = this.#token
      this.#advance()
      const from = this.#at
      const value = this.#assignment()
      this.#depth--
      return this.#assign(target, operator, value, from)
    }
    this.#token = start.token
    this.#at = start.at
    this.#next = start.next
    this.#last = start.last
    const code = this.#ternary()
    if (ASSIGNS.has(this.#token)) this.#fail('attempted assignment to non-variable')
    this.#depth--
    return code
  }

  #assign(target: Target, operator: string, value: Code, from: number): Code {
    if (target.index === '')
      return sh => {
        sh.warn(`\`${target.name}[]': not a valid identifier`)
        return value(sh)
      }
    if (operator === '=') return sh => setArithmetic(sh, target.name, target.index, value(sh))
    const apply = this.#binary(operator.slice(0, -1), from)
    const get = this.#read(target)
    return sh => {
      const old = get(sh)
      return setArithmetic(sh, target.name, target.index, apply(old, value(sh)))
    }
  }

  #binary(operator: string, from: number): (a: Int, b: Int) => Int {
    const apply = BINARY[operator]![1]
    if (operator !== '/' && operator !== '%') return apply
    return (a, b) => {
      if (b === 0) this.#fail('division by 0', from)
      return apply(a, b)
    }
  }

  #target(): Target | undefined {
    const name = this.#token
    if (!/^[A-Za-z_]/.test(name)) return undefined
    let index: string | undefined
    if (this.#text[this.#next] === '[') {
      const end = closing(this.#text, this.#next)
      if (end < 0) this.#fail('bad array subscript')
      index = this.#text.slice(this.#next + 1, end)
      this.#next = end + 1
    }
    this.#advance()
    return { name, index }
  }

  #read({ name, index }: Target): Code {
    const known = (sh: Shell, value: string | undefined, shown: string): Int => {
      if (value === undefined && sh.options.has('nounset'))
        throw new Complaint(`${shown}: unbound variable`, 1, 'exit')
      return numberOf(sh, value)
    }
    // Bash looks twice, complains each time, and goes on with nothing.
    if (index === '')
      return sh => {
        for (let i = 0; i < 2; i++) sh.warn(`${name}[]: bad array subscript`)
        return 0
      }
    if (index !== undefined)
      return sh =>
        known(sh, subscriptValue(sh, name, index), sh.variables.resolve(name) ? `${name}[${index}]` : name)
    return sh => known(sh, sh.variables.scalar(name) ?? referredValue(sh, name), name)
  }

  #ternary(): Code {
    const test = this.#or()
    if (!this.#accept('?')) return test
    if (this.#token === ':' || this.#token === '') this.#fail('expression expected')
    const yes = this.#comma()
    if (this.#token !== ':') this.#fail("`:' expected for conditional expression")
    this.#advance()
    if (this.#atEnd()) this.#fail('expression expected')
    const no = this.#assignment()
    return sh => (test(sh) ? yes(sh) : no(sh))
  }

  #or(): Code {
    let left = this.#and()
    while (this.#accept('||')) {
      const [a, b] = [left, this.#and()]
      left = sh => truth(!!a(sh) || !!b(sh))
    }
    return left
  }

  #and(): Code {
    let left = this.#level(4)
    while (this.#accept('&&')) {
      const [a, b] = [left, this.#level(4)]
      left = sh => truth(!!a(sh) && !!b(sh))
    }
    return left
  }

  #level(least: number): Code {
    let left = this.#power()
    for (;;) {
      const operator = this.#token
      const known = BINARY[operator]
      if (!known || known[0] < least) return left
      this.#advance()
      const apply = this.#binary(operator, this.#at)
      const [a, b] = [left, this.#level(known[0] + 1)]
      left = sh => {
        const x = a(sh)
        return apply(x, b(sh))
      }
    }
  }

  #power(): Code {
    const base = this.#unary()
    if (!this.#accept('**')) return base
    const exponent = this.#power()
    return sh => {
      const n = exponent(sh)
      if (n < 0) this.#fail('exponent less than 0')
      let result: Int = 1
      const b = base(sh)
      if (n > 4096) return wrap(BigInt.asIntN(64, powerMod(BigInt(b), BigInt(n))))
      for (let i = 0; i < Number(n); i++) result = multiply(result, b)
      return result
    }
  }

  #unary(): Code {
    const operator = this.#token
    if (operator === '++' || operator === '--') return this.#prefix(operator)
    if (!/^[-+!~]$/.test(operator)) return this.#primary()
    this.#advance()
    const operand = this.#unary()
    if (operator === '-') return sh => subtract(0, operand(sh))
    if (operator === '+') return operand
    if (operator === '!') return sh => truth(!operand(sh))
    return sh => subtract(-1, operand(sh))
  }

  #prefix(operator: string): Code {
    this.#advance()
    const step = operator === '++' ? 1 : -1
    if (!/^[A-Za-z_]/.test(this.#token)) {
      // `--5` is minus minus five.
      const operand = this.#unary()
      return operand
    }
    const target = this.#target()!
    const get = this.#read(target)
    return sh => setArithmetic(sh, target.name, target.index, add(get(sh), step))
  }

  #primary(): Code {
    const token = this.#token
    if (token === '(') {
      this.#advance()
      const code = this.#comma()
      if (this.#token !== ')') this.#fail("missing `)'")
      this.#advance()
      return code
    }
    if (/^\d/.test(token)) {
      const value = this.#number(token)
      this.#advance()
      return () => value
    }
    const target = this.#target()
    if (!target) this.#fail('syntax error: operand expected')
    const get = this.#read(target)
    if (this.#token !== '++' && this.#token !== '--') return get
    const step = this.#token === '++' ? 1 : -1
    this.#advance()
    return sh => {
      const old = get(sh)
      setArithmetic(sh, target.name, target.index, add(old, step))
      return old
    }
  }

  #number(token: string): Int {
    if (/^0[xX][\da-fA-F]+$/.test(token)) return wrap(BigInt(token))
    if (/^0[xX]$/.test(token)) return 0
    if (/^[1-9]\d*$|^0$/.test(token)) return token.length < 16 ? Number(token) : wrap(BigInt(token))
    const [base, digits] = token.includes('#')
      ? token.split('#', 2)
      : token[0] === '0'
        ? ['8', token.slice(1)]
        : ['10', token]
    const radix = Number(base)
    if (/^0\d*#/.test(token)) this.#failNumber('invalid number')
    if (!(radix >= 2 && radix <= 64)) this.#failNumber('invalid arithmetic base')
    if (/#.*#/.test(token)) this.#failNumber('invalid number')
    if (!digits) this.#failNumber('invalid integer constant')
    let value = 0n
    for (const c of digits) {
      const digit = digitValue(c, radix)
      if (digit < 0 || digit >= radix) this.#failNumber('value too great for base')
      value = value * BigInt(radix) + BigInt(digit)
    }
    return wrap(value)
  }
}

function powerMod(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let b = base
  for (let n = exponent; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asIntN(64, result * b)
    b = BigInt.asIntN(64, b * b)
  }
  return result
}

function digitValue(c: string, radix: number): number {
  if (c >= '0' && c <= '9') return Number(c)
  if (c >= 'a' && c <= 'z') return c.charCodeAt(0) - 87
  if (c >= 'A' && c <= 'Z') return radix <= 36 ? c.charCodeAt(0) - 55 : c.charCodeAt(0) - 29
  return c === '@' ? 62 : c === '_' ? 63 : -1
}

/** Where the bracket at `open` closes. */
function closing(text: string, open: number): number {
  let level = 0
  for (let i = open; i < text.length; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === '"' || c === "'" || c === '`') {
      const end = text.indexOf(c, i + 1)
      if (end >= 0) i = end
    } else if (c === '$' && /[({]/.test(text[i + 1] ?? '')) i = skip(text, i) - 1
    else if (c === '[') level++
    else if (c === ']' && --level === 0) return i
  }
  return -1
}
