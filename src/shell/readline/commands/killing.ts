/** Functions that kill and yank. Readline: kill.c. */
import type { Command, Editor, Outcome } from '../editor.ts'
import { shellWordLeft, shellWordRight } from '../shell-word.ts'

/** Functions after which another kill belongs to the same text. */
const KILLS = new Set([
  'kill-line',
  'backward-kill-line',
  'unix-line-discard',
  'kill-word',
  'backward-kill-word',
  'unix-word-rubout',
  'unix-filename-rubout',
  'shell-kill-word',
  'shell-backward-kill-word',
  'kill-whole-line',
  'kill-region',
  'vi-unix-word-rubout',
  'copy-region-as-kill',
  'copy-forward-word',
  'copy-backward-word',
])

/** Keep the text between the cursor and `to`, and remove it. */
export function kill(ed: Editor, to: number, removes = true): undefined {
  const { buffer } = ed
  const { point } = buffer
  const [from, end] = to < point ? [to, point] : [point, to]
  if (from !== end) {
    const again = KILLS.has(ed.lastCommand)
    ed.kills.add(buffer.text.slice(from, end), again ? (to < point ? 'before' : 'behind') : '')
    if (removes) buffer.delete(from, end)
  }
  return undefined
}

/** Kill `count` steps of a kind of word. */
const killing =
  (
    forward: (ed: Editor, from: number) => number,
    backward: (ed: Editor, from: number) => number,
    removes = true,
  ): Command =>
  (ed, count) => {
    const step = count < 0 ? backward : forward
    let to = ed.buffer.point
    for (let i = Math.abs(count); i > 0; i--) to = step(ed, to)
    return kill(ed, to, removes)
  }

const wordRight = ({ buffer }: Editor, from: number): number => buffer.wordRight(from)
const wordLeft = ({ buffer }: Editor, from: number): number => buffer.wordLeft(from)
const shellRight = ({ buffer }: Editor, from: number): number => shellWordRight(buffer.text, from)
const shellLeft = ({ buffer }: Editor, from: number): number => shellWordLeft(buffer.text, from)

/** Where the word before `from` starts that `isEnd` characters bound. */
const backTo =
  (isEnd: RegExp) =>
  ({ buffer }: Editor, from: number): number => {
    let i = from
    while (i > 0 && isEnd.test(buffer.text[i - 1]!)) i--
    while (i > 0 && !isEnd.test(buffer.text[i - 1]!)) i--
    return i
  }

const rubout = (isEnd: RegExp): Command => {
  const back = backTo(isEnd)
  return (ed, count) => {
    if (ed.buffer.point === 0) return ed.ding()
    let to = ed.buffer.point
    for (let i = Math.abs(count); i > 0; i--) to = back(ed, to)
    return kill(ed, to)
  }
}

const killLine: Command = (ed, count) => kill(ed, count < 0 ? 0 : ed.buffer.end)
const killBackward: Command = (ed, count) => kill(ed, count < 0 ? ed.buffer.end : 0)

const region =
  (removes: boolean): Command =>
  ed => {
    const { mark } = ed.buffer
    const from = Math.min(mark, ed.buffer.point)
    kill(ed, mark, removes)
    if (removes) ed.buffer.point = from
    return undefined
  }

/** Yank what was killed last, `count` times. */
function yank(ed: Editor, count: number): Outcome {
  const text = ed.kills.current
  if (text === undefined) return ed.ding()
  ed.buffer.mark = ed.buffer.point
  ed.buffer.insert(text.repeat(Math.max(0, Math.min(count, 1000))))
  return undefined
}

/** Right after a yank: what was killed before that in its place. */
function yankPop(ed: Editor): Outcome {
  const { buffer, kills } = ed
  const old = kills.current
  const isYanked = /^(yank|yank-pop|vi-put|vi-yank-pop)$/.test(ed.lastCommand)
  if (!isYanked || old === undefined) return ed.ding()
  const from = buffer.point - old.length
  if (buffer.text.slice(from, buffer.point) !== old) return ed.ding()
  kills.rotate()
  buffer.replace(from, buffer.point, kills.current!)
  return undefined
}

export const killingCommands: Readonly<Record<string, Command>> = {
  'kill-line': killLine,
  'backward-kill-line': killBackward,
  'unix-line-discard': ed => (ed.buffer.point === 0 ? ed.ding() : kill(ed, 0)),
  'kill-whole-line': ed => {
    const { buffer } = ed
    buffer.point = buffer.end
    return kill(ed, 0)
  },
  'kill-word': killing(wordRight, wordLeft),
  'backward-kill-word': killing(wordLeft, wordRight),
  'shell-kill-word': killing(shellRight, shellLeft),
  'shell-backward-kill-word': killing(shellLeft, shellRight),
  'unix-word-rubout': rubout(/\s/),
  'unix-filename-rubout': rubout(/[\s/]/),
  'kill-region': region(true),
  'copy-region-as-kill': region(false),
  'copy-forward-word': killing(wordRight, wordLeft, false),
  'copy-backward-word': killing(wordLeft, wordRight, false),
  yank,
  'yank-pop': yankPop,
}
