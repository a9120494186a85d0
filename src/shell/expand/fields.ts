/**
 * The words that an expansion makes while it goes on: pieces are added, quoted or not, and unquoted results are split
 * at IFS. Bash: subst.c:word_list_split(); POSIX: Field Splitting.
 */
import { Complaint } from '../shell.ts'
import { escapePattern } from './pattern.ts'

const GLOB = /[*?[]|[@+!]\(/

/** Longer than this a string cannot become; a real shell asks for the memory, and is refused. */
const LONGEST = 2 ** 28

/** Needs: to be asked before a text grows to `length`. */
export function checkLength(length: number): void {
  if (length > LONGEST) throw new Complaint(`xrealloc: cannot allocate ${length} bytes`, 2, 'exit')
}

/** One resulting word; `pattern` is set if file names may match it, with quoted characters escaped. */
export interface Field {
  readonly text: string
  readonly pattern: string | undefined
}

export class Fields {
  readonly out: Field[] = []
  readonly #ifs: string
  #text = ''
  #pattern = ''
  #started = false
  #glob = false

  constructor(ifs: string) {
    this.#ifs = ifs
  }

  addQuoted(text: string): void {
    checkLength(this.#text.length + text.length)
    this.#text += text
    this.#pattern += escapePattern(text)
    this.#started = true
  }

  /** Literal text, or what need not be split. */
  addPlain(text: string): void {
    if (!text) return
    checkLength(this.#text.length + text.length)
    this.#text += text
    this.#pattern += text
    this.#started = true
    if (!this.#glob && GLOB.test(this.#pattern)) this.#glob = true
  }

  /** The result of an unquoted expansion. */
  addSplit(text: string): void {
    if (!this.#ifs) return this.addPlain(text)
    let from = 0
    let afterBlank = false
    for (let i = 0; i < text.length; i++) {
      const c = text[i]!
      if (!this.#ifs.includes(c)) {
        afterBlank = false
        continue
      }
      if (i > from) this.addPlain(text.slice(from, i))
      from = i + 1
      if (c === ' ' || c === '\t' || c === '\n') {
        if (this.#started) {
          this.end()
          afterBlank = true
        }
      } else if (afterBlank) afterBlank = false
      else this.endAlways()
    }
    if (from < text.length) this.addPlain(from ? text.slice(from) : text)
  }

  /** Finish the current word if there is one. */
  end(): void {
    if (this.#started) this.endAlways()
  }

  endAlways(): void {
    this.out.push({ text: this.#text, pattern: this.#glob ? this.#pattern : undefined })
    this.#text = ''
    this.#pattern = ''
    this.#started = false
    this.#glob = false
  }
}
