/**
 * vi's command mode. Readline: vi_mode.c.
 *
 * Left out: registers, a count for insertions.
 */
import type { Blocking } from '../../../abi/index.ts'
import { splitWords } from '../history-words.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { Undo } from '../undo.ts'
import { endOfWord, findChar, matchingBracket, nextWord, previousWord } from '../vi-motions.ts'
import type { CharSearch } from '../vi-state.ts'
import { completing } from './completing.ts'
import { findLine, readString } from './history.ts'
import { kill } from './killing.ts'

// Modes

function startInserting(ed: Editor): undefined {
  ed.keymap = 'vi-insert'
  ed.buffer.undoList.begin()
  ed.vi.isInserting = true
  return undefined
}

/** To command mode: the cursor steps back onto the last character. */
function movementMode(ed: Editor): Outcome {
  const { buffer, vi } = ed
  const stays = /^vi-(change-to|subst)$/.test(vi.redoing)
  if (ed.keymap === 'vi-insert' && buffer.point > 0 && !stays) buffer.point = buffer.before()
  if (vi.isInserting) buffer.undoList.end()
  // What was typed first is not undone by single steps in command mode.
  if (!vi.isCommanding) buffer.undoList = new Undo()
  vi.isCommanding = true
  vi.isInserting = false
  vi.replaced = undefined
  ed.isOverwriting = false
  ed.keymap = 'vi-move'
  vi.commit()
  return undefined
}

const inserting =
  (move: (ed: Editor) => void): Command =>
  ed => {
    move(ed)
    return startInserting(ed)
  }

// Motions

/** A motion: where it leads, or nowhere. */
type Motion = (ed: Editor, count: number, key: string) => number | undefined | Blocking<number | undefined>

const times = (count: number, from: number, step: (at: number) => number): number => {
  let at = from
  for (let i = 0; i < count; i++) at = step(at)
  return at
}

const word =
  (step: (buffer: Editor['buffer'], from: number, big: boolean) => number, big?: boolean): Motion =>
  ({ buffer }, count, key) =>
    times(count, buffer.point, at => step(buffer, at, big ?? /[WBE]$/.test(key)))

function* charSearch(ed: Editor, count: number, key: string): Blocking<number | undefined> {
  const { vi, buffer } = ed
  let it: CharSearch
  if (key === ';' || key === ',') {
    if (!vi.charSearch) return undefined
    it = key === ';' ? vi.charSearch : { ...vi.charSearch, direction: vi.charSearch.direction > 0 ? -1 : 1 }
  } else {
    const char = yield* ed.readCharacter(yield* ed.readKey())
    it = vi.charSearch = { char, direction: /[ft]/.test(key) ? 1 : -1, till: /[tT]/.test(key) }
  }
  const found = findChar(buffer, buffer.point, it, count)
  if (found === undefined) ed.ding()
  return found
}

function* goToMark(ed: Editor): Blocking<number | undefined> {
  const name = yield* ed.readKey()
  return name === '`' ? 0 : ed.vi.marks.get(name)
}

const MOTIONS: Readonly<Record<string, Motion>> = {
  'backward-char': ({ buffer }, count) =>
    buffer.point ? times(count, buffer.point, at => buffer.before(at)) : undefined,
  'forward-char': ({ buffer }, count) =>
    buffer.point < buffer.end ? times(count, buffer.point, at => buffer.after(at)) : undefined,
  'beginning-of-line': () => 0,
  'end-of-line': ({ buffer }) => buffer.end,
  'vi-first-print': ({ buffer }) => Math.max(0, buffer.text.search(/\S/)),
  'vi-back-to-indent': ({ buffer }) => Math.max(0, buffer.text.search(/\S/)),
  'vi-column': ({ buffer }, count) => Math.min(count - 1, buffer.end),
  'vi-next-word': word(nextWord),
  'vi-forward-word': word(nextWord, false),
  'vi-fword': word(nextWord, false),
  'vi-forward-bigword': word(nextWord, true),
  'vi-fWord': word(nextWord, true),
  'vi-prev-word': word(previousWord),
  'vi-backward-word': word(previousWord, false),
  'vi-bword': word(previousWord, false),
  'vi-backward-bigword': word(previousWord, true),
  'vi-bWord': word(previousWord, true),
  'vi-end-word': word(endOfWord),
  'vi-eword': word(endOfWord, false),
  'vi-eWord': word(endOfWord, true),
  'vi-end-bigword': word(endOfWord, true),
  'vi-char-search': charSearch,
  'vi-match': ({ buffer }) => matchingBracket(buffer, buffer.point),
  'vi-goto-mark': goToMark,
}

