/**
 * bash's grammar as a check: where the next complete command ends, which token does not fit, what is still missing.
 * unbash, which makes the tree, recovers from errors instead of reporting them as bash does, knows no aliases and
 * wants whole scripts; a shell reads command by command. Bash: parse.y.
 *
 * Left out: posix mode's reserved words, `$'…'` inside dash.
 */
import { Lexer, SyntaxError, type Token } from './lexer.ts'

export { SyntaxError, type Dialect } from './lexer.ts'

/** A here-document that the end of the input ended. */
export interface OpenHereDoc {
  readonly delimiter: string
  readonly line: number
  readonly endLine: number
}

const REDIRECTS = new Set(['&>>', '<<<', '<<-', '&>', '<<', '>>', '<&', '>&', '<>', '>|', '<', '>'])
/** Builtins whose arguments may be `name=(…)`. Bash: parse.y, PST_ASSIGNOK. */
const DECLARING = new Set(['alias', 'declare', 'eval', 'export', 'let', 'local', 'readonly', 'typeset'])
const CLOSERS = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}'])
const BASH_ONLY = new Set(['[[', 'function', 'select', 'coproc', 'time'])
const ASH_LACKS = new Set(['select', 'coproc', 'time'])

/** What marks an error in `[[ … ]]`. */
export const CONDITION = 'condition'

/** What bash says nothing about. */
export const SILENT = ' '

/** Checks one complete command after the other. */
export class Syntax extends Lexer {
  #heredocs: { delimiter: string; strip: boolean; isQuoted: boolean }[] = []
  #expanding: { name: string; end: number }[] = []
  #peeked: Token | undefined
  #aliasNext = -1
  #inSubstitution = 0
  openHereDocs: OpenHereDoc[] = []

  /**
   * Go past one complete command: a list up to its newline, here-documents included. Returns where its text starts
   * and ends, or undefined at the end of the input. Throws `SyntaxError`.
   */
  completeCommand(): { start: number; end: number } | undefined {
    let token = this.#peek()
    while (token.type === 'newline') {
      this.#take()
      token = this.#peek()
    }
    if (token.type === 'eof') return undefined
    const start = token.start
    for (;;) {
      this.#andOr()
      token = this.#peek()
      if (token.type === 'op' && (token.text === ';' || token.text === '&')) {
        this.#take()
        token = this.#peek()
        if (token.type !== 'newline' && token.type !== 'eof') continue
      }
      if (token.type !== 'newline' && token.type !== 'eof') this.#unexpected(token)
      if (token.type === 'newline') this.#take()
      if (!this.#isInAlias()) return { start, end: this.pos }
      this.#newlines()
      if (this.#peek().type === 'eof') return { start, end: this.pos }
    }
  }

  /** The text of an alias is not over: its lines are executed together. */
  #isInAlias(): boolean {
    return this.#expanding.some(it => it.end > this.pos)
  }

  // Tokens

  #peek(): Token {
    this.#peeked ??= this.read()
    // A word after an alias that ends with a blank.
    if (this.#peeked.start === this.#aliasNext && this.#peeked.type === 'word') {
      this.#aliasNext = -1
      this.#expandAlias()
      return this.#peek()
    }
    return this.#peeked
  }

