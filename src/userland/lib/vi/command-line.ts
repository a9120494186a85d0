/** The last line of the screen: what is typed after : / ? and !, with history. Linux: vim's ex_getln.c. */
import type { Blocking } from '../../../abi/index.ts'
import { nextAt, previousAt } from '../editor-columns.ts'
import { type Vi, ViError } from './state.ts'
import { textWidth } from '../wcwidth.ts'

/** Read a line after a prompt; undefined if it was given up. */
export function* readCommandLine(vi: Vi, prompt: string, start = ''): Blocking<string | undefined> {
  const history = vi.history[prompt === ':' ? ':' : '/']
  const line = { text: start, at: start.length, past: history.length, kept: start }
  try {
    for (;;) {
      showLine(vi, prompt, line.text, line.at)
      const key = yield* vi.key()
      if (key === '\r' || key === '\n') break
      if (key === '\x1b' || key === '\x03') return undefined
      if ((key === '\x7f' || key === '\b') && !line.text) return undefined
      yield* editKey(vi, line, key, history)
    }
  } finally {
    vi.commandLine = undefined
  }
  if (line.text && history.at(-1) !== line.text) history.push(line.text)
  // What was typed stays visible until there is something else to say.
  if (vi.screen && !vi.replaying) vi.say(`${prompt}${line.text}`)
  return line.text
}

function showLine(vi: Vi, prompt: string, text: string, at: number): void {
  const shown = [...text]
    .map(char => (char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char))
    .join('')
  vi.commandLine = { text: prompt + shown, column: 1 + textWidth(text.slice(0, at)) }
}

interface Line {
  text: string
  at: number
  past: number
  kept: string
}

function* editKey(vi: Vi, line: Line, key: string, history: readonly string[]): Blocking<void> {
  const cut = (from: number, to: number) => {
    line.text = line.text.slice(0, from) + line.text.slice(to)
    line.at = from
  }
  const put = (text: string) => {
    line.text = line.text.slice(0, line.at) + text + line.text.slice(line.at)
    line.at += text.length
  }
  switch (key) {
    case '\x7f':
    case '\b':
      return cut(previousAt(line.text, line.at), line.at)
    case 'Delete':
      return line.at < line.text.length
        ? cut(line.at, nextAt(line.text, line.at))
        : cut(previousAt(line.text, line.at), line.at)
    case '\x17':
      return cut(line.text.slice(0, line.at).replace(/(\w+|[^\w\s]+|)\s*$/, '').length, line.at)
    case '\x15':
      return cut(0, line.at)
    case 'Left':
      line.at = previousAt(line.text, line.at)
      return
    case 'Right':
      line.at = nextAt(line.text, line.at)
      return
    case 'Home':
    case '\x02':
      line.at = 0
      return
    case 'End':
    case '\x05':
      line.at = line.text.length
      return
    case 'Up':
    case '\x10':
    case 'Down':
    case '\x0e':
      return recall(line, key === 'Up' || key === '\x10' ? -1 : 1, history)
    case '\x16':
      return put(yield* vi.pressed())
    case '\x12': {
      const name = yield* vi.pressed()
      return put(
        name === '\x17'
          ? (/\w+/.exec(vi.line.slice(vi.cursor.at))?.[0] ?? '')
          : (vi.register(name)?.text ?? ''),
      )
    }
    case 'Paste':
      return put(vi.screen!.pasted.replace(/[\r\n]+/g, ' ').trimEnd())
  }
  if ([...key].length === 1 && key >= ' ') put(key)
}

function recall(line: Line, step: 1 | -1, history: readonly string[]): void {
  if (line.past === history.length) line.kept = line.text
  const past = Math.max(0, Math.min(line.past + step, history.length))
  line.past = past
  line.text = past === history.length ? line.kept : history[past]!
  line.at = line.text.length
}

/** Do what an ex command line says; what it printed is shown. */
export function* executeLine(vi: Vi, line: string): Blocking<void> {
  vi.printed = []
  let failure: ViError | undefined
  try {
    yield* vi.runEx(line)
  } catch (e) {
    if (!(e instanceof ViError)) throw e
    failure = e
  }
  vi.lastCommandLine = line
  yield* showPrinted(vi, `:${line}`, failure)
  if (failure) throw failure
}

/** One line is a message; more need a key to go on. */
export function* showPrinted(vi: Vi, head: string, failure?: ViError): Blocking<void> {
  const lines = vi.printed
  vi.printed = []
  if (!vi.screen || !lines.length) return
  if (failure?.message) lines.push(failure.message)
  if (lines.length === 1 && textWidth(lines[0]!) < vi.screen.cols) return vi.say(lines[0]!)
  yield* vi.pages([head, ...lines])
  vi.say('')
}
