/** nano's screen: title bar, text, status line, two lines of keys. Linux: nano's winio.c. */
import type { Blocking } from '../../../abi/index.ts'
import { compare } from '../editor-buffer.ts'
import { columnOf, glyph, nextAt } from '../editor-columns.ts'
import type { Nano } from './state.ts'
import { textWidth } from '../wcwidth.ts'

const REVERSE = '\x1b[7m'
const ALERT = '\x1b[1m\x1b[37m\x1b[41m'
const SPOTLIGHT = '\x1b[30m\x1b[43m'
const PLAIN = '\x1b[m'

/** A key and what it does, for the lines at the bottom. */
export type Hint = readonly [key: string, what: string]

export const MAIN_KEYS: readonly Hint[] = [
  ['^G', 'Help'],
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^\\', 'Replace'],
  ['^K', 'Cut'],
  ['^U', 'Paste'],
  ['^T', 'Execute'],
  ['^J', 'Justify'],
  ['^C', 'Location'],
  ['^/', 'Go To Line'],
  ['M-U', 'Undo'],
  ['M-E', 'Redo'],
  ['M-A', 'Set Mark'],
  ['M-6', 'Copy'],
  ['M-]', 'To Bracket'],
  ['^Q', 'Where Was'],
  ['M-Q', 'Previous'],
  ['M-W', 'Next'],
  ['^B', 'Back'],
  ['^F', 'Forward'],
  ['^←', 'Prev Word'],
  ['^→', 'Next Word'],
  ['^A', 'Home'],
  ['^E', 'End'],
]

export interface Prompt {
  readonly text: string
  readonly column: number
  readonly keys: readonly Hint[]
  /** A question with answers of one key: how wide an answer is. */
  readonly width?: number
}

/** With several files open ^X closes one of them only. */
const mainKeys = (nano: Nano): readonly Hint[] =>
  nano.files.length > 1 ? MAIN_KEYS.map(it => (it[0] === '^X' ? ['^X', 'Close'] : it)) : MAIN_KEYS

/** Show everything as it is now. */
export function* drawNano(nano: Nano, prompt?: Prompt): Blocking<void> {
  const { screen, options } = nano
  scrollToCursor(nano)
  const rows = [titleBar(nano), ...textRows(nano), statusLine(nano, prompt)]
  if (!options.noHelp && screen.rows >= 6)
    rows.push(...keyLines(prompt?.keys ?? mainKeys(nano), screen.cols, prompt?.width))
  if (prompt) return yield* screen.draw({ rows, row: nano.editRows + 1, col: prompt.column })
  const { row, col } = cursorCell(nano)
  yield* screen.draw({ rows, row, col })
}

// ---- The title

const VERSION = 'GNU nano 7.2'

/** Linux: titlebar(). First the version, then the prefix gives way when there is no room. */
export function titleBar(nano: Nano): string {
  const { cols } = nano.screen
  const { view } = nano.options
  const version =
    nano.files.length > 1 ? `[${nano.index + 1}/${nano.files.length}]` : nano.shownPrefix ? `[1/1]` : VERSION
  const name = nano.file.name || 'New Buffer'
  const stateWidth = view ? 6 : 9
  const versionWidth = version.length + 3
  const pathWidth = textWidth(name) + 1
  const row = cells(cols)
  const fits = versionWidth + pathWidth + stateWidth <= cols
  const from = fits ? versionWidth : 2
  if (fits) place(row, 2, version)
  const room = cols - from - stateWidth
  const shown = pathWidth <= room + 1 ? name : `...${name.slice(-Math.max(1, room - 4))}`
  const offset = from + Math.max(0, Math.floor((cols - (from + stateWidth) - (textWidth(shown) + 1)) / 2))
  place(row, offset, shown + (nano.text.modified && !view ? ' *' : ''))
  if (view) place(row, cols - stateWidth, 'View')
  else place(row, cols + 2 - stateWidth, states(nano))
  return REVERSE + row.join('') + PLAIN
}

