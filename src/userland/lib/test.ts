/**
 * The conditions of test(1). Shared with the shell's builtin. Linux: coreutils test.c, POSIX's rules by number of
 * arguments.
 */
import {
  Errno,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isLink,
  isReg,
  isSock,
  R_OK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
  type Stat,
  type Sys,
  W_OK,
  X_OK,
} from '../../abi/index.ts'
import { compareText } from './collate.ts'
import { quote } from './quote.ts'

/** What is wrong with an expression; the message after `prog: `. */
export class TestError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Texts that differ between the program and the shell's builtin. */
export interface TestTexts {
  integer(text: string): string
  missing(after: string): string
  binary(text: string): string
  extra(text: string): string
  unary(text: string): string
}

export const TEST_TEXTS: TestTexts = {
  integer: text => `invalid integer ${quote(text)}`,
  missing: after => `missing argument after ${quote(after)}`,
  binary: text => `${quote(text)}: binary operator expected`,
  extra: text => `extra argument ${quote(text)}`,
  unary: text => `${quote(text)}: unary operator expected`,
}

const UNARY = new Set('bcdefghkLnNOprsStuwxzGa')
const BINARY = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
])

export const isUnary = (text: string): boolean => text.length === 2 && text[0] === '-' && UNARY.has(text[1]!)
export const isBinary = (text: string): boolean => BINARY.has(text)

/** Whether the expression holds. Throws TestError. */
export function evaluateTest(sys: Sys, args: readonly string[], texts: TestTexts = TEST_TEXTS): boolean {
  const test = new Test(sys, args, texts)
  return test.run()
}

class Test {
  readonly #sys: Sys
  readonly #args: readonly string[]
  readonly #texts: TestTexts
  #at = 0

  constructor(sys: Sys, args: readonly string[], texts: TestTexts) {
    this.#sys = sys
    this.#args = args
    this.#texts = texts
  }

  run(): boolean {
    if (!this.#args.length) return false
    const result = this.#counted(this.#args.length)
    const extra = this.#args[this.#at]
    if (extra !== undefined) throw new TestError(this.#texts.extra(extra))
    return result
  }

  /** POSIX decides by the number of arguments. */
  #counted(count: number): boolean {
    const [a, b, c, d] = this.#args.slice(this.#at, this.#at + 4) as [string, string, string, string]
    if (count === 1) return this.#take(1, a !== '')
    if (count === 2) {
      if (a === '!') return this.#take(2, b === '')
      if (isUnary(a)) return this.#unary()
      if (a[0] === '-' && a.length === 2) throw new TestError(this.#texts.unary(a))
      throw new TestError(this.#texts.missing(b))
    }
    if (count === 3) {
      if (isBinary(b)) return this.#binary()
      if (a === '!') {
        this.#at++
        return !this.#counted(2)
      }
      if (a === '(' && c === ')') return this.#take(3, b !== '')
      if (b === '-a' || b === '-o') return this.#or()
      throw new TestError(this.#texts.binary(b))
    }
    if (count === 4) {
      if (a === '!') {
        this.#at++
        return !this.#counted(3)
      }
      if (a === '(' && d === ')') {
        this.#at++
        const result = this.#counted(2)
        this.#at++
        return result
      }
    }
    return this.#or()
  }

  #take(count: number, result: boolean): boolean {
    this.#at += count
    return result
  }

  #or(): boolean {
    let result = this.#and()
    while (this.#args[this.#at] === '-o') {
      this.#at++
      result = this.#and() || result
    }
    return result
  }

  #and(): boolean {
    let result = this.#term()
    while (this.#args[this.#at] === '-a') {
      this.#at++
      result = this.#term() && result
    }
    return result
  }

  #term(): boolean {
    let negated = false
    while (this.#args[this.#at] === '!' && this.#at + 1 < this.#args.length) {
      negated = !negated
      this.#at++
    }
    const [a, b, c] = this.#args.slice(this.#at, this.#at + 3) as [
      string,
      string | undefined,
      string | undefined,
    ]
    if (a === undefined) throw new TestError(this.#texts.missing(this.#args.at(-1)!))
    let result: boolean
    if (a === '(' && b !== undefined) {
      this.#at++
      result = this.#or()
      if (this.#args[this.#at] !== ')') throw new TestError(`${quote(')')} expected`)
      this.#at++
    } else if (b !== undefined && c !== undefined && isBinary(b)) result = this.#binary()
    else if (isUnary(a) && b !== undefined) result = this.#unary()
    else result = this.#take(1, a !== '')
    return result !== negated
  }

  #binary(): boolean {
    const [a, operator, b] = this.#args.slice(this.#at, this.#at + 3) as [string, string, string]
    this.#at += 3
    switch (operator) {
      case '=':
      case '==':
        return a === b
      case '!=':
        return a !== b
      case '<':
        return compareText(a, b) < 0
      case '>':
        return compareText(a, b) > 0
      case '-nt':
      case '-ot':
        return this.#newer(operator === '-nt' ? a : b, operator === '-nt' ? b : a)
      case '-ef':
        return this.#same(a, b)
      default:
        return compareNumbers(operator, this.#integer(a), this.#integer(b))
    }
  }

  #integer(text: string): bigint {
    const match = /^[ \t]*\+?(-?\d+)[ \t]*$/.exec(text)
    if (!match) throw new TestError(this.#texts.integer(text))
    return BigInt(match[1]!)
  }

  #stat(path: string, follow = true): Stat | undefined {
    try {
      return follow ? this.#sys.stat(path) : this.#sys.lstat(path)
    } catch (e) {
      if (e instanceof Errno) return undefined
      throw e
    }
  }

