/** The picture vi shows: lines with tabs and wide characters laid out, marked text, messages, the ruler. Linux: vim's drawline.c. */
import type { Blocking } from '../../../abi/index.ts'
import { columnOf, glyph, nextAt } from '../editor-columns.ts'
import { columnText } from './files.ts'
import { followCursor, gutter, textRows } from './scroll.ts'
import { patternOf } from './search.ts'
import { type Vi, ViError } from './state.ts'
import { blockParts } from './operators.ts'
import { visualTarget } from './visual.ts'
import { textWidth } from '../wcwidth.ts'

const REVERSE = '\x1b[7m'
const YELLOW = '\x1b[43m'
const RED = '\x1b[41m\x1b[37m'
const PLAIN = '\x1b[m'

/** Show everything as it is now. */
export function* drawVi(vi: Vi): Blocking<void> {
  const { screen } = vi
  if (!screen) return
  followCursor(vi)
  forgetMessage(vi)
  const layout = layOut(vi)
  const rows = layout.rows
  rows.push(lastRow(vi))
  const { commandLine } = vi
  if (commandLine) {
    const excess = Math.max(0, commandLine.column - screen.cols + 1)
    yield* screen.draw({ rows, row: screen.rows - 1, col: commandLine.column - excess })
  } else yield* screen.draw({ rows, row: layout.row, col: layout.col })
}

const drawn = new WeakMap<Vi, { top: number; length: number }>()

/** A message that was seen goes when the text scrolls. */
function forgetMessage(vi: Vi): void {
  const before = drawn.get(vi)
  const now = { top: vi.top, length: vi.text.length }
  if (before && !vi.messageIsNew && (before.top !== now.top || before.length !== now.length)) vi.message = ''
  vi.messageIsNew = false
  drawn.set(vi, now)
}

/** The rows of text, and where the cursor is on them. */
function layOut(vi: Vi): { rows: string[]; row: number; col: number } {
  const height = textRows(vi)
  const rows: string[] = []
  let row = 0
  let col = 0
  for (let line = vi.top; line <= vi.lastLine && rows.length < height; line++) {
    const shown = lineRows(vi, line)
    const partly = rows.length + shown.rows.length > height && rows.length > 0
    if (line === vi.cursor.line) {
      row = Math.min(height - 1, rows.length + shown.row)
      col = shown.col
    }
    if (partly) while (rows.length < height) rows.push('@')
    else rows.push(...shown.rows.slice(0, height))
  }
  while (rows.length < height) rows.push('~')
  return { rows, row, col }
}

/** Parts of a line shown in another way: from, to, how. */
type Marked = readonly [from: number, to: number, style: string]

function markedIn(vi: Vi, line: number): Marked[] {
  const marked: Marked[] = []
  const text = vi.text.line(line)
  if (vi.options.hlsearch && vi.search && !vi.highlightOff) marked.push(...matches(vi, text))
  if (!vi.mode.startsWith('visual')) return marked
  const target = visualTarget(vi)
  if (line < Math.min(target.from.line, target.to.line) || line > Math.max(target.from.line, target.to.line))
    return marked
  if (target.shape === 'lines') marked.push([0, Math.max(1, text.length), REVERSE])
  else if (target.shape === 'block') {
    const part = blockParts(vi, target).find(it => it.line === line)
    if (part) marked.push([part.from, part.to, REVERSE])
  } else {
    const from = line === target.from.line ? target.from.at : 0
    const to = line === target.to.line ? target.to.at : Math.max(text.length, 1)
    marked.push([from, to, REVERSE])
  }
  return marked
}

function matches(vi: Vi, text: string): Marked[] {
  try {
    const { regex, multiline } = patternOf(vi, vi.search!.pattern)
    if (multiline) return []
    return [...text.matchAll(regex)].map(
      it => [it.index, it.index + Math.max(1, it[0].length), YELLOW] as const,
    )
  } catch (e) {
    if (e instanceof ViError) return []
    throw e
  }
}

