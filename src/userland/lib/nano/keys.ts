/** The keys of nano and what they do. Linux: nano's global.c:shortcut_init(), move.c. */
import { type Blocking, encode } from '../../../abi/index.ts'
import { columnOf, indentOf, nextAt, previousAt } from '../editor-columns.ts'
import {
  backspace,
  comment,
  copy,
  cut,
  cutTillEnd,
  deleteForward,
  deleteWord,
  indent,
  justify,
  newLine,
  nextWord,
  paste,
  previousWord,
  typeText,
  unindent,
} from './edit.ts'
import { close, execute, insertFile, save, tellBuffer, writeOut } from './files.ts'
import { showHelp } from './help.ts'
import { nanoKey } from './prompt.ts'
import { gotoBracket, gotoLine, replace, search, searchAgain } from './search.ts'
import type { Nano, NanoOptions } from './state.ts'

/** Read a key and do what it means; false at the end of the input. */
export function* nanoCommand(nano: Nano): Blocking<boolean> {
  if (nano.options.constantShow) nano.say(position(nano))
  if (!nano.screen.typedAhead) yield* nano.draw()
  const key = yield* nanoKey(nano)
  if (key === '') return false
  if (key === 'Resize') return true
  nano.keystroke()
  const kept = nano.keepCut
  const bound = KEYS[key]
  if (bound) yield* bound(nano)
  else if (key === 'Paste') typeText(nano, nano.screen.pasted.replace(/\r\n?/g, '\n'))
  else if ([...key].length === 1 && key >= ' ') typeText(nano, key)
  else nano.say(`Unbound key: ${nameOf(key)}`, 'alert')
  // A cut adds to the one before only when nothing came between.
  if (kept && key !== '\x0b' && key !== 'F9' && key !== 'M-6' && key !== 'M-^') nano.keepCut = false
  return true
}

function nameOf(key: string): string {
  if (key.length === 1) return `^${String.fromCharCode(key.charCodeAt(0) + 64)}`
  return key.startsWith('M-') ? `M-${key.slice(2).toUpperCase()}` : key
}

/** ^C: line, column and character, of how many. */
function position(nano: Nano): string {
  const { cursor, text } = nano
  const line = nano.line
  const percent = (part: number, all: number) => (all ? Math.floor((part * 100) / all) : 0)
  const column = nano.column() + 1
  const width = widthOf(nano, line)
  const count = (lines: readonly string[]) => lines.reduce((sum, it) => sum + [...it].length + 1, 0)
  const before = count(text.lines.slice(0, cursor.line)) + [...line.slice(0, cursor.at)].length
  const all = count(text.lines) - 1
  const pad = (value: number, total: number) => String(value).padStart(Math.max(2, String(total).length))
  return (
    `line ${pad(cursor.line + 1, text.length)}/${text.length} (${percent(cursor.line + 1, text.length)}%), ` +
    `col ${String(column).padStart(2)}/${String(width).padStart(2)} (${String(percent(column, width)).padStart(3)}%), ` +
    `char ${pad(before, all)}/${all} (${percent(before, all)}%)`
  )
}

function widthOf(nano: Nano, line: string): number {
  return columnOf(line, line.length, nano.display) + 1
}

type Action = (nano: Nano) => Blocking<unknown>

/** A command that does not wait for anything. */
const plain = (act: (nano: Nano) => void): Action =>
  function* (nano) {
    act(nano)
  }

const toggle = (name: keyof NanoOptions, what: string): Action =>
  plain(nano => {
    const options = nano.options as unknown as Record<string, boolean>
    options[name] = !options[name]
    const on = name === 'noHelp' ? !options[name] : options[name]
    nano.say(`${what} ${on ? 'enabled' : 'disabled'}`)
  })

/** Two lines of the old page stay; the cursor keeps its row. Near an end of the file it goes there. */
const page = (nano: Nano, direction: 1 | -1): void => {
  const amount = Math.max(1, nano.editRows - 2)
  const { line } = nano.cursor
  if (direction < 0 && line < amount) return nano.moveTo({ line: 0, at: 0 })
  if (direction > 0 && line + amount >= nano.text.length)
    return nano.moveTo({ line: nano.lastLine, at: Infinity })
  nano.file.top = Math.max(0, Math.min(nano.file.top + direction * amount, nano.lastLine))
  nano.toLine(line + direction * amount)
}

function home(nano: Nano): void {
  const indentation = indentOf(nano.line).length
  const smart = nano.options.smartHome && nano.cursor.at !== indentation
  nano.moveTo({ line: nano.cursor.line, at: smart ? indentation : 0 })
}

