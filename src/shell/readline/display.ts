/**
 * Showing the line being edited. The screen is only ever addressed relative to the prompt; what is there already is
 * compared with what should be there, and only the difference is sent. Readline: display.c.
 */
import { wcwidth } from '../../userland/lib/wcwidth.ts'

/** What stands at one place: text that takes `width` columns, with the escape sequences that go with it. */
interface Cell {
  readonly text: string
  readonly width: number
  /** Shown in reverse. */
  readonly isMarked?: boolean
}

interface Layout {
  readonly rows: readonly (readonly Cell[])[]
  readonly row: number
  readonly column: number
}

export class Display {
  #columns: number
  #prompt: Cell[] = []
  #rows: readonly (readonly Cell[])[] = [[]]
  /** Where the cursor is. A column equal to the width: the row is full, the terminal has not wrapped yet. */
  #row = 0
  #column = 0
  /** A long line is moved sideways instead of wrapped. */
  isHorizontal = false

  constructor(columns: number) {
    this.#columns = Math.max(2, columns)
  }

  get columns(): number {
    return this.#columns
  }

  /** Begin a line: the text to send that shows the prompt. Its earlier lines are sent once and forgotten. */
  start(prompt: string): string {
    const cut = prompt.lastIndexOf('\n') + 1
    this.#prompt = promptCells(prompt.slice(cut))
    this.#rows = [[]]
    this.#row = 0
    this.#column = 0
    return prompt.slice(0, cut).replace(/[\x01\x02]/g, '')
  }

  setPrompt(prompt: string): void {
    this.#prompt = promptCells(prompt)
  }

  /** The text to send that makes the screen show `text` with the cursor at `point`. */
  update(text: string, point: number, region?: readonly [number, number]): string {
    const whole = this.#layout(text, point, region)
    const next = this.isHorizontal ? this.#window(whole) : whole
    let out = ''
    for (let row = 0; row < next.rows.length; row++) out += this.#updateRow(row, next)
    for (let row = next.rows.length; row < this.#rows.length; row++)
      if (this.#rows[row]!.length) out += `${this.#move(row, 0)}\x1b[K`
    this.#rows = next.rows
    return out + this.#move(next.row, next.column)
  }

  #updateRow(row: number, next: Layout): string {
    const fresh = next.rows[row]!
    const old = this.#rows[row]
    if (old === undefined) return this.#openRow(row, next) + this.#write(fresh, 0)
    let same = 0
    while (same < old.length && same < fresh.length && isSame(old[same]!, fresh[same]!)) same++
    if (same === old.length && same === fresh.length) return ''
    const column = widthOf(fresh, same)
    let out = this.#move(row, column) + this.#write(fresh, same)
    if (widthOf(old, old.length) > widthOf(fresh, fresh.length)) out += `${this.#settle()}\x1b[K`
    return out
  }

  /** Go to a row that is not there yet. */
  #openRow(row: number, next: Layout): string {
    const above = next.rows[row - 1]!
    if (
      this.#row === row - 1 &&
      this.#column === this.#columns &&
      widthOf(above, above.length) === this.#columns
    ) {
      // The next character wraps by itself; an empty row needs one.
      this.#row = row
      this.#column = 0
      return next.rows[row]!.length ? '' : ' \r'
    }
    return this.#move(row, 0)
  }

