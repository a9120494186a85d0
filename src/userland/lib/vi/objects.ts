/**
 * Text objects: what `iw`, `a"`, `i(`, `ap` stand for after an operator. Linux: vim's textobject.c; motion.txt.
 *
 * Left out: growing a selection by repeating an object.
 */
import type { Place } from '../editor-buffer.ts'
import { nextAt } from '../editor-columns.ts'
import { closing, enclosing, type Lines, runEnd, runStart, sentence } from './motions.ts'

/** A region: its end is not part of it. */
export interface Region {
  readonly from: Place
  readonly to: Place
  readonly linewise: boolean
}

const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  ')': ['(', ')'],
  b: ['(', ')'],
  '{': ['{', '}'],
  '}': ['{', '}'],
  B: ['{', '}'],
  '[': ['[', ']'],
  ']': ['[', ']'],
  '<': ['<', '>'],
  '>': ['<', '>'],
}

/** The region of an object around a place; undefined if there is none. */
export function textObject(
  lines: Lines,
  at: Place,
  around: boolean,
  key: string,
  count: number,
): Region | undefined {
  if (key === 'w' || key === 'W') return word(lines, at, around, key === 'W', count)
  if (key === 'p') return paragraphObject(lines, at, around, count)
  if (key === 's') return sentenceObject(lines, at, around)
  if (key === 't') return tagObject(lines, at, around)
  if (`"'\``.includes(key)) return quoted(lines, at, around, key)
  const pair = BRACKETS[key]
  return pair && bracketed(lines, at, around, pair, count)
}

function word(lines: Lines, from: Place, around: boolean, big: boolean, count: number): Region {
  const text = lines[from.line]!
  const isBlank = (at: number) => at >= text.length || /[ \t]/.test(text[at]!)
  const start = runStart(lines, from, big)
  const behind = (at: number) => nextAt(text, runEnd(lines, { line: from.line, at }, big).at)
  let first = start.at
  let end = first
  for (let i = 0; i < count && end < text.length; i++) {
    const blankFirst = isBlank(end)
    end = behind(end)
    if (around && end < text.length && (blankFirst || isBlank(end))) end = behind(end)
  }
  const trailing =
    around && !isBlank(first) && (end >= text.length ? !/[ \t]$/.test(text) : !isBlank(end - 1))
  if (trailing && first > 0) {
    const blanks = /[ \t]+$/.exec(text.slice(0, first))
    if (blanks && blanks.index > 0) first = blanks.index
  }
  return { from: { line: from.line, at: first }, to: { line: from.line, at: end }, linewise: false }
}

function paragraphObject(lines: Lines, from: Place, around: boolean, count: number): Region | undefined {
  const blank = (line: number) => /^[ \t]*$/.test(lines[line]!)
  let first = from.line
  while (first > 0 && blank(first - 1) === blank(from.line)) first--
  let end = from.line
  const skip = () => {
    const kind = blank(end)
    while (end < lines.length && blank(end) === kind) end++
  }
  for (let i = 0; i < count; i++) {
    if (end >= lines.length) return undefined
    skip()
    if (!around) continue
    if (end < lines.length) skip()
    else if (!blank(from.line)) while (first > 0 && blank(first - 1)) first--
    else return undefined
  }
  const last = end - 1
  return { from: { line: first, at: 0 }, to: { line: last, at: lines[last]!.length }, linewise: true }
}

function sentenceObject(lines: Lines, from: Place, around: boolean): Region | undefined {
  const start = sentence(lines, { line: from.line, at: from.at + 1 }, -1)
  const next = sentence(lines, from, 1)
  if (!start || !next) return undefined
  if (around || next.line !== start.line) return { from: start, to: next, linewise: false }
  const text = lines[start.line]!.slice(start.at, next.at).trimEnd()
  return { from: start, to: { line: start.line, at: start.at + text.length }, linewise: false }
}

function quoted(lines: Lines, from: Place, around: boolean, quote: string): Region | undefined {
  const text = lines[from.line]!
  const quotes: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote) quotes.push(i)
  }
  for (let i = 0; i + 1 < quotes.length; i++) {
    const open = quotes[i]!
    const close = quotes[i + 1]!
    const inside = from.at <= close && (from.at >= open || i % 2 === 0)
    if (!inside || (from.at === open && i % 2 === 1)) continue
    if (i % 2 === 1 && quotes.includes(from.at)) continue
    return quotedRegion(text, from.line, open, close, around)
  }
  return undefined
}

function quotedRegion(text: string, line: number, open: number, close: number, around: boolean): Region {
  if (!around) return { from: { line, at: open + 1 }, to: { line, at: close }, linewise: false }
  const blanks = /^[ \t]*/.exec(text.slice(close + 1))![0].length
  const before = blanks ? 0 : /[ \t]*$/.exec(text.slice(0, open))![0].length
  return { from: { line, at: open - before }, to: { line, at: close + 1 + blanks }, linewise: false }
}

function bracketed(
  lines: Lines,
  from: Place,
  around: boolean,
  [own, other]: readonly [string, string],
  count: number,
): Region | undefined {
  // "When the cursor is not inside a () block, then find the next (." - motion.txt
  const next = lines[from.line]!.indexOf(own, from.at)
  const open =
    enclosing(lines, from, own, other, count) ?? (next < 0 ? undefined : { line: from.line, at: next })
  const close = open && closing(lines, open, own, other)
  if (!open || !close) return undefined
  if (around) return { from: open, to: { line: close.line, at: close.at + 1 }, linewise: false }
  // "When the brackets stand in lines of their own, the lines between them are meant." - motion.txt, in short
  const opensLine = open.at === lines[open.line]!.length - 1
  const closesLine = /^[ \t]*$/.test(lines[close.line]!.slice(0, close.at))
  if (opensLine && closesLine && close.line - open.line > 1) {
    const last = close.line - 1
    return {
      from: { line: open.line + 1, at: 0 },
      to: { line: last, at: lines[last]!.length },
      linewise: true,
    }
  }
  return { from: { line: open.line, at: open.at + 1 }, to: close, linewise: false }
}

/** it, at: between <x> and </x>, on one line or many. */
function tagObject(lines: Lines, from: Place, around: boolean): Region | undefined {
  const text = lines.join('\n')
  const offsets = [0]
  for (const line of lines) offsets.push(offsets.at(-1)! + line.length + 1)
  const here = offsets[from.line]! + from.at
  const open: { name: string; from: number; to: number }[] = []
  let best: readonly [number, number] | undefined
  for (const match of text.matchAll(/<(\/?)([A-Za-z][\w:-]*)[^<>]*?(\/?)>/g)) {
    if (match[3]) continue
    if (!match[1]) open.push({ name: match[2]!, from: match.index, to: match.index + match[0].length })
    else {
      const index = open.findLastIndex(it => it.name === match[2])
      if (index < 0) continue
      const tag = open.splice(index)[0]!
      const end = match.index + match[0].length
      if (tag.from <= here && here < end && !best) best = around ? [tag.from, end] : [tag.to, match.index]
    }
  }
  const place = (offset: number): Place => {
    const line = offsets.findLastIndex(it => it <= offset)
    return { line, at: offset - offsets[line]! }
  }
  return best && { from: place(best[0]), to: place(best[1]), linewise: false }
}