/** Motions that take the character they lead to along, if they lead forward. */
const INCLUSIVE = /^vi-(end-word|eword|eWord|end-bigword|char-search|match)$/

const moving = (motion: Motion): Command =>
  function* (ed, count, key): Blocking<Outcome> {
    const { point, end } = ed.buffer
    const isStuck = /[we]$/i.test(key) ? point >= ed.buffer.before(end) : /b$/i.test(key) && !point
    const to = isStuck ? undefined : yield* resolved(motion(ed, count, key))
    if (to === undefined) return motion === charSearch ? undefined : ed.ding()
    ed.buffer.point = to
    return undefined
  }

function* resolved<T>(value: T | Blocking<T>): Blocking<T> {
  return typeof value === 'object' ? yield* value as Blocking<T> : value
}

// Operators

/** The part of the line that the motion after an operator covers; undefined if it leads nowhere. */
function* span(
  ed: Editor,
  operator: string,
  count: number,
): Blocking<readonly [number, number] | undefined | 'no motion'> {
  const { buffer } = ed
  let key = yield* ed.readKey()
  let digits = ''
  while (/[1-9]/.test(key) || (digits && key === '0')) {
    digits += key
    key = yield* ed.readKey()
  }
  const total = Math.min(count * (Number(digits) || 1), 1_000_000)
  if (key === operator) return [0, buffer.end]
  let name = ed.settings.keymaps['vi-move'].get(key)?.text ?? ''
  const motion = MOTIONS[name]
  if (!motion) return 'no motion'
  const { point } = buffer
  // "cw" leaves the blanks behind the word alone.
  let wanted = motion
  if (operator === 'c' && name === 'vi-next-word' && total === 1 && /\s/.test(buffer.charAt(point)))
    wanted = ({ buffer: it }) => it.after(point)
  if (operator === 'c' && name === 'vi-next-word' && /\S/.test(buffer.charAt(point))) {
    name = 'vi-end-word'
    wanted = ({ buffer: it }, n, k) => {
      const big = k === 'W'
      const kindEnd = (from: number) => {
        const next = nextWord(it, from, big)
        return it.before(it.text.slice(0, next).trimEnd().length)
      }
      return times(n - 1, kindEnd(point), at => endOfWord(it, at, big))
    }
  }
  const to = yield* resolved(wanted(ed, total, key))
  if (to === undefined) return undefined
  const isForward = to >= point
  const end = isForward && INCLUSIVE.test(name) ? buffer.after(to) : to
  return point <= end ? [point, end] : [end, point]
}

function* operate(
  ed: Editor,
  operator: string,
  count: number,
  toEnd: boolean,
  act: (from: number, to: number) => void,
): Blocking<Outcome> {
  const range = toEnd ? ([ed.buffer.point, ed.buffer.end] as const) : yield* span(ed, operator, count)
  if (range === 'no motion') return undefined
  if (!range) return ed.ding()
  act(...range)
  return undefined
}

function killRange(ed: Editor, from: number, to: number, removes = true): void {
  ed.buffer.point = from
  ed.lastCommand = ''
  kill(ed, to, removes)
  ed.buffer.point = from
}

const deleteTo: Command = (ed, count, key) =>
  operate(ed, 'd', count, key === 'D', (from, to) => killRange(ed, from, to))

const yankTo: Command = (ed, count, key) => {
  const { point } = ed.buffer
  return operate(ed, 'y', count, key === 'Y', (from, to) => {
    killRange(ed, from, to, false)
    ed.buffer.point = point
  })
}

