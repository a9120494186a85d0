/**
 * Visual mode: mark text by moving, then have an operator work on it. Linux: vim's normal.c; visual.txt.
 *
 * Left out: selecting with the mouse, select mode.
 */
import type { Blocking } from '../../../abi/index.ts'
import { compare, type Place } from '../editor-buffer.ts'
import { atColumn, columnOf, nextAt } from '../editor-columns.ts'
import { executeLine, readCommandLine } from './command-line.ts'
import { insertMode } from './insert.ts'
import { canonical, readCount } from './keys.ts'
import { readMotion } from './motion-keys.ts'
import { textObject } from './objects.ts'
import { operate } from './operate.ts'
import { blockParts, join, mapText, remove, type Target } from './operators.ts'
import { halfPage, page, scrollLines } from './scroll.ts'
import { type Mode, type Vi, ViError } from './state.ts'

const SHAPE: Readonly<Record<string, 'chars' | 'lines' | 'block'>> = {
  visual: 'chars',
  'visual line': 'lines',
  'visual block': 'block',
}

/** Mark until a command ends it. */
export function* visualMode(vi: Vi, mode: Mode, cursor?: Place): Blocking<void> {
  vi.mode = mode
  vi.moveTo(cursor ?? vi.cursor)
  if (vi.options.showmode) vi.say('')
  try {
    while (yield* visualKey(vi)) {}
  } finally {
    if (vi.mode.startsWith('visual')) leave(vi)
    vi.mode = 'normal'
    vi.moveTo(vi.cursor, vi.want === Infinity ? undefined : vi.want)
  }
}

/** Remember what was marked, for gv and '<. */
function leave(vi: Vi): void {
  const [start, end] =
    compare(vi.visualStart, vi.cursor) <= 0 ? [vi.visualStart, vi.cursor] : [vi.cursor, vi.visualStart]
  vi.lastVisual = { mode: vi.mode, start, end, toEnd: vi.want === Infinity }
  vi.mode = 'normal'
}

/** What is marked. */
export function visualTarget(vi: Vi): Target {
  const shape = SHAPE[vi.mode]!
  const [from, end] =
    compare(vi.visualStart, vi.cursor) <= 0 ? [vi.visualStart, vi.cursor] : [vi.cursor, vi.visualStart]
  if (shape === 'block') return { from, to: end, shape, toEnd: vi.want === Infinity }
  if (shape === 'lines') return { from, to: end, shape }
  const text = vi.text.line(end.line)
  // The line break is marked too when the cursor stands behind the last character.
  if ((end.at >= text.length || vi.want === Infinity) && end.line < vi.lastLine)
    return { from, to: { line: end.line + 1, at: 0 }, shape }
  return { from, to: { line: end.line, at: nextAt(text, end.at) }, shape }
}

/** Deal with one key; whether marking goes on. */
function* visualKey(vi: Vi): Blocking<boolean> {
  let first = canonical(yield* vi.key())
  if (first === 'Resize') return true
  let register = ''
  if (first === '"') {
    register = yield* vi.pressed()
    first = canonical(yield* vi.pressed())
  }
  const { count, key: read } = yield* readCount(vi, first)
  const key = read === 'g' || read === 'z' || read === 'Z' ? read + (yield* vi.pressed()) : read
  if (key === '\x1b' || key === '\x03') return false
  if (key === 'v' || key === 'V' || key === '\x16') return switchMode(vi, key)
  if (key === 'i' || key === 'a') return yield* markObject(vi, key === 'a', count ?? 1)
  const scroll = SCROLLS[key]
  if (scroll) {
    scroll(vi, count)
    return true
  }
  if (key === 'o' || key === 'O') {
    const other = vi.visualStart
    vi.visualStart = vi.cursor
    vi.moveTo(other)
    return true
  }
  const motion =
    key === '/' || key === '?' || !(key in VISUAL) ? yield* readMotion(vi, key, count, '') : undefined
  if (motion) {
    if (motion.jump) vi.setJump()
    if (motion.vertical) vi.toLine(motion.to.line)
    else vi.moveTo(motion.to, motion.want)
    return true
  }
  const act = VISUAL[key]
  if (!act) throw new ViError()
  const target = visualTarget(vi)
  leave(vi)
  vi.moveTo(target.from)
  yield* act(vi, target, { count: count ?? 1, register })
  return false
}

