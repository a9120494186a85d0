/** `[[ … ]]`. Bash: parse.y:parse_cond_command(). */
import type { Test, Word } from '../tree.ts'
import { SyntaxError, type Token } from './lexer.ts'
import { Reader } from './reader.ts'

/** What bash says nothing about. */
export const SILENT = ' '

/** Bash: test.c:test_unop(). */
const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/
const BINARY = /^(=|==|!=|=~|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/
/** Their right side is read as a whole. */
const MATCHES = /^(=|==|!=|=~)$/

/** Reads conditions. */
export abstract class Conditional extends Reader {
  /** From behind `[[` to behind `]]`. Bash: parse.y:cond_error(). */
  protected conditional(): Test {
    const line = this.lineAt(this.pos)
    this.subscriptsAllowed = false
    const test = this.#or()
    this.subscriptsAllowed = true
    const token = this.peek()
    if (token.type === 'eof') this.#error(token, line, "unexpected EOF while looking for `]]'")
    if (token.type !== 'word' || token.text !== ']]') {
      const what = 'syntax error in conditional expression'
      this.#error(token, line, token.type === 'op' ? `${what}: unexpected token \`${token.text}'` : what)
    }
    this.take()
    return test
  }

  #error(token: Token, line: number, message: string): never {
    const error = new SyntaxError('condition', message, line)
    error.isAtEnd = token.end >= this.src.length
    throw error
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
      this.newlines()
      isNegated = !isNegated
    }
    const operand = this.isOp('(') ? this.#group() : this.#primary()
    return isNegated ? { type: 'not', operand } : operand
  }

  #group(): Test {
    const { start } = this.take()
    const operand = this.#grouped()
    this.newlines()
    const close = this.peek()
    if (close.text !== ')')
      this.#error(close, this.lineAt(start), `unexpected token \`${nameOf(close)}', expected \`)'`)
    this.take()
    this.newlines()
    return { type: 'paren', operand }
  }

  /** What is wrong between parentheses is wrong with them, too. */
  #grouped(): Test {
    try {
      return this.#or()
    } catch (e) {
      if (!(e instanceof SyntaxError) || e.kind !== 'condition' || !e.what) throw e
      const error = new SyntaxError('condition', `${e.what}\nexpected \`)'`, e.line)
      error.isAtEnd = e.isAtEnd
      throw error
    }
  }

  #primary(): Test {
    const first = this.peek()
    const line = this.lineAt(first.start)
    if (first.type === 'word' && first.text === ']]') this.#error(first, line, '')
    if (first.type !== 'word')
      this.#error(first, line, `unexpected token \`${nameOf(first)}' in conditional command`)
    this.take()
    if (UNARY.test(first.text)) return this.#unary(first.text, line)
    const next = this.peek()
    const ends = next.text === ']]' || (next.type === 'op' && /^(&&|\|\||\))$/.test(next.text))
    if (ends) return { type: 'unary', operator: '-n', operand: this.#operand(first) }
    const isOperator =
      next.type === 'word' ? BINARY.test(next.text) : next.type === 'op' && /^[<>]$/.test(next.text)
    if (!isOperator) {
      const token = next.type === 'word' ? '' : `unexpected token \`${nameOf(next)}', `
      this.#error(next, line, `${token}conditional binary operator expected`)
    }
    this.take()
    return {
      type: 'binary',
      operator: next.text,
      left: this.#operand(first),
      right: this.#right(next.text, line),
    }
  }

  #unary(operator: string, line: number): Test {
    const operand = this.peek()
    if (operand.type !== 'word' || operand.text === ']]')
      this.#error(operand, line, `unexpected argument \`${nameOf(operand)}' to conditional unary operator`)
    this.take()
    this.newlines()
    return { type: 'unary', operator, operand: this.#operand(operand) }
  }

  #operand({ start, end }: Token): Word {
    return this.word(start, end, 'pattern')
  }

  /** What an operator compares with. */
  #right(operator: string, line: number): Word {
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
      this.#error(right, line, `unexpected argument \`${nameOf(right)}' to conditional binary operator`)
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

/** A token as bash's messages have it. */
const nameOf = ({ type, text }: Token): string => (type === 'eof' ? 'EOF' : text)
