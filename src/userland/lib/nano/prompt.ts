/** Questions on nano's status line: a line of text, or yes and no. Linux: nano's prompt.c. */
import type { Blocking } from '../../../abi/index.ts'
import { nextAt, previousAt } from '../editor-columns.ts'
import type { Hint } from './draw.ts'
import type { Nano } from './state.ts'
import { textWidth } from '../wcwidth.ts'

export interface Question {
  /** Without the colon; a function when keys change it. */
  readonly prompt: () => string
  readonly answer?: string
  readonly keys: () => readonly Hint[]
  readonly history?: string[]
  /** Keys with a meaning of their own: text ends the prompt with it, undefined goes on. */
  readonly actions?: Readonly<Record<string, () => string | undefined>>
}

export type Answer = { readonly text: string; readonly key: string }

/** A key with what Escape before it makes of it: `M-u`. */
export function* nanoKey(nano: Nano): Blocking<string> {
  const key = yield* nano.screen.key()
  if (key !== '\x1b') return key
  const next = yield* nano.screen.key()
  if (next === '\x1b') {
    const third = yield* nano.screen.key()
    return third.length > 1 ? `C-${third}` : third
  }
  // A key that sends a sequence of its own is taken as held with Ctrl, as Escape twice makes it.
  return next.length > 2 ? `C-${next}` : `M-${next.toLowerCase()}`
}

/** Ask for a line of text; undefined when it was cancelled. */
export function* ask(nano: Nano, question: Question): Blocking<Answer | undefined> {
  let text = question.answer ?? ''
  let at = text.length
  const history = question.history ?? []
  let past = history.length
  let kept = text
  const put = (more: string) => {
    text = text.slice(0, at) + more + text.slice(at)
    at += more.length
  }
  for (;;) {
    yield* nano.draw(shown(nano, question, text, at))
    const key = yield* nanoKey(nano)
    if (key === '' || key === '\x03') return undefined
    const action = question.actions?.[key]
    if (action) {
      const ended = action()
      if (ended !== undefined) return { text, key: ended }
      continue
    }
    if (key === '\r' || key === '\n') break
    else if (key === '\x7f' || key === '\b') {
      const from = previousAt(text, at)
      text = at ? text.slice(0, from) + text.slice(at) : text
      at = at ? from : 0
    } else if (key === 'Delete' || key === '\x04') text = text.slice(0, at) + text.slice(nextAt(text, at))
    else if (key === 'Left' || key === '\x02') at = previousAt(text, at)
    else if (key === 'Right' || key === '\x06') at = nextAt(text, at)
    else if (key === 'Home' || key === '\x01') at = 0
    else if (key === 'End' || key === '\x05') at = text.length
    else if (key === '\x0b') text = text.slice(0, at)
    else if (key === '\x15') put(nano.cutBuffer.join('\n'))
    else if (key === 'Up' || key === '\x10' || key === 'Down' || key === '\x0e') {
      if (past === history.length) kept = text
      past = Math.max(0, Math.min(past + (key === 'Up' || key === '\x10' ? -1 : 1), history.length))
      text = past === history.length ? kept : history[past]!
      at = text.length
    } else if (key === 'Paste') put(nano.screen.pasted.replace(/[\r\n]+$/, '').replace(/[\r\n]/g, ' '))
    else if ([...key].length === 1 && key >= ' ') put(key)
  }
  if (text) {
    const known = history.indexOf(text)
    if (known >= 0) history.splice(known, 1)
    history.push(text)
  }
  return { text, key: '\r' }
}

function shown(nano: Nano, question: Question, text: string, at: number) {
  const head = `${question.prompt()}: `
  const room = nano.screen.cols - textWidth(head) - 1
  const before = textWidth(text.slice(0, at))
  const from = before < room ? 0 : at - Math.floor(room / 2)
  return {
    text: head + text.slice(from),
    column: textWidth(head) + textWidth(text.slice(from, at)),
    keys: question.keys(),
  }
}

/** Ask yes or no, or all when that is possible. */
export function* askYesNo(
  nano: Nano,
  prompt: string,
  all = false,
): Blocking<'yes' | 'no' | 'all' | undefined> {
  const keys: Hint[] = [[' Y', 'Yes'], [' N', 'No'], all ? [' A', 'All'] : ['', ''], ['^C', 'Cancel']]
  for (;;) {
    yield* nano.draw({ text: prompt, column: textWidth(prompt), keys, width: 16 })
    const key = yield* nanoKey(nano)
    if (key === 'y' || key === 'Y') return 'yes'
    if (key === 'n' || key === 'N') return 'no'
    if (all && (key === 'a' || key === 'A')) return 'all'
    if (key === '\x03' || key === '') return undefined
  }
}