function left(nano: Nano): void {
  const { line, at } = nano.cursor
  if (at > 0) nano.moveTo({ line, at: previousAt(nano.line, at) })
  else if (line > 0) nano.moveTo({ line: line - 1, at: Infinity })
}

function right(nano: Nano): void {
  const { line, at } = nano.cursor
  if (at < nano.line.length) nano.moveTo({ line, at: nextAt(nano.line, at) })
  else if (line < nano.lastLine) nano.moveTo({ line: line + 1, at: 0 })
}

function mark(nano: Nano): void {
  nano.file.mark = nano.file.mark ? undefined : nano.cursor
  nano.say(nano.file.mark ? 'Mark Set' : 'Mark Unset')
}

function otherBuffer(nano: Nano, step: number): void {
  if (nano.files.length < 2) return nano.say('No more open file buffers', 'alert')
  nano.index = (nano.index + step + nano.files.length) % nano.files.length
  tellBuffer(nano)
}

function blockMove(nano: Nano, step: 1 | -1): void {
  const blank = (line: number) => !nano.text.line(line).trim()
  let { line } = nano.cursor
  const inside = (at: number) => at >= 0 && at <= nano.lastLine
  while (inside(line + step) && (step > 0 ? !blank(line) : blank(line + step))) line += step
  while (inside(line + step) && (step > 0 ? blank(line) : !blank(line + step))) line += step
  nano.moveTo({ line, at: 0 })
}

function countWords(nano: Nano): void {
  const region = nano.region()
  const text = region ? nano.text.slice(region.from, region.to) : nano.text.lines.join('\n')
  const lines = text.split('\n').length - (text.endsWith('\n') || !text ? 1 : 0)
  const words = text.match(/[^\s]+/g)?.length ?? 0
  const characters = [...text].length
  nano.say(
    `${region ? 'In Selection:  ' : ''}${lines} line${lines === 1 ? '' : 's'},  ${words} word${words === 1 ? '' : 's'},  ${characters} character${characters === 1 ? '' : 's'}`,
  )
}

function tab(nano: Nano): void {
  if (nano.file.mark) return indent(nano)
  const width = nano.options.tabSize
  typeText(nano, nano.options.tabsToSpaces ? ' '.repeat(width - (nano.column() % width)) : '\t')
}

function scroll(nano: Nano, step: 1 | -1): void {
  const { file } = nano
  file.top = Math.max(0, Math.min(file.top + step, nano.lastLine))
  if (nano.cursor.line < file.top || nano.cursor.line >= file.top + nano.editRows)
    nano.toLine(nano.cursor.line + step)
}

const center = (nano: Nano): void => {
  nano.file.top = Math.max(0, nano.cursor.line - Math.floor(nano.editRows / 2))
  nano.screen.redraw()
}

const wordLeft = plain(nano => nano.moveTo(previousWord(nano)))
const wordRight = plain(nano => nano.moveTo(nextWord(nano)))
const up = plain(nano =>
  nano.cursor.line ? nano.toLine(nano.cursor.line - 1) : nano.moveTo({ line: 0, at: 0 }, true),
)
const down = plain(nano => nano.toLine(nano.cursor.line + 1))
const end = plain(nano => nano.moveTo({ line: nano.cursor.line, at: Infinity }))
const previousPage = plain(nano => page(nano, -1))
const nextPage = plain(nano => page(nano, 1))
const firstLine = plain(nano => nano.moveTo({ line: 0, at: 0 }))
const lastLine = plain(nano => nano.moveTo({ line: nano.lastLine, at: Infinity }))

const searchForward: Action = nano => search(nano, false)
const location = plain(nano => nano.say(position(nano)))
const suspend: Action = nano => nano.screen.suspend('\r\nUse "fg" to return to nano.\r\n')

const syntax = plain(nano => nano.say('Color syntax highlighting is not available', 'alert'))

