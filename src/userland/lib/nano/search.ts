/** Searching and replacing in nano, and going to a line. Linux: nano's search.c. */
import type { Blocking } from '../../../abi/index.ts'
import { compare, type Place } from '../editor-buffer.ts'
import { matchingBracket } from '../vi/motions.ts'
import { ask, askYesNo } from './prompt.ts'
import type { Hint } from './draw.ts'
import type { Nano } from './state.ts'
import { compileRegex, escapeRegex, RegexError } from '../regex.ts'

const searchKeys = (replacing: boolean): readonly Hint[] => [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
  ['M-C', 'Case Sens'],
  ['M-R', 'Reg.exp.'],
  ['M-B', 'Backwards'],
  ['^R', replacing ? 'No Replace' : 'Replace'],
  ['^P', 'Older'],
  ['^N', 'Newer'],
  ...(replacing ? [] : ([['^T', 'Go To Line']] as const)),
]
const GOTO_KEYS: readonly Hint[] = [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
  ['^W', 'Begin of Paragr.'],
  ['^O', 'End of Paragraph'],
  ['^Y', 'First Line'],
  ['^V', 'Last Line'],
  ['^T', 'Go To Text'],
]
const REPLACE_KEYS: readonly Hint[] = [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
  ['^P', 'Older'],
  ['^N', 'Newer'],
]

const flagsText = ({ options, file }: Nano, replacing: boolean): string =>
  `${options.caseSensitive ? ' [Case Sensitive]' : ''}${options.regexp ? ' [Reg.exp.]' : ''}` +
  `${options.backwards ? ' [Backwards]' : ''}${replacing ? ` (to replace)${file.mark ? ' in selection' : ''}` : ''}`

/** Ask what to look for; undefined when nothing is to be done. `replace` when ^R switched to replacing or back. */
function* askPattern(nano: Nano, replacing: boolean): Blocking<{ text: string; key: string } | undefined> {
  const { options } = nano
  const toggle = (name: 'caseSensitive' | 'regexp' | 'backwards') => () => {
    options[name] = !options[name]
    return undefined
  }
  const last = () => (nano.searched ? ` [${shortened(nano, nano.searched)}]` : '')
  const answer = yield* ask(nano, {
    prompt: () => `Search${flagsText(nano, replacing)}${last()}`,
    keys: () => searchKeys(replacing),
    history: nano.searchHistory,
    actions: {
      'M-c': toggle('caseSensitive'),
      'M-r': toggle('regexp'),
      'M-b': toggle('backwards'),
      '\x12': () => 'switch',
      '\x14': () => 'line',
      '\x07': () => undefined,
    },
  })
  if (!answer) {
    nano.say('Cancelled')
    return undefined
  }
  if (answer.key !== '\r') return answer
  if (!answer.text && !nano.searched) {
    nano.say('Cancelled')
    return undefined
  }
  nano.searched = answer.text || nano.searched
  return { text: nano.searched, key: '\r' }
}

const shortened = (nano: Nano, text: string): string => {
  const room = Math.floor(nano.screen.cols / 3)
  return text.length > room ? `${text.slice(0, room)}...` : text
}

function patternOf(nano: Nano, text: string): RegExp | undefined {
  const { regexp, caseSensitive } = nano.options
  if (!regexp) return new RegExp(escapeRegex(text), `gu${caseSensitive ? '' : 'i'}`)
  try {
    return compileRegex(text, { extended: true, ignoreCase: !caseSensitive, flags: 'g' })
  } catch (e) {
    if (!(e instanceof RegexError)) throw e
    nano.say(`Bad regex "${text}": ${e.message}`, 'alert')
    return undefined
  }
}

interface Hit {
  readonly place: Place
  readonly match: RegExpExecArray
}

/** The next match behind (or before) a place, around the end of the text. */
function find(
  nano: Nano,
  pattern: RegExp,
  from: Place,
  backwards: boolean,
  inclusive = false,
): (Hit & { wrapped: boolean }) | undefined {
  const count = nano.text.length
  for (let i = 0; i <= count; i++) {
    const offset = backwards ? from.line - i : from.line + i
    const line = ((offset % count) + count) % count
    const hits = [...nano.text.line(line).matchAll(pattern)].filter(
      it => it[0] !== '' || pattern.source.includes('^') || pattern.source.includes('$'),
    )
    const fits = (at: number) => {
      if (i > 0) return i < count || (backwards ? at >= from.at : at <= from.at)
      return backwards ? at < from.at : inclusive ? at >= from.at : at > from.at
    }
    const match = backwards ? hits.findLast(it => fits(it.index)) : hits.find(it => fits(it.index))
    if (match) return { place: { line, at: match.index }, match, wrapped: offset !== line }
  }
  return undefined
}

/** ^W and ^Q. */
export function* search(nano: Nano, backwards: boolean): Blocking<void> {
  nano.options.backwards = backwards
  const answer = yield* askPattern(nano, false)
  if (!answer) return
  if (answer.key === 'switch') return yield* replace(nano)
  if (answer.key === 'line') return yield* gotoLine(nano)
  searchAgain(nano, nano.options.backwards)
}

