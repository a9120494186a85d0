/** `[[ … ]]`. Bash: parse.y:parse_cond_command(). */
import type { Test, Word } from '../tree.ts'
import { SyntaxError, type Token } from './lexer.ts'
import { Reader } from './reader.ts'

/** What marks an error in `[[ … ]]`. */
export const CONDITION = 'condition'

/** What bash says nothing about. */
export const SILENT = ' '

const UNARY = /^-[a-zA-Z]$/
const BINARY = /^(=|==|!=|=~|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/
/** Their right side is read as a whole. */
const MATCHES = /^(=|==|!=|=~)$/

/** Reads conditions. */
export abstract class Conditional extends Reader {
  /** From behind `[[` to behind `]]`. */
  protected conditional(): Test {
    this.subscriptsAllowed = false
    const test = this.#or()
    this.subscriptsAllowed = true
    const token = this.peek()
    if (token.type !== 'word' || token.text !== ']]') {
      const what = 'syntax error in conditional expression'
      this.#error(token, token.type === 'op' ? `${what}: unexpected token \`${token.text}'` : what)
    }
    this.take()
    return test
  }

  /** `message` is complete except for the token, which newlines and operators have in it. */
  #error(token: Token, message: string): never {
    const line = this.lineAt(token.start)
    if (token.type === 'eof') throw new SyntaxError('eof', '', line)
    if (token.type === 'newline')
      throw new SyntaxError('message', `unexpected token \`newline', ${message}`, line, CONDITION)
    throw new SyntaxError('token', token.text, line, message)
  }

  #or(): Test {
    const operands = [this.#and()]
    while (this.isOp('||')) {
      this.take()
      operands.push(this.#and())
    }
    return operands.length > 1 ? { type: 'or', operands } : operands[0]!
  }

  #and(): Test {
    const operands = [this.#term()]
    while (this.isOp('&&')) {
      this.take()
      operands.push(this.#term())
    }
    return operands.length > 1 ? { type: 'and', operands } : operands[0]!
  }

  #term(): Test {
    this.newlines()
    let isNegated = false
    while (this.isWord('!')) {
      this.take()
      isNegated = !isNegated
    }
    const operand = this.isOp('(') ? this.#group() : this.#primary()
    return isNegated ? { type: 'not', operand } : operand
  }

  #group(): Test {
    this.take()
    const operand = this.#or()
    this.newlines()
    const close = this.peek()
    if (close.text !== ')') this.#error(close, `unexpected token \`${close.text}', expected \`)'`)
    this.take()
    this.newlines()
    return { type: 'paren', operand }
  }

  #primary(): Test {
    const first = this.peek()
    if (first.type !== 'word' || first.text === ']]') this.#error(first, SILENT)
    this.take()
    const left = this.#operand(first)
    const isUnary = UNARY.test(first.text)
    if (isUnary && !/^-[ao]$/.test(first.text) && this.isWord(']]'))
      this.#error(this.peek(), "unexpected argument `]]' to conditional unary operator")
    const next = this.peek()
    const isOperand = next.type === 'word' && next.text !== ']]'
    if (isUnary && isOperand) {
      this.take()
      this.newlines()
      return { type: 'unary', operator: first.text, operand: this.#operand(next) }
    }
    if (isOperand) {
      if (!BINARY.test(next.text)) this.#error(next, 'conditional binary operator expected')
    } else if (next.type === 'newline') this.#error(next, 'conditional binary operator expected')
    else if (next.type !== 'op' || (next.text !== '<' && next.text !== '>')) {
      this.newlines()
      return { type: 'unary', operator: '-n', operand: left }
    }
    this.take()
    return { type: 'binary', operator: next.text, left, right: this.#right(next.text) }
  }

  #operand({ start, end }: Token): Word {
    return this.word(start, end, 'pattern')
  }

  /** What an operator compares with. */
  #right(operator: string): Word {
    if (MATCHES.test(operator)) {
      let i = this.pos
      while (/[ \t]/.test(this.src[i] ?? '')) i++
      const end = this.#pattern(i, operator === '=~')
      if (end > i && this.src.slice(i, end) !== ']]') {
        this.skipTo(end)
        this.newlines()
        return this.word(i, end, 'pattern')
      }
    }
    const right = this.peek()
    if (right.type !== 'word' || right.text === ']]')
      this.#error(right, `unexpected argument \`${right.text}' to conditional binary operator`)
    this.take()
    this.newlines()
    return this.#operand(right)
  }

  /** The end of a pattern or regular expression: parentheses and bars belong to it. */
  #pattern(from: number, isRegex: boolean): number {
    const { src } = this
    let depth = 0
    let i = from
    while (i < src.length) {
      const c = src[i]!
      if (c === '\\') i += 2
      else if (c === "'" || c === '"' || c === '`' || c === '$') i = this.quoted(i)
      else if (c === '(' && (isRegex || /[?*+@!]/.test(src[i - 1]!))) {
        depth++
        i++
      } else if (c === ')' && depth) {
        depth--
        i++
      } else if (
        depth
          ? c === '\n'
          : /[\s;&()<>]/.test(c) || (c === '|' && !isRegex) || (c === '|' && src[i + 1] === '|')
      )
        break
      else i++
    }
    if (!depth) return Math.min(i, src.length)
    const what = 'unexpected argument to conditional binary operator'
    throw new SyntaxError('quote', ')', this.lineAt(from), what)
  }
}
