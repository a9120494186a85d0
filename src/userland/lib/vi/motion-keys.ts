/**
 * The keys that are motions, and what they mean with a count and before an operator. Linux: vim's normal.c; motion.txt.
 */
import type { Blocking } from '../../../abi/index.ts'
import { compare, type Place } from '../editor-buffer.ts'
import { charAt, lastAt, nextAt, previousAt } from '../editor-columns.ts'
import { readCommandLine } from './command-line.ts'
import {
  findChar,
  matchingBracket,
  paragraph,
  sentence,
  wordBack,
  wordEnd,
  wordEndBack,
  wordForward,
} from './motions.ts'
import { textObject } from './objects.ts'
import { windowLine } from './scroll.ts'
import { searchAgain, searchFor, wordPattern } from './search.ts'
import { type Vi, ViError } from './state.ts'

/** Where a motion leads and what lies between for an operator. */
export interface Motion {
  readonly to: Place
  readonly kind: 'linewise' | 'inclusive' | 'exclusive'
  /** Where the region begins, if not at the cursor: text objects. */
  readonly from?: Place
  readonly want?: number
  readonly jump?: true
  /** Deleting by it goes to the numbered registers. */
  readonly big?: true
  /** Keep the column for vertical motions. */
  readonly vertical?: true
}

/** The motion a key means, reading what else belongs to it; undefined if it is none. Throws if it cannot be made. */
export function* readMotion(
  vi: Vi,
  key: string,
  count: number | undefined,
  operator: string,
): Blocking<Motion | undefined> {
  const simple = MOTIONS[key]
  if (simple) return found(simple(vi, count ?? 1, count, operator))
  const { cursor } = vi
  switch (key) {
    case 'f':
    case 'F':
    case 't':
    case 'T': {
      const char = yield* vi.pressed()
      if (char === '\x1b') throw new ViError()
      vi.lastFind = { char, forward: key === 'f' || key === 't', till: key.toLowerCase() === 't' }
      return inLine(vi, vi.lastFind, count ?? 1)
    }
    case '/':
    case '?': {
      const typed = yield* readCommandLine(vi, key)
      if (typed === undefined) throw new ViError()
      const { place, linewise, inclusive } = searchFor(vi, typed, key === '/', count ?? 1)
      return {
        to: place,
        kind: linewise ? 'linewise' : inclusive ? 'inclusive' : 'exclusive',
        jump: true,
        big: true,
      }
    }
    case "'":
    case '`': {
      const name = yield* vi.pressed()
      const mark = markNamed(vi, name)
      if (key === "'") return { to: vi.firstNonBlank(mark.line), kind: 'linewise', jump: true }
      return { to: mark, kind: 'exclusive', jump: true, big: true }
    }
    case 'i':
    case 'a': {
      if (!operator) return undefined
      const object = textObject(vi.text.lines, cursor, key === 'a', yield* vi.pressed(), count ?? 1)
      if (!object) throw new ViError()
      return { from: object.from, to: object.to, kind: object.linewise ? 'linewise' : 'exclusive' }
    }
  }
  return undefined
}

function found(motion: Motion | undefined): Motion {
  if (!motion) throw new ViError()
  return motion
}

type MotionFunction = (
  vi: Vi,
  count: number,
  given: number | undefined,
  operator: string,
) => Motion | undefined

const exclusive = (to: Place | undefined): Motion | undefined => to && { to, kind: 'exclusive' }
const inclusive = (to: Place | undefined): Motion | undefined => to && { to, kind: 'inclusive' }

/** Do a step `count` times; the last place that was reached counts if at least one step succeeded. */
function times(
  vi: Vi,
  count: number,
  step: (from: Place, last: boolean) => Place | undefined,
): Place | undefined {
  let place = vi.cursor
  for (let i = 0; i < count; i++) {
    const next = step(place, i === count - 1)
    if (!next) return i ? place : undefined
    place = next
  }
  return place
}

function down(vi: Vi, count: number): Motion | undefined {
  const line = vi.cursor.line + count
  // "If there are too few lines, vi's j and k do nothing." (the - flag of cpoptions)
  if (line < 0 || line > vi.lastLine) {
    const edge = line < 0 ? 0 : vi.lastLine
    if (vi.has('-') || edge === vi.cursor.line) return undefined
    return { to: { line: edge, at: 0 }, kind: 'linewise', vertical: true }
  }
  return { to: { line, at: 0 }, kind: 'linewise', vertical: true }
}

const lineStart = (vi: Vi, line: number): Motion | undefined =>
  line < 0 || line > vi.lastLine ? undefined : { to: vi.firstNonBlank(line), kind: 'linewise' }

