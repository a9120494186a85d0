/**
 * The machine of dc: a stack, registers that are stacks, and one letter for everything it can do.
 * Linux: GNU dc dc/eval.c, busybox miscutils/bc.c.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  format,
  isZero,
  multiply,
  negated,
  ONE,
  parse,
  power,
  remainder,
  rescale,
  squareRoot,
  subtract,
  whole,
  ZERO,
} from './number.ts'

type Value = Decimal | string

/** A text being executed, and how far. */
interface Frame {
  readonly text: string
  at: number
}

/** `q` was met. */
export class DcQuit {}

export interface Surroundings {
  readonly sys: Sys
  print(text: string): Blocking<void>
  warn(message: string): Blocking<void>
  /** A line of standard input, for `?`. */
  readLine(): Blocking<string>
}

const STEP = 500
const DEPTH_MAX = 10_000
/** With -x the name of a register may be a word, after a space. */
const WORD = / ([a-z][a-z0-9_]*)/y
const NUMBER = /_?[0-9A-F]*\.?[0-9A-F]*/y

export class Dc {
  readonly #out: Surroundings
  readonly #longNames: boolean
  #stack: Value[] = []
  readonly #registers = new Map<string, Value[]>()
  readonly #arrays = new Map<string, Map<number, Value>>()
  #frames: Frame[] = []
  #scale = 0
  #ibase = 10
  #obase = 10
  #steps = 0

  constructor(out: Surroundings, longNames: boolean) {
    this.#out = out
    this.#longNames = longNames
  }

  *run(text: string): Blocking<void> {
    this.#frames = [{ text, at: 0 }]
    while (this.#frames.length) {
      const frame = this.#frames.at(-1)!
      if (frame.at >= frame.text.length) this.#frames.pop()
      else yield* this.#command(frame)
      if (++this.#steps % STEP === 0) yield* this.#out.sys.burn(STEP * 200)
    }
  }

  *#command(frame: Frame): Blocking<void> {
    const char = frame.text[frame.at]!
    if (/[_0-9A-F.]/.test(char)) {
      this.#number(frame)
      return
    }
    frame.at++
    if ('+-*/%^~|'.includes(char)) yield* this.#arithmetic(char)
    else if ('<>='.includes(char)) this.#conditional(char, false, frame)
    else if (char === '!' && '<>='.includes(frame.text[frame.at] ?? ' '))
      this.#conditional(frame.text[frame.at++]!, true, frame)
    else if ('pnPf'.includes(char)) yield* this.#show(char)
    else if ('sSlL:;'.includes(char)) yield* this.#register(char, this.#name(frame))
    else if ('iokIOK'.includes(char)) yield* this.#setting(char)
    else if ('xq?Q'.includes(char)) yield* this.#control(char, frame)
    else if (char === '[') this.#stack.push(bracketed(frame))
    else if (char === '#') frame.at = (frame.text.indexOf('\n', frame.at) + 1 || frame.text.length + 1) - 1
    else if (!/\s/.test(char)) yield* this.#other(char)
  }

  #number(frame: Frame): void {
    NUMBER.lastIndex = frame.at
    const text = NUMBER.exec(frame.text)![0]
    frame.at += text.length
    const value = parse(text.replace('_', ''), this.#ibase)
    this.#stack.push(text.startsWith('_') ? negated(value) : value)
  }