  #take(): Token {
    const token = this.#peek()
    this.#peeked = undefined
    this.pos = token.end
    if (token.type === 'newline') this.#readHereDocs()
    return token
  }

  /** Check the commands of `$(…)` that start at `from`; returns where the text after `)` starts. */
  protected substitution(from: number, _opened: number): number {
    const saved = { pos: this.pos, heredocs: this.#heredocs, peeked: this.#peeked, lists: this.listsAllowed }
    this.pos = from
    this.#heredocs = []
    this.#peeked = undefined
    this.listsAllowed = true
    this.#inSubstitution++
    this.#compoundList()
    const token = this.#peek()
    if (token.type === 'eof') throw new SyntaxError('quote', ')', this.lineAt(this.src.length), 'eof')
    if (token.text !== ')') this.#unexpected(token, ')')
    this.#take()
    const end = this.pos
    this.#inSubstitution--
    this.pos = saved.pos
    this.#heredocs = saved.heredocs
    this.#peeked = saved.peeked
    this.listsAllowed = saved.lists
    return end
  }

  protected list(from: number): number {
    const saved = { pos: this.pos, peeked: this.#peeked, lists: this.listsAllowed }
    this.pos = from
    this.listsAllowed = false
    this.isInList = true
    let token: Token
    for (token = this.read(); token.type === 'word' || token.type === 'newline'; token = this.read())
      this.pos = token.end
    this.isInList = false
    if (token.type === 'eof') throw new SyntaxError('quote', ')', this.lineAt(from), '', true)
    if (token.text !== ')') throw new SyntaxError('token', token.text, this.lineAt(token.start), '', true)
    this.pos = saved.pos
    this.#peeked = saved.peeked
    this.listsAllowed = saved.lists
    return token.end
  }

  #readHereDocs(): void {
    for (const doc of this.#heredocs.splice(0)) {
      const line = this.lineAt(this.pos) - 1
      for (;;) {
        if (this.pos >= this.src.length) {
          this.openHereDocs.push({
            delimiter: doc.delimiter,
            line,
            endLine: this.lineAt(this.src.endsWith('\n') ? this.pos - 1 : this.pos),
          })
          break
        }
        const text = this.#bodyLine(doc.isQuoted)
        const unindented = doc.strip ? text.replace(/^\t+/, '') : text
        if (unindented === doc.delimiter) break
        if (this.#inSubstitution && unindented.startsWith(`${doc.delimiter})`)) {
          this.#endWithin(
            doc.delimiter,
            text.indexOf(')', text.length - unindented.length + doc.delimiter.length),
          )
          this.openHereDocs.push({ delimiter: doc.delimiter, line, endLine: this.lineAt(this.pos - 1) })
          break
        }
      }
    }
  }

  /** The next line of a here-document. Unless the delimiter is quoted, a backslash joins a line to the next one. */
  #bodyLine(isQuoted: boolean): string {
    const lineEnd = () => {
      const end = this.src.indexOf('\n', this.pos)
      return end < 0 ? this.src.length : end
    }
    const from = this.pos
    let end = lineEnd()
    while (!isQuoted && end < this.src.length && /(?<!\\)(?:\\\\)*\\$/.test(this.src.slice(from, end))) {
      // unbash takes lines as they are: they are joined for it, too.
      this.src = this.src.slice(0, end - 1) + this.src.slice(end + 1)
      this.pos = end - 1
      end = lineEnd()
    }
    this.pos = Math.min(end + 1, this.src.length)
    return this.src.slice(from, end)
  }

  /** `E)` in `$(…)`: the delimiter and the parenthesis become two lines. */
  #endWithin(delimiter: string, at: number): void {
    const lineStart = this.src.lastIndexOf('\n', this.pos - 2) + 1
    const end = lineStart + (at < 0 ? delimiter.length : at)
    this.src = `${this.src.slice(0, end)}\n${this.src.slice(end)}`
    this.pos = end + 1
  }

  // Grammar

  #unexpected(token: Token, expected = ''): never {
    if (this.dialect.dash && expected)
      throw new SyntaxError(
        token.type === 'eof' ? 'eof' : 'token',
        token.text,
        this.lineAt(token.start),
        expected,
      )
    if (token.type === 'eof') {
      if (this.#inSubstitution) throw new SyntaxError('quote', ')', this.lineAt(this.src.length), 'eof')
      throw new SyntaxError('eof', '', this.lineAt(this.src.length))
    }
    const error = new SyntaxError('token', token.text, this.lineAt(token.start))
    error.inSubstitution = this.#inSubstitution > 0
    throw error
  }

  #newlines(): void {
    while (this.#peek().type === 'newline') this.#take()
  }

  #isOp(text: string): boolean {
    const token = this.#peek()
    return token.type === 'op' && token.text === text
  }

  #isWord(text: string): boolean {
    const token = this.#peek()
    return token.type === 'word' && token.text === text
  }

  #expect(text: string): void {
    const token = this.#peek()
    if (token.type === 'eof' || token.text !== text) this.#unexpected(token, text)
    this.#take()
  }

  #compoundList(): void {
    this.#newlines()
    for (;;) {
      const token = this.#peek()
      if (token.type === 'eof' || (token.type === 'op' && /^(\)|;;|;&|;;&)$/.test(token.text))) return
      if (token.type === 'word' && CLOSERS.has(token.text)) return
      this.#andOr()
      const next = this.#peek()
      if (next.type === 'newline' || (next.type === 'op' && (next.text === ';' || next.text === '&'))) {
        this.#take()
        this.#newlines()
      } else return
    }
  }

  /** A compound list that must not be empty. */
  #body(expected: string): void {
    this.#newlines()
    const token = this.#peek()
    if (
      token.type === 'eof' || token.type === 'op'
        ? !/^(\(|<|>|<<|<<<|>>|<&|>&|&>|>\||<>|&>>|<<-)$/.test(token.text)
        : CLOSERS.has(token.text)
    )
      this.#unexpected(token, token.type === 'eof' ? expected : '')
    this.#compoundList()
  }

  #andOr(): void {
    this.#pipeline()
    while (this.#isOp('&&') || this.#isOp('||')) {
      this.#take()
      this.#newlines()
      this.#pipeline()
    }
  }

  #pipeline(): void {
    this.#expandAlias()
    while (this.#isWord('!') || (this.#isWord('time') && !this.dialect.dash)) {
      const time = this.#take().text === 'time'
      if (time && this.#isWord('-p')) this.#take()
      if (this.dialect.dash && this.#isWord('!')) this.#unexpected(this.#peek())
      const next = this.#peek()
      if (next.type === 'newline' || next.type === 'eof' || (next.type === 'op' && next.text === ';')) {
        if (this.dialect.dash) this.#unexpected(next)
        return
      }
      this.#expandAlias()
    }
    this.#command()
    while (this.#isOp('|') || this.#isOp('|&')) {
      this.#take()
      this.#newlines()
      this.#expandAlias()
      // "!" belongs to the whole pipeline.
      if (this.#isWord('!')) this.#unexpected(this.#peek())
      this.#command()
    }
  }

  #command(): void {
    const token = this.#peek()
    if (token.type === 'op') {
      if (token.text === '(') {
        if (this.src[token.end] === '(' && !this.dialect.dash && this.#arithmeticCommand(token))
          return this.#redirects()
        this.#take()
        this.#body(')')
        this.#expect(')')
        return this.#redirects()
      }
      if (!REDIRECTS.has(token.text)) this.#unexpected(token)
      return this.#simple()
    }
    if (token.type !== 'word') this.#unexpected(token)
    if (this.dialect.dash && (this.#lacks(token.text) || this.src.startsWith('((', token.start)))
      return this.#simple()
    if (this.#compound(token)) return this.#redirects()
    if (CLOSERS.has(token.text) || token.text === 'in') this.#unexpected(token)
    this.#simple()
  }

  #arithmeticCommand(token: Token): boolean {
    const end = this.arithmeticEnd(token.end + 1)
    if (!end) return false
    this.#peeked = undefined
    this.pos = end
    return true
  }

  #compound(token: Token): boolean {
    switch (token.text) {
      case 'if':
        this.#take()
        this.#if()
        return true
      case 'while':
      case 'until':
        this.#take()
        this.#body('do')
        this.#doGroup()
        return true
      case 'for':
      case 'select':
        this.#take()
        this.#for()
        return true
      case 'case':
        this.#take()
        this.#case()
        return true
      case '{':
        this.#take()
        this.#body('}')
        this.#expect('}')
        return true
      case '[[':
        this.#take()
        this.#conditional()
        return true
      case 'function':
        this.#take()
        this.#functionKeyword()
        return true
      case 'coproc':
        this.#take()
        this.#coproc()
        return true
    }
    return false
  }

  #if(): void {
    this.#body('then')
    this.#expect('then')
    this.#body('fi')
    if (this.#isWord('elif')) {
      this.#take()
      return this.#if()
    }
    if (this.#isWord('else')) {
      this.#take()
      this.#body('fi')
    }
    this.#expect('fi')
  }

  #doGroup(): void {
    this.#newlines()
    if (this.#isWord('{') && !this.dialect.dash) {
      this.#take()
      this.#body('}')
      return this.#expect('}')
    }
    this.#expect('do')
    this.#body('done')
    this.#expect('done')
  }

  #for(): void {
    const name = this.#peek()
    if (name.type === 'op' && name.text === '(' && this.src[name.end] === '(' && !this.dialect.dash) {
      if (!this.#arithmeticCommand(name)) throw new SyntaxError('token', '', this.lineAt(name.start), SILENT)
      const header = this.src.slice(name.end + 1, this.pos - 2)
      const clauses = header.split(';').length
      if (clauses !== 3) {
        const wrong = clauses < 3 ? 'arithmetic expression required' : "`;' unexpected"
        const what = `\`((${header}))'`
        throw new SyntaxError('message', `syntax error: ${wrong}\n${what}`, this.lineAt(name.start))
      }
      if (this.#isOp(';')) this.#take()
      return this.#doGroup()
    }
    if (this.dialect.dash && (name.type !== 'word' || !/^[A-Za-z_]\w*$/.test(name.text)))
      throw new SyntaxError('message', 'Bad for loop variable', this.lineAt(name.start))
    if (name.type !== 'word') this.#unexpected(name)
    this.#take()
    if (this.#isOp(';')) {
      this.#take()
      return this.#doGroup()
    }
    this.#newlines()
    if (this.#isWord('in')) {
      this.#take()
      this.listsAllowed = false
      while (this.#peek().type === 'word') this.#take()
      const end = this.#peek()
      this.listsAllowed = true
      if (end.type !== 'newline' && !(end.type === 'op' && end.text === ';')) this.#unexpected(end)
      this.#take()
    }
    this.#doGroup()
  }

  #case(): void {
    this.listsAllowed = false
    const word = this.#peek()
    this.listsAllowed = true
    if (word.type !== 'word') this.#unexpected(word, 'word')
    this.#take()
    this.#newlines()
    this.#expect('in')
    for (;;) {
      this.#newlines()
      if (this.#isWord('esac')) break
      if (this.#isOp('(')) this.#take()
      this.#pattern()
      while (this.#isOp('|')) {
        this.#take()
        this.#pattern()
      }
      this.#expect(')')
      this.#compoundList()
      const end = this.#peek()
      if (end.type === 'op' && (end.text === ';;' || end.text === ';&' || end.text === ';;&')) this.#take()
      else {
        if (end.type === 'eof' && this.dialect.dash) this.#unexpected(end, ';;')
        break
      }
    }
    this.#newlines()
    this.#expect('esac')
  }

  #pattern(): void {
    const pattern = this.#peek()
    if (pattern.type !== 'word') this.#unexpected(pattern, ')')
    this.#take()
  }

  #functionKeyword(): void {
    const name = this.#peek()
    if (name.type !== 'word') this.#unexpected(name)
    this.#take()
    if (this.#isOp('(')) {
      this.#take()
      this.#expect(')')
    }
    this.#functionBody()
  }

  #functionBody(): void {
    this.#newlines()
    const token = this.#peek()
    if (this.dialect.dash) return this.#command()
    if (token.type === 'op' && token.text === '(') return this.#command()
    if (token.type === 'word' && this.#compound(token)) return this.#redirects()
    this.#unexpected(token)
  }

  #coproc(): void {
    const first = this.#peek()
    if (first.type !== 'word') return this.#command()
    if (this.#compound(first)) return this.#redirects()
    // A name, if a compound command follows; else the first word of a simple one.
    this.#take()
    const next = this.#peek()
    if (next.type === 'op' && next.text === '(') return this.#command()
    if (next.type === 'word' && this.#compound(next)) return this.#redirects()
    this.#simple()
  }

  /** `[[ … ]]`. The words are not checked one by one except where they cannot be part of any condition. */
  #conditional(): void {
    this.#condOr()
    const token = this.#peek()
    if (token.type === 'word' && token.text === ']]') {
      this.#take()
      return
    }
    this.#conditionError(
      token,
      token.type === 'op'
        ? `syntax error in conditional expression: unexpected token \`${token.text}'`
        : 'syntax error in conditional expression',
    )
  }

  /** `message` is complete except for the token, which newlines and operators have in it. */
  #conditionError(token: Token, message: string): never {
    const line = this.lineAt(token.start)
    if (token.type === 'eof') throw new SyntaxError('eof', '', line)
    if (token.type === 'newline')
      throw new SyntaxError('message', `unexpected token \`newline', ${message}`, line, CONDITION)
    throw new SyntaxError('token', token.text, line, message)
  }

  #condOr(): void {
    this.#condAnd()
    while (this.#isOp('||')) {
      this.#take()
      this.#condAnd()
    }
  }

  #condAnd(): void {
    this.#condTerm()
    while (this.#isOp('&&')) {
      this.#take()
      this.#condTerm()
    }
  }

  #condTerm(): void {
    this.#newlines()
    while (this.#isWord('!')) {
      // Without extglob `!(` is a negated group.
      const token = this.#peek()
      if (this.src[token.end] === '(') this.#splice(token, '! ')
      this.#take()
    }
    if (this.#isOp('(')) {
      this.#take()
      this.#condOr()
      this.#newlines()
      const close = this.#peek()
      if (close.text !== ')') this.#conditionError(close, `unexpected token \`${close.text}', expected \`)'`)
      this.#take()
      return this.#newlines()
    }
    const first = this.#peek()
    if (first.type !== 'word' || first.text === ']]') this.#conditionError(first, SILENT)
    this.#take()
    if (/^-[a-zA-Z]$/.test(first.text) && first.text !== '-a' && first.text !== '-o' && this.#isWord(']]'))
      this.#conditionError(this.#peek(), "unexpected argument `]]' to conditional unary operator")
    const operator = this.#peek()
    if (/^-[a-zA-Z]$/.test(first.text) && operator.type === 'word' && operator.text !== ']]') {
      this.#take()
      return this.#newlines()
    }
    if (operator.type === 'op' && (operator.text === '<' || operator.text === '>')) this.#take()
    else if (operator.type === 'word' && operator.text !== ']]') {
      if (!/^(=|==|!=|=~|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(operator.text))
        this.#conditionError(operator, 'conditional binary operator expected')
      this.#take()
      if (operator.text === '=~' || this.src[this.pos] !== undefined) return this.#condRight(operator.text)
    } else if (operator.type === 'newline')
      this.#conditionError(operator, 'conditional binary operator expected')
    else return this.#newlines()
    this.#condRight('')
  }

  #condRight(operator: string): void {
    if (operator === '=~' || operator === '==' || operator === '=' || operator === '!=') {
      let i = this.pos
      while (/[ \t]/.test(this.src[i] ?? '')) i++
      const end = this.#regex(i, operator === '=~')
      if (end > i && this.src.slice(i, end) !== ']]') {
        this.#peeked = undefined
        this.pos = end
        return this.#newlines()
      }
    }
    const right = this.#peek()
    if (right.type !== 'word' || right.text === ']]')
      this.#conditionError(right, `unexpected argument \`${right.text}' to conditional binary operator`)
    this.#take()
    this.#newlines()
  }

  /** A pattern or regular expression: parentheses and bars belong to it. */
  #regex(from: number, isRegex: boolean): number {
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
    if (depth)
      throw new SyntaxError(
        'quote',
        ')',
        this.lineAt(from),
        'unexpected argument to conditional binary operator',
      )
    return Math.min(i, src.length)
  }

  #simple(): void {
    this.#simpleWords()
    this.listsAllowed = true
  }

  #simpleWords(): void {
    let words = 0
    let prefix = true
    for (;;) {
      const token = this.#peek()
      if (token.type === 'word') {
        // To dash `x+=1` is the name of a command.
        if (this.dialect.dash && prefix && /^[A-Za-z_]\w*\+=/.test(token.text))
          this.#splice(token, `\\${token.text}`)
        const word = this.#take()
        if (!prefix || !/^[A-Za-z_]\w*(\[[^\n]*\])?\+?=/.test(word.text)) {
          if (this.#isRedirectPrefix(word)) continue
          words++
          const first = prefix
          prefix = false
          if (first) this.listsAllowed = DECLARING.has(word.text)
          if (words === 1 && first && this.#isOp('(')) return this.#maybeFunction(word)
        } else if (!words) this.#expandAlias()
      } else if (token.type === 'op' && REDIRECTS.has(token.text)) {
        this.#redirect()
        if (!words) this.#expandAlias()
      } else if (token.type === 'op' && token.text === '(') this.#unexpected(token)
      else return
    }
  }

  /** The `2` of `2>` and the `{fd}` of `{fd}>`. */
  #isRedirectPrefix(word: Token): boolean {
    const c = this.src[word.end]
    return (
      (c === '<' || c === '>') &&
      /^(\d+|\{[A-Za-z_]\w*\})$/.test(word.text) &&
      !this.isProcessSubstitution(word.end)
    )
  }

  #maybeFunction(name: Token): void {
    this.#take()
    const close = this.#peek()
    if (this.dialect.dash && close.type === 'word')
      throw new SyntaxError('message', 'word unexpected (expecting ")")', this.lineAt(close.start))
    this.#expect(')')
    if (this.dialect.dash && !/^[A-Za-z_]\w*$/.test(name.text))
      throw new SyntaxError('message', 'Bad function name', this.lineAt(name.start))
    this.listsAllowed = true
    this.#functionBody()
  }

  #redirects(): void {
    for (;;) {
      const token = this.#peek()
      if (token.type === 'op' && REDIRECTS.has(token.text)) this.#redirect()
      else if (token.type === 'word' && this.#isRedirectPrefix(token)) this.#take()
      else return
    }
  }

  #redirect(): void {
    const operator = this.#take()
    const target = this.#peek()
    if (this.dialect.dash && target.type !== 'word')
      throw new SyntaxError(
        'message',
        `${target.type === 'eof' ? 'end of file' : target.type === 'newline' ? 'newline' : REDIRECTS.has(target.text) ? 'redirection' : `"${target.text}"`} unexpected`,
        this.lineAt(target.start),
      )
    if (target.type !== 'word') this.#unexpected(target)
    this.#take()
    if (operator.text !== '<<' && operator.text !== '<<-') return
    const delimiter = target.text
      .replace(/\\(.)|['"]/gs, '$1')
      .replace(/^\$(?=.)/, d => (/^\$['"]/.test(target.text) ? '' : d))
    const isQuoted = /['"\\]/.test(target.text)
    this.#heredocs.push({ delimiter, strip: operator.text === '<<-', isQuoted })
  }

  /** Replace the alias at the position of a command by its text, in the source itself. */
  #expandAlias(): void {
    if (this.dialect.dash) this.#quoteBashWord()
    const { alias } = this.dialect
    if (!alias) return
    for (;;) {
      const token = this.#peek()
      this.#expanding = this.#expanding.filter(it => it.end > token.start)
      if (token.type !== 'word' || this.#expanding.some(it => it.name === token.text)) return
      const text = alias(token.text)
      if (text === undefined) return
      this.#splice(token, text)
      this.#expanding.push({ name: token.text, end: token.start + text.length })
      if (/[ \t]$/.test(text)) {
        const blanks = /(?:[ \t]|\\\n)*/y
        blanks.lastIndex = token.start + text.length
        blanks.exec(this.src)
        this.#aliasNext = blanks.lastIndex
      }
    }
  }

  /** A word that bash reserves and this shell does not. */
  #lacks(word: string): boolean {
    return (this.dialect.ash ? ASH_LACKS : BASH_ONLY).has(word)
  }

  /** dash has no `[[`, `function`, `((`: there they are words, which unbash is told by a backslash. */
  #quoteBashWord(): void {
    const token = this.#peek()
    // `((` is two subshells.
    if (token.type === 'op' && token.text === '(' && this.src[token.end] === '(') this.#splice(token, '( ')
    if (token.type === 'word' && this.#lacks(token.text)) this.#splice(token, `\\${token.text}`)
  }

  #splice(token: Token, text: string): void {
    this.src = this.src.slice(0, token.start) + text + this.src.slice(token.end)
    const growth = text.length - (token.end - token.start)
    for (const it of this.#expanding) it.end += growth
    if (this.#aliasNext >= token.end) this.#aliasNext += growth
    this.pos = token.start
    this.#peeked = undefined
  }
}
