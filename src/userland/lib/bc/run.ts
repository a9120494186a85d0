/**
 * Runs bc's statements. Linux: GNU bc bc/execute.c, bc/storage.c.
 *
 * Variables are dynamically scoped: a call puts its parameters over those of its callers.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import { arcTangent, bessel, cosine, exponential, logarithm, sine } from './math.ts'
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  format,
  isZero,
  length,
  multiply,
  negated,
  ONE,
  parse,
  power,
  remainder,
  rescale,
  significant,
  squareRoot,
  subtract,
  whole,
  ZERO,
} from './number.ts'
import type { Argument, Definition, Expression, Parameter, Reference, Statement } from './parse.ts'

/** Ends the line that runs; printed as `Runtime error (func=…, adr=…): …`. */
export class RuntimeError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}
/** `halt` was run. */
export class Halt {}

/** What the calculator needs from outside. */
export interface Surroundings {
  readonly sys: Sys
  print(text: string): Blocking<void>
  warn(message: string): Blocking<void>
  /** Whether busybox's bc is asked, which counts and raises otherwise in corners. */
  readonly isApplet: boolean
  /** The next number of standard input, as `read()` wants it. */
  readNumber(): Blocking<string>
}

type Outcome = 'on' | 'break' | 'continue' | 'return'
type Library = Readonly<Record<string, (args: readonly Decimal[], scale: number) => Decimal>>

export const MATH_LIBRARY: Library = {
  e: ([x = ZERO], scale) => exponential(x, scale),
  l: ([x = ZERO], scale) => logarithm(x, scale),
  s: ([x = ZERO], scale) => sine(x, scale),
  c: ([x = ZERO], scale) => cosine(x, scale),
  a: ([x = ZERO], scale) => arcTangent(x, scale),
  j: ([n = ZERO, x = ZERO], scale) => bessel(n, x, scale),
}

const BASE_MAX = 2_147_483_647
const SUBSCRIPT_MAX = 16_777_215n
const CALLS_MAX = 2000
const STEP = 500
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  q: '"',
  r: '\r',
  t: '\t',
  e: '\\',
  '\\': '\\',
}

export class Calculator {
  readonly #out: Surroundings
  readonly #library: Library
  readonly #functions = new Map<string, Definition>()
  readonly #variables = new Map<string, Decimal>()
  #arrays = new Map<string, Map<number, Decimal>>()
  #scale = 0
  #ibase = 10
  #obase = 10
  #last: Decimal = ZERO
  #result: Decimal = ZERO
  #function = '(main)'
  #depth = 0
  #steps = 0
  readonly #random = new Random()

  constructor(out: Surroundings, library: Library, scale: number) {
    this.#out = out
    this.#library = library
    this.#scale = scale
  }

  define(it: Definition): void {
    this.#functions.set(it.name, it)
  }

  /** Runs what one line said. */
  *run(statements: readonly Statement[]): Blocking<void> {
    this.#function = '(main)'
    this.#depth = 0
    yield* this.#all(statements)
  }

