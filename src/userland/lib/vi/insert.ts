/**
 * Insert and replace mode. Linux: vim's edit.c; insert.txt.
 *
 * Left out: completion, digraphs, abbreviations, formatting while typing ('textwidth').
 */
import type { Blocking } from '../../../abi/index.ts'
import { compare, type Place } from '../editor-buffer.ts'
import { blanksTo, charAt, columnOf, indentOf, nextAt, previousAt, wordClass } from '../editor-columns.ts'
import { textRows } from './scroll.ts'
import { type Vi, ViError } from './state.ts'

export interface InsertStart {
  readonly mode: 'insert' | 'replace'
  /** How often the text goes in. */
  readonly count: number
  /** A line was opened for it, with this indent. */
  readonly opened?: string
  readonly changing?: true
}

interface Session {
  readonly vi: Vi
  /** Where the insertion began; backspace stops there unless 'backspace' has "start". */
  start: Place
  /** What was typed since, to repeat it. */
  typed: string
  /** In replace mode: what the typed characters covered. */
  readonly covered: (string | undefined)[]
  replace: boolean
}

/** Type until Escape. The change that is open ends with it. */
export function* insertMode(vi: Vi, start: InsertStart): Blocking<void> {
  const session: Session = { vi, start: vi.cursor, typed: '', covered: [], replace: start.mode === 'replace' }
  vi.mode = start.mode
  if (vi.messageIsError || vi.options.showmode) vi.say('')
  try {
    while (yield* insertKey(session)) {}
    repeatTyped(session, start)
  } finally {
    vi.mode = 'normal'
    vi.lastInserted = session.typed
    vi.current.marks.set('^', vi.cursor)
    removeIndent(vi)
    const { line, at } = vi.cursor
    vi.moveTo({ line, at: at > 0 ? previousAt(vi.line, at) : 0 })
    vi.current.marks.set('.', vi.cursor)
    vi.text.commit(vi.cursor)
  }
}

/** 3ix puts the text in thrice, 3ox opens three lines. */
function repeatTyped(session: Session, { count, opened }: InsertStart): void {
  const { vi } = session
  const text = opened !== undefined ? `\n${opened}${session.typed}` : session.typed
  for (let i = 1; i < Math.min(count, 10_000) && text; i++) {
    if (session.replace) for (const char of session.typed) putChar(session, char)
    else vi.moveTo(vi.text.insert(vi.cursor, text))
  }
}

/** Autoindent that nothing was typed behind goes away. */
function removeIndent(vi: Vi): void {
  if (vi.options.autoindent && vi.line && /^[ \t]+$/.test(vi.line) && vi.cursor.at === vi.line.length) {
    vi.text.setLine(vi.cursor.line, '')
    vi.moveTo({ line: vi.cursor.line, at: 0 })
  }
}

/** Deal with one key; whether insertion goes on. */
function* insertKey(session: Session): Blocking<boolean> {
  const { vi } = session
  const key = yield* vi.key()
  switch (key) {
    case '\x1b':
    case '\x03':
      return false
    case '\r':
    case '\n':
      newLine(session)
      return true
    case '\x7f':
    case '\b':
      backspace(session, previousAt(vi.line, vi.cursor.at))
      return true
    case '\x17':
      backspace(session, wordBefore(vi))
      return true
    case '\x15':
      backspace(session, 0)
      return true
    case '\t':
      tab(session)
      return true
    case '\x14':
    case '\x04':
      changeIndent(vi, key === '\x14' ? 1 : -1)
      return true
    case '\x16':
      putText(session, literal(yield* vi.pressed()))
      return true
    case '\x12':
      yield* putRegister(session)
      return true
    case '\x01':
      putText(session, vi.lastInserted)
      return true
    case '\x05':
    case '\x19':
      copyFrom(session, key === '\x05' ? 1 : -1)
      return true
    case '\x0f':
      yield* oneCommand(session)
      return true
    case 'Paste':
      putText(session, vi.screen!.pasted.replace(/\r\n?/g, '\n'))
      return true
    case 'Insert':
      session.replace = !session.replace
      vi.mode = session.replace ? 'replace' : 'insert'
      return true
    case 'Delete':
      deleteForward(vi)
      return true
  }
  if (key in MOVES) arrow(session, key)
  else if ([...key].length === 1) putText(session, key)
  return true
}

