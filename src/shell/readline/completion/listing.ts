/** The matches below the line, in columns. Readline: complete.c:rl_display_match_list(). */
import {
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFSOCK,
  S_IFCHR,
  S_IFBLK,
  type Blocking,
} from '../../../abi/index.ts'
import { textWidth } from '../../../userland/lib/wcwidth.ts'
import type { Editor } from '../editor.ts'
import type { Matches } from './attempt.ts'
import { isDirectory, realPath } from '../paths.ts'

const COLOURS: Readonly<Record<string, string>> = {
  '/': '01;34',
  '@': '01;36',
  '*': '01;32',
  '|': '33',
  '=': '01;35',
  '%': '01;33',
  '#': '01;33',
}

/** What `ls -F` puts behind a file's name. */
function sign(ed: Editor, path: string): string {
  try {
    const { mode } = ed.sh.sys.lstat(realPath(ed.sh, path))
    const kind = mode & S_IFMT
    if (kind === S_IFDIR) return '/'
    if (kind === S_IFLNK) return '@'
    if (kind === S_IFIFO) return '|'
    if (kind === S_IFSOCK) return '='
    if (kind === S_IFCHR) return '%'
    if (kind === S_IFBLK) return '#'
    return mode & 0o111 ? '*' : ''
  } catch {
    return ''
  }
}

interface Cell {
  readonly text: string
  readonly width: number
}

function cellOf(ed: Editor, found: Matches, word: string, shared: number): Cell {
  const { settings, sh } = ed
  const name = found.areFiles ? word.slice(word.replace(/\/+$/, '').lastIndexOf('/') + 1) : word
  let tail = ''
  let colour: string | undefined
  if (found.areFiles) {
    const kind = settings.is('visible-stats') || settings.is('colored-stats') ? sign(ed, word) : ''
    if (settings.is('visible-stats')) tail = kind
    else if (settings.is('mark-directories') && isDirectory(sh, word) && !name.endsWith('/')) tail = '/'
    if (settings.is('colored-stats')) colour = COLOURS[kind]
  }
  const least = settings.number('completion-prefix-display-length')
  const shown = least > 0 && shared > least && shared < name.length ? `...${name.slice(shared)}` : name
  const width = textWidth(shown) + tail.length
  if (colour) return { text: `\x1b[${colour}m${visible(shown)}\x1b[0m${tail}`, width }
  if (settings.is('colored-completion-prefix') && shared)
    return {
      text: `\x1b[01;35m${visible(shown.slice(0, shared))}\x1b[0m${visible(shown.slice(shared))}${tail}`,
      width,
    }
  return { text: visible(shown) + tail, width }
}

const visible = (text: string): string =>
  text.replace(/[\x00-\x1f\x7f]/g, it => `^${String.fromCharCode(it.charCodeAt(0) ^ 64)}`)

/** List all matches, asking first if they are many; the line is to be drawn anew after that. */
export function* list(ed: Editor, found: Matches, shared: string): Blocking<void> {
  const { words } = found
  yield* ed.below()
  const most = ed.settings.number('completion-query-items')
  if (most > 0 && words.length >= most) {
    yield* ed.flush(`Display all ${words.length} possibilities? (y or n)`)
    const yes = yield* answer(ed)
    yield* ed.flush('\n')
    if (!yes) return
  }
  const from = found.areFiles ? shared.length - shared.lastIndexOf('/') - 1 : shared.length
  yield* columns(
    ed,
    words.map(it => cellOf(ed, found, it, from)),
  )
}

/** The matches in columns, top to bottom, a screen at a time. */
function* columns(ed: Editor, cells: readonly Cell[]): Blocking<void> {
  const { settings } = ed
  const wish = settings.number('completion-display-width')
  const width = wish >= 0 && wish < ed.columns ? wish : ed.columns
  const longest = Math.max(...cells.map(it => it.width)) + 2
  let across = Math.floor(width / longest)
  if (across !== 1 && across * longest === width) across--
  across = Math.max(1, across)
  const rows = Math.ceil(cells.length / across)
  const isAcross = settings.is('print-completions-horizontally')
  let left = ed.rows - 1
  for (let row = 0; row < rows; row++) {
    let line = ''
    for (let column = 0; column < across; column++) {
      const cell = cells[isAcross ? row * across + column : column * rows + row]
      if (!cell) break
      line += cell.text + (column + 1 < across ? ' '.repeat(longest - cell.width) : '')
    }
    yield* ed.flush(`${line}\n`)
    if (!settings.is('page-completions') || --left > 0 || row + 1 >= rows) continue
    left = yield* more(ed)
    if (left <= 0) return
  }
}

/** `--More--`: how many further lines; none to stop. Readline: _rl_internal_pager(). */
function* more(ed: Editor): Blocking<number> {
  yield* ed.flush('--More--')
  for (;;) {
    const key = yield* ed.readKey()
    const lines = /[yY ]/.test(key)
      ? ed.rows - 2
      : /[\r\n]/.test(key)
        ? 1
        : /[nNqQ\x7f\x07]/.test(key)
          ? 0
          : -1
    if (lines < 0) {
      yield* ed.flush('\x07')
      continue
    }
    yield* ed.flush(lines ? '\r        \r' : '\r        \r\n'.slice(0, -1) + '\n')
    return lines
  }
}

function* answer(ed: Editor): Blocking<boolean> {
  for (;;) {
    const key = yield* ed.readKey()
    if (/[yY ]/.test(key)) return true
    if (/[nN\x7f\x07]/.test(key)) return false
    yield* ed.flush('\x07')
  }
}
