/**
 * Moving by characters, words, lines, paragraphs, sentences, brackets. Linux: vim's textobject.c, search.c, motion.txt.
 * All are functions of the lines and a place; a motion that cannot be made gives undefined.
 *
 * Left out: sections, [( and ]), tags, comments and #if for %.
 */
import type { Place } from '../editor-buffer.ts'
import { charAt, lastAt, nextAt, previousAt, wordClass } from '../editor-columns.ts'

export type Lines = readonly string[]

const kindAt = (lines: Lines, place: Place, big: boolean): number =>
  wordClass(charAt(lines[place.line]!, place.at), big)

/** The next character, on the next line if need be; line breaks count only in empty lines. */
function after(lines: Lines, { line, at }: Place): Place | undefined {
  const next = nextAt(lines[line]!, at)
  if (next < lines[line]!.length) return { line, at: next }
  return line + 1 < lines.length ? { line: line + 1, at: 0 } : undefined
}

function before(lines: Lines, { line, at }: Place): Place | undefined {
  if (at > 0) return { line, at: previousAt(lines[line]!, at) }
  return line > 0 ? { line: line - 1, at: lastAt(lines[line - 1]!) } : undefined
}

const isEmpty = (lines: Lines, place: Place): boolean => lines[place.line] === ''

/** w, W: the beginning of the next word. `inLine` stops at the end of the line, as operators want it. */
export function wordForward(lines: Lines, from: Place, big: boolean, inLine: boolean): Place | undefined {
  let { line, at } = from
  const text = lines[line]!
  const kind = kindAt(lines, from, big)
  if (kind) while (at < text.length && kindAt(lines, { line, at }, big) === kind) at = nextAt(text, at)
  if (at >= text.length && inLine && text) return { line, at }
  for (;;) {
    const here = lines[line]!
    while (at < here.length && kindAt(lines, { line, at }, big) === 0) at = nextAt(here, at)
    if (at < here.length) return { line, at }
    if (line + 1 >= lines.length) return undefined
    line++
    at = 0
    if (lines[line] === '') return { line, at }
  }
}

/** e, E: the end of the word. `stay` counts the end we are at, as cw does. */
export function wordEnd(lines: Lines, from: Place, big: boolean, stay: boolean): Place | undefined {
  const kind = kindAt(lines, from, big)
  let place = after(lines, from)
  const continues = place && place.line === from.line && kind !== 0 && kindAt(lines, place, big) === kind
  if (!continues) {
    if (stay && kind !== 0) return from
    while (place && kindAt(lines, place, big) === 0) place = after(lines, place)
    if (!place) return undefined
  }
  return runEnd(lines, place!, big)
}

/** The last character of the run of equal characters at a place. */
export function runEnd(lines: Lines, { line, at }: Place, big: boolean): Place {
  const text = lines[line]!
  const kind = kindAt(lines, { line, at }, big)
  for (let next = nextAt(text, at); next < text.length; next = nextAt(text, at)) {
    if (kindAt(lines, { line, at: next }, big) !== kind) break
    at = next
  }
  return { line, at }
}

export function runStart(lines: Lines, { line, at }: Place, big: boolean): Place {
  const text = lines[line]!
  const kind = kindAt(lines, { line, at }, big)
  while (at > 0 && kindAt(lines, { line, at: previousAt(text, at) }, big) === kind) at = previousAt(text, at)
  return { line, at }
}

/** b, B: the beginning of the word, or of the one before. */
export function wordBack(lines: Lines, from: Place, big: boolean): Place | undefined {
  let place = before(lines, from)
  if (!place) return undefined
  while (kindAt(lines, place, big) === 0) {
    if (isEmpty(lines, place)) return place
    const previous = before(lines, place)
    if (!previous) return place
    place = previous
  }
  return runStart(lines, place, big)
}

/** ge, gE: the end of the word before. */
export function wordEndBack(lines: Lines, from: Place, big: boolean): Place | undefined {
  const start = kindAt(lines, from, big) ? runStart(lines, from, big) : from
  let place = before(lines, start)
  while (place && kindAt(lines, place, big) === 0 && !isEmpty(lines, place)) place = before(lines, place)
  return place ?? (from.line || from.at ? { line: 0, at: 0 } : undefined)
}