  /** The register a command names. */
  #name(frame: Frame): string {
    if (this.#longNames) {
      WORD.lastIndex = frame.at
      const word = WORD.exec(frame.text)
      if (word) {
        frame.at += word[0].length
        return word[1]!
      }
    }
    return frame.text[frame.at++] ?? ''
  }

  // ---- The stack

  *#empty(): Blocking<undefined> {
    yield* this.#out.warn('stack empty')
    return undefined
  }

  /** The two numbers on top, taken off; undefined after a message. */
  *#two(): Blocking<readonly [Decimal, Decimal] | undefined> {
    if (this.#stack.length < 2) return yield* this.#empty()
    const [a, b] = this.#stack.slice(-2)
    if (typeof a === 'string' || typeof b === 'string') {
      yield* this.#out.warn('non-numeric value')
      return undefined
    }
    this.#stack.length -= 2
    return [a!, b!]
  }

  *#one(): Blocking<Decimal | undefined> {
    const top = this.#stack.at(-1)
    if (top === undefined) return yield* this.#empty()
    if (typeof top === 'string') {
      yield* this.#out.warn('non-numeric value')
      return undefined
    }
    this.#stack.pop()
    return top
  }

  *#arithmetic(operator: string): Blocking<void> {
    if (operator === '|') {
      yield* this.#modularPower()
      return
    }
    const both = yield* this.#two()
    if (!both) return
    const [a, b] = both
    if ('/%~'.includes(operator) && isZero(b)) {
      this.#stack.push(a, b)
      yield* this.#out.warn(operator === '%' ? 'remainder by zero' : 'divide by zero')
      return
    }
    if (operator === '^' && b.digits < 0n && isZero(a)) {
      this.#stack.push(ZERO)
      return
    }
    if (operator === '~') this.#stack.push(divide(a, b, this.#scale))
    this.#stack.push(this.#computed(operator, a, b))
  }

  #computed(operator: string, a: Decimal, b: Decimal): Decimal {
    if (operator === '+') return add(a, b)
    if (operator === '-') return subtract(a, b)
    if (operator === '*') return multiply(a, b, this.#scale)
    if (operator === '/') return divide(a, b, this.#scale)
    if (operator === '^') return power(a, whole(b), this.#scale)
    return remainder(a, b, this.#scale)
  }

  *#modularPower(): Blocking<void> {
    if (this.#stack.length < 3) {
      yield* this.#empty()
      return
    }
    const [base, exponent, modulus] = this.#stack
      .splice(-3)
      .map(it => (typeof it === 'string' ? 0n : whole(it)))
    if (modulus === 0n) {
      yield* this.#out.warn('remainder by zero')
      return
    }
    let [result, square] = [1n, base! % modulus!]
    for (let rest = exponent!; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * square) % modulus!
      square = (square * square) % modulus!
    }
    this.#stack.push(decimal(result))
  }

  // ---- Printing

  *#show(command: string): Blocking<void> {
    if (command === 'f') {
      for (const value of [...this.#stack].reverse()) yield* this.#out.print(`${this.#text(value)}\n`)
      return
    }
    const top = this.#stack.at(-1)
    if (top === undefined) {
      yield* this.#empty()
      return
    }
    if (command !== 'p') this.#stack.pop()
    if (command === 'P' && typeof top !== 'string') yield* this.#out.print(bytesOf(whole(top)))
    else yield* this.#out.print(this.#text(top) + (command === 'p' ? '\n' : ''))
  }

  #text(value: Value): string {
    return typeof value === 'string' ? value : format(value, this.#obase)
  }

  // ---- Registers

  *#register(command: string, name: string): Blocking<void> {
    const stack = this.#registers.get(name) ?? []
    if (command === 'l' || command === 'L') {
      const value = command === 'l' ? stack.at(-1) : stack.pop()
      if (value === undefined && command === 'L')
        yield* this.#out.warn(`stack register '${name}' (${octal(name)}) is empty`)
      else this.#stack.push(value ?? ZERO)
      return
    }
    if (command === ':' || command === ';') {
      yield* this.#element(command, name)
      return
    }
    const value = this.#stack.pop()
    if (value === undefined) {
      yield* this.#empty()
      return
    }
    if (command === 's') stack.pop()
    stack.push(value)
    this.#registers.set(name, stack)
  }

  *#element(command: string, name: string): Blocking<void> {
    const index = yield* this.#one()
    if (!index) return
    const array = this.#arrays.get(name) ?? new Map<number, Value>()
    this.#arrays.set(name, array)
    if (command === ';') this.#stack.push(array.get(Number(whole(index))) ?? ZERO)
    else array.set(Number(whole(index)), this.#stack.pop() ?? ZERO)
  }

  *#setting(command: string): Blocking<void> {
    const current: Record<string, number> = { I: this.#ibase, O: this.#obase, K: this.#scale }
    if (current[command] !== undefined) {
      this.#stack.push(decimal(current[command]))
      return
    }
    const value = yield* this.#one()
    if (!value) return
    const number = Number(whole(value))
    if (command === 'k' && number < 0) yield* this.#out.warn('scale must be a nonnegative integer')
    else if (command === 'i' && (number < 2 || number > 16))
      yield* this.#out.warn('input base must be a number between 2 and 16 (inclusive)')
    else if (command === 'o' && number < 2)
      yield* this.#out.warn('output base must be a number greater than 1')
    else if (command === 'k') this.#scale = number
    else if (command === 'i') this.#ibase = number
    else this.#obase = number
  }

  // ---- Execution

  #execute(value: Value | undefined): void {
    if (typeof value !== 'string') {
      if (value !== undefined) this.#stack.push(value)
      return
    }
    // A text whose last command this was needs no place to return to.
    const frame = this.#frames.at(-1)
    if (frame && frame.at >= frame.text.length) this.#frames.pop()
    if (this.#frames.length < DEPTH_MAX) this.#frames.push({ text: value, at: 0 })
  }

  #conditional(operator: string, isNegated: boolean, frame: Frame): void {
    const name = this.#name(frame)
    let otherwise: string | undefined
    if (frame.text[frame.at] === 'e') {
      frame.at++
      otherwise = this.#name(frame)
    }
    const b = this.#stack.pop()
    const a = this.#stack.pop()
    if (a === undefined || b === undefined || typeof a === 'string' || typeof b === 'string') return
    const order = compare(b, a)
    const holds = operator === '=' ? order === 0 : operator === '<' ? order < 0 : order > 0
    const chosen = holds !== isNegated ? name : otherwise
    if (chosen !== undefined) this.#execute(this.#registers.get(chosen)?.at(-1) ?? ZERO)
  }

  *#control(command: string, frame: Frame): Blocking<void> {
    if (command === 'q') {
      this.#frames.length = Math.max(0, this.#frames.length - 2)
      if (!this.#frames.length) throw new DcQuit()
    } else if (command === 'Q') {
      const levels = yield* this.#one()
      if (levels) this.#frames.length = Math.max(1, this.#frames.length - Number(whole(levels)))
    } else if (command === '?') {
      this.#frames.push({ text: yield* this.#out.readLine(), at: 0 })
    } else if (!this.#stack.length) yield* this.#empty()
    else if (typeof this.#stack.at(-1) === 'string') {
      const value = this.#stack.pop()
      if (frame.at > frame.text.length) frame.at = frame.text.length
      this.#execute(value)
    }
  }

  *#other(command: string): Blocking<void> {
    const stack = this.#stack
    switch (command) {
      case 'c':
        this.#stack = []
        return
      case 'z':
        stack.push(decimal(stack.length))
        return
      case 'd':
      case 'R':
      case 'r':
        if (stack.length < (command === 'r' ? 2 : 1)) yield* this.#empty()
        else if (command === 'd') stack.push(stack.at(-1)!)
        else if (command === 'R') stack.pop()
        else stack.push(...stack.splice(-2).reverse())
        return
      case 'Z':
      case 'X':
        yield* this.#measure(command)
        return
      case 'v':
        yield* this.#root()
        return
      case 'a':
        yield* this.#character()
        return
      case 'N': {
        const value = yield* this.#one()
        if (value) stack.push(decimal(isZero(value) ? 1 : 0))
        return
      }
      case 'G':
      case '(':
      case '{': {
        const both = yield* this.#two()
        if (!both) return
        const order = compare(both[1], both[0])
        stack.push(
          decimal((command === 'G' ? order === 0 : command === '(' ? order < 0 : order <= 0) ? 1 : 0),
        )
        return
      }
      default:
        yield* this.#out.warn(`'${command}' (${octal(command)}) unimplemented`)
    }
  }

  *#measure(command: string): Blocking<void> {
    const top = this.#stack.pop()
    if (top === undefined) yield* this.#empty()
    else if (typeof top === 'string') this.#stack.push(decimal(command === 'Z' ? top.length : 0))
    else if (command === 'X') this.#stack.push(decimal(top.scale))
    else this.#stack.push(decimal(String(top.digits < 0n ? -top.digits : top.digits).length))
  }

  *#root(): Blocking<void> {
    const value = yield* this.#one()
    if (!value) return
    if (value.digits < 0n) yield* this.#out.warn('square root of negative number')
    else {
      const root = squareRoot(value, this.#scale)
      this.#stack.push(compare(root, ONE) === 0 ? rescale(ONE, Math.max(this.#scale, value.scale)) : root)
    }
  }

  /** `a`: the character of a number, or the first one of a string. */
  *#character(): Blocking<void> {
    const top = this.#stack.pop()
    if (top === undefined) yield* this.#empty()
    else
      this.#stack.push(
        typeof top === 'string' ? top.slice(0, 1) : String.fromCharCode(Number(whole(top) & 255n)),
      )
  }
}

/** The text up to the bracket that closes; brackets inside it nest. */
function bracketed(frame: Frame): string {
  let [depth, text] = [1, '']
  for (; frame.at < frame.text.length; frame.at++) {
    const char = frame.text[frame.at]!
    if (char === '[') depth++
    else if (char === ']' && --depth === 0) break
    text += char
  }
  frame.at++
  return text
}

/** A number as the bytes of its value in base 256. */
function bytesOf(value: bigint): string {
  let text = ''
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 8n)
    text = String.fromCharCode(Number(rest & 255n)) + text
  return text
}

const octal = (char: string): string => `0${char.charCodeAt(0).toString(8)}`
