/** What less shows: lines read as they are needed, laid out as rows. Linux: less's line.c, ch.c, linenum.c. */
import { type Blocking, EINTR, Errno, type Sys } from '../../../abi/index.ts'
import { Lines } from '../lines.ts'
import { nextAt } from '../editor-columns.ts'
import { wcwidth } from '../wcwidth.ts'
import { encode } from '../../../abi/index.ts'

/** A file or pipe whose lines come when somebody looks at them. */
export class LessText {
  readonly name: string
  readonly lines: string[] = []
  /** Nothing more comes, for now. */
  ended = false
  /** Where we were, for coming back. */
  top = { line: 0, row: 0 }
  readonly marks = new Map<string, { line: number; row: number }>()
  #lines: Lines
  readonly #sys: Sys
  readonly fd: number
  #squeeze: boolean
  #partial = false
  bytes: number[] = [0]
  size: number | undefined

  constructor(sys: Sys, fd: number, name: string, size: number | undefined, squeeze: boolean) {
    this.#sys = sys
    this.fd = fd
    this.name = name
    this.size = size
    this.#squeeze = squeeze
    this.#lines = new Lines(sys, fd)
  }

  /** Read until there are so many lines; false when a signal came first. */
  *fill(count: number): Blocking<boolean> {
    while (this.lines.length < count && !this.ended) {
      let line: string | undefined
      try {
        line = yield* this.#lines.next()
      } catch (e) {
        if (e === EINTR) return false
        if (!(e instanceof Errno)) throw e
      }
      if (line === undefined) this.#end()
      else this.#add(line)
      if (this.lines.length % 512 === 0) yield* this.#sys.burn(100_000)
    }
    return true
  }

