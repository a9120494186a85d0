/**
 * Normal mode: counts, registers, motions, operators, and the simple commands. Linux: vim's normal.c; index.txt.
 *
 * Left out: commands for windows, tags, folds, spelling; gq, =, g&, K.
 */
import type { Blocking } from '../../abi/index.ts'
import { compare, type Place, type Step } from './editor-buffer.ts'
import { charAt, lastAt, nextAt, previousAt } from './editor-columns.ts'
import { executeLine, readCommandLine } from './vi-command-line.ts'
import { editAlternate, fileInfo, quitVi, writeFile } from './vi-files.ts'
import { insertMode, type InsertStart } from './vi-insert.ts'
import {
  findChar,
  matchingBracket,
  paragraph,
  sentence,
  wordBack,
  wordEnd,
  wordEndBack,
  wordForward,
} from './vi-motions.ts'
import { textObject } from './vi-objects.ts'
import { filter, join, mapText, put, remove, shift, type Target, toggled, yank } from './vi-operators.ts'
import { halfPage, page, placeLine, scrollLines, windowLine } from './vi-scroll.ts'
import { searchAgain, searchFor, wordPattern } from './vi-search.ts'
import { type Mode, type Vi, ViError } from './vi-state.ts'
import { visualMode } from './vi-visual.ts'

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

const ALIAS: Readonly<Record<string, string>> = {
  Up: 'k',
  Down: 'j',
  Left: 'h',
  Right: 'l',
  Home: '0',
  End: '$',
  PageUp: '\x02',
  PageDown: '\x06',
  'S-Up': '\x02',
  'S-Down': '\x06',
  'C-Left': 'B',
  'C-Right': 'W',
  'S-Left': 'b',
  'S-Right': 'w',
  Delete: 'x',
  Insert: 'i',
  F1: '',
}
export const canonical = (key: string): string => ALIAS[key] ?? key

/** Operators by their key. */
const OPERATORS = new Set(['d', 'c', 'y', '<', '>', '!', '=', 'g~', 'gu', 'gU', 'g?'])

/** Read keys that make a count; the count and the key behind it. */
export function* readCount(vi: Vi, first: string): Blocking<{ count: number | undefined; key: string }> {
  let digits = ''
  let key = first
  while (/^[1-9]$/.test(key) || (digits && key === '0')) {
    digits += key
    key = canonical(yield* vi.pressed())
  }
  return { count: digits ? Math.min(Number(digits), 99_999_999) : undefined, key }
}