  *#all(statements: readonly Statement[]): Blocking<Outcome> {
    for (const it of statements) {
      const outcome = yield* this.#statement(it)
      if (outcome !== 'on') return outcome
    }
    return 'on'
  }

  *#statement(it: Statement): Blocking<Outcome> {
    if (++this.#steps % STEP === 0) yield* this.#out.sys.burn(STEP * 200)
    switch (it.kind) {
      case 'expression':
        yield* this.#show(it.of)
        return 'on'
      case 'string':
        yield* this.#out.print(it.text)
        return 'on'
      case 'print':
        for (const item of it.items)
          yield* item.kind === 'text' ? this.#out.print(unescaped(item.text)) : this.#printed(item)
        return 'on'
      case 'block':
        return yield* this.#all(it.body)
      case 'if':
        if (!isZero(yield* this.#value(it.test))) return yield* this.#statement(it.then)
        return it.otherwise ? yield* this.#statement(it.otherwise) : 'on'
      case 'loop':
        return yield* this.#loop(it)
      case 'return':
        this.#result = it.value ? yield* this.#value(it.value) : ZERO
        return 'return'
      case 'break':
      case 'continue':
        return it.kind
      case 'halt':
        throw new Halt()
      case 'limits':
        yield* this.#out.print(LIMITS)
        return 'on'
      case 'warranty':
        yield* this.#out.print(WARRANTY)
        return 'on'
    }
  }

  *#loop(it: Statement & { kind: 'loop' }): Blocking<Outcome> {
    if (it.start) yield* this.#value(it.start)
    while (!it.test || !isZero(yield* this.#value(it.test))) {
      const outcome = yield* this.#statement(it.body)
      if (outcome === 'return') return outcome
      if (outcome === 'break') break
      if (it.step) yield* this.#value(it.step)
    }
    return 'on'
  }

  /** An expression as a statement: printed, unless it assigns. */
  *#show(it: Expression): Blocking<void> {
    const value = yield* this.#value(it)
    if (it.kind === 'assign' || (it.kind === 'call' && this.#functions.get(it.name)?.isVoid)) return
    this.#last = value
    yield* this.#out.print(`${format(value, this.#obase)}\n`)
  }

  *#printed(it: Expression): Blocking<void> {
    const value = yield* this.#value(it)
    this.#last = value
    yield* this.#out.print(format(value, this.#obase))
  }

  // ---- Expressions

  *#value(it: Expression): Blocking<Decimal> {
    switch (it.kind) {
      case 'number':
        return parse(it.text, this.#ibase, this.#out.isApplet)
      case 'load':
        return this.#load(yield* this.#place(it.from))
      case 'group':
        return yield* this.#value(it.of)
      case 'unary': {
        const value = yield* this.#value(it.of)
        return it.operator === '-' ? negated(value) : isZero(value) ? ONE : ZERO
      }
      case 'binary':
        return yield* this.#binary(it)
      case 'assign':
        return yield* this.#assign(it)
      case 'step':
        return yield* this.#step(it)
      case 'builtin':
        return this.#builtin(it.name, yield* this.#value(it.of), it.address)
      case 'read':
        return parse(yield* this.#out.readNumber(), this.#ibase)
      case 'size':
        return decimal(Math.max(-1, ...this.#array(it.array).keys()) + 1)
      case 'random':
        return decimal(this.#random.next())
      case 'call':
        return yield* this.#call(it)
    }
  }

  *#binary(it: Expression & { kind: 'binary' }): Blocking<Decimal> {
    const left = yield* this.#value(it.left)
    if (it.operator === '&&' && isZero(left)) return ZERO
    if (it.operator === '||' && !isZero(left)) return ONE
    return yield* this.#operate(it.operator, left, yield* this.#value(it.right), it.address)
  }

  *#operate(operator: string, a: Decimal, b: Decimal, address: number): Blocking<Decimal> {
    const truth = (is: boolean): Decimal => (is ? ONE : ZERO)
    switch (operator) {
      case '+':
        return add(a, b)
      case '-':
        return subtract(a, b)
      case '*':
        return multiply(a, b, this.#scale)
      case '/':
        if (isZero(b)) this.#fail('Divide by zero', address)
        return divide(a, b, this.#scale)
      case '%':
        if (isZero(b)) this.#fail('Modulo by zero', address)
        return remainder(a, b, this.#scale)
      case '^':
        return yield* this.#power(a, b, address)
      case '==':
        return truth(compare(a, b) === 0)
      case '!=':
        return truth(compare(a, b) !== 0)
      case '<':
        return truth(compare(a, b) < 0)
      case '<=':
        return truth(compare(a, b) <= 0)
      case '>':
        return truth(compare(a, b) > 0)
      case '>=':
        return truth(compare(a, b) >= 0)
      default: // && and || whose left side did not decide
        return truth(!isZero(b))
    }
  }

  *#power(a: Decimal, b: Decimal, address: number): Blocking<Decimal> {
    if (b.scale > 0 && !isZero(b)) yield* this.#warn('non-zero scale in exponent', address)
    const exponent = whole(b)
    if (exponent < 0n && isZero(a) && this.#out.isApplet) return ZERO
    if (exponent < 0n && isZero(a)) this.#fail('divide by zero', address)
    const result = power(a, exponent, this.#scale)
    return this.#out.isApplet && isZero(result) ? ZERO : result
  }

  #builtin(name: string, value: Decimal, address: number): Decimal {
    if (name === 'length') return decimal(this.#out.isApplet ? significant(value) : length(value))
    if (name === 'scale') return decimal(value.scale)
    if (value.digits < 0n) this.#fail('Square root of a negative number', address)
    const root = squareRoot(value, this.#scale)
    return this.#out.isApplet && compare(root, ONE) === 0
      ? rescale(ONE, Math.max(this.#scale, value.scale))
      : root
  }

  *#assign(it: Expression & { kind: 'assign' }): Blocking<Decimal> {
    const to = yield* this.#place(it.to)
    const old = it.operator ? this.#load(to) : ZERO
    const value = yield* this.#value(it.value)
    const result = it.operator ? yield* this.#operate(it.operator, old, value, it.address - 2) : value
    yield* this.#store(to, result, it.address)
    return result
  }

  *#step(it: Expression & { kind: 'step' }): Blocking<Decimal> {
    const to = yield* this.#place(it.to)
    const before = this.#load(to)
    const after = add(before, decimal(it.by))
    yield* this.#store(to, after, 0)
    return it.prefix ? after : before
  }

  // ---- Places

  *#place(it: Reference): Blocking<Place> {
    if (it.kind !== 'element') return { kind: it.kind, name: it.name, index: 0 }
    const index = whole(yield* this.#value(it.index))
    if (index < 0n || index > SUBSCRIPT_MAX)
      this.#fail(`Array ${it.name} subscript out of bounds.`, it.address)
    return { kind: 'element', name: it.name, index: Number(index) }
  }

  #load({ kind, name, index }: Place): Decimal {
    if (kind === 'variable') return this.#variables.get(name) ?? ZERO
    if (kind === 'element') return this.#array(name).get(index) ?? ZERO
    if (name === 'scale') return decimal(this.#scale)
    if (name === 'ibase') return decimal(this.#ibase)
    return name === 'obase' ? decimal(this.#obase) : this.#last
  }

  *#store({ kind, name, index }: Place, value: Decimal, address: number): Blocking<void> {
    if (kind === 'variable') this.#variables.set(name, value)
    else if (kind === 'element') this.#array(name).set(index, value)
    else if (name === 'last') this.#last = value
    else yield* this.#storeSpecial(name, value, address)
  }

  *#storeSpecial(name: string, value: Decimal, address: number): Blocking<void> {
    const [low, high] = name === 'scale' ? [0, BASE_MAX] : [2, name === 'ibase' ? 36 : BASE_MAX]
    const wanted = whole(value)
    let number = Number(wanted)
    if (value.digits < 0n || wanted < BigInt(low)) {
      const what = name === 'scale' ? 'negative scale' : `${name} too small`
      yield* this.#warn(`${what}, set to ${low}`, address)
      number = low
    } else if (wanted > BigInt(high)) {
      yield* this.#warn(`${name} too large, set to ${high}`, address)
      number = high
    }
    if (name === 'scale') this.#scale = number
    else if (name === 'ibase') this.#ibase = number
    else this.#obase = number
  }

  #array(name: string): Map<number, Decimal> {
    let it = this.#arrays.get(name)
    if (!it) this.#arrays.set(name, (it = new Map()))
    return it
  }

  // ---- Functions

  *#call(it: Expression & { kind: 'call' }): Blocking<Decimal> {
    const values: (Decimal | Map<number, Decimal>)[] = []
    for (const arg of it.args) values.push(yield* this.#argument(arg))
    const definition = this.#functions.get(it.name)
    if (!definition) return this.#callLibrary(it, values)
    const { parameters, autos } = definition
    const fits = (arg: Argument, i: number) => 'array' in arg === (parameters[i]?.kind !== 'value')
    const wrong = it.args.findIndex((arg, i) => i >= parameters.length || !fits(arg, i))
    if (wrong >= 0 || values.length < parameters.length)
      this.#fail('Parameter number mismatch', it.address + (wrong >= 0 ? wrong : values.length) + 1)
    if (++this.#depth > CALLS_MAX) this.#fail('Stack error.', it.address)

    const caller = this.#function
    const undo = this.#bind([...parameters, ...autos], values)
    this.#function = definition.name
    this.#result = ZERO
    yield* this.#all(definition.body)
    undo()
    this.#function = caller
    this.#depth--
    const result = this.#result
    this.#result = ZERO
    return result
  }

  *#argument(arg: Argument): Blocking<Decimal | Map<number, Decimal>> {
    return 'array' in arg ? this.#array(arg.array) : yield* this.#value(arg.value)
  }

  #callLibrary(
    it: Expression & { kind: 'call' },
    values: readonly (Decimal | Map<number, Decimal>)[],
  ): Decimal {
    const compute = this.#library[it.name]
    if (!compute) this.#fail(`Function ${it.name} not defined.`, it.address)
    if (values.length !== (it.name === 'j' ? 2 : 1) || values.some(value => value instanceof Map))
      this.#fail('Parameter number mismatch', it.address + 1)
    return compute!(values as Decimal[], this.#scale)
  }

  /** Puts parameters and locals over what the names meant before; returns how to take them off. */
  #bind(names: readonly Parameter[], values: readonly (Decimal | Map<number, Decimal>)[]): () => void {
    const undo: (() => void)[] = []
    for (const [i, { name, kind }] of names.entries()) {
      const value = values[i]
      if (kind === 'value') {
        const old = this.#variables.get(name)
        undo.push(() => (old ? this.#variables.set(name, old) : this.#variables.delete(name)))
        this.#variables.set(name, (value as Decimal | undefined) ?? ZERO)
      } else {
        const old = this.#arrays.get(name)
        undo.push(() => (old ? this.#arrays.set(name, old) : this.#arrays.delete(name)))
        const array = value instanceof Map ? value : new Map<number, Decimal>()
        this.#arrays.set(name, kind === 'reference' ? array : new Map(array))
      }
    }
    return () => {
      for (const it of undo.reverse()) it()
    }
  }

  #fail(message: string, address: number): never {
    throw new RuntimeError(`Runtime error (func=${this.#function}, adr=${address}): ${message}`)
  }

  *#warn(message: string, address: number): Blocking<void> {
    yield* this.#out.warn(`Runtime warning (func=${this.#function}, adr=${address}): ${message}`)
  }
}

/** random(3) with the seed 1: each number is the sum of those 31 and 3 before it. Linux: glibc stdlib/random_r.c. */
class Random {
  readonly #numbers: number[]
  constructor() {
    const numbers = [1]
    for (let i = 1; i < 31; i++) numbers.push(Number((16807n * BigInt(numbers[i - 1]!)) % 2147483647n))
    for (let i = 31; i < 34; i++) numbers.push(numbers[i - 31]!)
    this.#numbers = numbers
    for (let i = 0; i < 310; i++) this.#step()
  }

  #step(): number {
    const all = this.#numbers
    const sum = (all.at(-31)! + all.at(-3)!) >>> 0
    all.push(sum)
    if (all.length > 100) all.splice(0, all.length - 34)
    return sum
  }

  next(): number {
    return this.#step() >>> 1
  }
}

/** Where a value is stored, its subscript evaluated. */
interface Place {
  readonly kind: 'variable' | 'special' | 'element'
  readonly name: string
  readonly index: number
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (all, char: string) => ESCAPES[char] ?? all)

const LIMITS = `BC_BASE_MAX     = 2147483647
BC_DIM_MAX      = 16777215
BC_SCALE_MAX    = 2147483647
BC_STRING_MAX   = 2147483647
MAX Exponent    = 9223372036854775807
Number of vars  = 32767
`
export const VERSION = `bc 1.07.1
Copyright 1991-1994, 1997, 1998, 2000, 2004, 2006, 2008, 2012-2017 Free Software Foundation, Inc.
`
const WARRANTY = `
bc 1.07.1

    This program is free software; see the licence it comes with.
`
