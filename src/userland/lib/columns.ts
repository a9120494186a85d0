/** Laying out names in columns, as ls -C and -x do. Linux: coreutils ls.c:calculate_columns(), print_many_per_line(). */

const MIN_COLUMN = 3

/** Text with the cells it takes. */
export interface Cell {
  readonly text: string
  readonly width: number
}

export interface Layout {
  /** Cells of a line; 0 for no limit. */
  readonly width: number
  /** Names run across (-x) instead of down. */
  readonly across: boolean
  /** Tab stops used instead of spaces; 0 for none. */
  readonly tabSize: number
}

/** The cells as lines, in as many columns as fit. */
export function columns(cells: readonly Cell[], { width, across, tabSize }: Layout): string {
  if (!cells.length) return ''
  const widths = fit(cells, width, across)
  const count = widths.length
  const rows = Math.ceil(cells.length / count)
  let text = ''
  for (let row = 0; row < rows; row++) {
    let at = 0
    let start = 0
    for (let column = 0; column < count; column++) {
      const index = across ? row * count + column : column * rows + row
      const cell = cells[index]
      if (!cell) break
      text += indent(at, start, tabSize) + cell.text
      at = start + cell.width
      start += widths[column]!
    }
    text += '\n'
  }
  return text
}

/** The widths of the columns of the layout with the most of them that fits. */
function fit(cells: readonly Cell[], width: number, across: boolean): readonly number[] {
  const most = width ? Math.max(1, Math.min(cells.length, Math.ceil(width / MIN_COLUMN))) : cells.length
  for (let count = most; count > 1; count--) {
    const widths = widthsOf(cells, count, across)
    let total = 0
    for (const it of widths) total += it
    if (widths.length === count && (!width || total < width)) return widths
  }
  return widthsOf(cells, 1, across)
}

function widthsOf(cells: readonly Cell[], count: number, across: boolean): number[] {
  const rows = Math.ceil(cells.length / count)
  const widths: number[] = new Array(count).fill(MIN_COLUMN)
  for (let i = 0; i < cells.length; i++) {
    const column = across ? i % count : Math.floor(i / rows)
    const needed = cells[i]!.width + (column === count - 1 ? 0 : 2)
    if (needed > widths[column]!) widths[column] = needed
  }
  return widths
}

/** From one column of the line to another, with tabs where they save something. ls.c:indent(). */
function indent(from: number, to: number, tabSize: number): string {
  let text = ''
  while (from < to) {
    if (tabSize && Math.floor(to / tabSize) > Math.floor((from + 1) / tabSize)) {
      text += '\t'
      from += tabSize - (from % tabSize)
    } else {
      text += ' '
      from++
    }
  }
  return text
}