function switchMode(vi: Vi, key: string): boolean {
  const mode: Mode = key === 'v' ? 'visual' : key === 'V' ? 'visual line' : 'visual block'
  if (mode === vi.mode) return false
  vi.mode = mode
  return true
}

function* markObject(vi: Vi, around: boolean, count: number): Blocking<boolean> {
  const object = textObject(vi.text.lines, vi.cursor, around, yield* vi.pressed(), count)
  if (!object) throw new ViError()
  vi.visualStart = object.from
  if (object.linewise) vi.mode = 'visual line'
  vi.moveTo({ line: object.to.line, at: Math.max(0, object.to.at - 1) })
  return true
}

const SCROLLS: Readonly<Record<string, (vi: Vi, count: number | undefined) => void>> = {
  '\x06': (vi, count) => page(vi, count ?? 1),
  '\x02': (vi, count) => page(vi, -(count ?? 1)),
  '\x04': (vi, count) => halfPage(vi, 1, count),
  '\x15': (vi, count) => halfPage(vi, -1, count),
  '\x05': (vi, count) => scrollLines(vi, count ?? 1),
  '\x19': (vi, count) => scrollLines(vi, -(count ?? 1)),
}

interface Given {
  readonly count: number
  readonly register: string
}
type Visual = (vi: Vi, target: Target, given: Given) => Blocking<void>

const whole = (target: Target): Target => ({ from: target.from, to: lastPlace(target), shape: 'lines' })

/** The end of a target as a place in its last line. */
const lastPlace = ({ to, shape }: Target): Place =>
  shape === 'chars' && to.at === 0 && to.line > 0 ? { line: to.line - 1, at: 0 } : to

const operator =
  (key: string): Visual =>
  (vi, target, { count, register }) =>
    operate(vi, key, target, { register, amount: count })
const linewise =
  (key: string): Visual =>
  (vi, target, { count, register }) =>
    operate(vi, key, whole(target), { register, amount: count })
const toEnd =
  (key: string): Visual =>
  (vi, target, given) =>
    operate(vi, key, target.shape === 'block' ? { ...target, toEnd: true } : whole(target), given)

function* changeBlock(vi: Vi, target: Target, register: string): Blocking<void> {
  vi.beginChange()
  remove(vi, target, register)
  yield* insertInBlock(vi, target, 'start')
}

/** Type in the first line of a block; the other lines get the same. */
function* insertInBlock(vi: Vi, target: Target, where: 'start' | 'end'): Blocking<void> {
  const parts = blockParts(vi, { ...target, toEnd: where === 'end' && (target.toEnd ?? false) })
  const columns = [target.from, target.to].map(it => columnOf(vi.text.line(it.line), it.at, vi.display))
  const column = where === 'start' ? Math.min(...columns) : Math.max(...columns) + 1
  const first = parts[0]!
  vi.mode = 'insert'
  vi.moveTo({ line: first.line, at: where === 'start' ? first.from : first.to })
  const text = vi.line
  yield* insertMode(vi, { mode: 'insert', count: 1 })
  const typed = vi.lastInserted
  if (typed.includes('\n') || text === vi.text.line(first.line)) return
  const end = vi.cursor
  vi.beginChange()
  for (const { line } of parts.slice(1))
    addAt(vi, line, column, typed, where === 'end', target.toEnd ?? false)
  vi.text.commit(end)
  vi.moveTo({ line: first.line, at: where === 'start' ? first.from : first.to })
}