  #newer(a: string, b: string): boolean {
    const x = this.#stat(a)
    const y = this.#stat(b)
    if (!x || !y) return x !== undefined
    return x.mtime.sec > y.mtime.sec || (x.mtime.sec === y.mtime.sec && x.mtime.nsec > y.mtime.nsec)
  }

  #same(a: string, b: string): boolean {
    const x = this.#stat(a)
    const y = this.#stat(b)
    return x !== undefined && y !== undefined && x.ino === y.ino && x.dev === y.dev
  }

  #access(path: string, mode: number): boolean {
    try {
      this.#sys.access(path, mode, true)
      return true
    } catch (e) {
      if (e instanceof Errno) return false
      throw e
    }
  }

  #unary(): boolean {
    const [operator, operand] = this.#args.slice(this.#at, this.#at + 2) as [string, string]
    this.#at += 2
    const letter = operator[1]!
    if (letter === 'z') return operand === ''
    if (letter === 'n') return operand !== ''
    if (letter === 't')
      return /^\s*-?\d+\s*$/.test(operand)
        ? isatty(this.#sys, Number(operand))
        : wrong(this.#texts.integer(operand))
    if (letter === 'r') return this.#access(operand, R_OK)
    if (letter === 'w') return this.#access(operand, W_OK)
    if (letter === 'x') return this.#access(operand, X_OK)
    const stat = this.#stat(operand, letter !== 'h' && letter !== 'L')
    return stat !== undefined && holds(letter, stat, this.#sys)
  }
}

function wrong(message: string): never {
  throw new TestError(message)
}

function isatty(sys: Sys, fd: number): boolean {
  try {
    return fd >= 0 && sys.isatty(fd)
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function holds(letter: string, stat: Stat, sys: Sys): boolean {
  switch (letter) {
    case 'b':
      return isBlk(stat)
    case 'c':
      return isChr(stat)
    case 'd':
      return isDir(stat)
    case 'f':
      return isReg(stat)
    case 'g':
      return (stat.mode & S_ISGID) !== 0
    case 'h':
    case 'L':
      return isLink(stat)
    case 'k':
      return (stat.mode & S_ISVTX) !== 0
    case 'p':
      return isFifo(stat)
    case 's':
      return stat.size > 0
    case 'S':
      return isSock(stat)
    case 'u':
      return (stat.mode & S_ISUID) !== 0
    case 'O':
      return stat.uid === sys.geteuid()
    case 'G':
      return stat.gid === sys.getegid()
    case 'N':
      return (
        stat.mtime.sec > stat.atime.sec ||
        (stat.mtime.sec === stat.atime.sec && stat.mtime.nsec > stat.atime.nsec)
      )
    default:
      return true
  }
}

function compareNumbers(operator: string, a: bigint, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b
    case '-ne':
      return a !== b
    case '-lt':
      return a < b
    case '-le':
      return a <= b
    case '-gt':
      return a > b
    default:
      return a >= b
  }
}