/** After ^V a key is text, whatever it is. */
const literal = (key: string): string => (key === '\r' ? '\r' : [...key].length === 1 ? key : '')

function putText(session: Session, text: string): void {
  const { vi } = session
  if (!session.replace) {
    session.typed += text
    vi.moveTo(vi.text.insert(vi.cursor, text))
    return
  }
  for (const char of text) {
    if (char === '\n') newLine(session)
    else {
      session.typed += char
      putChar(session, char)
    }
  }
}

/** One character, over the one that stands there in replace mode. */
function putChar(session: Session, char: string): void {
  const { vi } = session
  const { line, at } = vi.cursor
  const end = session.replace ? nextAt(vi.line, at) : at
  if (session.replace) session.covered.push(end > at ? vi.line.slice(at, end) : '')
  vi.text.setLine(line, vi.line.slice(0, at) + char + vi.line.slice(end))
  vi.moveTo({ line, at: at + char.length })
}

function newLine(session: Session): void {
  const { vi } = session
  const { line, at } = vi.cursor
  const indent = vi.options.autoindent ? indentOf(vi.line).slice(0, at) : ''
  const before = vi.options.autoindent && /^[ \t]*$/.test(vi.line.slice(0, at)) ? '' : vi.line.slice(0, at)
  const rest = indent ? vi.line.slice(at).replace(/^[ \t]+/, '') : vi.line.slice(at)
  session.typed += '\n'
  session.covered.push(undefined)
  vi.text.splice(line, 1, [before, indent + rest])
  vi.moveTo({ line: line + 1, at: indent.length })
}

/** Delete back to an index of the line, or join with the line before, as far as 'backspace' allows. */
function backspace(session: Session, wanted: number): void {
  const { vi } = session
  const { line, at } = vi.cursor
  if (session.replace) return uncover(session)
  const started = session.start
  const mayPass = vi.has('start', 'backspace') || /^[2]$/.test(vi.options.backspace)
  if (!mayPass && compare(vi.cursor, started) <= 0) return
  if (at === 0) {
    if (
      line === 0 ||
      (!(vi.has('eol', 'backspace') || /^[12]$/.test(vi.options.backspace)) && line <= started.line)
    )
      return
    const previous = vi.text.line(line - 1)
    vi.text.splice(line - 1, 2, [previous + vi.line])
    session.typed = session.typed.slice(0, -1)
    return vi.moveTo({ line: line - 1, at: previous.length })
  }
  const stop = !mayPass && line === started.line && at > started.at ? started.at : 0
  const from = Math.max(wanted, stop)
  session.typed = session.typed.slice(0, Math.max(0, session.typed.length - (at - from)))
  if (line === started.line && from < started.at) session.start = { line, at: from }
  vi.text.setLine(line, vi.line.slice(0, from) + vi.line.slice(at))
  vi.moveTo({ line, at: from })
}

/** In replace mode backspace brings back what was there. */
function uncover(session: Session): void {
  const { vi } = session
  const { line, at } = vi.cursor
  if (!session.covered.length) return vi.moveTo({ line, at: at ? previousAt(vi.line, at) : 0 })
  const old = session.covered.pop()
  session.typed = session.typed.slice(0, -1)
  if (old === undefined) {
    const previous = vi.text.line(line - 1)
    vi.text.splice(line - 1, 2, [previous + vi.line])
    return vi.moveTo({ line: line - 1, at: previous.length })
  }
  const from = previousAt(vi.line, at)
  vi.text.setLine(line, vi.line.slice(0, from) + old + vi.line.slice(at))
  vi.moveTo({ line, at: from })
}

function wordBefore(vi: Vi): number {
  const text = vi.line
  let { at } = vi.cursor
  const kind = (i: number) => wordClass(charAt(text, previousAt(text, i)), false)
  while (at > 0 && kind(at) === 0) at = previousAt(text, at)
  if (at === 0) return 0
  for (const own = kind(at); at > 0 && kind(at) === own; ) at = previousAt(text, at)
  return at
}