  #write(cells: readonly Cell[], from: number): string {
    let out = ''
    let isMarked = false
    for (let i = from; i < cells.length; i++) {
      const cell = cells[i]!
      if ((cell.isMarked ?? false) !== isMarked) {
        isMarked = !isMarked
        out += isMarked ? '\x1b[7m' : '\x1b[27m'
      }
      out += cell.text
      this.#column += cell.width
    }
    return isMarked ? `${out}\x1b[27m` : out
  }

  /** After the last column the cursor is in between: make it definite, at the end of its row. */
  #settle(): string {
    if (this.#column < this.#columns) return ''
    this.#column = this.#columns - 1
    return '\b\x1b[C'
  }

  #move(row: number, column: number): string {
    let out = ''
    if (this.#column >= this.#columns && (row !== this.#row || column !== this.#column)) {
      out += '\r'
      this.#column = 0
    }
    if (row < this.#row) out += `\x1b[${this.#row - row === 1 ? '' : this.#row - row}A`
    else if (row > this.#row) {
      out += '\n'.repeat(row - this.#row)
      this.#column = 0
    }
    this.#row = row
    const by = column - this.#column
    if (column === 0 && by) out += '\r'
    else if (by < 0) out += by > -5 ? '\b'.repeat(-by) : `\x1b[${-by}D`
    else if (by > 0) out += `\x1b[${by === 1 ? '' : by}C`
    this.#column = column
    return out
  }

  /** Go below the text, as Enter does. */
  finish(): string {
    let last = this.#rows.length - 1
    // A row that holds nothing but the cursor is not left by another newline.
    if (last > 0 && this.#row === last && this.#column === 0 && !this.#rows[last]!.length) last--
    const row = this.#rows[last]!
    const isFull = widthOf(row, row.length) >= this.#columns
    return `${this.#move(last, isFull ? this.#columns - 1 : widthOf(row, row.length))}\n`
  }

  /** Make the line and its prompt disappear; the cursor stays where they began. */
  erase(): string {
    const out = `${this.#move(0, 0)}\r\x1b[J`
    this.#rows = [[]]
    return out
  }

  /** Everything anew from where the line begins, e.g. after a list of completions. */
  redraw(text: string, point: number): string {
    this.#rows = [[]]
    this.#row = 0
    this.#column = 0
    return this.update(text, point)
  }

  /** The window has another width: the terminal has wrapped what was there in its own way. */
  resize(columns: number, text: string, point: number): string {
    const cells = this.#rows
      .slice(0, this.#row)
      .reduce((sum, row) => sum + Math.max(1, Math.ceil(widthOf(row, row.length) / Math.max(2, columns))), 0)
    const within = Math.floor(Math.min(this.#column, this.#columns - 1) / Math.max(2, columns))
    const up = cells + within
    this.#columns = Math.max(2, columns)
    return `\r${up ? `\x1b[${up}A` : ''}\x1b[J${this.redraw(text, point)}`
  }

  /** Place each character; wide ones that do not fit go to the next row. */
  #layout(text: string, point: number, region?: readonly [number, number]): Layout {
    const limit = this.isHorizontal ? Number.POSITIVE_INFINITY : this.#columns
    const isMarked = (at: number) => region !== undefined && at >= region[0] && at < region[1]
    const rows: Cell[][] = [[]]
    let column = 0
    const put = (cell: Cell) => {
      if (column + cell.width > limit) {
        rows.push([])
        column = 0
      }
      const row = rows.at(-1)!
      if (cell.width === 0 && row.length)
        row[row.length - 1] = { ...row.at(-1)!, text: row.at(-1)!.text + cell.text }
      else row.push(cell)
      column += cell.width
    }
    for (const cell of this.#prompt) put(cell)
    let cursor: { row: number; column: number } | undefined
    const mark = () => {
      if (column >= limit) {
        rows.push([])
        column = 0
      }
      cursor = { row: rows.length - 1, column }
    }
    for (let i = 0; i < text.length; ) {
      const char = String.fromCodePoint(text.codePointAt(i)!)
      if (i === point) {
        // A wide character that wraps takes the cursor with it.
        if (column + Math.max(0, wcwidth(char.codePointAt(0)!)) > limit && char !== '\n') {
          rows.push([])
          column = 0
        }
        cursor = { row: rows.length - 1, column: Math.min(column, limit - 1) }
      }
      if (char === '\n') {
        rows.push([])
        column = 0
      } else for (const cell of cellsOf(char, column)) put(isMarked(i) ? { ...cell, isMarked: true } : cell)
      i += char.length
    }
    if (point >= text.length) mark()
    return { rows, ...cursor! }
  }

  /** The part of a single long row around the cursor, with signs where more is. Readline: horizontal-scroll-mode. */
  #window(whole: Layout): Layout {
    const cells = whole.rows.flat()
    const at =
      whole.rows.slice(0, whole.row).reduce((sum, row) => sum + widthOf(row, row.length), 0) + whole.column
    const room = this.#columns - 1
    const step = Math.max(1, Math.floor(room / 3) * 2)
    const from = at < room ? 0 : Math.ceil((at - room + 1) / step) * step
    const row: Cell[] = []
    let column = 0
    for (const cell of cells) {
      if (column >= from && column + cell.width <= from + room) row.push(cell)
      column += cell.width
    }
    if (from > 0 && row.length) row[0] = { text: '<', width: 1 }
    if (column > from + room && row.length) row[row.length - 1] = { text: '>', width: 1 }
    return { rows: [row], row: 0, column: Math.max(0, at - from) }
  }
}

const isSame = (a: Cell, b: Cell): boolean => a.text === b.text && !a.isMarked === !b.isMarked

const widthOf = (cells: readonly Cell[], count: number): number => {
  let width = 0
  for (let i = 0; i < count; i++) width += cells[i]!.width
  return width
}

/** How a character of the line is shown: control characters as ^X, a tab as blanks. */
function cellsOf(char: string, column: number): Cell[] {
  const code = char.codePointAt(0)!
  if (char === '\t') return Array.from({ length: 8 - (column % 8) }, () => ({ text: ' ', width: 1 }))
  if (code < 32 || code === 127)
    return [
      { text: '^', width: 1 },
      { text: String.fromCharCode(code ^ 64), width: 1 },
    ]
  const width = wcwidth(code)
  if (width >= 0) return [{ text: char, width }]
  return [...`\\${(code & 0xff).toString(8).padStart(3, '0')}`].map(text => ({ text, width: 1 }))
}

/** The cells of a prompt; what stands between \x01 and \x02 takes no room. */
function promptCells(prompt: string): Cell[] {
  const out: Cell[] = []
  let invisible = ''
  for (const piece of prompt.match(/\x01[^\x02]*\x02?|[\s\S]/gu) ?? []) {
    if (piece[0] === '\x01') {
      const text = piece.replace(/[\x01\x02]/g, '')
      if (out.length) out[out.length - 1] = { text: out.at(-1)!.text + text, width: out.at(-1)!.width }
      else invisible += text
      continue
    }
    for (const cell of piece.codePointAt(0)! < 32 && piece !== '\t'
      ? [{ text: piece, width: 0 }]
      : cellsOf(piece, widthOf(out, out.length))) {
      out.push(invisible ? { text: invisible + cell.text, width: cell.width } : cell)
      invisible = ''
    }
  }
  return out
}
