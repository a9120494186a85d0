/** What the keys do. Linux: less's command.c, decode.c. */
import type { Blocking } from '../../../abi/index.ts'
import { outsideCommand } from '../screen-shell.ts'
import { standout } from './standout.ts'
import { afterColon, editFile, examine, saveInput, setMark, showInfo, toMark } from './files.ts'
import { LESS_HELP } from './help.ts'
import { ask, askKey, setOption } from './prompt.ts'
import type { Less } from './screen.ts'
import { again, filterBy, search } from './search.ts'
import { LessText } from './text.ts'

type Action = (less: Less, count: number | undefined) => Blocking<void>

const now = (act: (less: Less) => void): Action =>
  function* (less) {
    act(less)
  }
const lineForward: Action = (less, count) => less.forward(count ?? 1)
const lineBack: Action = (less, count) => less.backward(count ?? 1)
const pageForward: Action = (less, count) => less.forward(count ?? less.window())
const pageBack: Action = (less, count) => less.backward(count ?? less.window())
const halfForward: Action = (less, count) => less.forward(less.half(count))
const halfBack: Action = (less, count) => less.backward(less.half(count))
const start: Action = (less, count) => less.toStart(count)
const end: Action = (less, count) => less.toEnd(count)
const quit: Action = less => less.quit()
const info: Action = less => showInfo(less)
const nothing: Action = now(() => {})

export const COMMANDS: Readonly<Record<string, Action>> = {
  e: lineForward,
  j: lineForward,
  J: lineForward,
  '\r': lineForward,
  '\n': lineForward,
  '\x05': lineForward,
  '\x0e': lineForward,
  Down: lineForward,
  y: lineBack,
  k: lineBack,
  K: lineBack,
  '\x19': lineBack,
  '\x0b': lineBack,
  '\x10': lineBack,
  Up: lineBack,
  ' ': pageForward,
  f: pageForward,
  z: pageForward,
  '\x06': pageForward,
  '\x16': pageForward,
  PageDown: pageForward,
  b: pageBack,
  w: pageBack,
  '\x02': pageBack,
  PageUp: pageBack,
  d: halfForward,
  '\x04': halfForward,
  u: halfBack,
  '\x15': halfBack,
  g: start,
  '<': start,
  Home: start,
  G: end,
  '>': end,
  End: end,
  p: (less, count) => less.toPercent(count),
  '%': (less, count) => less.toPercent(count),
  Right: (less, count) => now(it => it.shiftBy(count ?? 1))(less, count),
  Left: (less, count) => now(it => it.shiftBy(-(count ?? 1)))(less, count),
  '/': (less, count) => search(less, false, count ?? 1),
  '?': (less, count) => search(less, true, count ?? 1),
  n: (less, count) => again(less, false, count ?? 1),
  N: (less, count) => again(less, true, count ?? 1),
  '&': less => filterBy(less),
  '-': less => setOption(less, true),
  _: less => setOption(less, false),
  ':': (less, count) => afterColon(less, count),
  E: less => examine(less),
  '=': info,
  '\x07': info,
  m: less => setMark(less),
  "'": less => toMark(less),
  F: less => follow(less),
  V: now(less => showVersion(less)),
  h: less => showHelp(less),
  H: less => showHelp(less),
  '!': less => shell(less),
  v: less => editFile(less),
  s: less => saveInput(less),
  '\x1b': (less, count) => afterEscape(less, count),
  Z: less => zz(less),
  q: quit,
  Q: quit,
  r: now(less => less.repaint()),
  R: now(less => less.repaint()),
  '\x12': now(less => less.repaint()),
  '\x0c': now(less => less.repaint()),
  '\x03': nothing,
  Resize: nothing,
  Timeout: nothing,
}

/** F: waits for more, as tail -f does. */
function* follow(less: Less): Blocking<void> {
  yield* less.toEnd(undefined)
  for (;;) {
    const spots = yield* less.shown()
    const rows = spots.map(({ line, row }) => less.rowsOf(line)[row] ?? '')
    while (rows.length < less.page) rows.push('~')
    const prompt = standout('Waiting for data... (interrupt to abort)')
    rows.push(prompt.text)
    yield* less.screen.draw({ rows, row: less.page, col: prompt.width })
    const key = yield* less.screen.key(1000)
    if (key === '') {
      less.done = true
      return
    }
    if (key !== 'Timeout' && key !== 'Resize') return
    const before = less.text.lines.length
    less.text.again()
    if (!(yield* less.text.all())) {
      less.screen.interrupted = false
      return
    }
    if (less.text.lines.length !== before) yield* less.toEnd(undefined)
  }
}

/** h: the help is a text like any other. */
function* showHelp(less: Less): Blocking<void> {
  if (less.help) return
  const text = new LessText(less.sys, -1, '', undefined, false)
  text.lines.push(...LESS_HELP.split('\n').slice(0, -1))
  text.ended = true
  less.help = { text: less.text, top: less.top, index: less.index }
  less.text = text
  less.top = { line: 0, row: 0 }
  less.padded = true
}

/** !: a command of the shell. */
export function* shell(less: Less): Blocking<void> {
  const typed = yield* ask(less, '!')
  if (typed === undefined) return
  yield* less.screen.lend(
    outsideCommand(less.sys, less.me, typed, less.screen, `\r\x1b[K!${typed}\n`, '!done  (press RETURN)'),
  )
}

/** The commands of two keys that begin with ESC. */
function* afterEscape(less: Less, count: number | undefined): Blocking<void> {
  const key = yield* askKey(less, 'ESC')
  const meaning: Readonly<Record<string, string>> = {
    v: 'b',
    '<': 'g',
    '>': 'G',
    ' ': ' ',
    ')': 'Right',
    '(': 'Left',
  }
  if (key === 'u') less.toggleHighlight()
  else if (meaning[key]) yield* less.command(meaning[key], count)
  else if (key !== '\x1b') yield* less.bell()
}

/** ZZ */
function* zz(less: Less): Blocking<void> {
  if ((yield* askKey(less, 'Z')) === 'Z') less.done = true
}

/** V */
function showVersion(less: Less): void {
  less.message = 'less 590'
}
