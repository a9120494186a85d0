/**
 * Simple commands and redirections: assignments, words, what is redirected, in the order of the text.
 * Bash: make_cmd.c:make_simple_command(), parse.y: simple_command, redirection.
 */
import type { Command, Redirect, Simple, Word } from '../tree.ts'
import { Conditional } from './conditional.ts'
import { SyntaxError, type Token } from './lexer.ts'
import { EMPTY_WORD } from './parts.ts'
import { assignmentOf } from './subscript.ts'

export const REDIRECTS = new Set(['&>>', '<<<', '<<-', '&>', '<<', '>>', '<&', '>&', '<>', '>|', '<', '>'])
export const NO_REDIRECTS: readonly Redirect[] = Object.freeze([])
/** Builtins whose arguments may be `name=(…)`. Bash: parse.y, PST_ASSIGNOK. */
const DECLARING = new Set(['alias', 'declare', 'eval', 'export', 'let', 'local', 'readonly', 'typeset'])
/** Of these, those to whom `name=value` is an assignment. */
const ASSIGNING = new Set(['alias', 'declare', 'export', 'local', 'readonly', 'typeset'])
export const NAME = /^[A-Za-z_]\w*$/

/** What a simple command is made of, in the order of the text. */
type Piece =
  | { readonly type: 'word' | 'assign'; readonly token: Token }
  | { readonly type: 'redirect'; readonly start: number; readonly end: number; readonly make: () => Redirect }

/** Reads simple commands. */
export abstract class SimpleCommands extends Conditional {
  /** What follows `name ()`. */
  protected abstract definition(name: Token, line: number): Command

  protected simple(): Command {
    const start = this.peek()
    const pieces: Piece[] = []
    const definition = this.#pieces(pieces)
    this.listsAllowed = true
    this.subscriptsAllowed = true
    return definition ?? this.#assemble(pieces, start)
  }

  /** Collect what the command is made of; or, if its first word is followed by `()`, read the function. */
  #pieces(pieces: Piece[]): Command | undefined {
    let name: string | undefined
    for (;;) {
      const token = this.peek()
      if (token.type === 'word') {
        const isAssign = this.#isAssignment(token, name)
        this.take()
        if (!isAssign && this.#isRedirectPrefix(token)) {
          pieces.push(this.#redirect(token))
          continue
        }
        pieces.push({ type: isAssign ? 'assign' : 'word', token })
        if (name === undefined && isAssign) this.expandAlias()
        else if (name === undefined) {
          name = token.text
          this.listsAllowed = DECLARING.has(name)
          this.subscriptsAllowed = false
          if (this.isOp('(')) return this.#maybeFunction(token)
        }
      } else if (token.type === 'op' && REDIRECTS.has(token.text)) {
        pieces.push(this.#redirect())
        if (name === undefined) this.expandAlias()
      } else if (token.type === 'op' && token.text === '(') this.unexpected(token)
      else return undefined
    }
  }

  /** Before the command's name, and among the arguments of declare and its like. To dash `x+=1` is a name. */
  #isAssignment({ text }: Token, name: string | undefined): boolean {
    if (name !== undefined && !ASSIGNING.has(name)) return false
    const target = assignmentOf(text)
    return target !== undefined && !(target.append && this.dialect.dash)
  }

