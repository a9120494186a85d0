/** ^G: what the keys do. Linux: nano's help.c. */
import type { Blocking } from '../../../abi/index.ts'
import { type Hint, keyLines } from './draw.ts'
import { nanoKey } from './prompt.ts'
import type { Nano } from './state.ts'

const INTRODUCTION = ` nano is a small editor: what you type goes into the text, and keys held with
 Ctrl or Alt are commands. The top line has the name of the file, with a star
 when the text differs from what is on disk. The third line from the bottom
 tells what happened or asks for something; the last two show the keys that
 are used most.

 Keys are written like this: ^X is Ctrl and X together (or Escape pressed
 twice, then X), M-U is Alt and U together (or Escape, then U). Another key
 for the same thing stands in parentheses.

`
const KEYS: readonly (readonly [key: string, other: string, what: string])[] = [
  ['^G', 'F1', 'Show this text'],
  ['^X', 'F2', 'Close the file; leave nano when it was the last'],
  ['^O', 'F3', 'Write the file, or what is marked, to disk'],
  ['^R', 'Ins', 'Put another file in here'],
  ['^W', 'F6', 'Search forward for a text or a regular expression'],
  ['^\\', 'M-R', 'Replace a text or a regular expression'],
  ['^K', 'F9', 'Cut the line, or what is marked'],
  ['^U', 'F10', 'Paste what was cut or copied'],
  ['^T', '', 'Run a command and put in what it prints'],
  ['^J', 'F4', 'Justify the paragraph'],
  ['^C', 'F11', 'Show where the cursor is'],
  ['^/', 'M-G', 'Go to a line and column'],
  ['', '', ''],
  ['M-U', '', 'Undo the last change'],
  ['M-E', '', 'Redo what was undone'],
  ['M-A', '^6', 'Begin to mark text at the cursor'],
  ['M-6', 'M-^', 'Copy the line, or what is marked'],
  ['M-]', '', 'Go to the bracket that matches'],
  ['^Q', '', 'Search backward'],
  ['M-Q', '', 'Search again, backward'],
  ['M-W', '', 'Search again, forward'],
  ['', '', ''],
  ['^B', '◂', 'One character back'],
  ['^F', '▸', 'One character forward'],
  ['^◂', 'M-Space', 'One word back'],
  ['^▸', '^Space', 'One word forward'],
  ['^A', 'Home', 'To the beginning of the line'],
  ['^E', 'End', 'To the end of the line'],
  ['^P', '▴', 'One line up'],
  ['^N', '▾', 'One line down'],
  ['M-▴', 'M--', 'Scroll up, the cursor stays'],
  ['M-▾', 'M-+', 'Scroll down, the cursor stays'],
  ['^Y', 'PgUp', 'One screen up'],
  ['^V', 'PgDn', 'One screen down'],
  ['M-\\', '^Home', 'To the first line'],
  ['M-/', '^End', 'To the last line'],
  ['M-◂', 'M-,', 'To the file before'],
  ['M-▸', 'M-.', 'To the next file'],
  ['', '', ''],
  ['^I', 'Tab', 'Insert a tab, or indent what is marked'],
  ['^M', 'Enter', 'Begin a new line'],
  ['^H', 'Bsp', 'Delete the character before the cursor'],
  ['^D', 'Del', 'Delete the character under the cursor'],
  ['M-Bsp', '', 'Delete back to the beginning of the word'],
  ['^Del', '', 'Delete up to the next word'],
  ['M-T', '', 'Cut from the cursor to the end of the file'],
  ['M-J', '', 'Justify the whole file'],
  ['M-D', '', 'Count lines, words and characters'],
  ['M-V', '', 'Insert the next key as it is'],
  ['M-}', '', 'Indent the line, or the marked lines'],
  ['M-{', 'Sh-Tab', 'Unindent the line, or the marked lines'],
  ['M-3', '', 'Comment lines out, or in again'],
  ['M-Del', '', 'Delete the line without keeping it'],
  ['^Z', '', 'Stop nano and go back to the shell'],
  ['^L', '', 'Put the line of the cursor in the middle'],
  ['^S', '', 'Save without asking'],
  ['', '', ''],
  ['M-X', '', 'Lines of help: on or off'],
  ['M-C', '', 'Always showing the position: on or off'],
  ['M-S', '', 'Wrapping long lines on the screen: on or off'],
  ['M-N', '', 'Line numbers: on or off'],
  ['M-H', '', 'Home goes to the text first: on or off'],
  ['M-I', '', 'Indenting new lines like the line before: on or off'],
  ['M-K', '', 'Cutting from the cursor: on or off'],
  ['M-L', '', 'Breaking long lines while typing: on or off'],
  ['M-O', '', 'Spaces instead of tabs: on or off'],
]
const FOOT: readonly Hint[] = [
  ['^L', 'Refresh'],
  ['^X', 'Close'],
  ['^W', 'Where Is'],
  ['^Q', 'Where Was'],
  ['M-Q', 'Previous'],
  ['M-W', 'Next'],
  ['^P', 'Prev Line'],
  ['^N', 'Next Line'],
  ['^Y', 'Prev Page'],
  ['^V', 'Next Page'],
  ['M-\\', 'First Line'],
  ['M-/', 'Last Line'],
]

const line = ([key, other, what]: readonly [string, string, string]): string =>
  key ? `${key.padEnd(7)}${(other ? `(${other})` : '').padEnd(10)}${what}` : ''

/** Show the text until it is closed. */
export function* showHelp(nano: Nano): Blocking<void> {
  const { screen } = nano
  const lines = [...INTRODUCTION.split('\n').slice(0, -1), ...KEYS.map(line)]
  const title = 'Main nano help text'
  let top = 0
  nano.message = ''
  for (;;) {
    const page = Math.max(1, screen.rows - 4)
    top = Math.max(0, Math.min(top, lines.length - page))
    const left = Math.max(0, Math.ceil((screen.cols - title.length) / 2))
    const head = `\x1b[7m${`${' '.repeat(left)}${title}`.padEnd(screen.cols).slice(0, screen.cols)}\x1b[m`
    const shown = lines.slice(top, top + page).map(it => it.slice(0, screen.cols))
    const rows = [
      head,
      ...shown,
      ...Array.from({ length: page - shown.length }, () => ''),
      '',
      ...keyLines(FOOT, screen.cols),
    ]
    yield* screen.draw({ rows, row: 1, col: 0 })
    const key = yield* nanoKey(nano)
    if (key === '\x16' || key === 'PageDown' || key === ' ') top += page - 2
    else if (key === '\x19' || key === 'PageUp') top -= page - 2
    else if (key === '\x0e' || key === 'Down') top++
    else if (key === '\x10' || key === 'Up') top--
    else if (key === 'Home' || key === 'M-\\') top = 0
    else if (key === 'End' || key === 'M-/') top = lines.length
    else if (key === '\x18' || key === '\x03' || key === 'q' || key === '' || key === 'F2') return
  }
}
