/** A screenful at a time: what less and more share. Linux: less(1), more(1). */
import {
  type Blocking,
  ECHO,
  EINTR,
  Errno,
  ICANON,
  O_RDWR,
  type Sys,
  TCSETSW,
  type Termios,
} from '../../abi/index.ts'
import { writeAll } from './command.ts'
import { textWidth, wcwidth } from './wcwidth.ts'

/** A terminal to read keys from and its settings before. */
export interface Keyboard {
  readonly fd: number
  readonly before: Termios
}

/** Open the terminal and have it hand over keys as they are typed; undefined without one. */
export function* openKeyboard(sys: Sys): Blocking<Keyboard | undefined> {
  try {
    const fd = yield* sys.open('/dev/tty', O_RDWR)
    const before = sys.tcgetattr(fd)
    yield* sys.tcsetattr(fd, TCSETSW, { ...before, lflag: before.lflag & ~(ICANON | ECHO) })
    return { fd, before }
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

export function* closeKeyboard(sys: Sys, it: Keyboard): Blocking<void> {
  yield* sys.tcsetattr(it.fd, TCSETSW, it.before)
  sys.close(it.fd)
}

/** The next key: a character, or an escape sequence as one text; '' at the end, 'resize' after a signal. */
export function* readKey(sys: Sys, fd: number): Blocking<string> {
  let bytes: Uint8Array
  try {
    bytes = yield* sys.read(fd, 64)
  } catch (e) {
    if (e === EINTR) return 'resize'
    throw e
  }
  return new TextDecoder().decode(bytes)
}

/** A line as rows of the screen; colours pass, other control characters are shown as ^X. */
export function screenRows(line: string, width: number, chop: boolean): string[] {
  const rows: string[] = []
  let row = ''
  let used = 0
  for (const match of line.matchAll(/\x1b\[[0-9;]*[mK]|\x1b|./gsu)) {
    let piece = match[0]
    let cells = 0
    if (piece === '\t') {
      cells = 8 - (used % 8)
      piece = ' '.repeat(cells)
    } else if (piece.length === 1 && piece < ' ') {
      piece = `^${String.fromCharCode(piece.charCodeAt(0) + 64)}`
      cells = 2
    } else if (piece[0] !== '\x1b') cells = Math.max(0, wcwidth(piece.codePointAt(0)!))
    else if (piece === '\x1b') {
      piece = 'ESC'
      cells = 3
    }
    if (used + cells > width) {
      rows.push(row)
      if (chop) return rows
      row = ''
      used = 0
    }
    row += piece
    used += cells
  }
  rows.push(row)
  return rows
}

/** Text in reverse video. */
export const reversed = (text: string): string => `\x1b[7m${text}\x1b[27m`

/** Show a prompt on the last line and read a line typed there; undefined if it was given up. */
export function* askLine(sys: Sys, fd: number, prompt: string): Blocking<string | undefined> {
  let text = ''
  yield* writeAll(sys, 1, `\r\x1b[K${prompt}`)
  for (;;) {
    const key = yield* readKey(sys, fd)
    for (const char of key === 'resize' ? '' : key) {
      if (char === '\r' || char === '\n') return text
      if (char === '\x7f' || char === '\b') {
        if (!text) return undefined
        const last = [...text].at(-1)!
        text = text.slice(0, -last.length)
        yield* writeAll(sys, 1, '\b \b'.repeat(textWidth(last)))
      } else if (char >= ' ') {
        text += char
        yield* writeAll(sys, 1, char)
      }
    }
    if (key === '') return undefined
  }
}
