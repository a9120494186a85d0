/**
 * Characters of a line and the screen columns they take: tabs, wide and combining characters, control characters,
 * bytes that are no UTF-8. Linux: vim's charset.c and mbyte.c.
 */
import { wcwidth } from './wcwidth.ts'

/** How a line is shown. */
export interface Display {
  readonly tabstop: number
  /** Tabs as ^I. */
  readonly list: boolean
}

/** The index after the character at `at`, with what combines with it. */
export function nextAt(line: string, at: number): number {
  if (at >= line.length) return line.length
  let next = at + (line.codePointAt(at)! > 0xffff ? 2 : 1)
  while (next < line.length && line.charCodeAt(next) >= 0x300 && wcwidth(line.codePointAt(next)!) === 0)
    next += line.codePointAt(next)! > 0xffff ? 2 : 1
  return next
}

/** The index of the character before `at`. */
export function previousAt(line: string, at: number): number {
  let from = at
  do {
    from--
    if (from > 0 && isLow(line.charCodeAt(from)) && isHigh(line.charCodeAt(from - 1))) from--
  } while (from > 0 && line.charCodeAt(from) >= 0x300 && wcwidth(line.codePointAt(from)!) === 0)
  return Math.max(0, from)
}

const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff

/** The index of the last character; 0 in an empty line. */
export const lastAt = (line: string): number => (line ? previousAt(line, line.length) : 0)

/** The index of the character that `at` lies in. */
export const startAt = (line: string, at: number): number =>
  at <= 0 ? 0 : at >= line.length ? line.length : previousAt(line, nextAt(line, at - 1) > at ? at : at + 1)

/** A character as the screen shows it, and its width. */
export function glyph(char: string, column: number, { tabstop, list }: Display): readonly [string, number] {
  const code = char.codePointAt(0)!
  if (code >= 0x20 && code < 0x7f) return [char, 1]
  if (code === 9 && !list) {
    const width = tabstop - (column % tabstop)
    return [' '.repeat(width), width]
  }
  if (code < 0x20) return [`^${String.fromCharCode(code + 64)}`, 2]
  if (code === 0x7f) return ['^?', 2]
  if (code < 0xa0) return [`<${code.toString(16)}>`, 4]
  if (code >= 0xdc80 && code <= 0xdcff) return [`<${(code - 0xdc00).toString(16)}>`, 4]
  const width = wcwidth(code)
  if (width < 0) return [`<${code.toString(16)}>`, code.toString(16).length + 2]
  // A combining character that stands alone takes a cell.
  return width === 0 ? [` ${char}`, 1] : [char, width]
}

/** The column where the character at `at` begins. */
export function columnOf(line: string, at: number, display: Display): number {
  let column = 0
  for (let i = 0; i < at && i < line.length; ) {
    const next = nextAt(line, i)
    column += glyph(line.slice(i, next), column, display)[1]
    i = next
  }
  return column
}

/** The index of the character that covers a column; the line's length if it is shorter. */
export function atColumn(line: string, wanted: number, display: Display): number {
  let column = 0
  for (let i = 0; i < line.length; ) {
    const next = nextAt(line, i)
    column += glyph(line.slice(i, next), column, display)[1]
    if (column > wanted) return i
    i = next
  }
  return line.length
}

/** The leading blanks of a line. */
export const indentOf = (line: string): string => /^[\t ]*/.exec(line)![0]

/** Blanks that reach a column. */
export const blanksTo = (column: number, tabstop: number, expand: boolean): string =>
  expand ? ' '.repeat(column) : '\t'.repeat(Math.floor(column / tabstop)) + ' '.repeat(column % tabstop)

/** What `w` takes together: 0 blanks, 1 punctuation, 2 word characters, others by script. */
export function wordClass(char: string | undefined, big: boolean): number {
  if (char === undefined || char === ' ' || char === '\t' || char === '\u3000') return 0
  if (big) return 1
  const code = char.codePointAt(0)!
  if (code < 0x80) return /\w/.test(char) ? 2 : 1
  if (code < 0x100) return code >= 0xc0 || code === 0xb5 ? 2 : 1
  if (code >= 0x2000 && code <= 0x2bff) return 1
  if (code >= 0x3000 && code <= 0x303f) return 1
  if (code >= 0xdc80 && code <= 0xdcff) return 1
  if (code >= 0x3040 && code <= 0x309f) return 3
  if (code >= 0x30a0 && code <= 0x30ff) return 4
  if (code >= 0xac00 && code <= 0xd7af) return 5
  if (code >= 0x4e00 && code <= 0x9fff) return 6
  if (code >= 0x1f000) return 7
  return 2
}

/** The character at an index, a whole one. */
export function charAt(line: string, at: number): string | undefined {
  const code = line.codePointAt(at)
  return code === undefined ? undefined : String.fromCodePoint(code)
}
