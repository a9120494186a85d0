/** Functions that change the text: inserting, deleting, transposing, case, undo. Readline: text.c, undo.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Buffer } from '../buffer.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { shellWordLeft, shellWordRight } from '../shell-word.ts'

const PASTE_END = '\x1b[201~'
/** More of one character than this is a slip of the finger. */
const MOST = 100_000

/** Insert a character `count` times, or over what is there. */
export function insertTyped(ed: Editor, char: string, count: number): undefined {
  const { buffer } = ed
  if (count <= 0) return undefined
  const text = char.repeat(Math.min(count, MOST))
  if (ed.isOverwriting && char !== '\n') {
    let to = buffer.point
    for (let i = 0; i < count; i++) to = buffer.after(to)
    ed.vi.replaced?.push(buffer.text.slice(buffer.point, to))
    buffer.replace(buffer.point, to, text)
  } else buffer.insert(text, true)
  return undefined
}

function* selfInsert(ed: Editor, count: number, key: string): Blocking<Outcome> {
  return insertTyped(ed, yield* ed.readCharacter(key.at(-1)!), count)
}

function* quotedInsert(ed: Editor, count: number): Blocking<Outcome> {
  const char = yield* ed.readCharacter(yield* ed.readKey())
  if (char === '\0') return undefined
  return insertTyped(ed, char, count)
}

function* paste(ed: Editor): Blocking<Outcome> {
  const text = yield* readPaste(ed)
  const { buffer } = ed
  buffer.mark = buffer.point
  buffer.insert(text)
  ed.region = [buffer.mark, buffer.point]
  return undefined
}

/** What the terminal marks as pasted. */
export function* readPaste(ed: Editor): Blocking<string> {
  const keys: string[] = []
  const isOver = () => keys.at(-1) === '~' && keys.slice(-PASTE_END.length).join('') === PASTE_END
  while (!isOver()) keys.push(yield* ed.readKey())
  const body = Uint8Array.from(keys.slice(0, -PASTE_END.length), it => it.charCodeAt(0))
  return new TextDecoder().decode(body).replace(/\r\n?/g, '\n')
}

function deleteForward(ed: Editor, count: number): Outcome {
  const { buffer } = ed
  if (count < 0) return deleteBackward(ed, -count)
  if (buffer.point >= buffer.end) return ed.ding()
  let to = buffer.point
  for (let i = 0; i < count; i++) to = buffer.after(to)
  if (ed.isExplicit) ed.kills.add(buffer.text.slice(buffer.point, to), '')
  buffer.delete(buffer.point, to)
  return undefined
}

function deleteBackward(ed: Editor, count: number): Outcome {
  const { buffer } = ed
  if (count < 0) return deleteForward(ed, -count)
  if (buffer.point === 0) return ed.ding()
  const replaced = ed.vi.replaced?.pop()
  if (replaced !== undefined) {
    const at = buffer.before()
    buffer.replace(at, buffer.point, replaced)
    buffer.point = at
    return undefined
  }
  let from = buffer.point
  for (let i = 0; i < count; i++) from = buffer.before(from)
  if (ed.isExplicit) ed.kills.add(buffer.text.slice(from, buffer.point), '')
  buffer.delete(from, buffer.point)
  return undefined
}

/** Drag the character before the cursor over the one at it. */
function transposeChars(ed: Editor, count: number): Outcome {
  const { buffer } = ed
  if (count === 0) return undefined
  if (buffer.point === 0 || buffer.before(buffer.end) <= 0) return ed.ding()
  const isAtEnd = buffer.point === buffer.end
  const middle = isAtEnd ? buffer.before() : buffer.point
  const from = buffer.before(middle)
  if (from === middle) return ed.ding()
  const dragged = buffer.text.slice(from, middle)
  const rest = buffer.text.slice(0, from) + buffer.text.slice(middle)
  let to = from
  for (let i = isAtEnd ? 1 : count; i > 0; i--) to = buffer.after(to + dragged.length) - dragged.length
  for (let i = count; i < 0 && !isAtEnd; i++) to = buffer.before(to)
  const text = rest.slice(0, to) + dragged + rest.slice(to)
  const [first, last] = [Math.min(from, to), Math.max(from, to) + dragged.length]
  buffer.replace(first, last, text.slice(first, last))
  buffer.point = to + dragged.length
  return undefined
}

