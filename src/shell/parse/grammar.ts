/**
 * Commands: bash's grammar, and dash's where it differs. One complete command after the other is read, so that what
 * precedes a syntax error has run. Bash: parse.y, make_cmd.c; POSIX: 2.10 Shell Grammar.
 *
 * Left out: posix mode's reserved words.
 */
import type { Case, Command, For, Item, List, Pipeline, Word } from '../tree.ts'
import type { Assignments } from './assignment.ts'
import { SILENT } from './conditional.ts'
import { SyntaxError, type Token } from './lexer.ts'
import { NAME, NO_REDIRECTS, REDIRECTS, SimpleCommands } from './simple.ts'

const CLOSERS = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}'])
const BASH_ONLY = new Set(['[[', 'function', 'select', 'coproc', 'time'])
const ASH_LACKS = new Set(['select', 'coproc', 'time'])

/** Reads commands. */
export class Grammar extends SimpleCommands {
  protected another(text: string, line: number): Assignments {
    return new Grammar(text, 0, line, { ...this.dialect, alias: undefined })
  }

  /**
   * Read one complete command: a list up to its newline, here-documents included. Returns it and where its text starts
   * and ends, or undefined at the end of the input. Throws `SyntaxError`.
   */
  completeCommand(): { start: number; end: number; list: List } | undefined {
    this.newlines()
    const { type, start } = this.peek()
    if (type === 'eof') return undefined
    const items: Item[] = []
    for (;;) {
      const command = this.#andOr()
      const isOver = !this.isOp(';') && !this.isOp('&')
      items.push({ command, background: this.isOp('&') })
      if (!isOver) this.take()
      const next = this.peek()
      if (!isOver && next.type !== 'newline' && next.type !== 'eof') continue
      if (next.type !== 'newline' && next.type !== 'eof') this.unexpected(next)
      if (next.type === 'newline') this.take()
      if (this.isInAlias) {
        this.newlines()
        if (this.peek().type !== 'eof') continue
      }
      return { start, end: this.pos, list: listOf(items, this.lineAt(start)) }
    }
  }

  all(): List {
    const items: Item[] = []
    for (let read = this.completeCommand(); read; read = this.completeCommand())
      items.push(...read.list.items)
    return listOf(items, this.lineAt(0))
  }

  // Lists