const changeTo: Command = (ed, count, key) =>
  operate(ed, 'c', count, key === 'C', (from, to) => {
    startInserting(ed)
    killRange(ed, from, to)
  })

// Changes

function substitute(ed: Editor, count: number, key: string): Outcome {
  const { buffer } = ed
  startInserting(ed)
  const to = key === 'S' ? buffer.end : times(count, buffer.point, at => buffer.after(at))
  killRange(ed, key === 'S' ? 0 : buffer.point, to)
  return undefined
}

function deleteChars(ed: Editor, count: number): Outcome {
  const { buffer } = ed
  if (!buffer.end) return ed.ding()
  killRange(
    ed,
    buffer.point,
    times(count, buffer.point, at => buffer.after(at)),
  )
  return undefined
}

function rubout(ed: Editor, count: number): Outcome {
  const { buffer } = ed
  if (!buffer.point) return ed.ding()
  killRange(
    ed,
    times(count, buffer.point, at => buffer.before(at)),
    buffer.point,
  )
  return undefined
}

/** r: other characters in the place of these. */
function* changeChar(ed: Editor, count: number): Blocking<Outcome> {
  const char = yield* ed.readCharacter(yield* ed.readKey())
  if (char === '\x1b' || char === '\x03') return undefined
  const { buffer } = ed
  const to = times(count, buffer.point, at => buffer.after(at))
  if (buffer.point >= buffer.end) return ed.ding()
  const length = [...buffer.text.slice(buffer.point, to)].length
  buffer.replace(buffer.point, to, char.repeat(Math.min(count, length)))
  buffer.point = buffer.before()
  return undefined
}

const swapped = (char: string): string =>
  char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()

function changeCase({ buffer }: Editor, count: number): Outcome {
  const to = times(count, buffer.point, at => buffer.after(at))
  buffer.replace(buffer.point, to, [...buffer.text.slice(buffer.point, to)].map(swapped).join(''))
  return undefined
}

function put(ed: Editor, count: number, key: string): Outcome {
  const { buffer, kills } = ed
  const text = kills.current
  if (!text) return ed.ding()
  if (key === 'p' && buffer.point < buffer.end) buffer.point = buffer.after()
  buffer.insert(text.repeat(Math.min(count, 1000)))
  buffer.point = buffer.before()
  return undefined
}

function* redo(ed: Editor, count: number): Blocking<Outcome> {
  const { vi } = ed
  if (!vi.last) return undefined
  const { name, keys, count: before, key } = vi.last
  ed.play(keys)
  vi.redoing = keys ? name : ''
  vi.isReplaying = true
  ed.argument = ed.isExplicit ? count : before
  const outcome = yield* ed.run(name, key)
  vi.isReplaying = false
  return outcome
}

function* arg(ed: Editor, _count: number, key: string): Blocking<Outcome> {
  ed.argument = ed.isExplicit ? ed.argument * 10 + Number(key) : Number(key)
  ed.isExplicit = true
  if (ed.argument > 1_000_000) {
    ed.discardArgument()
    return ed.ding()
  }
  return undefined
}

/** _: a word of the previous line, the last without a count. */
function yankArgument(ed: Editor, count: number): Outcome {
  const { buffer, walk } = ed
  const words = splitWords(walk.lines[walk.position - 1] ?? '')
  const wanted = words[ed.isExplicit ? count - 1 : words.length - 1]
  if (wanted === undefined) return ed.ding()
  if (buffer.end) buffer.point = buffer.after()
  startInserting(ed)
  buffer.insert(` ${wanted}`)
  return undefined
}

// History

const search = (ed: Editor, _count: number, key: string): Blocking<Outcome> =>
  typedSearch(ed, key === '/' ? -1 : 1)

