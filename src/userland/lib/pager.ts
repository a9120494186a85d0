/** Lines as rows of a screen: what more and less share. Linux: more(1), less(1). */
import { wcwidth } from './wcwidth.ts'

/** A line as rows of the screen; colours pass, other control characters are shown as ^X. */
export function screenRows(line: string, width: number, chop: boolean): string[] {
  const rows: string[] = []
  let row = ''
  let used = 0
  for (const match of line.matchAll(/\x1b\[[0-9;]*[mK]|\x1b|./gsu)) {
    let piece = match[0]
    let cells = 0
    if (piece === '\t') {
      cells = 8 - (used % 8)
      piece = ' '.repeat(cells)
    } else if (piece.length === 1 && piece < ' ') {
      piece = `^${String.fromCharCode(piece.charCodeAt(0) + 64)}`
      cells = 2
    } else if (piece[0] !== '\x1b') cells = Math.max(0, wcwidth(piece.codePointAt(0)!))
    else if (piece === '\x1b') {
      piece = 'ESC'
      cells = 3
    }
    if (used + cells > width) {
      rows.push(row)
      if (chop) return rows
      row = ''
      used = 0
    }
    row += piece
    used += cells
  }
  rows.push(row)
  return rows
}

/** Text in reverse video. */
export const reversed = (text: string): string => `\x1b[7m${text}\x1b[27m`
