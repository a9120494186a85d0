/**
 * Tokens one by one, with what happens between two of them: aliases are put in the text, bodies of here-documents are
 * read. Bash: parse.y:yylex(), push_string(), read_secondary_line().
 */
import type { List, Redirect } from '../tree.ts'
import { Assignments } from './assignment.ts'
import { SyntaxError, type Token } from './lexer.ts'
import { literalWord } from './parts.ts'

/** A here-document that the end of the input ended. */
export interface OpenHereDoc {
  readonly delimiter: string
  readonly line: number
  readonly endLine: number
}

/** A redirection whose here-document comes with the next lines. */
type Draft = { -readonly [K in keyof Redirect]: Redirect[K] }

/** A here-document that is yet to be read. */
export interface Waiting {
  readonly redirect: Draft
  /** The line that ends it. */
  readonly delimiter: string
  /** The line of the simple command that it is for. */
  commandLine?: number | undefined
}

/** What has been looked at and not yet taken, to be put aside while something inside a word is read. */
interface State {
  readonly pos: number
  readonly peeked: Token | undefined
  readonly waiting: Waiting[]
  readonly listsAllowed: boolean
  readonly subscriptsAllowed: boolean
  readonly commandLine: number | undefined
}

/** Takes tokens. */
export abstract class Reader extends Assignments {
  #waiting: Waiting[] = []
  #expanding: { name: string; end: number }[] = []
  #peeked: Token | undefined
  #aliasNext = -1
  #inSubstitution = 0
  readonly openHereDocs: OpenHereDoc[] = []

  /** Commands up to a `)` or a word that closes something. */
  protected abstract compoundList(): List

  /** The text of an alias is not over: its lines are executed together. */
  protected get isInAlias(): boolean {
    return this.#expanding.some(it => it.end > this.pos)
  }

  protected peek(): Token {
    this.#peeked ??= this.read()
    // A word after an alias that ends with a blank.
    if (this.#peeked.start === this.#aliasNext && this.#peeked.type === 'word') {
      this.#aliasNext = -1
      this.expandAlias()
      return this.peek()
    }
    return this.#peeked
  }

  protected take(): Token {
    const token = this.peek()
    this.skipTo(token.end)
    if (token.type === 'newline') this.#readHereDocs()
    return token
  }

  /** What stands before `pos` has been read, though not as tokens. */
  protected skipTo(pos: number): void {
    this.#peeked = undefined
    this.pos = pos
  }

  protected newlines(): void {
    while (this.peek().type === 'newline') this.take()
  }

  protected isOp(text: string): boolean {
    const token = this.peek()
    return token.type === 'op' && token.text === text
  }

  protected isWord(text: string): boolean {
    const token = this.peek()
    return token.type === 'word' && token.text === text
  }

  protected expect(text: string): void {
    const token = this.peek()
    if (token.type === 'eof' || token.text !== text) this.unexpected(token, text)
    this.take()
  }

  /** That `token` does not fit. */
  protected unexpected(token: Token, expected = ''): never {
    const line = this.lineAt(token.start)
    if (this.dialect.dash && expected)
      throw new SyntaxError(token.type === 'eof' ? 'eof' : 'token', token.text, line, expected)
    if (token.type === 'eof') {
      if (this.#inSubstitution) throw new SyntaxError('quote', ')', this.lineAt(this.src.length), 'eof')
      throw new SyntaxError('eof', '', this.lineAt(this.src.length))
    }
    const error = new SyntaxError('token', token.text, line)
    error.inSubstitution = this.#inSubstitution > 0
    throw error
  }

  // What words hold

  #putAside(): State {
    const { pos, listsAllowed, subscriptsAllowed, commandLine } = this
    const state = {
      pos,
      listsAllowed,
      subscriptsAllowed,
      commandLine,
      peeked: this.#peeked,
      waiting: this.#waiting,
    }
    this.#peeked = undefined
    this.#waiting = []
    return state
  }

