/**
 * A text as paragraphs: what belongs together by prefix and indentation is filled anew, the rest is copied.
 * Linux: coreutils fmt.c:get_paragraph(), put_paragraph().
 *
 * Left out: paragraphs of more than 1000 words are not cut before they are weighed.
 */
import { encode } from '../../../abi/index.ts'
import { type FmtWord, lines } from './break.ts'

export interface Style {
  readonly width: number
  readonly goal: number
  /** Only lines with this prefix are filled; blanks before it count, those after it do too. */
  readonly prefix: string
  readonly crown: boolean
  readonly tagged: boolean
  readonly split: boolean
  readonly uniform: boolean
}

const TAB = 8
/** The second indent of a tagged paragraph that shows none. */
const DEFAULT_INDENT = 3

/** A line of input. */
interface Line {
  readonly text: string
  /** The column where the prefix begins, and where the words begin. */
  readonly prefixIndent: number
  readonly column: number
  /** What follows the prefix and blanks. */
  readonly rest: string
  readonly isLast: boolean
}

/** Fills the paragraphs of one file. */
export class Filler {
  readonly #style: Style
  readonly #print: (text: string) => void
  readonly #leadSpace: number
  readonly #prefix: string
  readonly #fullLength: number
  #usesTabs = false
  #otherIndent = 0

  constructor(style: Style, print: (text: string) => void) {
    this.#style = style
    this.#print = print
    const bare = style.prefix.replace(/^ +/, '')
    this.#leadSpace = style.prefix.length - bare.length
    this.#fullLength = encode(bare).length
    this.#prefix = bare.replace(/ +$/, '')
  }

  /** Print a whole text, filled. */
  fill(text: string): void {
    const all = text.split('\n')
    const isComplete = all.at(-1) === ''
    if (isComplete) all.pop()
    // A tab counts from the line on that has it.
    const parsed = (i: number): Line | undefined => {
      const line = all[i]
      return line === undefined ? undefined : this.#parse(line, i === all.length - 1 && !isComplete)
    }
    for (let at = 0, line = parsed(0); line; ) {
      if (!this.#isFilled(line)) {
        this.#copy(line)
        line = parsed(++at)
        continue
      }
      const words: FmtWord[] = []
      const first = line
      this.#collect(first, words)
      line = parsed(++at)
      this.#setOtherIndent(first, line)
      while (line && this.#goesOn(first, line, words)) {
        this.#collect(line, words)
        line = parsed(++at)
      }
      this.#put(first, words)
    }
  }

  #parse(text: string, isLast: boolean): Line {
    let { column, at } = this.#skipBlanks(text, 0, 0)
    let prefixIndent = Math.min(this.#leadSpace, column)
    if (this.#prefix) {
      prefixIndent = column
      let i = 0
      while (i < this.#prefix.length && text[at] === this.#prefix[i]) {
        at++
        i++
        column++
      }
      if (i === this.#prefix.length) ({ column, at } = this.#skipBlanks(text, at, column))
    }
    return { text, prefixIndent, column, rest: text.slice(at), isLast }
  }

  #skipBlanks(text: string, from: number, start: number): { column: number; at: number } {
    let column = start
    let at = from
    for (; text[at] === ' ' || text[at] === '\t'; at++) {
      if (text[at] === '\t') this.#usesTabs = true
      column = text[at] === '\t' ? (Math.floor(column / TAB) + 1) * TAB : column + 1
    }
    return { column, at }
  }

