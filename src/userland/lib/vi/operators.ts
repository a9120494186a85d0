/**
 * What d, c, y, <, >, ~ and the others do to a region, and putting text back. Linux: vim's ops.c and register.c.
 *
 * Left out: formatting with gq, indenting with = by language, rot13.
 */
import type { Blocking } from '../../../abi/index.ts'
import type { Place } from '../editor-buffer.ts'
import { atColumn, blanksTo, columnOf, indentOf, lastAt, nextAt } from '../editor-columns.ts'
import { filterLines } from './shell.ts'
import { type Register, type Shape, type Vi, ViError } from './state.ts'

/** What an operator works on: characters up to but without `to`, whole lines, or a block of columns. */
export interface Target {
  readonly from: Place
  readonly to: Place
  readonly shape: Shape
  /** Of a block: up to the ends of the lines. */
  readonly toEnd?: boolean
}

/** The part of each line that a block covers. */
export function blockParts(
  vi: Vi,
  { from, to, toEnd }: Target,
): { line: number; from: number; to: number }[] {
  const columns = [from, to].map(it => columnOf(vi.text.line(it.line), it.at, vi.display))
  const left = Math.min(...columns)
  const right = Math.max(...columns)
  const parts = []
  for (let line = Math.min(from.line, to.line); line <= Math.max(from.line, to.line); line++) {
    const text = vi.text.line(line)
    const start = atColumn(text, left, vi.display)
    const end = toEnd ? text.length : nextAt(text, atColumn(text, right, vi.display))
    parts.push({ line, from: start, to: Math.max(start, end) })
  }
  return parts
}

/** The text of a target as a register keeps it. */
export function textOf(vi: Vi, target: Target): Register {
  const { from, to, shape } = target
  if (shape === 'lines') return { text: vi.text.lines.slice(from.line, to.line + 1).join('\n'), shape }
  if (shape === 'chars') return { text: vi.text.slice(from, to), shape }
  const parts = blockParts(vi, target)
  return { text: parts.map(it => vi.text.line(it.line).slice(it.from, it.to)).join('\n'), shape }
}

export function yank(vi: Vi, target: Target, register: string): void {
  const value = textOf(vi, target)
  if (register !== '_') {
    vi.store(register || '0', value)
    if (register === '"') vi.registers.set('0', value)
  }
  const count = target.to.line - target.from.line + 1
  if (target.shape === 'lines' || count > 1)
    vi.report(
      count,
      plural => `${target.shape === 'block' ? 'block of ' : ''}${count} line${plural ? 's' : ''} yanked`,
    )
}

/** Where deleted text goes: the named register, else the numbered ones or the one for small pieces. */
function keepDeleted(vi: Vi, value: Register, register: string, big: boolean): void {
  if (register === '_') return
  if (register && register !== '"') {
    vi.store(register, value)
    if (!big) return
  }
  if (big || value.shape === 'lines' || value.text.includes('\n')) {
    for (let i = 9; i > 1; i--) {
      const older = vi.registers.get(String(i - 1))
      if (older) vi.registers.set(String(i), older)
    }
    vi.registers.set('1', value)
  } else vi.registers.set('-', value)
  vi.registers.set('"', value)
}

/** d: delete; the cursor is where the text was. `big` motions go to register 1 however short they are. */
export function remove(vi: Vi, target: Target, register: string, big = false): void {
  const { from, to, shape } = target
  const before = vi.text.length
  keepDeleted(vi, textOf(vi, target), register, big)
  if (shape === 'lines') {
    vi.text.splice(from.line, to.line - from.line + 1, [])
    vi.moveTo(vi.firstNonBlank(Math.min(from.line, vi.lastLine)))
  } else if (shape === 'chars') {
    vi.text.remove(from, to)
    vi.moveTo(from)
  } else {
    for (const part of blockParts(vi, target)) cut(vi, part)
    const parts = blockParts(vi, target)
    vi.moveTo({ line: parts[0]!.line, at: parts[0]!.from })
  }
  vi.reportLines(before)
  if (vi.text.empty) vi.say('--No lines in buffer--')
}

function cut(vi: Vi, { line, from, to }: { line: number; from: number; to: number }): void {
  const text = vi.text.line(line)
  vi.text.setLine(line, text.slice(0, from) + text.slice(to))
}

/** Change every character of a target by `change`. */
export function mapText(vi: Vi, target: Target, change: (text: string) => string): void {
  const { from, to, shape } = target
  const whole =
    shape === 'lines' ? { from: { line: from.line, at: 0 }, to: { line: to.line, at: Infinity } } : target
  const parts =
    shape === 'block'
      ? blockParts(vi, target)
      : Array.from({ length: to.line - from.line + 1 }, (_, i) => {
          const line = from.line + i
          const length = vi.text.line(line).length
          const start = i ? 0 : whole.from.at
          return { line, from: start, to: Math.min(length, line === to.line ? whole.to.at : length) }
        })
  for (const part of parts) {
    const text = vi.text.line(part.line)
    const changed = change(text.slice(part.from, part.to))
    vi.text.setLine(part.line, text.slice(0, part.from) + changed + text.slice(part.to))
  }
}

