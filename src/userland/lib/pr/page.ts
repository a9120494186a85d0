/** The pages of pr: lines in columns, with a header and a footer. Linux: coreutils pr.c, print_page(). */
import type { Style, Tab } from './style.ts'

/** A line of input, or the end of a page within it. */
type Item = string | typeof FORM_FEED
const FORM_FEED = Symbol('form feed')

/** The lines of a file, taken one after the other. */
export class Source {
  readonly #items: readonly Item[]
  #at = 0

  constructor(text: string, style: Style) {
    this.#items = itemsOf(text, style.keepsFormFeeds)
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#items.length
  }

  /** The next line; undefined at the end of the page or of the file. */
  next(): string | undefined {
    const item = this.#items[this.#at]
    if (typeof item !== 'string') return undefined
    this.#at++
    return item
  }

  /** Go behind the form feed that ended a page; returns whether one did. */
  endPage(): boolean {
    if (this.#items[this.#at] !== FORM_FEED) return false
    this.#at++
    return true
  }
}

function itemsOf(text: string, keepsFormFeeds: boolean): Item[] {
  const items: Item[] = []
  for (const page of text.split(/\f\n?/).entries()) {
    if (page[0] && keepsFormFeeds) items.push(FORM_FEED)
    const lines = page[1].split('\n')
    if (lines.at(-1) === '') lines.pop()
    items.push(...lines)
  }
  return items
}

/** All pages of some sources as text; `header` makes the lines above a page. */
export class Pages {
  readonly #style: Style
  readonly #sources: readonly Source[]
  #line: number

  constructor(style: Style, sources: readonly Source[], firstLine: number) {
    this.#style = style
    this.#sources = sources
    this.#line = firstLine
  }

  get lineNumber(): number {
    return this.#line
  }

  get isAtEnd(): boolean {
    return this.#sources.every(it => it.isAtEnd)
  }

  /** The text of the next page without its header and footer, how many lines it has, and whether a form feed ended it. */
  next(): { text: string; lines: number; isFed: boolean } {
    const rows = this.#style.isParallel ? this.#parallelRows() : this.#rows()
    const isFed = this.#sources.map(it => it.endPage()).includes(true)
    let text = ''
    for (const row of rows) text += `${this.#printRow(row)}\n${this.#style.isDouble ? '\n' : ''}`
    return { text, lines: rows.length * (this.#style.isDouble ? 2 : 1), isFed }
  }

  #parallelRows(): string[][] {
    const rows: string[][] = []
    while (rows.length < this.#style.body) {
      const row = this.#sources.map(it => it.next())
      if (row.every(it => it === undefined)) break
      rows.push(this.#numbered(row.map(it => it ?? '')))
    }
    return rows
  }

  /** Of one file: across, or down in columns of the same length. */
  #rows(): string[][] {
    const { columns, body, isAcross } = this.#style
    const lines: string[] = []
    while (lines.length < body * columns) {
      const line = this.#sources[0]!.next()
      if (line === undefined) break
      lines.push(line)
    }
    const numbered = this.#style.numbering
      ? lines.map(it => this.#number() + this.#cut(it))
      : lines.map(it => this.#cut(it))
    const height = Math.ceil(lines.length / columns)
    const rows: string[][] = Array.from({ length: height }, () => [])
    if (isAcross) for (const [i, line] of numbered.entries()) rows[Math.floor(i / columns)]!.push(line)
    else {
      let at = 0
      for (let c = 0; c < columns; c++) {
        const count = Math.floor(lines.length / columns) + Number(c < lines.length % columns)
        for (let i = 0; i < count; i++) rows[i]!.push(numbered[at++]!)
      }
    }
    return rows
  }

  #numbered(cells: readonly string[]): string[] {
    const cut = cells.map(it => this.#cut(it))
    if (this.#style.numbering) cut[0] = this.#number() + cut[0]!
    return cut
  }

  /** The number of the next line, with what follows it. */
  #number(): string {
    const { digits, separator, width } = this.#style.numbering!
    const text = String(this.#line++)
      .padStart(digits)
      .slice(-digits)
    if (separator !== '\t' || this.#style.columns === 1) return text + separator
    return text.padEnd(width)
  }

  /** A line with its tabs and control characters shown, as much of it as its column holds. */
  #cut(line: string): string {
    const { inputTab, controls, truncates, columnWidth, numbering, isParallel } = this.#style
    const room = columnWidth - (numbering && !isParallel ? numbering.width : 0)
    let text = ''
    for (const char of line) {
      if (inputTab && char === inputTab.char)
        text += ' '.repeat(inputTab.width - (text.length % inputTab.width))
      else text += controls === 'raw' ? char : shown(char, controls)
    }
    return truncates ? text.slice(0, Math.max(0, room)) : text
  }

  #printRow(cells: readonly string[]): string {
    const { separator, columnWidth, margin, truncates, outputTab, numbering, isParallel } = this.#style
    const parts = [' '.repeat(margin)]
    let start = margin
    let length = margin
    for (const [i, cell] of cells.entries()) {
      const gap = i
        ? (truncates ? ' '.repeat(Math.max(0, start - separator.length - length)) : '') + separator
        : ''
      parts[i] += gap
      parts.push(cell)
      length += gap.length + cell.length
      start += columnWidth + separator.length + (i === 0 && isParallel ? (numbering?.width ?? 0) : 0)
    }
    return outputTab ? tabified(parts, outputTab) : parts.join('')
  }
}

/** Runs of blanks as tabs; those at the end of the last part are dropped. */
function tabified(parts: readonly string[], { char, width }: Tab): string {
  let out = ''
  let column = 0
  let blanks = 0
  const printBlanks = (): void => {
    const goal = column + blanks
    for (let stop = column + width - (column % width); stop <= goal && goal - column > 1; stop += width) {
      out += char
      column = stop
    }
    out += ' '.repeat(goal - column)
    column = goal
    blanks = 0
  }
  for (const [i, part] of parts.entries()) {
    for (const it of part) {
      if (it === ' ') {
        blanks++
        continue
      }
      printBlanks()
      out += it
      column += it === '\t' ? 8 - (column % 8) : 1
    }
    if (i < parts.length - 1) printBlanks()
  }
  return out
}

function shown(char: string, how: 'hat' | 'octal'): string {
  const code = char.charCodeAt(0)
  if (code >= 0x20 && code < 0x7f) return char
  if (how === 'octal' || code >= 0x80) return `\\${code.toString(8).padStart(3, '0')}`
  return code === 0x7f ? '^?' : `^${String.fromCharCode(code + 64)}`
}