  #goBack(state: State): void {
    this.pos = state.pos
    this.listsAllowed = state.listsAllowed
    this.subscriptsAllowed = state.subscriptsAllowed
    this.commandLine = state.commandLine
    this.#peeked = state.peeked
    this.#waiting = state.waiting
  }

  /** Read the commands of `$(…)` that start at `from`; returns where the text after `)` starts. */
  protected substitution(from: number): number {
    const before = this.#putAside()
    this.pos = from
    this.listsAllowed = true
    this.subscriptsAllowed = true
    this.#inSubstitution++
    try {
      this.newlines()
      const first = this.peek().start
      const list = this.compoundList()
      const token = this.peek()
      if (token.type === 'eof') throw new SyntaxError('quote', ')', this.lineAt(this.src.length), 'eof')
      if (token.text !== ')') this.unexpected(token, ')')
      this.take()
      this.lists.set(from, { list, first, end: this.pos })
      return this.pos
    } finally {
      this.#inSubstitution--
      this.#goBack(before)
    }
  }

  protected list(from: number): number {
    const before = this.#putAside()
    this.pos = from
    this.listsAllowed = false
    this.subscriptsAllowed = false
    this.isInList = true
    try {
      const found: (readonly [number, number])[] = []
      let token = this.read()
      for (; token.type === 'word' || token.type === 'newline'; token = this.read()) {
        if (token.type === 'word') found.push([token.start, token.end])
        this.pos = token.end
      }
      if (token.type === 'eof') throw new SyntaxError('quote', ')', this.lineAt(from), '', true)
      if (token.text !== ')') throw new SyntaxError('token', token.text, this.lineAt(token.start), '', true)
      this.elements.set(from, found)
      return token.end
    } finally {
      this.isInList = false
      this.#goBack(before)
    }
  }

  // Here-documents

  /** The next lines are the body of `redirect`. */
  protected awaitHereDoc(redirect: Draft, delimiter: string): Waiting {
    const doc: Waiting = { redirect, delimiter }
    this.#waiting.push(doc)
    return doc
  }

  #readHereDocs(): void {
    for (const doc of this.#waiting.splice(0)) this.#readHereDoc(doc)
  }

  #readHereDoc({ redirect, delimiter, commandLine }: Waiting): void {
    const line = this.lineAt(this.pos) - 1
    const strips = redirect.operator === '<<-'
    let body = ''
    for (;;) {
      if (this.pos >= this.src.length) {
        const last = this.src.endsWith('\n') ? this.pos - 1 : this.pos
        this.openHereDocs.push({ delimiter, line, endLine: this.lineAt(last) })
        break
      }
      const from = this.pos
      const text = this.#bodyLine(redirect.quotedDelimiter)
      const unindented = strips ? text.replace(/^\t+/, '') : text
      if (unindented === delimiter || unindented === `${delimiter}\n`) break
      if (this.#inSubstitution && unindented.startsWith(`${delimiter})`)) {
        // `E)` in `$(…)`: the parenthesis is what comes next.
        this.pos = this.src.indexOf(')', from + text.length - unindented.length + delimiter.length)
        this.openHereDocs.push({ delimiter, line, endLine: this.lineAt(this.pos) })
        break
      }
      body += unindented
    }
    redirect.body = body
    const isLiteral = redirect.quotedDelimiter || !/[$`\\]/.test(body)
    redirect.target = isLiteral
      ? literalWord(body)
      : this.another(body, line + 1).whole('heredoc', commandLine)
  }

  /** The next line of a here-document. Unless the delimiter is quoted, a backslash joins a line to the next one. */
  #bodyLine(isQuoted: boolean): string {
    let text = ''
    for (;;) {
      const newline = this.src.indexOf('\n', this.pos)
      const line = this.src.slice(this.pos, newline < 0 ? this.src.length : newline + 1)
      this.pos += line.length
      if (isQuoted || newline < 0 || !/(?<!\\)(?:\\\\)*\\\n$/.test(line)) return text + line
      text += line.slice(0, -2)
    }
  }

  // Aliases

  /** Replace the alias at the position of a command by its text, in the source itself. */
  protected expandAlias(): void {
    const { alias } = this.dialect
    if (!alias) return
    for (;;) {
      const token = this.peek()
      this.#expanding = this.#expanding.filter(it => it.end > token.start)
      if (token.type !== 'word' || this.#expanding.some(it => it.name === token.text)) return
      const text = alias(token.text)
      if (text === undefined) return
      this.#putInPlaceOf(token, text)
      this.#expanding.push({ name: token.text, end: token.start + text.length })
      if (/[ \t]$/.test(text)) {
        const blanks = /(?:[ \t]|\\\n)*/y
        blanks.lastIndex = token.start + text.length
        blanks.exec(this.src)
        this.#aliasNext = blanks.lastIndex
      }
    }
  }

  #putInPlaceOf(token: Token, text: string): void {
    this.replace(token.start, token.end, text)
    const growth = text.length - (token.end - token.start)
    for (const it of this.#expanding) it.end += growth
    if (this.#aliasNext >= token.end) this.#aliasNext += growth
    this.skipTo(token.start)
  }
}
