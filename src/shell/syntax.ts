/**
 * bash's grammar as a check: where the next complete command ends, which token does not fit, what is still missing.
 * unbash, which makes the tree, recovers from errors instead of reporting them as bash does, knows no aliases and
 * wants whole scripts; a shell reads command by command. Bash: parse.y.
 *
 * Left out: posix mode's reserved words, `$'…'` inside dash.
 */

export interface Dialect {
  readonly extglob: boolean
  readonly dash: boolean
  /** The text of an alias, or undefined. */
  readonly alias: ((name: string) => string | undefined) | undefined
}

/** Why a text is no command. `wanted` is the closing character still missing; `token` the one that does not fit. */
export class SyntaxError extends Error {
  readonly kind: 'token' | 'eof' | 'quote' | 'message'
  readonly what: string
  readonly line: number
  readonly expecting: string
  constructor(kind: SyntaxError['kind'], what: string, line: number, expecting = '') {
    super(kind)
    this.kind = kind
    this.what = what
    this.line = line
    this.expecting = expecting
  }
}

/** A here-document that the end of the input ended. */
export interface OpenHereDoc {
  readonly delimiter: string
  readonly line: number
  readonly endLine: number
}

interface Token {
  type: 'word' | 'op' | 'newline' | 'eof'
  text: string
  start: number
  end: number
}

const OPERATORS = [
  '&>>',
  ';;&',
  '<<<',
  '<<-',
  '&&',
  '||',
  ';;',
  ';&',
  '|&',
  '&>',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
]
const DASH_OPERATORS = ['<<-', '&&', '||', ';;', '<<', '>>', '<&', '>&', '<>', '>|']
const REDIRECTS = new Set(['&>>', '<<<', '<<-', '&>', '<<', '>>', '<&', '>&', '<>', '>|', '<', '>'])
const CLOSERS = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}'])
const BASH_ONLY = new Set(['[[', 'function', 'select', 'coproc', 'time'])
/** What bash says nothing about. */
export const SILENT = ' '
const META = /[\s;&|()<>]/

export class Syntax {
  src: string
  pos: number
  readonly #dialect: Dialect
  #heredocs: { delimiter: string; strip: boolean; line: number }[] = []
  #expanding: { name: string; end: number }[] = []
  #peeked: Token | undefined
  #aliasNext = -1
  #inSubstitution = 0
  openHereDocs: OpenHereDoc[] = []
  readonly #firstLine: number
  readonly #from: number

  constructor(src: string, from: number, firstLine: number, dialect: Dialect) {
    this.src = src
    this.pos = from
    this.#from = from
    this.#firstLine = firstLine
    this.#dialect = dialect
  }

  lineAt(pos: number): number {
    let line = this.#firstLine
    for (let i = this.src.indexOf('\n', this.#from); i >= 0 && i < pos; i = this.src.indexOf('\n', i + 1))
      line++
    return line
  }

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
      if (token.type === 'newline' || token.type === 'eof') break
      this.#unexpected(token)
    }
    if (token.type === 'newline') this.#take()
    return { start, end: this.pos }
  }

  // Tokens