const states = ({ options, file }: Nano): string =>
  `${options.autoindent ? 'I' : ' '}${file.mark ? 'M' : ' '}${options.breakLongLines ? 'L' : ' '} ${options.softWrap ? 'S' : ' '}`

const cells = (cols: number): string[] => new Array<string>(cols).fill(' ')

/** Put text in a row of cells; a wide character takes the cell behind it too. */
function place(row: string[], at: number, text: string): void {
  let column = at
  for (const char of text) {
    const width = textWidth(char)
    if (column + width > row.length) return
    if (width === 0) row[Math.max(0, column - 1)] += char
    else {
      row[column] = char
      if (width === 2) row[column + 1] = ''
      column += width
    }
  }
}

// ---- The text

/** Linux: get_page_start(). How far a line is shifted so that a column is seen. */
export function pageStart(column: number, width: number): number {
  if (column === 0 || column + 2 < width) return 0
  if (width > 8) return column - 6 - ((column - 6) % (width - 8))
  return column - (width - 2)
}

const editColumns = (nano: Nano): number => Math.max(1, nano.screen.cols - nano.margin)

/** Rows that a line takes: more than one only with soft wrapping. */
function lineHeight(nano: Nano, line: number): number {
  if (!nano.options.softWrap) return 1
  const text = nano.text.line(line)
  return Math.floor(columnOf(text, text.length, nano.display) / editColumns(nano)) + 1
}

/** Linux: adjust_viewport(). By a line at the edges, else to the middle. */
function scrollToCursor(nano: Nano): void {
  const { file, editRows } = nano
  const { line } = file.cursor
  file.top = Math.max(0, Math.min(file.top, nano.lastLine))
  if (line < file.top) file.top = file.top - line === 1 ? line : Math.max(0, line - Math.floor(editRows / 2))
  let height = 0
  for (let i = file.top; i <= line && height <= editRows; i++) height += lineHeight(nano, i)
  if (height <= editRows) return
  const near = line - file.top <= editRows
  let top = line
  let rows = lineHeight(nano, line)
  const room = near ? editRows : editRows - Math.floor(editRows / 2)
  while (top > 0 && rows + lineHeight(nano, top - 1) <= room) rows += lineHeight(nano, --top)
  file.top = top
}

function cursorCell(nano: Nano): { row: number; col: number } {
  const width = editColumns(nano)
  const column = nano.column()
  let row = 1
  for (let line = nano.file.top; line < nano.cursor.line; line++) row += lineHeight(nano, line)
  if (nano.options.softWrap)
    return { row: row + Math.floor(column / width), col: nano.margin + (column % width) }
  return { row, col: nano.margin + column - pageStart(column, width) }
}

function textRows(nano: Nano): string[] {
  const rows: string[] = []
  for (let line = nano.file.top; rows.length < nano.editRows; line++) {
    if (line > nano.lastLine) rows.push('')
    else rows.push(...lineRows(nano, line))
  }
  return rows.slice(0, nano.editRows)
}

function lineRows(nano: Nano, line: number): string[] {
  const width = editColumns(nano)
  const number = nano.margin ? `${REVERSE}${String(line + 1).padStart(nano.margin - 1)}${PLAIN} ` : ''
  if (nano.options.softWrap) {
    const count = lineHeight(nano, line)
    return Array.from(
      { length: count },
      (_, i) =>
        (i && nano.margin ? ' '.repeat(nano.margin) : number) + part(nano, line, i * width, width, false),
    )
  }
  const start = line === nano.cursor.line ? pageStart(nano.column(), width) : 0
  return [number + part(nano, line, start, width, true)]
}