function tab(session: Session): void {
  const { vi } = session
  const { expandtab, softtabstop, tabstop } = vi.options
  if (!expandtab && !softtabstop) return putText(session, '\t')
  const column = columnOf(vi.line, vi.cursor.at, { tabstop, list: false })
  const width = softtabstop || tabstop
  const to = column + width - (column % width)
  if (expandtab) return putText(session, ' '.repeat(to - column))
  // Blanks before the cursor and those to come, as tabs and spaces.
  const blanks = / *$/.exec(vi.line.slice(0, vi.cursor.at))![0]
  const from = column - blanks.length
  const tabs = Math.floor(to / tabstop) - Math.floor(from / tabstop)
  const text = tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(to % tabstop) : ' '.repeat(to - from)
  vi.text.setLine(
    vi.cursor.line,
    vi.line.slice(0, vi.cursor.at - blanks.length) + text + vi.line.slice(vi.cursor.at),
  )
  session.typed = session.typed.slice(0, session.typed.length - blanks.length) + text
  vi.moveTo({ line: vi.cursor.line, at: vi.cursor.at - blanks.length + text.length })
}

function changeIndent(vi: Vi, amount: number): void {
  const { tabstop, expandtab } = vi.options
  const width = vi.options.shiftwidth || tabstop
  const indent = indentOf(vi.line)
  const column = columnOf(indent, indent.length, { tabstop, list: false })
  const to =
    Math.max(0, (amount > 0 ? Math.floor(column / width) : Math.ceil(column / width)) + amount) * width
  const text = blanksTo(to, tabstop, expandtab)
  const { line, at } = vi.cursor
  vi.text.setLine(line, text + vi.line.slice(indent.length))
  vi.moveTo({ line, at: Math.max(0, at + text.length - indent.length) })
}

function* putRegister(session: Session): Blocking<void> {
  const value = session.vi.register(yield* session.vi.pressed())
  if (value) putText(session, value.text + (value.shape === 'lines' ? '\n' : ''))
}

/** ^E and ^Y: the character below or above. */
function copyFrom(session: Session, direction: 1 | -1): void {
  const { vi } = session
  const other = vi.text.line(vi.cursor.line + direction)
  const char = charAt(other, Math.min(vi.cursor.at, other.length))
  if (char) putText(session, char)
}

/** ^O: one command of normal mode. */
function* oneCommand(session: Session): Blocking<void> {
  const { vi } = session
  const mode = vi.mode
  vi.text.commit(vi.cursor)
  vi.mode = 'normal'
  const atEnd = vi.cursor.at >= vi.line.length
  try {
    yield* vi.runNormal()
  } catch (e) {
    if (!(e instanceof ViError)) throw e
    vi.say(e.message, true)
  }
  vi.mode = mode
  if (atEnd && vi.cursor.at >= previousAt(vi.line, vi.line.length))
    vi.moveTo({ ...vi.cursor, at: vi.line.length })
  vi.beginChange()
  session.start = vi.cursor
}

function deleteForward(vi: Vi): void {
  const { line, at } = vi.cursor
  if (at < vi.line.length) vi.text.setLine(line, vi.line.slice(0, at) + vi.line.slice(nextAt(vi.line, at)))
  else if (line < vi.lastLine && vi.has('eol', 'backspace'))
    vi.text.splice(line, 2, [vi.line + vi.text.line(line + 1)])
}

const MOVES: Readonly<Record<string, (vi: Vi) => void>> = {
  Left: vi => vi.cursor.at > 0 && vi.moveTo({ ...vi.cursor, at: previousAt(vi.line, vi.cursor.at) }),
  Right: vi => vi.moveTo({ ...vi.cursor, at: nextAt(vi.line, vi.cursor.at) }),
  Up: vi => vi.cursor.line > 0 && vi.toLine(vi.cursor.line - 1),
  Down: vi => vi.cursor.line < vi.lastLine && vi.toLine(vi.cursor.line + 1),
  Home: vi => vi.moveTo({ ...vi.cursor, at: 0 }),
  End: vi => vi.moveTo({ ...vi.cursor, at: vi.line.length }, Infinity),
  PageUp: vi => vi.toLine(vi.cursor.line - textRows(vi) + 2),
  PageDown: vi => vi.toLine(vi.cursor.line + textRows(vi) - 2),
}

/** Moving ends the insertion and begins a new one there. */
function arrow(session: Session, key: string): void {
  const { vi } = session
  vi.text.commit(vi.cursor)
  MOVES[key]!(vi)
  vi.beginChange()
  session.start = vi.cursor
  session.typed = ''
  session.covered.length = 0
}
