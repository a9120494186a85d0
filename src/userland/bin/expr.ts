/**
 * expr - evaluate expressions
 * https://www.gnu.org/software/coreutils/manual/html_node/expr-invocation.html
 */
import { type Fatal, command, fatal, usage } from '../lib/command.ts'
import { compareText } from '../lib/collate.ts'
import { quote } from '../lib/quote.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'

const isNull = (text: string): boolean => text === '' || /^-?0+$/.test(text)
const isNumber = (text: string): boolean => /^-?\d+$/.test(text)

/** Levels of binary operators, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
]

export default command({
  name: 'expr',
  writeStatus: 3,
  summary: 'Print the value of EXPRESSION to standard output.',
  usage: ['expr EXPRESSION', 'expr OPTION'],
  authors: 'Mike Parker, James Youngman, and Paul Eggert',
  failure: 2,
  raw: true,
  helpAlone: true,

  *main(_sys, _flags, args, me) {
    if (args[0] === '--') args = args.slice(1)
    if (!args.length) throw usage('missing operand')
    const parser = new Parser(args)
    const value = parser.run()
    me.out.line(value)
    return isNull(value) ? 1 : 0
  },
})

const syntax = (message: string): Fatal => fatal(`syntax error: ${message}`) as Fatal

class Parser {
  readonly #args: readonly string[]
  #at = 0

  constructor(args: readonly string[]) {
    this.#args = args
  }

  run(): string {
    const value = this.#level(0, true)
    const rest = this.#args[this.#at]
    if (rest !== undefined) throw syntax(`unexpected argument ${quote(rest)}`)
    return value
  }

  /** `live`: whether the value counts; | and & do not compute what they do not need. */
  #level(level: number, live: boolean): string {
    const operators = LEVELS[level]
    if (!operators) return this.#primary(live)
    let left = this.#level(level + 1, live)
    for (;;) {
      const operator = this.#args[this.#at]
      if (operator === undefined || !operators.includes(operator)) return left
      this.#at++
      if (operator === '|') {
        const right = this.#level(level + 1, live && isNull(left))
        if (isNull(left)) left = isNull(right) ? '0' : right
      } else if (operator === '&') {
        const right = this.#level(level + 1, live && !isNull(left))
        if (isNull(left) || isNull(right)) left = '0'
      } else {
        const right = this.#level(level + 1, live)
        left = live ? apply(operator, left, right) : left
      }
    }
  }

  #next(): string {
    const arg = this.#args[this.#at++]
    if (arg === undefined) throw syntax(`missing argument after ${quote(this.#args.at(-1)!)}`)
    return arg
  }

  #primary(live: boolean): string {
    const arg = this.#next()
    const operand = (): string => this.#level(LEVELS.length, live)
    switch (arg) {
      case '(': {
        const value = this.#level(0, live)
        const close = this.#args[this.#at]
        if (close === undefined) throw syntax(`expecting ')' after ${quote(this.#args[this.#at - 1]!)}`)
        if (close !== ')') throw syntax(`expecting ')' instead of ${quote(close)}`)
        this.#at++
        return value
      }
      case ')':
        throw syntax("unexpected ')'")
      case '+':
        return this.#next()
      case 'length':
        return String([...operand()].length)
      case 'match': {
        const text = operand()
        return match(text, operand())
      }
      case 'index': {
        const text = [...operand()]
        const chars = new Set(operand())
        return String(text.findIndex(it => chars.has(it)) + 1)
      }
      case 'substr': {
        const text = [...operand()]
        const from = operand()
        const length = operand()
        if (!isNumber(from) || !isNumber(length) || Number(from) < 1 || Number(length) < 1) return ''
        return text.slice(Number(from) - 1, Number(from) - 1 + Number(length)).join('')
      }
      default:
        return arg
    }
  }
}

function apply(operator: string, left: string, right: string): string {
  if (operator === ':') return match(left, right)
  const numbers = isNumber(left) && isNumber(right)
  if (LEVELS[2]!.includes(operator)) {
    const order = numbers ? Number(BigInt(left) - BigInt(right)) : compareText(left, right)
    const holds =
      operator === '<'
        ? order < 0
        : operator === '<='
          ? order <= 0
          : operator === '>'
            ? order > 0
            : operator === '>='
              ? order >= 0
              : operator === '!='
                ? order !== 0
                : order === 0
    return holds ? '1' : '0'
  }
  if (!numbers) throw fatal('non-integer argument')
  const [a, b] = [BigInt(left), BigInt(right)]
  if (operator === '+') return String(a + b)
  if (operator === '-') return String(a - b)
  if (operator === '*') return String(a * b)
  if (!b) throw fatal('division by zero')
  return String(operator === '/' ? a / b : a % b)
}

/** `text : pattern`: the first group, or how many characters match. */
function match(text: string, pattern: string): string {
  let regex: RegExp
  try {
    regex = compileRegex(pattern, { flags: 'y' })
  } catch (e) {
    throw e instanceof RegexError ? fatal(e.message) : e
  }
  const found = regex.exec(text)
  if (pattern.includes('\\(')) return found?.[1] ?? ''
  return String(found ? [...found[0]].length : 0)
}