  #isFilled({ rest, prefixIndent, column }: Line): boolean {
    return rest !== '' && prefixIndent >= this.#leadSpace && column >= prefixIndent + this.#fullLength
  }

  #isSame(first: Line, line: Line | undefined): line is Line {
    return (
      line !== undefined &&
      line.rest !== '' &&
      line.prefixIndent === first.prefixIndent &&
      line.column >= line.prefixIndent + this.#fullLength
    )
  }

  #setOtherIndent(first: Line, next: Line | undefined): void {
    const { split, crown, tagged } = this.#style
    const isSame = this.#isSame(first, next)
    if (!split && crown) this.#otherIndent = isSame ? next.column : first.column
    else if (split || !tagged) this.#otherIndent = first.column
    else if (isSame && next.column !== first.column) this.#otherIndent = next.column
    else if (this.#otherIndent === first.column) this.#otherIndent = first.column ? 0 : DEFAULT_INDENT
  }

  /** Whether a line belongs to the paragraph that began with `first`. */
  #goesOn(first: Line, line: Line, words: readonly FmtWord[]): boolean {
    const { split, crown, tagged } = this.#style
    if (split || !words.length || !this.#isSame(first, line)) return false
    if (tagged && !crown && this.#otherIndent === first.column) return false
    return line.column === this.#otherIndent
  }

  #collect({ rest, column: start, isLast }: Line, words: FmtWord[]): void {
    let column = start
    const pattern = /([^ \t\v\f\r]+)([ \t]*)[\v\f\r]*/g
    for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
      const [all, text, blanks] = match as unknown as [string, string, string]
      const isAtEnd = match.index + all.length >= rest.length
      const length = encode(text).length
      const space = this.#skipBlanks(blanks, 0, column + length).column - column - length
      column += length + space
      const isPeriod = /[.?!]$/.test(text.replace(/(?<=.)["')\]]+$/, ''))
      const isFinal = (isAtEnd && isLast) || (isPeriod && (isAtEnd || space > 1))
      words.push({
        text,
        length,
        space: isAtEnd || this.#style.uniform ? (isFinal ? 2 : 1) : space,
        opens: /^[(['`"]/.test(text),
        hasPunctuation: /[!-/:-@[-`{-~]$/.test(text),
        isPeriod,
        isFinal,
      })
    }
  }

  // ---- Printing

  #blanks(from: number, count: number): { text: string; column: number } {
    const target = from + Math.max(0, count)
    let text = ''
    let column = from
    const tab = Math.floor(target / TAB) * TAB
    if (this.#usesTabs && column + 1 < tab)
      while (column < tab) {
        text += '\t'
        column = (Math.floor(column / TAB) + 1) * TAB
      }
    return { text: text + ' '.repeat(target - column), column: target }
  }

  #copy(line: Line): void {
    if (line.column <= line.prefixIndent && !line.rest) {
      this.#print('\n')
      return
    }
    let { text, column } = this.#blanks(0, line.prefixIndent)
    for (let i = 0; column !== line.column && i < this.#prefix.length; i++, column++) text += this.#prefix[i]
    if (line.rest) text += this.#blanks(column, line.column - column).text
    this.#print(`${text}${line.rest}\n`)
  }

  #put(first: Line, words: readonly FmtWord[]): void {
    const weighed = [...words]
    weighed[words.length - 1] = { ...words.at(-1)!, isPeriod: true, isFinal: true }
    const { width, goal } = this.#style
    const starts = lines(weighed, { width, goal, firstIndent: first.column, otherIndent: this.#otherIndent })
    for (const [i, start] of starts.entries()) {
      const end = starts[i + 1]
      if (end !== undefined)
        this.#print(this.#lineOf(weighed.slice(start, end), first, i ? this.#otherIndent : first.column))
    }
  }

  #lineOf(words: readonly FmtWord[], { prefixIndent }: Line, indent: number): string {
    const before = this.#blanks(0, prefixIndent)
    const prefixed = before.column + encode(this.#prefix).length
    const lead = this.#blanks(prefixed, indent - prefixed)
    let text = before.text + this.#prefix + lead.text
    let { column } = lead
    for (const [i, word] of words.entries()) {
      text += word.text
      column += word.length
      if (i === words.length - 1) break
      const blanks = this.#blanks(column, word.space)
      text += blanks.text
      column = blanks.column
    }
    return `${text}\n`
  }
}
