/** Searching in vi: / ? n N * #, and the patterns of ex commands. Linux: vim's search.c. */
import type { Place } from '../editor-buffer.ts'
import { charAt, lastAt, wordClass } from '../editor-columns.ts'
import { compilePattern, type Pattern, PatternError } from './pattern.ts'
import { runEnd, runStart } from './motions.ts'
import { type Vi, ViError } from './state.ts'

/** A pattern as the options want it. Throws ViError. */
export function patternOf(vi: Vi, text: string): Pattern {
  try {
    return compilePattern(text, vi.options, vi.lastSubstitute?.replacement)
  } catch (e) {
    if (e instanceof PatternError) throw new ViError(e.message)
    throw e
  }
}

/** The pattern to use when none is given. */
export function lastPattern(vi: Vi): string {
  if (!vi.search) throw new ViError('E35: No previous regular expression')
  return vi.search.pattern
}

/** A match: where it begins and ends. */
export interface Match {
  readonly from: Place
  readonly to: Place
  readonly groups: readonly (string | undefined)[]
}

/** The first match in a line at or behind an index. */
export function matchIn(vi: Vi, pattern: Pattern, line: number, at: number): Match | undefined {
  const { regex, multiline } = pattern
  const lines = vi.text.lines
  const text = multiline ? lines.slice(line, line + 100).join('\n') : lines[line]!
  regex.lastIndex = at
  const found = regex.exec(text)
  if (!found || found.index > lines[line]!.length) return undefined
  return { from: { line, at: found.index }, to: endOf(found, line), groups: found }
}

function endOf(found: RegExpExecArray, line: number): Place {
  const parts = found[0].split('\n')
  const last = parts.at(-1)!.length
  return { line: line + parts.length - 1, at: parts.length > 1 ? last : found.index + last }
}

/** The next match after or before a place, around the ends of the text if 'wrapscan' allows. */
function findOnce(vi: Vi, pattern: Pattern, from: Place, forward: boolean): Match | undefined {
  const count = vi.text.length
  for (let i = 0; i <= count; i++) {
    const line = forward ? (from.line + i) % count : (from.line - i + count * 2) % count
    const wrapped = forward ? from.line + i >= count : from.line - i < 0
    if (wrapped && !vi.options.wrapscan) throw new ViError(edge(vi, forward))
    const found = forward
      ? firstMatch(vi, pattern, line, i ? -1 : from.at)
      : lastMatch(vi, pattern, line, i ? Infinity : from.at)
    if (!found) continue
    if (wrapped && !vi.has('s', 'shortmess'))
      vi.say(forward ? 'search hit BOTTOM, continuing at TOP' : 'search hit TOP, continuing at BOTTOM', true)
    return found
  }
  return undefined
}

const edge = (vi: Vi, forward: boolean): string =>
  forward
    ? `E385: Search hit BOTTOM without match for: ${vi.search?.pattern ?? ''}`
    : `E384: Search hit TOP without match for: ${vi.search?.pattern ?? ''}`

function firstMatch(vi: Vi, pattern: Pattern, line: number, after: number): Match | undefined {
  const last = lastAt(vi.text.line(line))
  for (let at = 0; ; ) {
    const found = matchIn(vi, pattern, line, at)
    if (!found) return undefined
    const start = Math.min(found.from.at, last)
    if (start > after) return { ...found, from: { line, at: start } }
    if (found.from.at >= vi.text.line(line).length) return undefined
    at = Math.max(found.from.at + 1, at + 1)
  }
}

function lastMatch(vi: Vi, pattern: Pattern, line: number, before: number): Match | undefined {
  let best: Match | undefined
  for (let at = 0; ; ) {
    const found = matchIn(vi, pattern, line, at)
    if (!found || found.from.at >= before) return best
    best = found
    if (found.from.at >= vi.text.line(line).length) return best
    at = found.from.at + 1
  }
}

/** The count-th match from a place on. Throws ViError if there is none. */
export function findMatch(vi: Vi, text: string, from: Place, forward: boolean, count = 1): Match {
  const pattern = patternOf(vi, text)
  let match: Match | undefined
  for (let i = 0; i < count; i++) {
    match = findOnce(vi, pattern, match?.from ?? from, forward)
    if (!match) throw new ViError(`E486: Pattern not found: ${text}`)
  }
  return match!
}

export interface Found {
  readonly place: Place
  readonly linewise: boolean
  readonly inclusive: boolean
}

/** Search again: n, N and what / and ? do once the pattern is known. */
export function searchAgain(vi: Vi, reverse: boolean, count: number): Found {
  const search = vi.search
  if (!search) throw new ViError('E35: No previous regular expression')
  vi.highlightOff = false
  const forward = search.forward !== reverse
  const [, kind = '', amount = ''] = /^([esb]?)([-+]?\d*)/.exec(search.offset) ?? []
  const number = amount === '' ? 0 : /\d/.test(amount) ? Number(amount) : Number(`${amount}1`)
  const linewise = amount !== '' && kind === ''
  // Behind the line or the end that an offset led to, the same match would be found again.
  const start = linewise && forward ? { line: vi.cursor.line, at: vi.line.length } : vi.cursor
  const match = findMatch(vi, search.pattern, start, forward, count)
  if (linewise) {
    const line = Math.max(0, Math.min(match.from.line + number, vi.lastLine))
    return { place: vi.firstNonBlank(line), linewise: true, inclusive: false }
  }
  const base = kind === 'e' ? Math.max(match.to.at - 1, 0) : match.from.at
  const line = kind === 'e' ? match.to.line : match.from.line
  return { place: { line, at: Math.max(0, base + number) }, linewise: false, inclusive: kind === 'e' }
}

/** Split what was typed after / or ?: the pattern and the offset behind an unescaped delimiter. */
export function splitSearch(text: string, delimiter: string): { pattern: string; offset: string } {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === delimiter) return { pattern: text.slice(0, i), offset: text.slice(i + 1) }
  }
  return { pattern: text, offset: '' }
}

/** / and ?: search for what was typed; nothing typed means the last pattern. */
export function searchFor(vi: Vi, typed: string, forward: boolean, count: number): Found {
  const { pattern, offset } = splitSearch(typed, forward ? '/' : '?')
  const text = pattern || lastPattern(vi)
  const keep = !pattern && !typed ? (vi.search?.offset ?? '') : offset
  vi.search = { pattern: text, forward, offset: keep }
  return searchAgain(vi, false, count)
}

/** *, #: the word under the cursor, or the next one in the line, as a pattern. */
export function wordPattern(vi: Vi, whole: boolean): string {
  const text = vi.line
  let at = vi.cursor.at
  const isWord = (i: number) => wordClass(charAt(text, i), false) >= 2
  if (!isWord(at)) {
    const next = [...text.slice(at)].findIndex(char => wordClass(char, false) >= 2)
    if (next >= 0) at += [...text.slice(at)].slice(0, next).join('').length
    else while (at < text.length && wordClass(charAt(text, at), false) === 0) at++
  }
  if (at >= text.length) throw new ViError('E348: No string under cursor')
  const place = { line: vi.cursor.line, at }
  const from = runStart(vi.text.lines, place, false)
  const end = runEnd(vi.text.lines, place, false)
  vi.moveTo(from)
  const word = text.slice(from.at, end.at + charAt(text, end.at)!.length).replace(/[\\/.*[\]^$~]/g, '\\$&')
  return whole && isWord(from.at) ? `\\<${word}\\>` : word
}
