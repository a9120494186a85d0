/**
 * The lines of one command as one entry of the history: what an unfinished command has open, and what stands between
 * its lines. Bash: bashhist.c:bash_add_history(), parse.y:history_delimiting_chars().
 */
import { Lexer, SyntaxError, type Token } from '../parse/index.ts'
import type { Shell } from '../shell.ts'
import { addToHistory, hasComment } from './history.ts'

/** What is not closed at the end of the lines typed so far. */
export interface OpenPart {
  /** The quote, or the bracket of an expansion. */
  readonly quote: string
  /** `name=(`. */
  readonly list: boolean
  /** The next line belongs to a here-document; how many do already. */
  readonly hereDoc: boolean
  readonly hereDocLines: number
  /** The last tokens, the newline at the end left out. */
  readonly tokens: readonly string[]
  readonly isInCase: boolean
}

const LIST = 'list'

class Tokens extends Lexer {
  readonly #tokens: Token[] = []
  readonly #waiting: { delimiter: string; strips: boolean }[] = []
  #hereDocLines: number | undefined

  constructor(text: string, extglob: boolean) {
    super(text, 0, 1, { extglob, braces: false, posix: false, dash: false, ash: false, alias: undefined })
  }

  open(): OpenPart {
    let missing = ''
    try {
      while (this.#hereDocLines === undefined && this.#next());
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e
      missing = e.what
    }
    const texts = this.#tokens.map(it => (it.type === 'newline' ? '\n' : it.text))
    const count = (word: string) => texts.filter(it => it === word).length
    return {
      quote: missing === LIST ? '' : missing,
      list: missing === LIST,
      hereDoc: this.#hereDocLines !== undefined,
      hereDocLines: this.#hereDocLines ?? 0,
      tokens: texts.slice(0, -1),
      isInCase: count('case') > count('esac'),
    }
  }

  #next(): boolean {
    const token = this.read()
    if (token.type === 'eof') return false
    const before = this.#tokens.at(-1)?.text
    this.#tokens.push(token)
    this.pos = token.end
    if (token.type === 'word' && (before === '<<' || before === '<<-'))
      this.#waiting.push({ delimiter: token.text.replace(/['"\\]/g, ''), strips: before === '<<-' })
    if (token.type === 'newline') this.#readHereDocs()
    return true
  }

  #readHereDocs(): void {
    let lines = 0
    while (this.#waiting.length) {
      if (this.pos >= this.src.length) {
        this.#hereDocLines = lines
        return
      }
      const end = this.src.indexOf('\n', this.pos)
      const line = this.src.slice(this.pos, end < 0 ? this.src.length : end)
      this.pos += line.length + 1
      lines++
      const { delimiter, strips } = this.#waiting[0]!
      if ((strips ? line.replace(/^\t+/, '') : line) === delimiter) this.#waiting.shift()
    }
  }

  protected substitution(from: number): number {
    let depth = 1
    for (let i = from; i < this.src.length; i++) {
      const c = this.src[i]!
      if (c === '\\') i++
      else if (c === "'" || c === '"' || c === '`' || c === '$') i = this.quoted(i) - 1
      else if (c === '(') depth++
      else if (c === ')' && --depth === 0) return i + 1
    }
    throw new SyntaxError('quote', ')', 1)
  }

  protected list(from: number): number {
    try {
      return this.substitution(from)
    } catch (e) {
      if (e instanceof SyntaxError && e.what === ')') throw new SyntaxError('quote', LIST, 1)
      throw e
    }
  }
}

/** What the lines typed so far, each with its newline, leave open. */
export const openPart = (text: string, extglob: boolean): OpenPart => new Tokens(text, extglob).open()

/** After these no semicolon may stand. */
const NO_SEMICOLON = new Set('\n { ( ) ; & | case do else if ;; ;& ;;& then until while && || in'.split(' '))

function between(open: OpenPart, line: string): string {
  if (open.quote && open.quote !== '}') return '\n'
  if (open.hereDoc) return open.hereDocLines ? '' : '\n'
  if (open.list) return line && ' '
  // Bash counts the word in which "${" is open as read, and what stands in "[[" not.
  if (open.tokens.lastIndexOf('[[') > open.tokens.lastIndexOf(']]')) return ' '
  const read = open.quote ? ['\n', ...open.tokens.slice(0, -1)] : open.tokens
  const last = read.at(-1) ?? ''
  const before = read.at(-2) ?? ''
  if (last === ')') return before === '(' || open.isInCase ? ' ' : '; '
  if (before === 'function') return ' '
  if (line.includes('<<')) return '\n'
  if (before === 'for') return /^\s*in/.test(line) ? ' ' : ';'
  if (before === 'case' && open.isInCase) return ' '
  if (NO_SEMICOLON.has(last)) return line && ' '
  return '; '
}

const isComment = (line: string): boolean => /^\s*#/.test(line)

/** A further line of a command: cmdhist joins it to the entry of the first. Bash: maybe_add_history(). */
export function extendHistory(sh: Shell, line: string, open: OpenPart): void {
  const { history } = sh
  const { afterComment } = history
  history.afterComment = hasComment(line)
  if (!sh.historyOpen || !history.length) return
  const isLiteral = sh.shopts.has('lithist')
  if (isComment(line) && !open.hereDoc && !open.quote && !isLiteral) return
  if (!line && !open.hereDoc && !open.quote && (isLiteral || !sh.shopts.has('cmdhist'))) return
  const text = open.hereDoc ? `${line}\n` : line
  if (!sh.shopts.has('cmdhist')) {
    addToHistory(sh, text)
    return
  }
  let entry = history.lines.at(-1)!
  const isLaterBody = open.hereDoc && open.hereDocLines > 0
  let glue = isLaterBody ? '' : (afterComment && line) || isLiteral ? '\n' : between(open, line)
  if (!open.quote && /(?<!\\)\\$/.test(entry)) {
    entry = entry.slice(0, -1)
    glue = ''
  }
  if (!open.quote && entry.endsWith('\n') && glue.startsWith(';')) glue = glue.slice(1)
  history.replace(history.length - 1, entry + glue + text)
}