/** } and {: the empty line after or before the paragraph; the end of the text after the last. */
export function paragraph(lines: Lines, from: Place, step: 1 | -1): Place | undefined {
  let line = from.line
  if (step > 0 && line >= lines.length - 1 && from.at >= lastAt(lines[line]!)) return undefined
  if (step < 0 && line === 0 && from.at === 0) return undefined
  while (lines[line] === '' && line + step >= 0 && line + step < lines.length) line += step
  while (lines[line] !== '' && line + step >= 0 && line + step < lines.length) line += step
  if (lines[line] === '') return { line, at: 0 }
  return step > 0 ? { line, at: lines[line]!.length } : { line: 0, at: 0 }
}

/** Where sentences begin in a line. */
function sentenceStarts(lines: Lines, line: number): number[] {
  const text = lines[line]!
  const starts: number[] = []
  const previous = lines[line - 1]
  const fresh = line === 0 || previous === '' || text === '' || /[.!?][)\]"']*\s*$/.test(previous ?? '')
  if (fresh && (text !== '' || previous !== '')) starts.push(/^\s*/.exec(text)![0].length)
  for (const match of text.matchAll(/[.!?][)\]"']*\s+(?=\S)/g)) starts.push(match.index + match[0].length)
  return starts
}

/** ) and (: the beginning of the next or of this sentence. */
export function sentence(lines: Lines, from: Place, step: 1 | -1): Place | undefined {
  for (let line = from.line; line >= 0 && line < lines.length; line += step) {
    const starts = sentenceStarts(lines, line)
    const found =
      step > 0
        ? starts.find(at => line > from.line || at > from.at)
        : starts.findLast(at => line < from.line || at < from.at)
    if (found !== undefined) return { line, at: found }
  }
  if (step < 0) return from.line || from.at ? { line: 0, at: 0 } : undefined
  const line = lines.length - 1
  return from.line === line && from.at >= lastAt(lines[line]!) ? undefined : { line, at: lines[line]!.length }
}

const PAIRS = '()[]{}'

/** %: the bracket that belongs to the one here or next in the line. */
export function matchingBracket(lines: Lines, from: Place): Place | undefined {
  const text = lines[from.line]!
  let at = from.at
  while (at < text.length && !PAIRS.includes(text[at]!)) at++
  if (at >= text.length) return undefined
  const index = PAIRS.indexOf(text[at]!)
  const open = index % 2 === 0
  const other = PAIRS[open ? index + 1 : index - 1]!
  return findBracket(lines, { line: from.line, at }, text[at]!, other, open ? 1 : -1)
}

/** From a bracket to its partner, counting those inside. */
function findBracket(lines: Lines, from: Place, own: string, other: string, step: 1 | -1): Place | undefined {
  let depth = 0
  for (let line = from.line; line >= 0 && line < lines.length; line += step) {
    const text = lines[line]!
    let at = line === from.line ? from.at : step > 0 ? 0 : text.length - 1
    for (; at >= 0 && at < text.length; at += step) {
      if (text[at] === own) depth++
      else if (text[at] === other && --depth === 0) return { line, at }
    }
  }
  return undefined
}

/** The opening bracket around a place, which may be the bracket itself; the count-th one outwards. */
export function enclosing(
  lines: Lines,
  from: Place,
  open: string,
  close: string,
  count: number,
): Place | undefined {
  let left = count
  if (lines[from.line]![from.at] === open && --left === 0) return from
  let depth = 0
  for (let line = from.line; line >= 0; line--) {
    const text = lines[line]!
    for (let at = line === from.line ? from.at - 1 : text.length - 1; at >= 0; at--) {
      if (text[at] === close) depth++
      else if (text[at] === open && depth) depth--
      else if (text[at] === open && --left === 0) return { line, at }
    }
  }
  return undefined
}

/** The bracket that closes the one at a place. */
export const closing = (lines: Lines, open: Place, own: string, other: string): Place | undefined =>
  findBracket(lines, open, own, other, 1)

/** f, F, t, T: the count-th occurrence of a character in the line. */
export function findChar(
  text: string,
  at: number,
  { char, forward, till }: { char: string; forward: boolean; till: boolean },
  count: number,
): number | undefined {
  let place = at
  for (let i = 0; i < count; i++) {
    place = forward
      ? text.indexOf(char, nextAt(text, place))
      : place > 0
        ? text.lastIndexOf(char, place - 1)
        : -1
    if (place < 0) return undefined
  }
  if (!till) return place
  return forward ? previousAt(text, place) : nextAt(text, place)
}
