/** What part of the text the screen shows: ^F ^B ^D ^U ^E ^Y zt zz zb H M L. Linux: vim's move.c; scroll.txt. */
import { columnOf, glyph, nextAt } from '../editor-columns.ts'
import { type Vi, ViError } from './state.ts'

/** Rows for text. */
export const textRows = (vi: Vi): number => Math.max(1, (vi.screen?.rows ?? 24) - 1)

/** Columns that line numbers take. */
export const gutter = (vi: Vi): number => (vi.options.number || vi.options.relativenumber ? 8 : 0)

const textColumns = (vi: Vi): number => Math.max(1, (vi.screen?.cols ?? 80) - gutter(vi))

/** How many rows a line takes. */
export function height(vi: Vi, line: number): number {
  if (!vi.options.wrap) return 1
  const text = vi.text.line(line)
  const cols = textColumns(vi)
  if (text.length * 2 <= cols && !text.includes('\t')) return 1
  const end = vi.options.list ? 1 : 0
  return Math.max(1, Math.ceil((width(vi, text, cols) + end) / cols))
}

/** Columns of a line, counting those that a wide character leaves empty at the edge. */
function width(vi: Vi, text: string, cols: number): number {
  let column = 0
  for (let at = 0; at < text.length; ) {
    const next = nextAt(text, at)
    const cells = glyph(text.slice(at, next), column, vi.display)[1]
    if (cells === 2 && column % cols === cols - 1) column++
    column += cells
    at = next
  }
  return column
}

/** The last line that is wholly on the screen. */
export function bottom(vi: Vi): number {
  let rows = 0
  let line = vi.top
  for (; line <= vi.lastLine; line++) {
    rows += height(vi, line)
    if (rows > textRows(vi)) break
  }
  return Math.max(vi.top, line - 1)
}

/** The first line when `line` is the last on the screen. */
function topFor(vi: Vi, line: number): number {
  let rows = height(vi, line)
  let top = line
  while (top > 0 && rows + height(vi, top - 1) <= textRows(vi)) rows += height(vi, --top)
  return top
}

/** Scroll as little as needed for the cursor to be seen, or put it in the middle when it is far off. */
export function followCursor(vi: Vi): void {
  const { line } = vi.cursor
  const rows = textRows(vi)
  vi.top = Math.max(0, Math.min(vi.top, vi.lastLine))
  followSideways(vi)
  if (line < vi.top) {
    if (vi.top - line < rows - 1) vi.top = line
    else center(vi)
  } else if (line > bottom(vi)) {
    if (line - bottom(vi) < rows) vi.top = topFor(vi, line)
    else center(vi)
  }
}

function center(vi: Vi): void {
  const { line } = vi.cursor
  let rows = height(vi, line)
  let top = line
  const half = Math.floor((textRows(vi) + 1) / 2)
  while (top > 0 && rows + height(vi, top - 1) <= half) rows += height(vi, --top)
  vi.top = Math.min(top, topFor(vi, vi.lastLine))
}

function followSideways(vi: Vi): void {
  if (vi.options.wrap) {
    vi.leftColumn = 0
    return
  }
  const column = columnOf(vi.line, vi.cursor.at, vi.display)
  const cols = textColumns(vi)
  if (column < vi.leftColumn || column >= vi.leftColumn + cols)
    vi.leftColumn = column < cols ? 0 : column - Math.floor(cols / 2)
}

/** Linux: onepage(). Two lines of the old page stay; the cursor goes to the first line, or going back to the last. */
export function page(vi: Vi, count: number): void {
  const overlap = textRows(vi) > 2 ? 2 : 0
  let line = vi.cursor.line
  for (let i = 0; i < Math.abs(count); i++) {
    if (count > 0) {
      if (vi.top >= vi.lastLine) throw new ViError()
      vi.top = Math.min(
        vi.lastLine,
        bottom(vi) >= vi.lastLine ? vi.lastLine : Math.max(vi.top + 1, bottom(vi) + 1 - overlap),
      )
      line = vi.top
    } else {
      if (vi.top === 0) throw new ViError()
      vi.top = topFor(vi, Math.min(vi.lastLine, vi.top + (overlap ? 1 : 0)))
      line = bottom(vi)
    }
  }
  if (vi.options.startofline) vi.moveTo(vi.firstNonBlank(line))
  else vi.toLine(line)
}

export function halfPage(vi: Vi, direction: 1 | -1, count: number | undefined): void {
  if (count !== undefined) vi.options.scroll = count
  const amount = vi.options.scroll || Math.max(1, Math.floor(textRows(vi) / 2))
  if (direction > 0 ? vi.cursor.line >= vi.lastLine : vi.cursor.line === 0) throw new ViError()
  const lowest = topFor(vi, vi.lastLine)
  const top = Math.max(0, Math.min(vi.top + direction * amount, Math.max(lowest, vi.top)))
  const line = Math.max(0, Math.min(vi.cursor.line + direction * amount, vi.lastLine))
  vi.top = top
  if (vi.options.startofline) vi.moveTo(vi.firstNonBlank(line))
  else vi.toLine(line)
}

export function scrollLines(vi: Vi, count: number): void {
  const top = Math.max(0, Math.min(vi.top + count, vi.lastLine))
  if (top === vi.top) throw new ViError()
  vi.top = top
  const line = Math.max(vi.top, Math.min(vi.cursor.line, bottom(vi)))
  if (line !== vi.cursor.line) vi.toLine(line)
}

export function placeLine(vi: Vi, where: 'top' | 'middle' | 'bottom', first: boolean, count?: number): void {
  const line = Math.min(count === undefined ? vi.cursor.line : count - 1, vi.lastLine)
  if (first) vi.moveTo(vi.firstNonBlank(line))
  else vi.toLine(line)
  if (where === 'top') vi.top = line
  else if (where === 'bottom') vi.top = topFor(vi, line)
  else {
    let rows = height(vi, line)
    let top = line
    const half = Math.floor((textRows(vi) + 1) / 2)
    while (top > 0 && rows + height(vi, top - 1) <= half) rows += height(vi, --top)
    vi.top = top
  }
}

/** H, M and L. */
export function windowLine(vi: Vi, where: 'top' | 'middle' | 'bottom', count: number): number {
  const last = bottom(vi)
  if (where === 'top') return Math.min(last, vi.top + count - 1)
  if (where === 'bottom') return Math.max(vi.top, last - count + 1)
  return Math.floor((vi.top + last) / 2)
}