  #end(): void {
    this.ended = true
    this.size ??= this.bytes.at(-1)!
  }

  #add(line: string): void {
    if (this.#squeeze && line === '' && this.lines.at(-1) === '') return
    if (this.#partial) {
      const whole = this.lines.pop()! + line
      this.bytes.pop()
      this.lines.push(whole)
    } else this.lines.push(line)
    const last = this.lines.at(-1)!
    this.#partial = !this.#lines.complete
    this.bytes.push(this.bytes.at(-1)! + encode(last).length + (this.#partial ? 0 : 1))
  }

  /** Look whether the file has grown. */
  again(): void {
    this.ended = false
    this.size = undefined
    this.#lines = new Lines(this.#sys, this.fd)
  }

  /** Everything that is left; false when it was interrupted. */
  *all(): Blocking<boolean> {
    return yield* this.fill(Infinity)
  }
}

export interface Layout {
  readonly cols: number
  readonly chop: boolean
  /** -r, -R: escape sequences reach the terminal. */
  readonly raw: '' | 'color' | 'all'
  readonly numbers: boolean
  readonly shift: number
  readonly highlight: RegExp | undefined
}

const STANDOUT = '\x1b[7m'
const BOLD = '\x1b[1m'
const UNDERLINE = '\x1b[4m'
const PLAIN = '\x1b[m'

interface Cell {
  readonly text: string
  readonly width: number
  readonly style: string
}

/** A line as rows of the screen. */
export function lessRows(line: string, number: number, layout: Layout): string[] {
  const gutter = layout.numbers ? `${String(number).padStart(7)} ` : ''
  const width = Math.max(1, layout.cols - gutter.length)
  const cells = cellsOf(line, layout)
  if (layout.chop || layout.shift) return [gutter + chopped(cells, width, layout.shift)]
  const rows: string[] = []
  let row = new Row()
  for (const cell of cells) {
    if (row.used + cell.width > width) {
      rows.push((rows.length ? ' '.repeat(gutter.length) : gutter) + row.end())
      row = new Row(row.color)
    }
    row.add(cell)
  }
  rows.push((rows.length ? ' '.repeat(gutter.length) : gutter) + row.end())
  return rows
}

function chopped(cells: readonly Cell[], width: number, shift: number): string {
  const row = new Row()
  let column = 0
  for (const cell of cells) {
    const from = column - shift
    column += cell.width
    if (from < 0) continue
    if (from + cell.width > width) {
      row.cut(width - 1)
      return `${row.end()}${STANDOUT}>${PLAIN}`
    }
    row.add(cell)
  }
  return row.end()
}

/** One row in the making, which knows what style is on. */
class Row {
  #cells: Cell[] = []
  used = 0
  color: string

  constructor(color = '') {
    this.color = color
  }

  add(cell: Cell): void {
    this.#cells.push(cell)
    this.used += cell.width
  }

  /** Leave so many columns. */
  cut(width: number): void {
    while (this.used > width) this.used -= this.#cells.pop()?.width ?? this.used
  }

  end(): string {
    let text = this.color
    let style = ''
    for (const cell of this.#cells) {
      if (cell.width === 0 && cell.text.startsWith('\x1b')) {
        text += cell.text
        this.color = /^\x1b\[0?m$/.test(cell.text) ? '' : this.color + cell.text
        continue
      }
      if (cell.style !== style) text += (style ? PLAIN + this.color : '') + cell.style
      style = cell.style
      text += cell.text
    }
    return style || this.color ? text + PLAIN : text
  }
}

/** Characters with their widths; what cannot be shown in caret notation, matches in standout. */
function cellsOf(line: string, layout: Layout): Cell[] {
  const marked = matchesIn(line, layout.highlight)
  const cells: Cell[] = []
  let column = 0
  for (let at = 0; at < line.length; ) {
    const escape =
      layout.raw && line[at] === '\x1b'
        ? /^\x1b\[[0-9;:]*m|^\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)/.exec(line.slice(at, at + 200))
        : null
    if (escape) {
      cells.push({ text: escape[0], width: 0, style: '' })
      at += escape[0].length
      continue
    }
    const over = /^(.)\x08(.)/su.exec(line.slice(at, at + 5))
    const style = marked(at) ? STANDOUT : ''
    if (over && layout.raw !== 'all') {
      const [found, first, second] = over
      cells.push({
        text: second!,
        width: Math.max(1, wcwidth(second!.codePointAt(0)!)),
        style: style || (first === second ? BOLD : UNDERLINE),
      })
      column++
      at += found.length
      continue
    }
    const next = nextAt(line, at)
    const cell = cellOf(line.slice(at, next), column, layout.raw === 'all')
    cells.push({ ...cell, style: style || cell.style })
    column += cell.width
    at = next
  }
  return cells
}

function cellOf(char: string, column: number, raw: boolean): Cell {
  const code = char.codePointAt(0)!
  if (code >= 0x20 && code < 0x7f) return { text: char, width: 1, style: '' }
  if (code === 9) {
    const width = 8 - (column % 8)
    return { text: ' '.repeat(width), width, style: '' }
  }
  if (code < 0x20 && raw) return { text: char, width: 0, style: '' }
  if (code === 0x1b) return { text: 'ESC', width: 3, style: STANDOUT }
  if (code < 0x20) return { text: `^${String.fromCharCode(code + 64)}`, width: 2, style: STANDOUT }
  if (code === 0x7f) return { text: '^?', width: 2, style: STANDOUT }
  const width = code >= 0xdc80 && code <= 0xdcff ? -1 : wcwidth(code)
  if (width >= 0) return { text: char, width, style: '' }
  const text = `<${(code >= 0xdc80 ? code - 0xdc00 : code).toString(16).toUpperCase()}>`
  return { text, width: text.length, style: STANDOUT }
}

function matchesIn(line: string, pattern: RegExp | undefined): (at: number) => boolean {
  if (!pattern) return () => false
  // What was found last time is no place to begin.
  pattern.lastIndex = 0
  const found = [...line.matchAll(pattern)].map(it => [it.index, it.index + it[0].length] as const)
  return at => found.some(([from, to]) => at >= from && at < to)
}
