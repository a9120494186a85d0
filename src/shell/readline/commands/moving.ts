/** Functions that move the cursor. Readline: text.c, bashline.c for the shell's words. */
import { isWordChar } from '../buffer.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { shellWordLeft, shellWordRight } from '../shell-word.ts'
import type { Blocking } from '../../../abi/index.ts'

/** Do something `count` times, the opposite if it is negative, until it fails. */
export const repeated =
  (forward: (ed: Editor) => boolean, backward: (ed: Editor) => boolean): Command =>
  (ed, count) => {
    const step = count < 0 ? backward : forward
    for (let i = Math.abs(count); i > 0; i--) if (!step(ed)) return ed.ding()
    return undefined
  }

const right = ({ buffer, keymap }: Editor): boolean => {
  const last = keymap === 'vi-move' ? buffer.before(buffer.end) : buffer.end
  if (buffer.point >= last) return false
  buffer.point = buffer.after()
  return true
}

const left = ({ buffer }: Editor): boolean => {
  if (buffer.point === 0) return false
  buffer.point = buffer.before()
  return true
}

/** To where a rule leads from the cursor; standing still is no failure. */
const to =
  (target: (ed: Editor) => number) =>
  (ed: Editor): boolean => {
    ed.buffer.point = target(ed)
    return true
  }

const wordRight = to(({ buffer }) => buffer.wordRight(buffer.point, isWordChar))
const wordLeft = to(({ buffer }) => buffer.wordLeft(buffer.point, isWordChar))
const shellRight = to(({ buffer }) => shellWordRight(buffer.text, buffer.point))
const shellLeft = to(({ buffer }) => shellWordLeft(buffer.text, buffer.point))
const down = (ed: Editor): boolean => moveScreenLine(ed, 1)
const up = (ed: Editor): boolean => moveScreenLine(ed, -1)

function moveScreenLine({ buffer, columns }: Editor, direction: 1 | -1): boolean {
  const wanted = buffer.point + direction * columns
  if (wanted < 0 || wanted > buffer.end) return false
  buffer.point = wanted
  return true
}

/** To the next or the previous occurrence of a character that is typed now. */
const charSearch = (direction: 1 | -1): Command =>
  function* (ed, count): Blocking<Outcome> {
    const char = yield* ed.readCharacter(yield* ed.readKey())
    const { buffer } = ed
    const way = count < 0 ? -direction : direction
    let at = buffer.point
    for (let i = Math.abs(count); i > 0; i--) {
      at = way > 0 ? buffer.text.indexOf(char, at + 1) : at > 0 ? buffer.text.lastIndexOf(char, at - 1) : -1
      if (at < 0) return ed.ding()
    }
    buffer.point = at
    return undefined
  }

/** Skip the rest of a control sequence that nothing is bound to. */
function* skipSequence(ed: Editor): Blocking<Outcome> {
  while (!/[@-~]/.test(yield* ed.readKey()));
  return undefined
}

export const moving: Readonly<Record<string, Command>> = {
  'forward-char': repeated(right, left),
  'backward-char': repeated(left, right),
  'forward-byte': repeated(right, left),
  'backward-byte': repeated(left, right),
  'forward-word': repeated(wordRight, wordLeft),
  'backward-word': repeated(wordLeft, wordRight),
  'shell-forward-word': repeated(shellRight, shellLeft),
  'shell-backward-word': repeated(shellLeft, shellRight),
  'beginning-of-line': ({ buffer }) => {
    buffer.point = 0
    return undefined
  },
  'end-of-line': ({ buffer }) => {
    buffer.point = buffer.end
    return undefined
  },
  'next-screen-line': repeated(down, up),
  'previous-screen-line': repeated(up, down),
  'clear-screen': (ed, count) => (ed.isExplicit && count !== 1 ? ed.redraw() : ed.clearScreen(false)),
  'clear-display': (ed, count) => (ed.isExplicit && count !== 1 ? ed.redraw() : ed.clearScreen(true)),
  'redraw-current-line': ed => ed.redraw(),
  'character-search': charSearch(1),
  'character-search-backward': charSearch(-1),
  'set-mark': (ed, count) => {
    ed.buffer.mark = ed.isExplicit ? Math.min(Math.max(0, count), ed.buffer.end) : ed.buffer.point
    return undefined
  },
  'exchange-point-and-mark': ({ buffer }) => {
    const { point } = buffer
    buffer.point = Math.min(buffer.mark, buffer.end)
    buffer.mark = point
    return undefined
  },
  'arrow-key-prefix': skipSequence,
  'skip-csi-sequence': skipSequence,
}