/** A line as rows of the screen, and where the cursor would be on them. */
function lineRows(vi: Vi, line: number): { rows: string[]; row: number; col: number } {
  const text = vi.text.line(line)
  const width = Math.max(1, vi.screen!.cols - gutter(vi))
  const marked = markedIn(vi, line)
  const place = { row: 0, col: 0 }
  const rows: string[] = []
  let row = ''
  let used = 0
  let column = 0
  let style = ''
  const setStyle = (next: string) => {
    if (next !== style) row += next ? PLAIN + next : PLAIN
    style = next
  }
  const breakRow = () => {
    const inside = style
    setStyle('')
    rows.push(row)
    row = ''
    used = 0
    setStyle(inside)
  }
  const put = (piece: string, cells: number) => {
    if (!vi.options.wrap) {
      const from = column - vi.leftColumn
      if (from >= 0 && from + cells <= width) row += piece
      else if (from < 0 && from + cells > 0) row += ' '.repeat(from + cells)
      return
    }
    // Tabs and the like may break anywhere, a wide character may not.
    const units = cells > 2 || (cells === 2 && piece.length === 2 && piece < '\x7f') ? [...piece] : [piece]
    for (const unit of units) {
      const size = units.length > 1 ? 1 : cells
      if (used + size > width) breakRow()
      row += unit
      used += size
    }
  }
  for (let at = 0; at < text.length; ) {
    const next = nextAt(text, at)
    const [piece, cells] = glyph(text.slice(at, next), column, vi.display)
    if (line === vi.cursor.line && at === vi.cursor.at) {
      const onTab = text[at] === '\t' && vi.mode === 'normal' && !vi.options.list && !vi.commandLine
      const fits = used + (cells > 2 ? 1 : cells) <= width
      place.row = rows.length + (vi.options.wrap && !fits ? 1 : 0)
      place.col =
        (vi.options.wrap ? (fits ? used : 0) : column - vi.leftColumn) +
        (onTab && vi.mode === 'normal' ? cells - 1 : 0)
    }
    setStyle(marked.find(([from, to]) => at >= from && at < to)?.[2] ?? '')
    put(piece, cells)
    column += cells
    at = next
  }
  if (line === vi.cursor.line && vi.cursor.at >= text.length) {
    place.row = rows.length + (vi.options.wrap && used >= width && text ? 1 : 0)
    place.col = vi.options.wrap
      ? used >= width && text
        ? 0
        : used
      : columnOf(text, text.length, vi.display) - vi.leftColumn
  }
  const end = marked.find(([from, to]) => text.length >= from && text.length < to)?.[2] ?? ''
  setStyle(vi.options.list ? style : end)
  if (vi.options.list) put('$', 1)
  else if (end) put(' ', 1)
  setStyle('')
  rows.push(row)
  if (place.row >= rows.length) rows.push('')
  return { rows: numbered(vi, line, rows), row: place.row, col: place.col + gutter(vi) }
}

function numbered(vi: Vi, line: number, rows: readonly string[]): string[] {
  const size = gutter(vi)
  if (!size) return [...rows]
  const distance = Math.abs(line - vi.cursor.line)
  const number = vi.options.relativenumber && (distance || !vi.options.number) ? distance : line + 1
  const here = vi.options.relativenumber && vi.options.number && !distance
  const label = here ? String(number).padEnd(size - 1) : String(number).padStart(size - 1)
  return rows.map((row, i) => (i ? ' '.repeat(size) : `${label} `) + row)
}

const MODES: Readonly<Record<string, string>> = {
  insert: '-- INSERT --',
  replace: '-- REPLACE --',
  visual: '-- VISUAL --',
  'visual line': '-- VISUAL LINE --',
  'visual block': '-- VISUAL BLOCK --',
}

/** The message or the command line, with the ruler at the right. */
function lastRow(vi: Vi): string {
  const { cols } = vi.screen!
  if (vi.commandLine) {
    const excess = Math.max(0, vi.commandLine.column - cols + 1)
    return vi.commandLine.text.slice(excess, excess + cols)
  }
  const mode = vi.options.showmode && !vi.message ? (MODES[vi.mode] ?? '') : ''
  const recording = vi.inMacro && vi.options.showmode && !vi.message ? `recording @${vi.macroRegister}` : ''
  const text = fit((vi.message || mode + recording).replace(/[\x00-\x1f]/g, '?'), cols - 1)
  const styled = vi.message && vi.messageIsError && /^E\d/.test(vi.message) ? `${RED}${text}${PLAIN}` : text
  if (!vi.options.ruler || cols < 40) return styled
  const at = cols - 18
  const ruler = `${rulerText(vi)}`
  if (textWidth(text) >= at) return styled
  return `${styled}${' '.repeat(at - textWidth(text))}${ruler}`
}

function rulerText(vi: Vi): string {
  const { empty } = vi.text
  const place = `${empty ? 0 : vi.cursor.line + 1},${columnText(vi)}`
  return `${place.padEnd(14)}${relative(vi)}`
}

function relative(vi: Vi): string {
  const rows = textRows(vi)
  const above = vi.top
  const below = vi.text.length - vi.top - rows
  if (below <= 0) return above ? 'Bot' : 'All'
  return above ? `${Math.floor((above * 100) / (above + below))}%` : 'Top'
}

function fit(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let row = ''
  for (const char of text) {
    if (textWidth(row + char) > width) break
    row += char
  }
  return row
}

/** Lines over the text, until a key is pressed. The key is the next command unless it is Enter or a blank. */
export function* showPages(vi: Vi, lines: readonly string[]): Blocking<void> {
  const screen = vi.screen!
  const height = screen.rows - 1
  const all = lines.flatMap(line => wrapped(line, screen.cols))
  const shown = all.slice(0, Math.max(1, height))
  const rows = [...layOut(vi).rows.slice(shown.length), ...shown]
  const prompt = 'Press ENTER or type command to continue'
  yield* screen.draw({ rows: [...rows.slice(-height), prompt], row: height, col: prompt.length })
  const key = yield* screen.key()
  if (key !== '\r' && key !== '\n' && key !== ' ' && key !== '' && key !== 'Resize') vi.pending.unshift(key)
}

function wrapped(line: string, cols: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const char of line) {
    const [piece] = glyph(char, textWidth(row), { tabstop: 8, list: false })
    if (textWidth(row) + textWidth(piece) > cols) {
      rows.push(row)
      row = ''
    }
    row += piece
  }
  return [...rows, row]
}