  #assemble(pieces: readonly Piece[], start: Token): Simple {
    const line = this.#simpleLine(pieces, start)
    const outerLine = this.commandLine
    this.commandLine = line
    const assigns: Simple['assigns'][number][] = []
    const words: Word[] = []
    const redirects: Redirect[] = []
    for (const it of pieces)
      if (it.type === 'redirect') redirects.push(it.make())
      else if (it.type === 'word') words.push(this.word(it.token.start, it.token.end, 'word'))
      else if (words.length) words.push(...this.assignWords(it.token.start, it.token.end))
      else assigns.push(this.assign(it.token.start, it.token.end))
    this.commandLine = outerLine
    const quick =
      !redirects.length &&
      words.every(it => !it.assign && !it.braces && it.parts.every(isQuick)) &&
      assigns.every(it => it.index === undefined && !it.elements && it.value.parts.every(isQuick))
    return {
      type: 'simple',
      line,
      assigns,
      words,
      redirects: redirects.length ? redirects : NO_REDIRECTS,
      quick,
    }
  }

  /** Where bash's parser is when it makes a simple command: behind the first word it must look at the next one. */
  #simpleLine([first, second]: readonly Piece[], start: Token): number {
    if (!first) return this.lineAt(start.start)
    if (first.type !== 'word') return this.lineAt(endOf(first))
    if (!second) return this.lineAt(first.token.end)
    return this.lineAt(second.type === 'redirect' ? second.start : second.token.end)
  }

  /** The `2` of `2>` and the `{fd}` of `{fd}>`. */
  #isRedirectPrefix({ text, end }: Token): boolean {
    const c = this.src[end]
    if ((c !== '<' && c !== '>') || this.isProcessSubstitution(end)) return false
    const { dash, ash } = this.dialect
    return (ash ? /^\d+$/ : dash ? /^\d$/ : /^(\d+|\{[A-Za-z_]\w*(\[.*\])?\})$/).test(text)
  }

  #maybeFunction(name: Token): Command {
    const line = this.lineAt(name.start)
    this.take()
    const close = this.peek()
    if (this.dialect.dash && close.type === 'word')
      throw new SyntaxError('message', 'word unexpected (expecting ")")', this.lineAt(close.start))
    this.expect(')')
    if (this.dialect.dash && !NAME.test(name.text))
      throw new SyntaxError('message', 'Bad function name', this.lineAt(name.start))
    this.listsAllowed = true
    this.subscriptsAllowed = true
    return this.definition(name, line)
  }

  // Redirections

  protected redirects(): readonly Redirect[] {
    const found: Redirect[] = []
    for (;;) {
      const token = this.peek()
      if (token.type === 'op' && REDIRECTS.has(token.text)) found.push(this.#redirect().make())
      else if (token.type === 'word' && this.#isRedirectPrefix(token))
        found.push(this.#redirect(this.take()).make())
      else return found.length ? found : NO_REDIRECTS
    }
  }

  #redirect(prefix?: Token): Piece & { type: 'redirect' } {
    const operator = this.take()
    const target = this.peek()
    if (this.dialect.dash && target.type !== 'word') this.#noTarget(target)
    if (target.type !== 'word') this.unexpected(target)
    this.take()
    const base = {
      operator: operator.text,
      fd: prefix && prefix.text[0] !== '{' ? Number(prefix.text) : undefined,
      variable: prefix?.text[0] === '{' ? prefix.text.slice(1, -1) : undefined,
      target: EMPTY_WORD,
      delimiter: undefined,
      quotedDelimiter: false,
      body: '',
    }
    const span = { type: 'redirect', start: (prefix ?? operator).start, end: target.end } as const
    if (operator.text === '<<' || operator.text === '<<-') {
      const redirect = { ...base, delimiter: target.text, quotedDelimiter: /['"\\]/.test(target.text) }
      const doc = this.awaitHereDoc(redirect, unquoted(target.text))
      const make = () => {
        doc.commandLine = this.commandLine
        return redirect
      }
      return { ...span, make }
    }
    const place = operator.text === '<<<' ? 'here-string' : 'word'
    return { ...span, make: () => ({ ...base, target: this.word(target.start, target.end, place) }) }
  }

  /** What dash says of a redirection to nothing. */
  #noTarget({ type, text, start }: Token): never {
    const what =
      type === 'eof'
        ? 'end of file'
        : type === 'newline'
          ? 'newline'
          : REDIRECTS.has(text)
            ? 'redirection'
            : `"${text}"`
    throw new SyntaxError('message', `${what} unexpected`, this.lineAt(start))
  }
}

const endOf = (it: Piece): number => (it.type === 'redirect' ? it.end : it.token.end)

const isQuick = ({ type }: Word['parts'][number]): boolean =>
  type === 'literal' || type === 'parameter' || type === 'arithmetic'

/** The line that ends a here-document whose delimiter is given as `text`. */
const unquoted = (text: string): string =>
  text.replace(/\\(.)|['"]/gs, '$1').replace(/^\$(?=.)/, d => (/^\$['"]/.test(text) ? '' : d))
