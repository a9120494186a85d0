/** Functions that fetch lines and words from the history. Readline: misc.c, search.c, kill.c; bashline.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { splitWords } from '../history-words.ts'

/** Go `count` lines back in the history, or to the other side. */
function back(ed: Editor, count: number): Outcome {
  const { walk } = ed
  const last = walk.lines.length
  const wanted = Math.min(Math.max(0, walk.position - count), last)
  if (wanted === walk.position) return count === 0 ? undefined : ed.ding()
  return walk.goTo(wanted)
}

function beginning(ed: Editor): Outcome {
  return ed.walk.position === 0 ? ed.ding() : ed.walk.goTo(0)
}

function fetch(ed: Editor, count: number): Outcome {
  const { walk } = ed
  if (!ed.isExplicit) return beginning(ed)
  const wanted = count - ed.sh.history.base
  return wanted >= 0 && wanted < walk.lines.length ? walk.goTo(wanted) : ed.ding()
}

/** The line that starts with (or contains) what stands before the cursor. */
const prefixSearch =
  (direction: 1 | -1, anywhere: boolean): Command =>
  (ed, count) => {
    const { buffer, walk } = ed
    const isAgain = ed.lastCommand === ed.thisCommand || /^history-(sub|search)/.test(ed.lastCommand)
    if (!isAgain) ed.searchText = buffer.text.slice(0, buffer.point)
    const text = ed.searchText
    const way = count < 0 ? -direction : direction
    if (!text) return back(ed, -way * Math.abs(count))
    let found = walk.position
    for (let i = Math.abs(count); i > 0; i--) {
      do found += way
      while (
        found >= 0 &&
        found < walk.lines.length &&
        (!(anywhere ? walk.lines[found]!.includes(text) : walk.lines[found]!.startsWith(text)) ||
          walk.lines[found] === buffer.text)
      )
      if (found < 0 || found > walk.lines.length) return ed.ding()
      if (found === walk.lines.length && !walk.newText.startsWith(text)) return ed.ding()
    }
    const line = found === walk.lines.length ? walk.newText : walk.lines[found]!
    return walk.goTo(found, anywhere ? line.indexOf(text) + text.length : text.length)
  }

/** Insert a word of the previous line; the first after the command's name unless there is an argument. */
const yankNthArgument: Command = (ed, count) => yankWord(ed, ed.walk.position - 1, ed.isExplicit ? count : 1)

function yankWord(ed: Editor, index: number, which: number | '$'): undefined {
  const line = ed.walk.lines[index]
  if (line === undefined) return ed.ding()
  const words = splitWords(line)
  const at = which === '$' ? words.length - 1 : which < 0 ? words.length + which - 1 : which
  const word = words[at]
  if (word === undefined) return ed.ding()
  ed.buffer.mark = ed.buffer.point
  ed.buffer.insert(word)
  return undefined
}

/** The last word of the previous line; again, of the one before. */
const yankLastArgument: Command = (ed, count) => {
  const { buffer } = ed
  const isAgain = /^(yank-last-arg|insert-last-argument)$/.test(ed.lastCommand) && ed.lastWord !== undefined
  if (!isAgain) {
    ed.lastWord = {
      index: ed.walk.position,
      which: ed.isExplicit ? count : '$',
      direction: -1,
      isInserted: false,
    }
  } else if (ed.isExplicit && count < 0) ed.lastWord!.direction *= -1
  const it = ed.lastWord!
  if (isAgain && it.isInserted) buffer.undo()
  it.index = Math.min(it.index + it.direction, ed.walk.position - 1)
  const before = buffer.text
  yankWord(ed, it.index, it.which)
  it.isInserted = before !== buffer.text
  return undefined
}

function operateAndGetNext(ed: Editor): Outcome {
  ed.walk.resumeAt = ed.isExplicit ? undefined : ed.walk.position + 1
  ed.walk.resumeBase = ed.sh.history.base
  return 'accept'
}

// Searches for a string that is typed first

/** Read a string where the line was; undefined if it was given up. */
export function* readString(ed: Editor, sign: string): Blocking<string | undefined> {
  const { buffer, walk } = ed
  walk.leave()
  const old = { text: buffer.text, point: buffer.point, undoList: buffer.undoList }
  const giveBack = () => {
    buffer.reset(old.text, old.point)
    buffer.undoList = old.undoList
    ed.message(undefined)
  }
  buffer.reset('')
  ed.message(ed.shownPrompt + sign)
  for (;;) {
    const key = yield* ed.readKey()
    if (key === '\r' || key === '\n') break
    if (key === '\x07' || ((key === '\x7f' || key === '\b') && !buffer.end)) {
      giveBack()
      return key === '\x07' ? ed.ding() : undefined
    }
    if (key === '\x7f' || key === '\b') buffer.delete(buffer.before(), buffer.point)
    else if (key === '\x15') buffer.reset('')
    else if (key === '\x17') buffer.delete(buffer.text.trimEnd().search(/\S*$/), buffer.end)
    else if (key === '\x16') buffer.insert(yield* ed.readCharacter(yield* ed.readKey()))
    else buffer.insert(yield* ed.readCharacter(key))
  }
  const { text } = buffer
  giveBack()
  return text
}

/** Find the line with a text, from the current one on. */
export function findLine(ed: Editor, text: string, direction: 1 | -1, count = 1): Outcome {
  const { walk } = ed
  const isAnchored = text[0] === '^'
  const wanted = isAnchored ? text.slice(1) : text
  let at = walk.position
  for (let i = 0; i < count; i++) {
    do at += direction
    while (
      at >= 0 &&
      at < walk.lines.length &&
      !(isAnchored ? walk.lines[at]!.startsWith(wanted) : walk.lines[at]!.includes(wanted))
    )
    if (at < 0 || at >= walk.lines.length) return ed.ding()
  }
  return walk.goTo(at, 0)
}

const typedSearch = (direction: 1 | -1): Command =>
  function* (ed): Blocking<Outcome> {
    const typed = yield* readString(ed, ':')
    if (typed === undefined) return undefined
    const text = typed || ed.typedQuery
    if (!text) return ed.ding()
    ed.typedQuery = text
    return findLine(ed, text, direction)
  }

const searchAgain =
  (direction: 1 | -1): Command =>
  ed =>
    ed.typedQuery ? findLine(ed, ed.typedQuery, direction) : ed.ding()

export const historyCommands: Readonly<Record<string, Command>> = {
  'previous-history': back,
  'next-history': (ed, count) => back(ed, -count),
  'beginning-of-history': beginning,
  'end-of-history': ed =>
    ed.walk.position < ed.walk.lines.length ? ed.walk.goTo(ed.walk.lines.length) : ed.ding(),
  'fetch-history': fetch,
  'history-search-backward': prefixSearch(-1, false),
  'history-search-forward': prefixSearch(1, false),
  'history-substring-search-backward': prefixSearch(-1, true),
  'history-substring-search-forward': prefixSearch(1, true),
  'yank-nth-arg': yankNthArgument,
  'yank-last-arg': yankLastArgument,
  'insert-last-argument': yankLastArgument,
  'operate-and-get-next': operateAndGetNext,
  'non-incremental-reverse-search-history': typedSearch(-1),
  'non-incremental-forward-search-history': typedSearch(1),
  'non-incremental-reverse-search-history-again': searchAgain(-1),
  'non-incremental-forward-search-history-again': searchAgain(1),
}