const KEYS: Readonly<Record<string, Action>> = {
  '\x07': showHelp,
  F1: showHelp,
  '\x18': close,
  F2: close,
  '\x0f': nano => writeOut(nano),
  F3: nano => writeOut(nano),
  '\x13': save,
  '\x12': insertFile,
  Insert: insertFile,
  F5: insertFile,
  '\x17': searchForward,
  F6: searchForward,
  '\x11': nano => search(nano, true),
  '\x1c': replace,
  'M-r': replace,
  '\x0b': plain(cut),
  F9: plain(cut),
  '\x15': plain(paste),
  F10: plain(paste),
  '\x14': execute,
  '\n': plain(nano => justify(nano, false)),
  F4: plain(nano => justify(nano, false)),
  'M-j': plain(nano => justify(nano, true)),
  '\x03': location,
  F11: location,
  '\x1f': gotoLine,
  'M-g': gotoLine,
  'M-u': plain(nano => nano.undo(true)),
  'M-e': plain(nano => nano.undo(false)),
  'M-a': plain(mark),
  '\x1e': plain(mark),
  'M-6': plain(copy),
  'M-^': plain(copy),
  'M-]': plain(gotoBracket),
  'M-q': plain(nano => searchAgain(nano, true)),
  'M-w': plain(nano => searchAgain(nano, false)),
  F16: plain(nano => searchAgain(nano, false)),
  '\x02': plain(left),
  Left: plain(left),
  '\x06': plain(right),
  Right: plain(right),
  'C-Left': wordLeft,
  'M- ': wordLeft,
  'M-Left': plain(nano => otherBuffer(nano, -1)),
  'C-Right': wordRight,
  '\x00': wordRight,
  'M-Right': plain(nano => otherBuffer(nano, 1)),
  'M-,': plain(nano => otherBuffer(nano, -1)),
  'M-<': plain(nano => otherBuffer(nano, -1)),
  'M-.': plain(nano => otherBuffer(nano, 1)),
  'M->': plain(nano => otherBuffer(nano, 1)),
  '\x01': plain(home),
  Home: plain(home),
  '\x05': end,
  End: end,
  '\x10': up,
  Up: up,
  '\x0e': down,
  Down: down,
  'M-Up': plain(nano => scroll(nano, -1)),
  'M--': plain(nano => scroll(nano, -1)),
  'M-Down': plain(nano => scroll(nano, 1)),
  'M-+': plain(nano => scroll(nano, 1)),
  'M-=': plain(nano => scroll(nano, 1)),
  'C-Up': plain(nano => blockMove(nano, -1)),
  'M-7': plain(nano => blockMove(nano, -1)),
  'C-Down': plain(nano => blockMove(nano, 1)),
  'M-8': plain(nano => blockMove(nano, 1)),
  'M-(': plain(nano => blockMove(nano, -1)),
  'M-9': plain(nano => blockMove(nano, -1)),
  'M-)': plain(nano => blockMove(nano, 1)),
  'M-0': plain(nano => blockMove(nano, 1)),
  '\x19': previousPage,
  PageUp: previousPage,
  F7: previousPage,
  '\x16': nextPage,
  PageDown: nextPage,
  F8: nextPage,
  'M-\\': firstLine,
  'M-|': firstLine,
  'C-Home': firstLine,
  'M-/': lastLine,
  'M-?': lastLine,
  'C-End': lastLine,
  '\t': plain(tab),
  '\r': plain(newLine),
  '\x08': plain(backspace),
  '\x7f': plain(backspace),
  '\x04': plain(deleteForward),
  Delete: plain(deleteForward),
  'M-\x7f': plain(nano => deleteWord(nano, false)),
  'M-\x08': plain(nano => deleteWord(nano, false)),
  'C-Delete': plain(nano => deleteWord(nano, true)),
  'M-t': plain(cutTillEnd),
  'M-d': plain(countWords),
  *'M-v'(nano) {
    const key = yield* nano.screen.key()
    if (encode(key).length && [...key].length === 1) typeText(nano, key === '\r' ? '\r' : key)
  },
  'M-}': plain(indent),
  'M-{': plain(unindent),
  'S-Tab': plain(unindent),
  'M-3': plain(comment),
  'M-Delete': plain(nano => {
    const kept = nano.cutBuffer
    cut(nano)
    nano.cutBuffer = kept
  }),
  '\x1a': suspend,
  '\x0c': plain(center),
  'M-y': syntax,
  'M-x': toggle('noHelp', 'Help mode'),
  'M-c': toggle('constantShow', 'Constant cursor position display'),
  'M-s': toggle('softWrap', 'Soft wrapping of overlong lines'),
  'M-$': toggle('softWrap', 'Soft wrapping of overlong lines'),
  'M-n': toggle('lineNumbers', 'Line numbering'),
  'M-#': toggle('lineNumbers', 'Line numbering'),
  'M-h': toggle('smartHome', 'Smart home key'),
  'M-i': toggle('autoindent', 'Auto indent'),
  'M-k': toggle('cutFromCursor', 'Cut to end'),
  'M-l': toggle('breakLongLines', 'Hard wrapping of overlong lines'),
  'M-o': toggle('tabsToSpaces', 'Conversion of typed tabs to spaces'),
}