function wordMotion(vi: Vi, count: number, big: boolean, operator: string): Motion | undefined {
  const { lines } = vi.text
  const blank = /^[ \t]/.test(charAt(vi.line, vi.cursor.at) ?? ' ')
  // "Special case: cw on a word does as ce." - change.txt
  if (operator === 'c' && !blank)
    return inclusive(times(vi, count, (from, last) => wordEnd(lines, from, big, last && from === vi.cursor)))
  const to = times(vi, count, (from, last) => wordForward(lines, from, big, operator !== '' && last))
  if (operator === 'c' && blank && count === 1 && vi.has('w'))
    return exclusive({ ...vi.cursor, at: vi.cursor.at + 1 })
  if (to && (to.line !== vi.cursor.line || to.at !== vi.cursor.at)) {
    if (operator !== 'c' || to.line === vi.cursor.line) return exclusive(to)
    return exclusive({ line: vi.cursor.line, at: vi.line.length })
  }
  const line = vi.lastLine
  const end = operator ? vi.text.line(line).length : lastAt(vi.text.line(line))
  return vi.cursor.line === line && vi.cursor.at >= end && !operator
    ? undefined
    : exclusive({ line, at: end })
}

function left(vi: Vi, count: number, wrap: boolean): Motion | undefined {
  let { line, at } = vi.cursor
  for (let i = 0; i < count; i++) {
    if (at > 0) at = previousAt(vi.text.line(line), at)
    else if (wrap && line > 0) at = lastAt(vi.text.line(--line))
    else if (i === 0) return undefined
  }
  return { to: { line, at }, kind: 'exclusive' }
}

function right(vi: Vi, count: number, wrap: boolean, operator: string): Motion | undefined {
  let { line, at } = vi.cursor
  for (let i = 0; i < count; i++) {
    const text = vi.text.line(line)
    const next = nextAt(text, at)
    const limit = operator || vi.mode !== 'normal' ? text.length : lastAt(text)
    if (next <= limit && at < text.length) at = next
    else if (wrap && line < vi.lastLine && !operator) {
      line++
      at = 0
    } else if (i === 0) return undefined
  }
  return { to: { line, at }, kind: 'exclusive' }
}

function inLine(vi: Vi, find: { char: string; forward: boolean; till: boolean }, count: number): Motion {
  const at = findChar(vi.line, vi.cursor.at, find, count)
  if (at === undefined) throw new ViError()
  return { to: { line: vi.cursor.line, at }, kind: find.forward ? 'inclusive' : 'exclusive' }
}

function againInLine(vi: Vi, count: number, reverse: boolean): Motion | undefined {
  const find = vi.lastFind
  return find && inLine(vi, { ...find, forward: find.forward !== reverse }, count)
}

