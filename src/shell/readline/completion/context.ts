/** The word at the cursor and what stands before it. Bash: bashline.c, readline's complete.c:_rl_find_completion_word(). */

export interface Context {
  /** Where the word begins in the line; behind the quote if one is open. */
  readonly start: number
  /** The quote that is open at the cursor. */
  readonly quote: '' | "'" | '"'
  /** The word without quotes and backslashes, up to the cursor. */
  readonly word: string
  /** The words of this command before it, without quotes; none where a command's name is expected. */
  readonly before: readonly string[]
  /** Where the command begins. */
  readonly commandStart: number
  /** A redirection operator stands before the word. */
  readonly redirection: string
}

/** Programs whose first argument is itself a command. */
const PREFIXES = new Set('sudo nohup nice env xargs setsid'.split(' '))

class Scanner {
  readonly #line: string
  before: string[] = []
  word = ''
  start = 0
  isOpen = false
  quote: '' | "'" | '"' = ''
  redirection = ''
  commandStart = 0

  constructor(line: string) {
    this.#line = line
    for (let i = 0; i < line.length; i++) i = this.#take(i)
    if (!this.isOpen) this.start = line.length
  }

  #take(i: number): number {
    const line = this.#line
    const c = line[i]!
    if (this.quote) {
      if (c === this.quote) this.quote = ''
      else if (c === '\\' && this.quote === '"' && /["$`\\]/.test(line[i + 1] ?? '')) this.word += line[++i]
      else this.word += c
      return i
    }
    if (c === ' ' || c === '\t') this.#end()
    else if (/[;|&(\n`]/.test(c) || (c === '{' && !this.isOpen) || (c === '(' && line[i - 1] === '$'))
      this.#command(i)
    else if (c === ')') this.#end()
    else if (c === '<' || c === '>') {
      if (/^\d+$/.test(this.word)) this.#forget()
      this.#end()
      this.redirection += c
    } else {
      if (!this.isOpen) this.start = i
      this.isOpen = true
      if (c === "'" || c === '"') this.quote = c
      else if (c === '\\') this.word += line[++i] ?? ''
      else this.word += c
    }
    return i
  }

  #forget(): void {
    this.word = ''
    this.isOpen = false
  }

  #end(): void {
    if (this.isOpen) {
      if (this.redirection) this.redirection = ''
      else if (!this.before.length && /^[A-Za-z_]\w*\+?=/.test(this.word)) this.commandStart = -1
      else {
        if (!this.before.length) this.commandStart = this.start
        this.before.push(this.word)
      }
    }
    this.#forget()
  }

  #command(i: number): void {
    // `&>` and `>&` are redirections.
    if (this.#line[i] === '&' && (this.#line[i + 1] === '>' || this.redirection)) {
      this.#end()
      this.redirection ||= '&'
      return
    }
    this.#end()
    this.before = []
    this.redirection = ''
    this.commandStart = i + 1
  }
}

/** What stands before the cursor, in words. */
export function contextOf(line: string): Context {
  const it = new Scanner(line)
  return {
    start: it.isOpen ? it.start : line.length,
    quote: it.quote,
    word: it.word,
    before: it.before,
    commandStart: it.before.length ? it.commandStart : it.start,
    redirection: it.redirection,
  }
}

/** Whether a command's first argument is itself a command. */
export const takesCommand = (name: string): boolean => PREFIXES.has(name)

/** The words of COMP_WORDS: COMP_WORDBREAKS divide them too. */
export function breakWords(line: string, breaks: string): [text: string, start: number][] {
  const out: [string, number][] = []
  const isBreak = (c: string) => breaks.includes(c) && !/[\s'"]/.test(c)
  for (let i = 0; i < line.length; ) {
    if (/[ \t\n]/.test(line[i]!)) {
      i++
      continue
    }
    const from = i
    if (isBreak(line[i]!)) while (i < line.length && isBreak(line[i]!)) i++
    else i = endOfWord(line, i, isBreak)
    out.push([line.slice(from, i), from])
  }
  return out
}

function endOfWord(line: string, from: number, isBreak: (c: string) => boolean): number {
  let i = from
  let quote = ''
  for (; i < line.length; i++) {
    const c = line[i]!
    if (quote) {
      if (c === '\\' && quote === '"') i++
      else if (c === quote) quote = ''
    } else if (c === '\\') i++
    else if (c === "'" || c === '"') quote = c
    else if (/[ \t\n]/.test(c) || isBreak(c)) break
  }
  return Math.min(i, line.length)
}