export const toggled = (text: string): string =>
  [...text].map(char => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('')

/** < and >: indent lines by 'shiftwidth'. */
export function shift(vi: Vi, first: number, last: number, amount: number): void {
  const { tabstop, expandtab, shiftround } = vi.options
  const width = vi.options.shiftwidth || tabstop
  for (let line = first; line <= last; line++) {
    const text = vi.text.line(line)
    if (!text) continue
    const indent = indentOf(text)
    const column = columnOf(indent, indent.length, { tabstop, list: false })
    const to = shiftround
      ? (amount > 0 ? Math.floor(column / width) + amount : Math.ceil(column / width) + amount) * width
      : column + amount * width
    vi.text.setLine(line, blanksTo(Math.max(0, to), tabstop, expandtab) + text.slice(indent.length))
  }
  const count = last - first + 1
  const times = `${Math.abs(amount)} time${Math.abs(amount) === 1 ? '' : 's'}`
  vi.report(count, plural => `${count} line${plural ? 's' : ''} ${amount > 0 ? '>' : '<'}ed ${times}`)
}

/** J: make one line of several, with a space between unless `raw`. */
export function join(vi: Vi, first: number, last: number, raw: boolean): void {
  if (last > vi.lastLine) throw new ViError()
  let text = vi.text.line(first)
  let at = text.length
  for (let line = first + 1; line <= last; line++) {
    const next = vi.text.line(line)
    if (raw) {
      at = text.length
      text += next
      continue
    }
    const rest = next.replace(/^[ \t]+/, '')
    const space = rest === '' || rest[0] === ')' || /[ \t]$/.test(text) || text === '' ? '' : ' '
    const second = space && vi.has('j') && /\.$/.test(text) ? ' ' : ''
    at = text.length
    text += space + second + rest
  }
  vi.text.splice(first, last - first + 1, [text])
  vi.moveTo({ line: first, at: Math.min(at, lastAt(text)) })
}

/** p and P: put a register's text behind or before the cursor; `after` leaves the cursor behind it, as gp does. */
export function put(vi: Vi, value: Register, count: number, before: boolean, after = false): void {
  const lines = vi.text.length
  if (value.shape === 'lines') putLines(vi, value.text, count, before, after)
  else if (value.shape === 'block') putBlock(vi, value.text.split('\n'), count, before)
  else putChars(vi, value.text, count, before, after)
  vi.reportLines(lines)
}

function putLines(vi: Vi, text: string, count: number, before: boolean, after: boolean): void {
  const added = Array.from({ length: count }, () => text.split('\n')).flat()
  const line = vi.cursor.line + (before ? 0 : 1)
  vi.text.splice(line, 0, added)
  vi.moveTo(after ? { line: line + added.length, at: 0 } : vi.firstNonBlank(line))
}

function putChars(vi: Vi, text: string, count: number, before: boolean, after: boolean): void {
  const { line } = vi.cursor
  const at = before || !vi.line ? vi.cursor.at : nextAt(vi.line, vi.cursor.at)
  const end = vi.text.insert({ line, at }, text.repeat(count))
  if (text.includes('\n')) vi.moveTo(after ? end : { line, at })
  else if (after) vi.moveTo(end)
  else vi.moveTo({ line: end.line, at: Math.max(at, end.at - 1) })
}

function putBlock(vi: Vi, rows: readonly string[], count: number, before: boolean): void {
  const { line } = vi.cursor
  const at = before || !vi.line ? vi.cursor.at : nextAt(vi.line, vi.cursor.at)
  const column = columnOf(vi.line, at, vi.display)
  const width = Math.max(...rows.map(it => it.length))
  for (const [i, row] of rows.entries()) {
    if (line + i > vi.lastLine) vi.text.splice(line + i, 0, [''])
    const text = vi.text.line(line + i)
    const place = atColumn(text, column, vi.display)
    const gap = Math.max(0, column - columnOf(text, text.length, vi.display))
    const rest = text.slice(place)
    const piece = row.padEnd(width).repeat(count)
    vi.text.setLine(
      line + i,
      text.slice(0, place) + ' '.repeat(gap) + (rest ? piece : piece.trimEnd()) + rest,
    )
  }
  vi.moveTo({ line, at })
}

/** `!`: have a shell command change lines. */
export function* filter(vi: Vi, first: number, last: number, command: string): Blocking<void> {
  const before = vi.text.length
  const output = yield* filterLines(vi, command, vi.text.lines.slice(first, last + 1))
  vi.text.splice(first, last - first + 1, output)
  vi.moveTo(vi.firstNonBlank(first))
  const count = last - first + 1
  if (count > vi.options.report) vi.say(`${count} lines filtered`)
  else vi.reportLines(before)
}