function addAt(vi: Vi, line: number, column: number, typed: string, pad: boolean, atEnd: boolean): void {
  const text = vi.text.line(line)
  const width = columnOf(text, text.length, vi.display)
  if (atEnd && pad) return vi.text.setLine(line, text + typed)
  if (width < column && !pad) return
  const at = atColumn(text, column, vi.display)
  vi.text.setLine(line, text.slice(0, at) + ' '.repeat(Math.max(0, column - width)) + typed + text.slice(at))
}

const VISUAL: Readonly<Record<string, Visual>> = {
  d: operator('d'),
  x: operator('d'),
  y: operator('y'),
  '<': linewise('<'),
  '>': linewise('>'),
  '=': linewise('='),
  '!': linewise('!'),
  '~': operator('g~'),
  'g~': operator('g~'),
  u: operator('gu'),
  gu: operator('gu'),
  U: operator('gU'),
  gU: operator('gU'),
  X: linewise('d'),
  D: toEnd('d'),
  Y: linewise('y'),
  C: toEnd('c'),
  R: linewise('c'),
  S: linewise('c'),
  *c(vi, target, { register }) {
    if (target.shape === 'block') yield* changeBlock(vi, target, register)
    else yield* operate(vi, 'c', target, { register })
  },
  *s(vi, target, given) {
    yield* VISUAL.c!(vi, target, given)
  },
  *I(vi, target) {
    vi.beginChange()
    if (target.shape === 'block') return yield* insertInBlock(vi, target, 'start')
    vi.mode = 'insert'
    vi.moveTo(target.from)
    yield* insertMode(vi, { mode: 'insert', count: 1 })
  },
  *A(vi, target) {
    vi.beginChange()
    if (target.shape === 'block') return yield* insertInBlock(vi, target, 'end')
    vi.mode = 'insert'
    vi.moveTo(
      target.shape === 'lines'
        ? { line: target.to.line, at: vi.text.line(target.to.line).length }
        : target.to,
    )
    yield* insertMode(vi, { mode: 'insert', count: 1 })
  },
  *J(vi, target) {
    const last = Math.max(lastPlace(target).line, target.from.line + 1)
    yield* vi.change(function* () {
      join(vi, target.from.line, Math.min(last, vi.lastLine), false)
    })
  },
  *r(vi, target) {
    const char = yield* vi.pressed()
    if ([...char].length !== 1 || char < ' ') throw new ViError()
    yield* vi.change(function* () {
      mapText(vi, target, text => text.replace(/[^\n]/gu, char))
      vi.moveTo(target.from)
    })
  },
  *p(vi, target, { count, register }) {
    const value = vi.register(register)
    if (!value) throw new ViError(`E353: Nothing in register ${register || '"'}`)
    yield* vi.change(function* () {
      remove(vi, target, '')
      replacePut(vi, target, value, count)
    })
  },
  *P(vi, target, given) {
    yield* VISUAL.p!(vi, target, given)
  },
  *':'(vi) {
    const line = yield* readCommandLine(vi, ':', "'<,'>")
    if (line) yield* executeLine(vi, line)
  },
}

/** Text goes where the marked text was. */
function replacePut(
  vi: Vi,
  target: Target,
  value: { text: string; shape: 'chars' | 'lines' | 'block' },
  count: number,
): void {
  if (target.shape === 'lines') {
    const lines = value.text.split('\n')
    const emptied = vi.text.length === 1 && vi.line === ''
    if (emptied) vi.text.splice(0, 1, lines)
    else vi.text.splice(target.from.line, 0, lines)
    return vi.moveTo(vi.firstNonBlank(target.from.line))
  }
  if (value.shape !== 'lines') {
    vi.text.insert(target.from, value.text.repeat(count))
    return vi.moveTo({ line: target.from.line, at: target.from.at + Math.max(0, value.text.length - 1) })
  }
  const { line, at } = target.from
  const text = vi.text.line(line)
  vi.text.splice(line, 1, [text.slice(0, at), ...value.text.split('\n'), text.slice(at)])
  vi.moveTo(vi.firstNonBlank(line + 1))
}
