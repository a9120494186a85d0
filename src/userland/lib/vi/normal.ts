/**
 * Normal mode: counts, registers, motions, operators, and the simple commands. Linux: vim's normal.c; index.txt.
 *
 * Left out: commands for windows, tags, folds, spelling; gq, =, g&, K.
 */
import type { Blocking } from '../../../abi/index.ts'
import { compare, type Place } from '../editor-buffer.ts'
import { charAt, nextAt, previousAt } from '../editor-columns.ts'
import { executeLine, readCommandLine } from './command-line.ts'
import { editAlternate, fileInfo, quitVi, writeFile } from './files.ts'
import { insertMode, type InsertStart } from './insert.ts'
import { canonical, keysOf, readCount } from './keys.ts'
import { type Motion, readMotion } from './motion-keys.ts'
import { operate } from './operate.ts'
import { join, put, remove, type Target, toggled, yank } from './operators.ts'
import { halfPage, page, placeLine, scrollLines } from './scroll.ts'
import { type Mode, type Vi, ViError } from './state.ts'
import { travel } from './undo.ts'
import { visualMode } from './visual.ts'

/** Operators by their key. */
const OPERATORS = new Set(['d', 'c', 'y', '<', '>', '!', '=', 'g~', 'gu', 'gU', 'g?'])

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