/** The place of a mark. Throws ViError if it is not set. */
export function markNamed(vi: Vi, name: string): Place {
  const marks = vi.current.marks
  const mark =
    name === '<'
      ? vi.lastVisual?.start
      : name === '>'
        ? vi.lastVisual?.end
        : marks.get(name === '`' ? "'" : name)
  if (!mark && /^['`]$/.test(name)) return { line: 0, at: 0 }
  if (!/^[a-zA-Z'`<>.[\]^]$/.test(name)) throw new ViError('E78: Unknown mark')
  if (!mark) throw new ViError('E20: Mark not set')
  if (mark.line > vi.lastLine) throw new ViError('E19: Mark has invalid line number')
  return mark
}

function searched(vi: Vi, reverse: boolean, count: number): Motion {
  const { place, linewise, inclusive: last } = searchAgain(vi, reverse, count)
  return { to: place, kind: linewise ? 'linewise' : last ? 'inclusive' : 'exclusive', jump: true, big: true }
}

function searchWord(vi: Vi, forward: boolean, whole: boolean, count: number): Motion {
  const pattern = wordPattern(vi, whole)
  vi.search = { pattern, forward, offset: '' }
  vi.history['/'].push(pattern)
  return searched(vi, false, count)
}

const column = (vi: Vi, count: number): Motion => {
  const before = vi.cursor
  vi.want = count - 1
  vi.toLine(before.line)
  const to = vi.cursor
  vi.cursor = before
  return { to, kind: 'exclusive', want: count - 1 }
}

const toLineNumber = (vi: Vi, line: number): Motion => {
  const to = Math.max(0, Math.min(line, vi.lastLine))
  return { to: vi.firstNonBlank(to), kind: 'linewise', jump: true }
}

const MOTIONS: Readonly<Record<string, MotionFunction>> = {
  h: (vi, count) => left(vi, count, false),
  '\b': (vi, count) => left(vi, count, vi.has('b', 'whichwrap')),
  '\x7f': (vi, count) => left(vi, count, vi.has('b', 'whichwrap')),
  l: (vi, count, _, operator) => right(vi, count, false, operator),
  ' ': (vi, count, _, operator) => right(vi, count, vi.has('s', 'whichwrap'), operator),
  j: (vi, count) => down(vi, count),
  '\n': (vi, count) => down(vi, count),
  '\x0e': (vi, count) => down(vi, count),
  k: (vi, count) => down(vi, -count),
  '\x10': (vi, count) => down(vi, -count),
  '+': (vi, count) => lineStart(vi, vi.cursor.line + count),
  '\r': (vi, count) => lineStart(vi, vi.cursor.line + count),
  '-': (vi, count) => lineStart(vi, vi.cursor.line - count),
  _: (vi, count) => lineStart(vi, vi.cursor.line + count - 1),
  '0': vi => exclusive({ line: vi.cursor.line, at: 0 }),
  '^': vi => exclusive(vi.firstNonBlank(vi.cursor.line)),
  '|': column,
  $: (vi, count, _, operator) => {
    const line = vi.cursor.line + count - 1
    if (line > vi.lastLine) return undefined
    const text = vi.text.line(line)
    if (!text && operator) return { to: { line, at: 0 }, kind: 'exclusive', want: Infinity }
    return { to: { line, at: lastAt(text) }, kind: 'inclusive', want: Infinity }
  },
  w: (vi, count, _, operator) => wordMotion(vi, count, false, operator),
  W: (vi, count, _, operator) => wordMotion(vi, count, true, operator),
  e: (vi, count) => wordEndMotion(vi, count, false),
  E: (vi, count) => wordEndMotion(vi, count, true),
  b: (vi, count) => exclusive(times(vi, count, from => wordBack(vi.text.lines, from, false))),
  B: (vi, count) => exclusive(times(vi, count, from => wordBack(vi.text.lines, from, true))),
  ge: (vi, count) => inclusive(times(vi, count, from => wordEndBack(vi.text.lines, from, false))),
  gE: (vi, count) => inclusive(times(vi, count, from => wordEndBack(vi.text.lines, from, true))),
  G: (vi, _, given) => toLineNumber(vi, given === undefined ? vi.lastLine : given - 1),
  gg: (vi, _, given) => toLineNumber(vi, (given ?? 1) - 1),
  go: vi => toLineNumber(vi, 0),
  g_: (vi, count) => {
    const line = vi.cursor.line + count - 1
    if (line > vi.lastLine) return undefined
    return inclusive({ line, at: lastAt(vi.text.line(line).trimEnd()) })
  },
  gj: (vi, count) => down(vi, count),
  gk: (vi, count) => down(vi, -count),
  '}': (vi, count) => big(times(vi, count, from => paragraph(vi.text.lines, from, 1))),
  '{': (vi, count) => big(times(vi, count, from => paragraph(vi.text.lines, from, -1))),
  ')': (vi, count) => big(times(vi, count, from => sentence(vi.text.lines, from, 1))),
  '(': (vi, count) => big(times(vi, count, from => sentence(vi.text.lines, from, -1))),
  '%': (vi, count, given) => {
    if (given !== undefined)
      return count > 100 ? undefined : toLineNumber(vi, Math.ceil((count * vi.text.length) / 100) - 1)
    const to = matchingBracket(vi.text.lines, vi.cursor)
    return to && { to, kind: 'inclusive', jump: true, big: true }
  },
  H: (vi, count) => toLineNumber(vi, windowLine(vi, 'top', count)),
  M: vi => toLineNumber(vi, windowLine(vi, 'middle', 1)),
  L: (vi, count) => toLineNumber(vi, windowLine(vi, 'bottom', count)),
  ';': (vi, count) => againInLine(vi, count, false),
  ',': (vi, count) => againInLine(vi, count, true),
  n: (vi, count) => searched(vi, false, count),
  N: (vi, count) => searched(vi, true, count),
  '*': (vi, count) => searchWord(vi, true, true, count),
  '#': (vi, count) => searchWord(vi, false, true, count),
  'g*': (vi, count) => searchWord(vi, true, false, count),
  'g#': (vi, count) => searchWord(vi, false, false, count),
}

const big = (to: Place | undefined): Motion | undefined =>
  to && { to, kind: 'exclusive', jump: true, big: true }

function wordEndMotion(vi: Vi, count: number, bigWord: boolean): Motion | undefined {
  const to = times(vi, count, from => wordEnd(vi.text.lines, from, bigWord, false))
  if (to) return inclusive(to)
  const end = { line: vi.lastLine, at: lastAt(vi.text.line(vi.lastLine)) }
  return compare(vi.cursor, end) < 0 ? inclusive(end) : undefined
}