/** M-W and M-Q: the last search once more. */
export function searchAgain(nano: Nano, backwards: boolean): void {
  if (!nano.searched) return nano.say('No current search pattern', 'alert')
  const pattern = patternOf(nano, nano.searched)
  if (!pattern) return
  const hit = find(nano, pattern, nano.cursor, backwards)
  if (!hit) return nano.say(`"${shortened(nano, nano.searched)}" not found`, 'alert')
  if (compare(hit.place, nano.cursor) === 0) return nano.say('This is the only occurrence')
  nano.message = ''
  nano.moveTo(hit.place)
  nano.centerUnlessSeen()
  if (hit.wrapped) nano.say('Search Wrapped')
}

/** ^\. */
export function* replace(nano: Nano): Blocking<void> {
  if (nano.options.view) return nano.say('Key is invalid in view mode', 'alert')
  const answer = yield* askPattern(nano, true)
  if (!answer) return
  if (answer.key === 'switch') return yield* search(nano, nano.options.backwards)
  if (answer.key === 'line') return yield* gotoLine(nano)
  const pattern = patternOf(nano, answer.text)
  if (!pattern) return
  const by = yield* ask(nano, {
    prompt: () => 'Replace with',
    keys: () => REPLACE_KEYS,
    history: nano.replaceHistory,
  })
  if (!by) return nano.say('Cancelled')
  const count = yield* replaceLoop(nano, pattern, by.text)
  if (count < 0) nano.say(`"${shortened(nano, answer.text)}" not found`, 'alert')
  else nano.say(`Replaced ${count} occurrence${count === 1 ? '' : 's'}`)
}

/** Ask for one match after the other, once around; how many were replaced, -1 if there was none. */
function* replaceLoop(nano: Nano, pattern: RegExp, by: string): Blocking<number> {
  const start = nano.cursor
  let from = start
  let count = -1
  let all = false
  let inclusive = true
  let around = false
  let endAt = start.at
  for (;;) {
    const hit = find(nano, pattern, from, false, inclusive)
    if (!hit) break
    if (hit.wrapped) {
      if (around) break
      around = true
    }
    if (around && (hit.place.line > start.line || (hit.place.line === start.line && hit.place.at >= endAt)))
      break
    count = Math.max(count, 0)
    const to = { line: hit.place.line, at: hit.place.at + hit.match[0].length }
    let answer: string | undefined = 'yes'
    if (!all) {
      nano.moveTo(hit.place)
      nano.centerUnlessSeen()
      nano.spotlight = { from: hit.place, to }
      answer = yield* askYesNo(nano, 'Replace this instance?', true)
      nano.spotlight = undefined
      if (!answer) break
      all = answer === 'all'
    }
    from = answer === 'no' ? to : replaceOne(nano, hit, by)
    if (answer !== 'no') {
      count++
      if (around && hit.place.line === start.line) endAt += from.at - to.at
    }
    inclusive = hit.match[0] !== ''
  }
  nano.moveTo(all ? start : from.line === start.line || count < 0 ? start : nano.cursor)
  return count
}

function replaceOne(nano: Nano, { place, match }: Hit, by: string): Place {
  const text = nano.options.regexp
    ? by.replace(/\\(\d)/g, (_, digit: string) => match[Number(digit)] ?? '')
    : by
  const end = { line: place.line, at: place.at + text.length }
  nano.edit('replacement', () => {
    const line = nano.text.line(place.line)
    nano.text.setLine(place.line, line.slice(0, place.at) + text + line.slice(place.at + match[0].length))
    nano.moveTo(place)
  })
  return end
}

/** ^/: go to a line and column; negative numbers count from the end. */
export function* gotoLine(nano: Nano): Blocking<void> {
  const answer = yield* ask(nano, {
    prompt: () => 'Enter line number, column number',
    keys: () => GOTO_KEYS,
    actions: { '\x14': () => 'text', '\x19': () => 'first', '\x16': () => 'last', '\x07': () => undefined },
  })
  if (!answer) return nano.say('Cancelled')
  if (answer.key === 'text') return yield* search(nano, nano.options.backwards)
  nano.message = ''
  if (answer.key === 'first') return nano.moveTo({ line: 0, at: 0 })
  if (answer.key === 'last') return nano.moveTo({ line: nano.lastLine, at: 0 })
  const match = /^\s*([-+]?\d*)\s*(?:[,.]\s*([-+]?\d+))?\s*$/.exec(answer.text)
  if (!answer.text) return nano.say('Cancelled')
  if (!match) return nano.say('Invalid line or column number', 'alert')
  gotoPlace(nano, match[1] ? Number(match[1]) : nano.cursor.line + 1, match[2] ? Number(match[2]) : undefined)
}

/** Line and column from 1; the line goes to the middle of the screen. */
export function gotoPlace(nano: Nano, line: number, column: number | undefined): void {
  const to = line < 0 ? nano.text.length + line : line - 1
  const at = Math.max(0, Math.min(to, nano.lastLine))
  nano.moveTo({ line: at, at: 0 })
  if (column !== undefined) {
    nano.file.want = column < 0 ? Infinity : Math.max(0, column - 1)
    nano.toLine(at)
    nano.file.want = nano.column()
  }
  nano.centerUnlessSeen()
}

/** M-]: the bracket that belongs to the one here. */
export function gotoBracket(nano: Nano): void {
  if (!/[()[\]{}<>]/.test(nano.line[nano.cursor.at] ?? '')) return nano.say('Not a bracket', 'alert')
  const to = matchingBracket(nano.text.lines, nano.cursor)
  if (to) nano.moveTo(to)
  else nano.say('No matching bracket', 'alert')
}