function* typedSearch(ed: Editor, direction: 1 | -1): Blocking<Outcome> {
  const typed = yield* readString(ed, direction < 0 ? '/' : '?')
  if (typed === undefined) return undefined
  const pattern = typed || ed.vi.search?.pattern
  if (!pattern) return ed.ding()
  ed.vi.search = { pattern, direction }
  return findLine(ed, pattern, direction)
}

const searchAgain: Command = (ed, count, key) => {
  const it = ed.vi.search
  if (!it) return ed.ding()
  return findLine(ed, it.pattern, key === 'N' ? (it.direction > 0 ? -1 : 1) : it.direction, count)
}

/** \ * and =: completion from command mode. */
function* viComplete(ed: Editor, _count: number, key: string): Blocking<Outcome> {
  const { buffer } = ed
  while (buffer.point < buffer.end && /\S/.test(buffer.charAt(buffer.point))) buffer.point = buffer.after()
  const name = key === '*' ? 'insert-completions' : key === '=' ? 'possible-completions' : 'complete'
  const outcome = completing[name]!(ed, 1, '\t')
  if (typeof outcome === 'object') yield* outcome
  if (key !== '=') startInserting(ed)
  return undefined
}

function* setMark(ed: Editor): Blocking<Outcome> {
  ed.vi.marks.set(yield* ed.readKey(), ed.buffer.point)
  return undefined
}

/** @: what the alias `_x` stands for is typed. Bash: posix_edit_macros(). */
function* aliasMacro(ed: Editor): Blocking<Outcome> {
  const text = ed.sh.aliases.get(`_${yield* ed.readKey()}`)
  if (text) ed.play(text)
  return undefined
}

const eofMaybe: Command = ed => (ed.buffer.end ? 'accept' : 'eof')

const byName =
  (name: string): Command =>
  (ed, _count, key) =>
    ed.run(name, key)

export const vi: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(
    Object.entries(MOTIONS)
      .filter(([name]) => name.startsWith('vi-'))
      .map(([name, motion]) => [name, moving(motion)]),
  ),
  'vi-insertion-mode': inserting(() => {}),
  'vi-insert-beg': inserting(({ buffer }) => {
    buffer.point = 0
  }),
  'vi-append-mode': inserting(({ buffer }) => {
    buffer.point = buffer.after()
  }),
  'vi-append-eol': inserting(({ buffer }) => {
    buffer.point = buffer.end
  }),
  'vi-movement-mode': movementMode,
  'vi-delete-to': deleteTo,
  'vi-change-to': changeTo,
  'vi-yank-to': yankTo,
  'vi-subst': substitute,
  'vi-delete': deleteChars,
  'vi-rubout': rubout,
  'vi-change-char': changeChar,
  'vi-change-case': changeCase,
  'vi-put': put,
  'vi-yank-pop': byName('yank-pop'),
  'vi-redo': redo,
  'vi-undo': byName('undo'),
  'vi-replace': ed => {
    startInserting(ed)
    ed.isOverwriting = true
    ed.vi.replaced = []
    return undefined
  },
  'vi-overstrike': byName('self-insert'),
  'vi-overstrike-delete': byName('backward-delete-char'),
  'vi-arg-digit': arg,
  'vi-fetch-history': byName('fetch-history'),
  'vi-search': search,
  'vi-search-again': searchAgain,
  'vi-set-mark': setMark,
  'vi-yank-arg': yankArgument,
  'posix-edit-macros': aliasMacro,
  'vi-eof-maybe': eofMaybe,
  'vi-complete': viComplete,
  // What bash binds in the place of the one above has no name.
  'bash-vi-complete': viComplete,
  'vi-tilde-expand': function* (ed, _count, key): Blocking<Outcome> {
    yield* ed.run('tilde-expand', key)
    return startInserting(ed)
  },
  'vi-unix-word-rubout': byName('unix-word-rubout'),
}

/** The functions that `.` repeats. */
export const isChange = (name: string): boolean =>
  /^vi-(insertion-mode|insert-beg|append-mode|append-eol|delete-to|change-to|subst|delete|rubout|change-char|change-case|put|replace)$/.test(
    name,
  ) || /^(backward-)?delete-char$/.test(name)