  protected compoundList(): List {
    this.newlines()
    const line = this.lineAt(this.peek().start)
    const items: Item[] = []
    for (;;) {
      const token = this.peek()
      if (token.type === 'eof' || (token.type === 'op' && /^(\)|;;|;&|;;&)$/.test(token.text))) break
      if (token.type === 'word' && CLOSERS.has(token.text)) break
      const command = this.#andOr()
      items.push({ command, background: this.isOp('&') })
      if (this.peek().type !== 'newline' && !this.isOp(';') && !this.isOp('&')) break
      this.take()
      this.newlines()
    }
    return listOf(items, line)
  }

  /** A compound list that must not be empty. */
  #body(expected: string): List {
    this.newlines()
    const token = this.peek()
    const isWrong =
      token.type === 'eof' || token.type === 'op'
        ? token.text !== '(' && !REDIRECTS.has(token.text)
        : CLOSERS.has(token.text)
    if (isWrong) this.unexpected(token, token.type === 'eof' ? expected : '')
    return this.compoundList()
  }

  #andOr(): Command {
    const line = this.#lineHere()
    const commands = [this.#pipeline()]
    const operators: ('&&' | '||')[] = []
    while (this.isOp('&&') || this.isOp('||')) {
      operators.push(this.take().text as '&&' | '||')
      this.newlines()
      commands.push(this.#pipeline())
    }
    return operators.length ? { type: 'andor', line, commands, operators } : commands[0]!
  }

  #lineHere(): number {
    return this.lineAt(this.peek().start)
  }

  #pipeline(): Command {
    this.expandAlias()
    const line = this.#lineHere()
    let negated = false
    let timed: Pipeline['timed'] = ''
    while (this.isWord('!') || (this.isWord('time') && !this.dialect.dash)) {
      if (this.take().text === '!') negated = !negated
      else timed = this.#timeOptions()
      if (this.dialect.dash && this.isWord('!')) this.unexpected(this.peek())
      const next = this.peek()
      if (next.type === 'newline' || next.type === 'eof' || (next.type === 'op' && next.text === ';')) {
        if (this.dialect.dash) this.unexpected(next)
        return { type: 'pipeline', line, commands: [], both: [], negated, timed }
      }
      this.expandAlias()
    }
    const commands = [this.#command()]
    const both: boolean[] = []
    while (this.isOp('|') || this.isOp('|&')) {
      both.push(this.take().text === '|&')
      this.newlines()
      this.expandAlias()
      // "!" belongs to the whole pipeline.
      if (this.isWord('!')) this.unexpected(this.peek())
      commands.push(this.#command())
    }
    if (commands.length === 1 && !negated && !timed) return commands[0]!
    return { type: 'pipeline', line, commands, both, negated, timed }
  }

  #timeOptions(): Pipeline['timed'] {
    if (!this.isWord('-p') && !this.isWord('--')) return 'time'
    if (this.take().text === '-p' && this.isWord('--')) this.take()
    return 'time -p'
  }

  // Commands

  #command(): Command {
    const token = this.peek()
    if (token.type === 'op') {
      if (token.text === '(') return this.#parenthesis(token)
      if (!REDIRECTS.has(token.text)) this.unexpected(token)
      return this.simple()
    }
    if (token.type !== 'word') this.unexpected(token)
    if (this.#lacks(token.text)) return this.simple()
    const compound = this.#compound(token)
    if (compound) return compound
    if (CLOSERS.has(token.text) || token.text === 'in') this.unexpected(token)
    return this.simple()
  }

  /** A word that bash reserves and this shell does not. */
  #lacks(word: string): boolean {
    return this.dialect.dash && (this.dialect.ash ? ASH_LACKS : BASH_ONLY).has(word)
  }

  #parenthesis(token: Token): Command {
    const line = this.lineAt(token.start)
    const expression = this.src[token.end] === '(' && !this.dialect.dash ? this.#expression(token) : undefined
    if (expression !== undefined)
      return { type: 'arith', line, word: this.arithmetic(expression), redirects: this.redirects() }
    this.take()
    const body = this.#body(')')
    this.expect(')')
    return { type: 'subshell', line, body, redirects: this.redirects() }
  }

  /** What `((…))` holds, unless it is two subshells. */
  #expression(token: Token): string | undefined {
    const end = this.arithmeticEnd(token.end + 1)
    if (!end) return undefined
    this.skipTo(end)
    return this.src.slice(token.end + 1, end - 2)
  }

  #compound(token: Token): Command | undefined {
    const line = this.lineAt(token.start)
    switch (token.text) {
      case 'if':
        this.take()
        return this.#if(line)
      case 'while':
      case 'until': {
        this.take()
        const test = this.#body('do')
        const body = this.#doGroup()
        return { type: token.text, line, test, body, redirects: this.redirects() }
      }
      case 'for':
      case 'select':
        this.take()
        return this.#for(token.text, line)
      case 'case':
        this.take()
        return this.#case(line)
      case '{': {
        this.take()
        const body = this.#body('}')
        this.expect('}')
        return { type: 'group', line, body, redirects: this.redirects() }
      }
      case '[[': {
        this.take()
        const test = this.conditional()
        return { type: 'cond', line, test, redirects: this.redirects() }
      }
      case 'function':
        this.take()
        return this.#functionKeyword(line)
      case 'coproc':
        this.take()
        return this.#coproc(line)
    }
    return undefined
  }

  #if(line: number): Command {
    const clauses: { test: List; then: List }[] = []
    do {
      const test = this.#body('then')
      this.expect('then')
      clauses.push({ test, then: this.#body('fi') })
    } while (this.isWord('elif') && this.take())
    const otherwise = this.isWord('else') && this.take() ? this.#body('fi') : undefined
    this.expect('fi')
    return { type: 'if', line, clauses, otherwise, redirects: this.redirects() }
  }

  #doGroup(): List {
    this.newlines()
    const isBraces = this.isWord('{') && !this.dialect.dash
    this.expect(isBraces ? '{' : 'do')
    const body = this.#body(isBraces ? '}' : 'done')
    this.expect(isBraces ? '}' : 'done')
    return body
  }

  #for(type: For['type'], line: number): Command {
    const name = this.peek()
    if (name.type === 'op' && name.text === '(' && this.src[name.end] === '(' && !this.dialect.dash)
      return this.#arithmeticFor(name, line)
    if (this.dialect.dash && (name.type !== 'word' || !NAME.test(name.text)))
      throw new SyntaxError('message', 'Bad for loop variable', this.lineAt(name.start))
    if (name.type !== 'word') this.unexpected(name)
    this.take()
    const words = this.#forWords()
    const body = this.#doGroup()
    return { type, line, name: name.text, words, body, redirects: this.redirects() }
  }

  /** What follows `in`. */
  #forWords(): Word[] | undefined {
    if (this.isOp(';')) {
      this.take()
      return undefined
    }
    this.newlines()
    if (!this.isWord('in')) return undefined
    this.take()
    const words: Word[] = []
    this.listsAllowed = false
    this.subscriptsAllowed = false
    for (let it = this.peek(); it.type === 'word'; it = this.peek()) {
      this.take()
      words.push(this.word(it.start, it.end, 'word'))
    }
    const end = this.peek()
    this.listsAllowed = true
    this.subscriptsAllowed = true
    if (end.type !== 'newline' && !(end.type === 'op' && end.text === ';')) this.unexpected(end)
    this.take()
    return words
  }

  #arithmeticFor(open: Token, line: number): Command {
    const header = this.#expression(open)
    if (header === undefined) throw new SyntaxError('token', '', this.lineAt(open.start), SILENT)
    const clauses = header.split(';')
    if (clauses.length !== 3) {
      const wrong = clauses.length < 3 ? 'arithmetic expression required' : "`;' unexpected"
      const what = `\`((${header}))'`
      throw new SyntaxError('message', `syntax error: ${wrong}\n${what}`, this.lineAt(open.start))
    }
    const [init, test, update] = clauses.map(it => this.arithmetic(it.trim()))
    if (this.isOp(';')) this.take()
    const body = this.#doGroup()
    return {
      type: 'arithfor',
      line,
      init: init!,
      test: test!,
      update: update!,
      body,
      redirects: this.redirects(),
    }
  }

  #case(line: number): Command {
    this.listsAllowed = false
    this.subscriptsAllowed = false
    const token = this.peek()
    this.listsAllowed = true
    this.subscriptsAllowed = true
    if (token.type !== 'word') this.unexpected(token, 'word')
    this.take()
    const word = this.word(token.start, token.end, 'pattern')
    this.newlines()
    this.expect('in')
    const items: Case['items'][number][] = []
    for (;;) {
      this.newlines()
      if (this.isWord('esac')) break
      const patterns = this.#patterns()
      const body = this.compoundList()
      const end = this.peek()
      const isEnd = end.type === 'op' && (end.text === ';;' || end.text === ';&' || end.text === ';;&')
      items.push({ patterns, body, end: isEnd ? end.text : ';;' })
      if (!isEnd) {
        if (end.type === 'eof' && this.dialect.dash) this.unexpected(end, ';;')
        break
      }
      this.take()
    }
    this.newlines()
    this.expect('esac')
    return { type: 'case', line, word, items, redirects: this.redirects() }
  }

  #patterns(): Word[] {
    if (this.isOp('(')) this.take()
    const patterns = [this.#pattern()]
    while (this.isOp('|')) {
      this.take()
      patterns.push(this.#pattern())
    }
    this.expect(')')
    return patterns
  }

  #pattern(): Word {
    const { type, start, end } = this.peek()
    if (type !== 'word') this.unexpected(this.peek(), ')')
    this.take()
    return this.word(start, end, 'pattern')
  }

  // Functions

  #functionKeyword(line: number): Command {
    const name = this.peek()
    if (name.type !== 'word') this.unexpected(name)
    this.take()
    if (this.isOp('(')) {
      this.take()
      this.expect(')')
    }
    return this.definition(name, line)
  }

  protected definition({ text }: Token, line: number): Command {
    return { type: 'function', line, name: text, body: this.#functionBody(), redirects: NO_REDIRECTS }
  }

  #functionBody(): Command {
    this.newlines()
    const token = this.peek()
    if (this.dialect.dash || (token.type === 'op' && token.text === '(')) return this.#command()
    return (token.type === 'word' && this.#compound(token)) || this.unexpected(token)
  }

  #coproc(line: number): Command {
    const first = this.peek()
    const coproc = (name: string, body: Command): Command => ({
      type: 'coproc',
      line,
      name,
      body,
      redirects: NO_REDIRECTS,
    })
    const own = first.type === 'word' ? this.#compound(first) : this.#command()
    if (own) return coproc('COPROC', own)
    // A name, if a compound command follows; else the first word of a simple one.
    const before = this.pos
    this.take()
    const next = this.peek()
    if (next.type === 'op' && next.text === '(') return coproc(first.text, this.#command())
    const named = next.type === 'word' && this.#compound(next)
    if (named) return coproc(first.text, named)
    this.skipTo(before)
    return coproc('COPROC', this.simple())
  }
}

const listOf = (items: readonly Item[], line: number): List => ({
  type: 'list',
  line: items[0]?.command.line ?? line,
  items,
})
