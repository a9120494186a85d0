/** Two files in two columns. diffutils: side.c. */
import { textWidth } from '../wcwidth.ts'
import { expandTabs } from './file.ts'
import type { Report } from './report.ts'

export interface Columns {
  readonly width: number
  readonly leftOnly: boolean
  readonly suppressCommon: boolean
}

const GUTTER = 3

/** Needs: what counts for nothing is shown as common. */
export function sideBySide(it: Report, columns: Columns): void {
  const { a, b, tabSize } = it
  const unit = it.expandTabs ? 1 : tabSize
  // Two columns of equal width; the second begins at a tab stop.
  const middle = Math.floor((columns.width + unit + GUTTER) / 2)
  const offset = middle - (middle % unit)
  const half = Math.max(0, Math.min(offset - GUTTER, columns.width - offset))
  const second = half ? offset : columns.width
  const gutter = Math.floor((half + second - 1) / 2)

  function row(left: string | undefined, sign: string, right: string | undefined): void {
    let text = left === undefined ? '' : cut(left, half, it)
    let at = left === undefined ? 0 : textWidth(expandTabs(text, tabSize))
    const mark = sign === ' ' && columns.leftOnly ? '(' : sign
    if (mark !== ' ') {
      text += blanks(at, gutter, it) + mark
      at = gutter + 1
    }
    if (right !== undefined && mark !== '(') {
      const shown = cut(right, half, it)
      if (shown) text += blanks(at, second, it) + shown
    }
    const kind = mark === '<' ? 'de' : mark === '>' ? 'ad' : undefined
    it.out.print(kind ? it.paint(kind, `${text}\n`) : `${text}\n`)
  }

  let [i, j] = [0, 0]
  const end = { aFrom: a.lines.length, aTo: a.lines.length, bFrom: b.lines.length, bTo: b.lines.length }
  for (const hunk of [...it.hunks, end]) {
    for (; i < hunk.aFrom; i++, j++) if (!columns.suppressCommon) row(a.lines[i], ' ', b.lines[j])
    const counts = it.counts(hunk)
    while (i < hunk.aTo || j < hunk.bTo) {
      const left = i < hunk.aTo ? a.lines[i++] : undefined
      const right = j < hunk.bTo ? b.lines[j++] : undefined
      if (!counts && columns.suppressCommon) continue
      row(left, left === undefined ? '>' : right === undefined ? '<' : sign(i - 1, j - 1, counts), right)
    }
  }

  /** Changed, or changed by a missing newline only: the bar leans to the file that has one. */
  function sign(left: number, right: number, counts: boolean): string {
    if (!counts) return ' '
    if (a.lines[left] !== b.lines[right]) return '|'
    return a.newline ? '/' : '\\'
  }
}

/** Tabs and blanks from one column to another. */
function blanks(from: number, to: number, { expandTabs: plain, tabSize }: Report): string {
  if (plain) return ' '.repeat(Math.max(0, to - from))
  let [text, at] = ['', from]
  while (at < to) {
    const next = at - (at % tabSize) + tabSize
    text += next <= to ? '\t' : ' '
    at = next <= to ? next : at + 1
  }
  return text
}

/** As much of a line as fits; its tabs stay unless they are to be blanks. */
function cut(text: string, width: number, { expandTabs: plain, tabSize }: Report): string {
  let [result, used] = ['', 0]
  for (const char of text) {
    const step = char === '\t' ? tabSize - (used % tabSize) : textWidth(char)
    if (used + step > width) break
    result += char === '\t' && plain ? ' '.repeat(step) : char
    used += step
  }
  return result
}