  #peek(): Token {
    this.#peeked ??= this.#read()
    return this.#peeked
  }

  #take(): Token {
    const token = this.#peek()
    this.#peeked = undefined
    this.pos = token.end
    if (token.type === 'newline') this.#readHereDocs()
    return token
  }

  #read(): Token {
    let i = this.pos
    const { src } = this
    for (;;) {
      const c = src[i]
      if (c === ' ' || c === '\t') i++
      else if (c === '\\' && src[i + 1] === '\n') i += 2
      else if (c === '#') {
        while (i < src.length && src[i] !== '\n') i++
      } else break
    }
    const c = src[i]
    if (c === undefined) return { type: 'eof', text: '', start: i, end: i }
    if (c === '\n') return { type: 'newline', text: 'newline', start: i, end: i + 1 }
    if (META.test(c) && !this.#isProcessSubstitution(i)) return this.#operator(i)
    const end = this.#word(i)
    return { type: 'word', text: src.slice(i, end), start: i, end }
  }

  #isProcessSubstitution(i: number): boolean {
    return !this.#dialect.dash && (this.src[i] === '<' || this.src[i] === '>') && this.src[i + 1] === '('
  }

  #operator(start: number): Token {
    const known = this.#dialect.dash ? DASH_OPERATORS : OPERATORS
    const text = known.find(op => this.src.startsWith(op, start)) ?? this.src[start]!
    // To dash `&>` is `&` and `>`; unbash needs to see a blank.
    if (this.#dialect.dash && text === '&' && this.src[start + 1] === '>')
      this.src = `${this.src.slice(0, start + 1)} ${this.src.slice(start + 1)}`
    return { type: 'op', text, start, end: start + text.length }
  }

  /** The end of the word at `i`: quotes and expansions skipped as wholes. */
  #word(from: number): number {
    let i = from
    const { src } = this
    while (i < src.length) {
      const c = src[i]!
      if (c === '\\') i += 2
      else if (c === "'" || c === '"' || c === '`' || c === '$') i = this.#quoted(i)
      else if (this.#isProcessSubstitution(i)) i = this.#substitution(i + 2, i)
      else if (c === '(' && this.#opensInWord(from, i)) i = this.#matching(i + 1, '(', ')')
      else if (META.test(c)) break
      else if (c === '[' && i > from && /^[A-Za-z_]\w*$/.test(src.slice(from, i)) && !this.#dialect.dash)
        i = this.#subscript(i)
      else i++
    }
    return Math.min(i, src.length)
  }

  /** A parenthesis that belongs to the word: an extended pattern or `name=(…)`. */
  #opensInWord(from: number, i: number): boolean {
    if (this.#dialect.dash || i === from) return false
    if (this.#dialect.extglob && /[?*+@!]/.test(this.src[i - 1]!)) return true
    return this.src[i - 1] === '=' && /^[A-Za-z_]\w*(\[[^\n]*\])?\+?=$/.test(this.src.slice(from, i))
  }

  /** `a[…]`: blanks inside belong to the word if `=` follows. */
  #subscript(i: number): number {
    const { src } = this
    let depth = 0
    for (let k = i; k < src.length && src[k] !== '\n'; k++) {
      const c = src[k]!
      if (c === '\\') k++
      else if (c === "'" || c === '"' || c === '`' || c === '$') k = this.#quoted(k) - 1
      else if (c === '[') depth++
      else if (c === ']' && --depth === 0)
        return src[k + 1] === '=' || src.startsWith('+=', k + 1) ? k + 1 : i + 1
    }
    return i + 1
  }

  #quoted(i: number): number {
    const { src } = this
    const c = src[i]!
    if (c === "'") return this.#find(i, "'")
    if (c === '"') return this.#doubleQuoted(i)
    if (c === '`') return this.#backquoted(i)
    const next = src[i + 1]
    if (next === '(') return src[i + 2] === '(' ? this.#arithmetic(i) : this.#substitution(i + 2, i)
    if (next === '{') return this.#braced(i)
    if (next === "'" && !this.#dialect.dash) return this.#ansiQuoted(i)
    if (next === '[' && !this.#dialect.dash) return this.#matching(i + 2, '[', ']')
    return i + 1
  }

  #find(i: number, quote: string): number {
    const end = this.src.indexOf(quote, i + 1)
    if (end < 0) throw new SyntaxError('quote', quote, this.lineAt(i))
    return end + 1
  }

  #ansiQuoted(i: number): number {
    for (let k = i + 2; k < this.src.length; k++) {
      if (this.src[k] === '\\') k++
      else if (this.src[k] === "'") return k + 1
    }
    throw new SyntaxError('quote', "'", this.lineAt(i))
  }

  #doubleQuoted(i: number): number {
    const { src } = this
    let k = i + 1
    while (k < src.length) {
      const c = src[k]!
      if (c === '"') return k + 1
      if (c === '\\') k += 2
      else if (c === '`' || (c === '$' && /[({]/.test(src[k + 1] ?? ''))) k = this.#quoted(k)
      else k++
    }
    throw new SyntaxError('quote', '"', this.lineAt(i))
  }

  #backquoted(i: number): number {
    for (let k = i + 1; k < this.src.length; k++) {
      if (this.src[k] === '\\') k++
      else if (this.src[k] === '`') return k + 1
    }
    throw new SyntaxError('quote', '`', this.lineAt(i))
  }

  #braced(i: number): number {
    const { src } = this
    let k = i + 2
    while (k < src.length) {
      const c = src[k]!
      if (c === '}') return k + 1
      if (c === '\\') k += 2
      else if (c === "'" || c === '"' || c === '`' || (c === '$' && /[({']/.test(src[k + 1] ?? ''))) {
        // An apostrophe in "${x:-don't}" is no quote; one that is never closed is not either.
        k = c === "'" && src.indexOf("'", k + 1) < 0 ? k + 1 : this.#quoted(k)
      } else k++
    }
    throw new SyntaxError('quote', '}', this.lineAt(i))
  }

  #matching(from: number, open: string, close: string): number {
    const { src } = this
    let depth = 1
    let k = from
    while (k < src.length) {
      const c = src[k]!
      if (c === '\\') k += 2
      else if (c === "'" || c === '"' || c === '`' || c === '$') k = this.#quoted(k)
      else if (c === '#' && open === '(' && /\s/.test(src[k - 1]!))
        while (k < src.length && src[k] !== '\n') k++
      else {
        if (c === open) depth++
        else if (c === close && --depth === 0) return k + 1
        k++
      }
    }
    throw new SyntaxError('quote', close, this.lineAt(from))
  }

  /** `$((`: arithmetic if it closes with `))`, else a substitution that starts with a subshell. */
  #arithmetic(i: number): number {
    const end = this.#arithmeticEnd(i + 3)
    return end || this.#substitution(i + 2, i)
  }

  #arithmeticEnd(from: number): number {
    let depth = 0
    for (let k = from; k < this.src.length; k++) {
      const c = this.src[k]!
      if (c === '\\') k++
      else if (c === "'" || c === '"' || c === '`' || c === '$') k = this.#quoted(k) - 1
      else if (c === '(') depth++
      else if (c === ')' && depth-- === 0) return this.src[k + 1] === ')' ? k + 2 : 0
    }
    throw new SyntaxError('quote', ')', this.lineAt(from))
  }

  /** Check the commands of `$(…)` that start at `from`; returns where the text after `)` starts. */
  #substitution(from: number, _opened: number): number {
    const saved = { pos: this.pos, heredocs: this.#heredocs, peeked: this.#peeked }
    this.pos = from
    this.#heredocs = []
    this.#peeked = undefined
    this.#inSubstitution++
    this.#compoundList()
    const token = this.#peek()
    if (token.type === 'eof') throw new SyntaxError('quote', ')', this.lineAt(this.src.length), 'eof')
    if (token.text !== ')') this.#unexpected(token)
    this.#take()
    const end = this.pos
    this.#inSubstitution--
    this.pos = saved.pos
    this.#heredocs = saved.heredocs
    this.#peeked = saved.peeked
    return end
  }

  #readHereDocs(): void {
    for (const doc of this.#heredocs.splice(0)) {
      for (;;) {
        if (this.pos >= this.src.length) {
          this.openHereDocs.push({
            delimiter: doc.delimiter,
            line: doc.line,
            endLine: this.lineAt(this.src.endsWith('\n') ? this.pos - 1 : this.pos),
          })
          break
        }
        let end = this.src.indexOf('\n', this.pos)
        if (end < 0) end = this.src.length
        const line = this.src.slice(this.pos, end)
        this.pos = Math.min(end + 1, this.src.length)
        if ((doc.strip ? line.replace(/^\t+/, '') : line) === doc.delimiter) break
      }
    }
  }

  // Grammar

  #unexpected(token: Token, expected = ''): never {
    if (this.#dialect.dash && expected)
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
    throw new SyntaxError('token', token.text, this.lineAt(token.start))
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
    while (this.#isWord('!') || (this.#isWord('time') && !this.#dialect.dash)) {
      const time = this.#take().text === 'time'
      if (time && this.#isWord('-p')) this.#take()
      const next = this.#peek()
      if (next.type === 'newline' || next.type === 'eof' || (next.type === 'op' && next.text === ';')) {
        if (this.#dialect.dash) this.#unexpected(next)
        return
      }
      this.#expandAlias()
    }
    this.#command()
    while (this.#isOp('|') || this.#isOp('|&')) {
      this.#take()
      this.#newlines()
      this.#expandAlias()
      this.#command()
    }
  }

  #command(): void {
    const token = this.#peek()
    if (token.type === 'op') {
      if (token.text === '(') {
        if (this.src[token.end] === '(' && !this.#dialect.dash && this.#arithmeticCommand(token))
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
    if (this.#dialect.dash && (BASH_ONLY.has(token.text) || this.src.startsWith('((', token.start)))
      return this.#simple()
    if (this.#compound(token)) return this.#redirects()
    if (CLOSERS.has(token.text)) this.#unexpected(token)
    this.#simple()
  }

  #arithmeticCommand(token: Token): boolean {
    const end = this.#arithmeticEnd(token.end + 1)
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
    if (this.#isWord('{') && !this.#dialect.dash) {
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
    if (name.type === 'op' && name.text === '(' && this.src[name.end] === '(' && !this.#dialect.dash) {
      this.#arithmeticCommand(name)
      if (this.#isOp(';')) this.#take()
      return this.#doGroup()
    }
    if (this.#dialect.dash && (name.type !== 'word' || !/^[A-Za-z_]\w*$/.test(name.text)))
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
      while (this.#peek().type === 'word') this.#take()
      const end = this.#peek()
      if (end.type !== 'newline' && !(end.type === 'op' && end.text === ';')) this.#unexpected(end)
      this.#take()
    }
    this.#doGroup()
  }

  #case(): void {
    const word = this.#peek()
    if (word.type !== 'word') this.#unexpected(word)
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
      else break
    }
    this.#newlines()
    this.#expect('esac')
  }

  #pattern(): void {
    const pattern = this.#peek()
    if (pattern.type !== 'word') this.#unexpected(pattern)
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
    if (this.#dialect.dash) return this.#command()
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
      throw new SyntaxError('message', `unexpected token \`newline', ${message}`, line)
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
    while (this.#isWord('!')) this.#take()
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
    if (/^-[a-zA-Z]$/.test(first.text) && first.text !== '-a' && first.text !== '-o' && this.#isWord(']]')) {
      if (first.text !== '-z' && first.text !== '-n')
        this.#conditionError(this.#peek(), "unexpected argument `]]' to conditional unary operator")
    }
    const operator = this.#peek()
    if (
      /^-[a-zA-Z]$/.test(first.text) &&
      operator.type === 'word' &&
      operator.text !== ']]' &&
      !/^(=|==|!=|=~|-\w\w)$/.test(operator.text)
    ) {
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
      else if (c === "'" || c === '"' || c === '`' || c === '$') i = this.#quoted(i)
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
    let words = 0
    let prefix = true
    for (;;) {
      const token = this.#peek()
      if (token.type === 'word') {
        if (this.#aliasNext === token.start) this.#expandAlias()
        const word = this.#take()
        if (!prefix || !/^[A-Za-z_]\w*(\[[^\n]*\])?\+?=/.test(word.text)) {
          if (this.#isRedirectPrefix(word)) continue
          words++
          const first = prefix
          prefix = false
          if (words === 1 && first && this.#isOp('(')) return this.#maybeFunction()
        } else if (!words) this.#expandAlias()
      } else if (token.type === 'op' && REDIRECTS.has(token.text)) this.#redirect()
      else if (token.type === 'op' && token.text === '(') this.#unexpected(token)
      else return
    }
  }

  /** The `2` of `2>` and the `{fd}` of `{fd}>`. */
  #isRedirectPrefix(word: Token): boolean {
    const c = this.src[word.end]
    return (
      (c === '<' || c === '>') &&
      /^(\d+|\{[A-Za-z_]\w*\})$/.test(word.text) &&
      !this.#isProcessSubstitution(word.end)
    )
  }

  #maybeFunction(): void {
    this.#take()
    this.#expect(')')
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
    if (this.#dialect.dash && target.type !== 'word')
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
    this.#heredocs.push({ delimiter, strip: operator.text === '<<-', line: this.lineAt(operator.start) })
  }

  /** Replace the alias at the position of a command by its text, in the source itself. */
  #expandAlias(): void {
    if (this.#dialect.dash) this.#quoteBashWord()
    const { alias } = this.#dialect
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
        let next = token.start + text.length
        while (/[ \t]/.test(this.src[next] ?? '')) next++
        this.#aliasNext = next
      }
    }
  }

  /** dash has no `[[`, `function`, `((`: there they are words, which unbash is told by a backslash. */
  #quoteBashWord(): void {
    const token = this.#peek()
    // `((` is two subshells.
    if (token.type === 'op' && token.text === '(' && this.src[token.end] === '(') this.#splice(token, '( ')
    if (token.type === 'word' && BASH_ONLY.has(token.text)) this.#splice(token, `\\${token.text}`)
  }

  #splice(token: Token, text: string): void {
    this.src = this.src.slice(0, token.start) + text + this.src.slice(token.end)
    for (const it of this.#expanding) it.end += text.length - (token.end - token.start)
    this.pos = token.start
    this.#peeked = undefined
  }
}