/** One command in normal mode. */
export function* normalCommand(vi: Vi): Blocking<void> {
  vi.record()
  let key = canonical(yield* vi.key())
  if (key === 'Resize') return
  let register = ''
  let count: number | undefined
  for (;;) {
    const read = yield* readCount(vi, key)
    if (read.count !== undefined) count = (count ?? 1) * read.count
    key = read.key
    if (key !== '"') break
    register = yield* vi.pressed()
    if (!/^[a-zA-Z0-9"_.%#:/-]$/.test(register)) throw new ViError()
    key = canonical(yield* vi.pressed())
  }
  vi.recordFrom(key)
  if (key === 'g' || key === 'z' || key === 'Z') key += yield* vi.pressed()
  yield* execute(vi, key, count, register)
}

function* execute(vi: Vi, key: string, count: number | undefined, register: string): Blocking<void> {
  if (OPERATORS.has(key)) return yield* operatorCommand(vi, key, count, register)
  const motion = yield* readMotion(vi, key, count, '')
  if (motion) return move(vi, motion)
  const command = COMMANDS[key]
  if (!command) throw new ViError()
  yield* command(vi, count, register)
}

/** Go where a motion leads. */
export function move(vi: Vi, motion: Motion): void {
  if (motion.jump) vi.setJump()
  if (motion.vertical) return vi.toLine(motion.to.line)
  vi.moveTo(motion.to, motion.want)
}

// ---- Motions

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

// ---- Operators

function* operatorCommand(
  vi: Vi,
  operator: string,
  before: number | undefined,
  register: string,
): Blocking<void> {
  const read = yield* readCount(vi, canonical(yield* vi.pressed()))
  const count =
    before === undefined && read.count === undefined ? undefined : (before ?? 1) * (read.count ?? 1)
  let { key } = read
  let forced = ''
  while (key === 'v' || key === 'V') {
    forced = key
    key = canonical(yield* vi.pressed())
  }
  if (key === 'g') key += yield* vi.pressed()
  if (key === operator || (operator.length === 2 && (key === operator[1] || key === operator))) {
    const last = vi.cursor.line + (count ?? 1) - 1
    // "If there are too few lines, dd does nothing in vi." (the - flag of cpoptions)
    if (last > vi.lastLine && vi.has('-')) throw new ViError()
    const to = { line: Math.min(last, vi.lastLine), at: 0 }
    return yield* operate(vi, operator, { from: vi.cursor, to, shape: 'lines' }, { count, register })
  }
  const motion = yield* readMotion(vi, key, count, operator)
  if (!motion) throw new ViError()
  const target = targetOf(vi, motion, forced)
  if (!target) throw new ViError()
  yield* operate(vi, operator, target, { count, register, big: motion.big ?? false })
}

/** The region between the cursor and where a motion leads. */
function targetOf(vi: Vi, motion: Motion, forced: string): Target | undefined {
  const other = motion.from ?? vi.cursor
  const [from, end] = compare(other, motion.to) <= 0 ? [other, motion.to] : [motion.to, other]
  const kind =
    forced === 'V'
      ? 'linewise'
      : forced === 'v'
        ? motion.kind === 'exclusive'
          ? 'inclusive'
          : 'exclusive'
        : motion.kind
  if (kind === 'linewise') return { from, to: end, shape: 'lines' }
  if (kind === 'inclusive')
    return { from, to: { line: end.line, at: nextAt(vi.text.line(end.line), end.at) }, shape: 'chars' }
  if (motion.from || end.line === from.line || end.at > 0) return { from, to: end, shape: 'chars' }
  // "If the motion is exclusive and its end is in column 1, the end moves to the end of the line before; and if the
  // start is at or before the first non-blank of its line, the motion becomes linewise." - motion.txt
  const to = { line: end.line - 1, at: vi.text.line(end.line - 1).length }
  const linewise = from.at <= vi.firstNonBlank(from.line).at
  return linewise ? { from, to, shape: 'lines' } : { from, to, shape: 'chars' }
}

export interface Given {
  readonly count?: number | undefined
  readonly register: string
  readonly big?: boolean
  /** How often > and < shift, from visual mode. */
  readonly amount?: number
}

/** Have an operator work on a target. */
export function* operate(vi: Vi, operator: string, target: Target, given: Given): Blocking<void> {
  const { from, to, shape } = target
  const start = vi.cursor
  const first = Math.min(from.line, to.line)
  const last = Math.max(from.line, to.line)
  setChangeMarks(vi, from, to, shape)
  if (operator === 'y') {
    yank(vi, target, given.register)
    return vi.moveTo(
      shape === 'lines' && compare(from, start) >= 0 ? { line: from.line, at: start.at } : from,
    )
  }
  if (operator === 'c') return yield* changeOperator(vi, target, given)
  if (operator === '!') {
    const command = yield* readCommandLine(vi, ':', `${first === last ? '.' : `.,.+${last - first}`}!`)
    if (command === undefined) throw new ViError()
    const bang = command.replace(/^[^!]*!/, '').replace(/^!/, vi.lastBang)
    vi.lastBang = bang
    return yield* vi.change(() => filter(vi, first, last, bang))
  }
  yield* vi.change(function* () {
    if (operator === 'd') remove(vi, target, given.register, given.big)
    else if (operator === '>' || operator === '<') {
      shift(vi, first, last, (given.amount ?? 1) * (operator === '>' ? 1 : -1))
      vi.moveTo(vi.firstNonBlank(first))
    } else {
      if (operator === '=') mapText(vi, { ...target, shape: 'lines' }, text => text)
      else mapText(vi, target, CASE[operator]!)
      vi.moveTo(shape === 'lines' ? { line: first, at: start.line === first ? start.at : 0 } : from)
    }
  })
  vi.keep(given.count, given.register)
}

const CASE: Readonly<Record<string, (text: string) => string>> = {
  'g~': toggled,
  gu: text => text.toLowerCase(),
  gU: text => text.toUpperCase(),
  'g?': text =>
    text.replace(/[a-zA-Z]/g, char => {
      const base = char <= 'Z' ? 65 : 97
      return String.fromCharCode(((char.charCodeAt(0) - base + 13) % 26) + base)
    }),
}

function setChangeMarks(vi: Vi, from: Place, to: Place, shape: string): void {
  vi.current.marks.set('[', shape === 'lines' ? { line: from.line, at: 0 } : from)
  vi.current.marks.set(']', shape === 'lines' ? { line: to.line, at: 0 } : to)
}

function* changeOperator(vi: Vi, target: Target, given: Given): Blocking<void> {
  vi.beginChange()
  const { from, to, shape } = target
  if (shape === 'lines') {
    const indent = vi.options.autoindent ? /^[ \t]*/.exec(vi.text.line(from.line))![0] : ''
    const count = vi.text.length
    remove(vi, target, given.register)
    const emptied = count === to.line - from.line + 1
    if (emptied) vi.text.setLine(0, indent)
    else vi.text.splice(from.line, 0, [indent])
    vi.say('')
    vi.mode = 'insert'
    vi.moveTo({ line: from.line, at: indent.length })
  } else {
    vi.mode = 'insert'
    remove(vi, target, given.register, given.big)
  }
  yield* insertMode(vi, { mode: 'insert', count: 1, changing: true })
  vi.keep(given.count, given.register)
}

// ---- The other commands

type Command = (vi: Vi, count: number | undefined, register: string) => Blocking<void>

/** A command that changes the text and can be repeated. */
function changing(
  act: (vi: Vi, count: number, register: string, given: boolean) => Blocking<void> | void,
): Command {
  return function* (vi, count, register) {
    yield* vi.change(function* () {
      const body = act(vi, count ?? 1, register, count !== undefined)
      if (body) yield* body
    })
    vi.keep(count, register)
  }
}

function inserting(prepare: (vi: Vi) => InsertStart): Command {
  return function* (vi, count, register) {
    vi.beginChange()
    const start = prepare(vi)
    yield* insertMode(vi, { ...start, count: start.count * (count ?? 1) })
    vi.keep(count, register)
  }
}

const insert = (vi: Vi, place: Place): InsertStart => {
  vi.mode = 'insert'
  vi.moveTo(place)
  return { mode: 'insert', count: 1 }
}

function openLine(vi: Vi, line: number): InsertStart {
  const indent = vi.options.autoindent ? /^[ \t]*/.exec(vi.line)![0] : ''
  vi.text.splice(line, 0, [indent])
  return { ...insert(vi, { line, at: indent.length }), opened: indent }
}

/** x, X, D: characters of the line. */
function cutChars(vi: Vi, from: number, to: number, register: string): void {
  if (from >= to) throw new ViError()
  const { line } = vi.cursor
  remove(vi, { from: { line, at: from }, to: { line, at: to }, shape: 'chars' }, register)
}

function ahead(text: string, at: number, count: number): number {
  let to = at
  for (let i = 0; i < count && to < text.length; i++) to = nextAt(text, to)
  return to
}

function behind(text: string, at: number, count: number): number {
  let to = at
  for (let i = 0; i < count && to > 0; i++) to = previousAt(text, to)
  return to
}

function* replaceChar(vi: Vi, count: number): Blocking<void> {
  const { line, at } = vi.cursor
  let char = yield* vi.pressed()
  if (char === '\x16') char = yield* vi.pressed()
  else if (char === '\x1b' || char.length > 2) throw new ViError()
  let end = at
  for (let i = 0; i < count; i++) {
    if (end >= vi.line.length) throw new ViError()
    end = nextAt(vi.line, end)
  }
  if (char === '\r' || char === '\n') {
    vi.text.splice(line, 1, [vi.line.slice(0, at), vi.line.slice(end)])
    return vi.moveTo({ line: line + 1, at: 0 })
  }
  vi.text.setLine(line, vi.line.slice(0, at) + char.repeat(count) + vi.line.slice(end))
  vi.moveTo({ line, at: at + char.length * (count - 1) })
}

/** ^A and ^X: add to the number at or behind the cursor. */
function addNumber(vi: Vi, amount: number): void {
  for (const match of vi.line.matchAll(/0[xX][0-9a-fA-F]+|-?\d+/g)) {
    const end = match.index + match[0].length
    if (end <= vi.cursor.at) continue
    const hex = /^0[xX]/.test(match[0])
    const value = BigInt(match[0]) + BigInt(amount)
    const text = hex
      ? `0x${BigInt.asUintN(64, value)
          .toString(16)
          .padStart(match[0].length - 2, '0')}`
      : String(value)
    vi.text.setLine(vi.cursor.line, vi.line.slice(0, match.index) + text + vi.line.slice(end))
    return vi.moveTo({ line: vi.cursor.line, at: match.index + text.length - 1 })
  }
  throw new ViError()
}

function toggleCase(vi: Vi, count: number): void {
  const { line, at } = vi.cursor
  if (!vi.line) throw new ViError()
  const end = ahead(vi.line, at, count)
  vi.text.setLine(line, vi.line.slice(0, at) + toggled(vi.line.slice(at, end)) + vi.line.slice(end))
  vi.moveTo({ line, at: end })
}

const putCommand = (before: boolean, after: boolean): Command =>
  changing((vi, count, register) => {
    const value = vi.register(register)
    if (!value) throw new ViError(`E353: Nothing in register ${register || '"'}`)
    put(vi, value, count, before, after)
  })

function* undo(vi: Vi, count: number | undefined): Blocking<void> {
  // In vi a second u takes the first back. (the u flag of cpoptions)
  vi.undoUndoes = vi.has('u') ? !vi.undoUndoes : true
  for (let i = 0; i < (vi.has('u') ? 1 : (count ?? 1)); i++) travel(vi, vi.undoUndoes)
}

function* redo(vi: Vi, count: number | undefined): Blocking<void> {
  if (!vi.has('u')) vi.undoUndoes = false
  for (let i = 0; i < (count ?? 1); i++) travel(vi, vi.undoUndoes)
}

/** Undo or redo one step, and tell. Linux: u_undo_end(). */
export function travel(vi: Vi, back: boolean): void {
  const step = back ? vi.text.undo() : vi.text.redo()
  if (!step) return vi.say(back ? 'Already at oldest change' : 'Already at newest change')
  placeAfterUndo(vi, step, back)
  const sum = (lists: readonly (readonly string[])[]) => lists.reduce((all, it) => all + it.length, 0)
  const removed = sum(step.changes.map(it => it.removed))
  const added = sum(step.changes.map(it => it.added))
  const [old, now] = back ? [added, removed] : [removed, added]
  vi.say(`${difference(old - now, now)}; ${back ? 'before' : 'after'} #${step.number}  ${ago(vi, step.time)}`)
}

function placeAfterUndo(vi: Vi, step: Step, back: boolean): void {
  const change = back ? step.changes[0]! : step.changes[0]!
  const line = Math.min(...step.changes.map(it => it.line))
  const gone = back ? change.removed.length === 0 : change.added.length === 0
  const to = gone && line > 0 && line > vi.lastLine ? line - 1 : line
  if (step.before.line === to) vi.moveTo(back ? step.before : vi.firstNonBlank(to))
  else vi.moveTo(vi.firstNonBlank(gone && line > 0 && back ? line - 1 : Math.min(to, vi.lastLine)))
  if (!back && step.before.line === to) vi.moveTo(step.before)
}

function difference(lines: number, changes: number): string {
  if (lines === -1) return '1 more line'
  if (lines < 0) return `${-lines} more lines`
  if (lines === 1) return '1 line less'
  if (lines > 1) return `${lines} fewer lines`
  return `${changes} change${changes === 1 ? '' : 's'}`
}

function ago(vi: Vi, time: number): string {
  const seconds = vi.now() - time
  if (seconds < 100) return `${seconds} second${seconds === 1 ? '' : 's'} ago`
  const two = (value: number) => String(Math.floor(value) % 60).padStart(2, '0')
  return `${String(Math.floor(time / 3600) % 24).padStart(2, '0')}:${two(time / 60)}:${two(time)}`
}

function* undoLine(vi: Vi): Blocking<void> {
  const old = vi.lineUndo
  if (!old || old.line > vi.lastLine || old.text === vi.text.line(old.line)) throw new ViError()
  yield* vi.change(function* () {
    vi.lineUndo = { line: old.line, text: vi.text.line(old.line) }
    vi.text.setLine(old.line, old.text)
    vi.moveTo({ line: old.line, at: 0 })
  })
}

function* repeat(vi: Vi, count: number | undefined, register: string): Blocking<void> {
  const last = vi.repeatable
  if (!last || vi.replaying) throw new ViError()
  const kept = count === undefined ? last : { ...last, count }
  const use = register || (/^[1-8]$/.test(last.register) ? String(Number(last.register) + 1) : last.register)
  vi.repeatable = { ...kept, register: use }
  const rest = vi.pending.splice(0)
  vi.pending.push(...last.keys)
  vi.replaying = true
  try {
    let key = canonical(yield* vi.pressed())
    if (key === 'g' || key === 'z' || key === 'Z') key += yield* vi.pressed()
    yield* execute(vi, key, kept.count, use)
  } finally {
    vi.replaying = false
    vi.pending.length = 0
    vi.pending.push(...rest)
  }
}

function* playMacro(vi: Vi, count: number | undefined): Blocking<void> {
  let name = yield* vi.pressed()
  if (name === '@') name = vi.lastMacro
  if (name === ':') {
    for (let i = 0; i < (count ?? 1); i++) yield* executeLine(vi, vi.lastCommandLine)
    return
  }
  const value = vi.register(name)
  if (!value) throw new ViError()
  vi.lastMacro = name
  const keys = keysOf(value.text + (value.shape === 'lines' ? '\r' : ''))
  if (keys.length * (count ?? 1) > 100_000) throw new ViError()
  vi.pending.unshift(...Array.from({ length: count ?? 1 }, () => keys).flat())
}

/** The keys that a text of a register or a script stands for. */
export const keysOf = (text: string): string[] => [...text].map(char => (char === '\n' ? '\r' : char))

function* recordMacro(vi: Vi): Blocking<void> {
  if (vi.inMacro) return vi.endMacro()
  const register = yield* vi.pressed()
  if (!/^[a-zA-Z0-9"]$/.test(register)) throw new ViError()
  vi.startMacro(register)
}

function* setMark(vi: Vi): Blocking<void> {
  const name = yield* vi.pressed()
  if (!/^[a-zA-Z'`[\]]$/.test(name)) throw new ViError()
  vi.current.marks.set(name === '`' ? "'" : name, vi.cursor)
}

function* commandLine(vi: Vi, count: number | undefined): Blocking<void> {
  const range = count === undefined ? '' : count === 1 ? '.' : `.,.+${count - 1}`
  const line = yield* readCommandLine(vi, ':', range)
  if (line) yield* executeLine(vi, line)
}

const visual = (mode: Mode): Command =>
  function* (vi) {
    vi.visualStart = vi.cursor
    yield* visualMode(vi, mode)
  }

const COMMANDS: Readonly<Record<string, Command>> = {
  i: inserting(vi => insert(vi, vi.cursor)),
  a: inserting(vi => insert(vi, { ...vi.cursor, at: nextAt(vi.line, vi.cursor.at) })),
  I: inserting(vi =>
    insert(
      vi,
      vi.firstNonBlank(vi.cursor.line).at
        ? { line: vi.cursor.line, at: /^[ \t]*/.exec(vi.line)![0].length }
        : { line: vi.cursor.line, at: 0 },
    ),
  ),
  A: inserting(vi => insert(vi, { line: vi.cursor.line, at: vi.line.length })),
  gI: inserting(vi => insert(vi, { line: vi.cursor.line, at: 0 })),
  o: inserting(vi => openLine(vi, vi.cursor.line + 1)),
  O: inserting(vi => openLine(vi, vi.cursor.line)),
  R: inserting(vi => ({ ...insert(vi, vi.cursor), mode: 'replace' })),
  *s(vi, count, register) {
    const to = { line: vi.cursor.line, at: ahead(vi.line, vi.cursor.at, count ?? 1) }
    yield* operate(vi, 'c', { from: vi.cursor, to, shape: 'chars' }, { count, register })
  },
  *S(vi, count, register) {
    const to = { line: Math.min(vi.cursor.line + (count ?? 1) - 1, vi.lastLine), at: 0 }
    yield* operate(vi, 'c', { from: vi.cursor, to, shape: 'lines' }, { count, register })
  },
  *C(vi, count, register) {
    const line = Math.min(vi.cursor.line + (count ?? 1) - 1, vi.lastLine)
    const to = { line, at: vi.text.line(line).length }
    yield* operate(vi, 'c', { from: vi.cursor, to, shape: 'chars' }, { count, register })
  },
  *Y(vi, count, register) {
    const to = { line: Math.min(vi.cursor.line + (count ?? 1) - 1, vi.lastLine), at: 0 }
    yank(vi, { from: vi.cursor, to, shape: 'lines' }, register)
  },
  x: changing((vi, count, register) =>
    cutChars(vi, vi.cursor.at, ahead(vi.line, vi.cursor.at, count), register),
  ),
  X: changing((vi, count, register) =>
    cutChars(vi, behind(vi.line, vi.cursor.at, count), vi.cursor.at, register),
  ),
  D: changing((vi, count, register) => {
    const line = Math.min(vi.cursor.line + count - 1, vi.lastLine)
    const to = { line, at: vi.text.line(line).length }
    if (line === vi.cursor.line) cutChars(vi, vi.cursor.at, to.at, register)
    else remove(vi, { from: vi.cursor, to, shape: 'chars' }, register)
  }),
  J: changing((vi, count) => join(vi, vi.cursor.line, vi.cursor.line + Math.max(count, 2) - 1, false)),
  gJ: changing((vi, count) => join(vi, vi.cursor.line, vi.cursor.line + Math.max(count, 2) - 1, true)),
  '~': changing(toggleCase),
  r: changing(replaceChar),
  p: putCommand(false, false),
  P: putCommand(true, false),
  gp: putCommand(false, true),
  gP: putCommand(true, true),
  '\x01': changing((vi, count) => addNumber(vi, count)),
  '\x18': changing((vi, count) => addNumber(vi, -count)),
  *'&'(vi) {
    yield* executeLine(vi, 's')
  },
  u: undo,
  '\x12': redo,
  U: undoLine,
  '.': repeat,
  '@': playMacro,
  q: recordMacro,
  m: setMark,
  v: visual('visual'),
  V: visual('visual line'),
  '\x16': visual('visual block'),
  *gv(vi) {
    const last = vi.lastVisual
    if (!last) throw new ViError()
    vi.visualStart = last.start
    yield* visualMode(vi, last.mode, last.end)
  },
  *gi(vi, count, register) {
    vi.beginChange()
    yield* insertMode(vi, insert(vi, vi.current.marks.get('^') ?? vi.cursor))
    vi.keep(count, register)
  },
  *ga(vi) {
    const char = charAt(vi.line, vi.cursor.at)
    const code = char?.codePointAt(0) ?? 0
    vi.say(
      char
        ? `<${char}>  ${code},  Hex ${code.toString(16).padStart(2, '0')},  Octal ${code.toString(8).padStart(3, '0')}`
        : 'NUL',
    )
  },
  ':': commandLine,
  *ZZ(vi) {
    if (vi.text.modified) yield* writeFile(vi, { bang: false })
    quitVi(vi, false)
  },
  *ZQ(vi) {
    quitVi(vi, true)
  },
  *'\x07'(vi) {
    vi.say(fileInfo(vi))
  },
  *'\x0c'(vi) {
    vi.screen?.redraw()
  },
  *'\x1e'(vi) {
    yield* editAlternate(vi)
  },
  *'\x1a'(vi) {
    yield* vi.screen?.suspend('\r\n') ?? noop()
  },
  *'\x1b'() {},
  *'\x03'(vi) {
    vi.say(
      vi.text.modified
        ? 'Type  :qa!  and press <Enter> to abandon all changes and exit Vim'
        : 'Type  :qa  and press <Enter> to exit Vim',
    )
  },
  *''() {},
  '\x06': scrolling((vi, count) => page(vi, count ?? 1)),
  '\x02': scrolling((vi, count) => page(vi, -(count ?? 1))),
  '\x04': scrolling((vi, count) => halfPage(vi, 1, count)),
  '\x15': scrolling((vi, count) => halfPage(vi, -1, count)),
  '\x05': scrolling((vi, count) => scrollLines(vi, count ?? 1)),
  '\x19': scrolling((vi, count) => scrollLines(vi, -(count ?? 1))),
  'z\r': scrolling((vi, count) => placeLine(vi, 'top', true, count)),
  zt: scrolling((vi, count) => placeLine(vi, 'top', false, count)),
  'z.': scrolling((vi, count) => placeLine(vi, 'middle', true, count)),
  zz: scrolling((vi, count) => placeLine(vi, 'middle', false, count)),
  'z-': scrolling((vi, count) => placeLine(vi, 'bottom', true, count)),
  zb: scrolling((vi, count) => placeLine(vi, 'bottom', false, count)),
}

function scrolling(act: (vi: Vi, count: number | undefined) => void): Command {
  return function* (vi, count) {
    act(vi, count)
  }
}

function* noop(): Blocking<void> {}
