/**
 * The expressions of test(1): POSIX's rules by the number of words, and a grammar for more of them. The program and
 * the shell's builtin differ in operators, numbers and messages: their `Dialect`. Linux: coreutils test.c, bash test.c.
 */
import type { Sys } from '../../../abi/index.ts'
import { compareText } from '../collate.ts'
import { compareFiles } from './files.ts'

/** What can be wrong with an expression. */
export type Mistake =
  /** The first of two words is no operator. */
  | 'unary'
  /** The second of three is none. */
  | 'binary'
  /** Words are left over. */
  | 'extra'
  /** The expression ends too early. */
  | 'missing'
  /** There is no `)`, or another word in its place. */
  | 'paren'

/** What the program and the builtins do differently. */
export interface Dialect {
  readonly sys: Sys
  /** Three words with -a or -o in the middle join the outer two, even if the first is `!` or an operator. */
  readonly joinsThree: boolean
  /** Nothing behind -a and -o is false, and a file that is missing is not older. */
  readonly missingIsFalse?: boolean
  /** POSIX's rules by the number of words hold between parentheses too. */
  readonly countsInParentheses: boolean
  isUnary(word: string): boolean
  isBinary(word: string): boolean
  /** An operator with one operand. */
  unary(operator: string, operand: string): boolean
  number(word: string): number | bigint
  /** What to throw; `words` are those of the expression, `at` where it went wrong. */
  mistake(kind: Mistake, words: readonly string[], at: number): unknown
}

/** Whether the expression holds. */
export const evaluate = (dialect: Dialect, words: readonly string[]): boolean =>
  words.length > 0 && new Expression(dialect, words).value()

class Expression {
  readonly #dialect: Dialect
  readonly #words: readonly string[]
  #at = 0

  constructor(dialect: Dialect, words: readonly string[]) {
    this.#dialect = dialect
    this.#words = words
  }

  value(): boolean {
    const value = this.#counted(this.#words.length)
    if (this.#at < this.#words.length) throw this.#mistake('extra', this.#at)
    return value
  }

  #mistake(kind: Mistake, at: number): unknown {
    return this.#dialect.mistake(kind, this.#words, at)
  }

  /** POSIX decides by the number of words. */
  #counted(count: number): boolean {
    switch (count) {
      case 1:
        return this.#words[this.#at++] !== ''
      case 2:
        return this.#two()
      case 3:
        return this.#three()
      case 4: {
        const first = this.#words[this.#at]
        if (first === '!') return !this.#after(() => this.#three())
        if (first === '(' && this.#words[this.#at + 3] === ')') {
          const value = this.#after(() => this.#two())
          this.#at++
          return value
        }
      }
    }
    return this.#or()
  }

  #after(rest: () => boolean): boolean {
    this.#at++
    return rest()
  }

  #two(): boolean {
    const first = this.#words[this.#at]!
    if (first === '!') return !this.#after(() => this.#counted(1))
    if (!this.#dialect.isUnary(first)) {
      if (this.#dialect.missingIsFalse && /^-[ao]$/.test(this.#words[this.#at + 1]!)) return this.#or()
      throw this.#mistake('unary', this.#at)
    }
    return this.#unary()
  }

  #three(): boolean {
    const [first, operator, last] = [
      this.#words[this.#at]!,
      this.#words[this.#at + 1]!,
      this.#words[this.#at + 2]!,
    ]
    if (this.#dialect.isBinary(operator)) return this.#binary()
    const joins = operator === '-a' || operator === '-o'
    if (joins && this.#dialect.joinsThree) return this.#joined(first, operator, last)
    if (first === '!') return !this.#after(() => this.#two())
    if (first === '(' && last === ')') {
      this.#at += 3
      return operator !== ''
    }
    if (joins) return this.#or()
    throw this.#mistake('binary', this.#at + 1)
  }

  #joined(first: string, operator: string, last: string): boolean {
    this.#at += 3
    return operator === '-a' ? first !== '' && last !== '' : first !== '' || last !== ''
  }

  #or(): boolean {
    let value = this.#and()
    while (this.#words[this.#at] === '-o') {
      this.#at++
      value = this.#and() || value
    }
    return value
  }

  #and(): boolean {
    let value = this.#term()
    while (this.#words[this.#at] === '-a') {
      this.#at++
      value = this.#term() && value
    }
    return value
  }

  #term(): boolean {
    const word = this.#words[this.#at]
    if (word === undefined && this.#dialect.missingIsFalse) return false
    if (word === undefined) throw this.#mistake('missing', this.#at)
    if (word === '!') return !this.#after(() => this.#term())
    if (word === '(') return this.#after(() => this.#parenthesized())
    const left = this.#words.length - this.#at
    if (left >= 3 && this.#dialect.isBinary(this.#words[this.#at + 1]!)) return this.#binary()
    if (left >= 2 && this.#dialect.isUnary(word)) return this.#unary()
    this.#at++
    return word !== ''
  }

  #parenthesized(): boolean {
    const close = this.#words.indexOf(')', this.#at + 1)
    const count = close < 0 ? this.#words.length - this.#at : close - this.#at
    const value = this.#dialect.countsInParentheses && count <= 4 ? this.#counted(count) : this.#or()
    if (this.#words[this.#at] !== ')') throw this.#mistake('paren', this.#at)
    this.#at++
    return value
  }

  #unary(): boolean {
    this.#at += 2
    const operator = this.#words[this.#at - 2]!
    const operand = this.#words[this.#at - 1]!
    if (operator === '-z') return operand === ''
    if (operator === '-n') return operand !== ''
    return this.#dialect.unary(operator, operand)
  }

  #binary(): boolean {
    const left = this.#words[this.#at]!
    const operator = this.#words[this.#at + 1]!
    const right = this.#words[this.#at + 2]!
    this.#at += 3
    switch (operator) {
      case '=':
      case '==':
        return left === right
      case '!=':
        return left !== right
      case '<':
        return compareText(left, right) < 0
      case '>':
        return compareText(left, right) > 0
      case '-nt':
      case '-ot':
      case '-ef':
        return compareFiles(this.#dialect.sys, left, operator, right, this.#dialect.missingIsFalse)
    }
    return compareNumbers(this.#dialect.number(left), operator, this.#dialect.number(right))
  }
}

/** -eq, -ne, -lt, -le, -gt and -ge. */
export function compareNumbers(a: number | bigint, operator: string, b: number | bigint): boolean {
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

const BINARY = new Set(['=', '==', '!=', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'])

/** The operators with two operands that all know. */
export const isBinary = (word: string): boolean => BINARY.has(word)
