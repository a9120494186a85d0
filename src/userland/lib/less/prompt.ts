/** Asking on the last line, and options that are changed there. Linux: less's cmdbuf.c, option.c. */
import type { Blocking } from '../../../abi/index.ts'
import { previousAt } from '../editor-columns.ts'
import { textWidth } from '../wcwidth.ts'
import { SWITCHES } from './options.ts'
import type { Less } from './screen.ts'

/** Read a line on the last row; undefined when it was given up. */
export function* ask(less: Less, prompt: string): Blocking<string | undefined> {
  let text = ''
  less.padded = true
  for (;;) {
    const spots = yield* less.shown()
    const rows = spots.map(({ line, row }) => less.rowsOf(line)[row] ?? '')
    while (rows.length < less.page) rows.push(less.padded ? '~' : '')
    rows.push(prompt + text)
    yield* less.screen.draw({ rows, row: less.page, col: textWidth(prompt + text) })
    const key = yield* less.screen.key()
    if (key === '\r' || key === '\n') return text
    if (key === '' || key === '\x03' || key === '\x1b') return undefined
    if (key === '\x7f' || key === '\b') {
      if (!text) return undefined
      text = text.slice(0, previousAt(text, text.length))
    } else if (key === '\x15') text = ''
    else if (key === 'Paste') text += less.screen.pasted
    else if ([...key].length === 1 && key >= ' ') text += key
  }
}

/** The key after a prefix. */
export function* askKey(less: Less, prompt: string): Blocking<string> {
  const spots = yield* less.shown()
  const rows = spots.map(({ line, row }) => less.rowsOf(line)[row] ?? '')
  while (rows.length < less.page) rows.push(less.padded ? '~' : '')
  rows.push(prompt)
  yield* less.screen.draw({ rows, row: less.page, col: textWidth(prompt) })
  return yield* less.screen.key()
}

/** - and _: an option is changed, or shown. */
export function* setOption(less: Less, change: boolean): Blocking<void> {
  const letter = yield* askKey(less, change ? '-' : '_')
  const texts = SWITCHES[letter]
  if (letter === '\r' || letter === '\x1b') return
  if (!texts) {
    less.message = `There is no ${/^[!-~]$/.test(letter) ? `-${letter}` : letter} option`
    return
  }
  const others =
    letter === 'm' || letter === 'M'
      ? 'mM'
      : letter === 'i' || letter === 'I'
        ? 'iI'
        : letter === 'r' || letter === 'R'
          ? 'rR'
          : ''
  if (change) {
    const was = less.on.has(letter)
    for (const other of others) less.on.delete(other)
    if (was) less.on.delete(letter)
    else less.on.add(letter)
    less.padded ||= letter !== 'S'
    less.top = {
      line: less.top.line,
      row:
        letter === 'S'
          ? less.top.row && !less.on.has('S')
            ? 0
            : Math.min(less.top.row, less.rowsOf(less.top.line).length - 1)
          : less.top.row,
    }
  }
  less.message = texts[less.on.has(letter) ? 1 : 0]
}