/** A stretch of columns of a line; what goes on beyond is shown as < and >. */
function part(nano: Nano, line: number, start: number, width: number, arrows: boolean): string {
  const text = nano.text.line(line)
  const marked = markedIn(nano, line)
  let row = ''
  let column = 0
  let used = 0
  let style = ''
  const setStyle = (next: string) => {
    if (next !== style) row += next ? PLAIN + next : PLAIN
    style = next
  }
  const total = columnOf(text, text.length, nano.display)
  const overflows = arrows && total > start + width
  const limit = width - (overflows ? 1 : 0)
  for (let at = 0; at < text.length && used < limit; ) {
    const next = nextAt(text, at)
    const [piece, size] = shownGlyph(text.slice(at, next), column, nano)
    const from = column - start
    column += size
    if (from + size > 0) {
      setStyle(marked && at >= marked[0] && at < marked[1] ? (nano.spotlight ? SPOTLIGHT : REVERSE) : '')
      const hidden = from < 0 ? -from : arrows && start > 0 && from === 0 ? 0 : 0
      const visible = piece.length === size ? piece.slice(hidden) : hidden ? ' '.repeat(size - hidden) : piece
      const cellsLeft = limit - used
      const shown = size - hidden > cellsLeft ? ' '.repeat(cellsLeft) : visible
      row += shown
      used += Math.min(size - hidden, cellsLeft)
    }
    at = next
  }
  setStyle('')
  if (overflows) row += `${' '.repeat(Math.max(0, limit - used))}${REVERSE}>${PLAIN}`
  return arrows && start > 0 ? `${REVERSE}<${PLAIN}${withoutFirstCell(row)}` : row
}

/** The row without what its first column shows, for the < there. */
function withoutFirstCell(row: string): string {
  const match = /^((?:\x1b\[[0-9;]*m)*)([^\x1b])(.*)$/su.exec(row)
  if (!match) return row
  return `${match[1]}${textWidth(match[2]!) === 2 ? ' ' : ''}${match[3]}`
}

/** As in vi, but bytes that are no text are one sign. */
function shownGlyph(char: string, column: number, nano: Nano): readonly [string, number] {
  const code = char.codePointAt(0)!
  if (code >= 0xdc80 && code <= 0xdcff) return ['\ufffd', 1]
  if (code >= 0x80 && code < 0xa0) return [`^${String.fromCharCode(code - 0x40)}`, 2]
  return glyph(char, column, nano.display)
}

function markedIn(nano: Nano, line: number): readonly [number, number] | undefined {
  const region = nano.spotlight ?? nano.region()
  if (!region || line < region.from.line || line > region.to.line || compare(region.from, region.to) === 0)
    return undefined
  const from = line === region.from.line ? region.from.at : 0
  return [from, line === region.to.line ? region.to.at : Infinity]
}

// ---- The bottom

function statusLine(nano: Nano, prompt: Prompt | undefined): string {
  const { cols } = nano.screen
  if (prompt) {
    const row = cells(cols)
    place(row, 0, prompt.text)
    return REVERSE + row.join('') + PLAIN
  }
  if (!nano.message) return ''
  const room = cols - 4
  const text = `[ ${textWidth(nano.message) > room ? nano.message.slice(0, Math.max(0, room)) : nano.message} ]`
  const left = Math.max(0, Math.floor((cols - textWidth(text)) / 2))
  return `${' '.repeat(left)}${nano.tone === 'alert' ? ALERT : REVERSE}${text}${PLAIN}`
}

/** Linux: bottombars(), post_one_key(). */
export function keyLines(keys: readonly Hint[], cols: number, fixed?: number): [string, string] {
  const number = Math.min(keys.length, Math.floor((cols + 40) / 20) * 2)
  const width = fixed ?? Math.floor(cols / Math.ceil(number / 2))
  const lines: [string, string] = ['', '']
  const used = [0, 0]
  for (const [i, [key, what]] of keys.slice(0, number).entries()) {
    const row = i % 2
    const at = Math.floor(i / 2) * width
    const double = number % 2 === 1 && i + 2 === number ? width : 0
    const slack = i + 2 >= number ? cols % width : 0
    if (!key) continue
    lines[row] += ' '.repeat(Math.max(0, at - used[row]!))
    const label = what.slice(0, Math.max(0, width + double + slack - textWidth(key) - 1))
    lines[row] += `${REVERSE}${key}${PLAIN} ${label}`
    used[row] = at + textWidth(key) + 1 + textWidth(label)
  }
  return lines
}