/** Exchange the word before the cursor with the one behind it. */
const transposeWords =
  (
    right: (buffer: Buffer, from: number) => number,
    left: (buffer: Buffer, from: number) => number,
  ): Command =>
  (ed, count) => {
    const { buffer } = ed
    if (count === 0) return undefined
    let end2 = buffer.point
    for (let i = 0; i < count; i++) end2 = right(buffer, end2)
    const start2 = left(buffer, end2)
    let start1 = start2
    for (let i = 0; i < count; i++) start1 = left(buffer, start1)
    const end1 = right(buffer, start1)
    if (start1 === start2 || end1 > start2) return ed.ding()
    const { text } = buffer
    buffer.replace(
      start1,
      end2,
      text.slice(start2, end2) + text.slice(end1, start2) + text.slice(start1, end1),
    )
    return undefined
  }

/** Change the case of words; with a negative count of those before, the cursor staying. */
const changeCase =
  (change: (word: string) => string): Command =>
  ({ buffer }, count) => {
    const start = buffer.point
    for (let i = Math.abs(count); i > 0; i--) {
      const from = count < 0 ? buffer.wordLeft() : buffer.point
      const to = count < 0 ? buffer.point : buffer.wordRight()
      if (from === to) break
      buffer.replace(from, to, change(buffer.text.slice(from, to)))
      if (count < 0) buffer.point = from
    }
    if (count < 0) buffer.point = start
    return undefined
  }

const capitalized = (word: string): string =>
  word.toLowerCase().replace(/[\p{L}\p{N}]/u, it => it.toUpperCase())

function deleteBlanks({ buffer }: Editor): undefined {
  const before = /[ \t]*$/.exec(buffer.text.slice(0, buffer.point))![0].length
  const behind = /^[ \t]*/.exec(buffer.text.slice(buffer.point))![0].length
  buffer.delete(buffer.point - before, buffer.point + behind)
  return undefined
}

/** Make the line a comment, or no comment any more, and enter it. */
function insertComment(ed: Editor): Outcome {
  const { buffer } = ed
  const sign = ed.settings.get('comment-begin')
  buffer.point = 0
  if (ed.isExplicit && buffer.text.startsWith(sign)) buffer.delete(0, sign.length)
  else buffer.insert(sign)
  return 'accept'
}

function undo(ed: Editor, count: number): Outcome {
  for (let i = 0; i < count; i++) if (!ed.buffer.undo()) return ed.ding()
  return undefined
}

export const changing: Readonly<Record<string, Command>> = {
  'self-insert': selfInsert,
  'quoted-insert': quotedInsert,
  'tab-insert': (ed, count) => insertTyped(ed, '\t', count),
  'bracketed-paste-begin': paste,
  'delete-char': deleteForward,
  'backward-delete-char': deleteBackward,
  'forward-backward-delete-char': (ed, count) =>
    ed.buffer.point === ed.buffer.end ? deleteBackward(ed, count) : deleteForward(ed, count),
  'delete-horizontal-space': deleteBlanks,
  'transpose-chars': transposeChars,
  'transpose-words': transposeWords(
    (it, from) => it.wordRight(from),
    (it, from) => it.wordLeft(from),
  ),
  'shell-transpose-words': transposeWords(
    (it, from) => shellWordRight(it.text, from),
    (it, from) => shellWordLeft(it.text, from),
  ),
  'upcase-word': changeCase(it => it.toUpperCase()),
  'downcase-word': changeCase(it => it.toLowerCase()),
  'capitalize-word': changeCase(capitalized),
  'overwrite-mode': (ed, count) => {
    ed.isOverwriting = ed.isExplicit ? count > 0 : !ed.isOverwriting
    return undefined
  },
  undo,
  'revert-line': ed => {
    if (ed.buffer.undoList.isEmpty) return ed.ding()
    ed.buffer.revert()
    if (ed.keymap === 'vi-move') ed.buffer.point = 0
    return undefined
  },
  'insert-comment': insertComment,
  'accept-line': () => 'accept',
}
