/** Functions that complete words. Readline: complete.c; bashline.c. */
import type { Blocking } from '../../../abi/index.ts'
import { glob } from '../../expand/glob.ts'
import { attempt, commonPrefix, type Kind, type Matches } from '../completion/attempt.ts'
import { isDirectory, isLinkToDirectory, realPath } from '../paths.ts'
import { list } from '../completion/listing.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { splitWords } from '../history-words.ts'

/** A word as it is typed: what is special gets a backslash, unless a quote is open. */
export function quoteForLine(word: string, quote: string): string {
  if (quote === "'") return quote + word.replaceAll("'", "'\\''")
  if (quote === '"') return quote + word.replace(/["$`\\]/g, '\\$&')
  const tilde = /^~[^/]*(?:\/|$)/.exec(word)?.[0] ?? ''
  return tilde + word.slice(tilde.length).replace(/[\s'"\\|&;()<>!{}*[\]?^$`]|^#/g, '\\$&')
}

const TYPES = { tab: 9, list: 63, all: 33, unmodified: 64, menu: 37 } as const

function* find(ed: Editor, kind: Kind, type: number): Blocking<Matches> {
  const { text, point } = ed.buffer
  yield* ed.refresh()
  const what = kind === 'any' && ed.completesFiles ? 'filename' : kind
  return yield* attempt(ed.sh, text.slice(0, point), text.slice(point), type, what)
}

/** Put a word where the one being completed is. */
function insert(ed: Editor, found: Matches, word: string): boolean {
  const { buffer } = ed
  const typed = buffer.text.slice(found.start, buffer.point)
  const text = found.isBare ? found.quote + word : quotedFile(ed, found, word, typed)
  const shown = ed.settings.is('expand-tilde') && found.areFiles ? expandedTilde(ed, text) : text
  if (typed === shown) return false
  buffer.replace(found.start, buffer.point, shown)
  return true
}

/** A variable at a path's beginning stays one, or becomes its value with direxpand. */
function quotedFile(ed: Editor, found: Matches, word: string, typed: string): string {
  const cut = word.lastIndexOf('/') + 1
  if (!found.areFiles || !word.slice(0, cut).includes('$') || typed.includes('\\$') || found.quote === "'")
    return quoteForLine(word, found.quote)
  const { sh } = ed
  if (sh.shopts.has('direxpand'))
    return quoteForLine(realPath(sh, word.slice(0, cut)) + word.slice(cut), found.quote)
  const directory = quoteForLine(word.slice(0, cut), found.quote).replaceAll('\\$', '$')
  return directory + quoteForLine(word.slice(cut), '')
}

const expandedTilde = (ed: Editor, text: string): string =>
  text.replace(/^~(?=\/|$)/, ed.sh.get('HOME') ?? '~')

/** What follows the only match: the closing quote and a blank, or a directory's slash. */
function close(ed: Editor, found: Matches, word: string, isChanged: boolean): void {
  const { buffer, sh, settings } = ed
  const next = buffer.text[buffer.point]
  if (found.areFiles && isDirectory(sh, word)) {
    const isOpen = isChanged && !settings.is('mark-symlinked-directories') && isLinkToDirectory(sh, word)
    const before = buffer.text[buffer.point - 1]
    if (!isOpen && settings.is('mark-directories') && next !== '/' && before !== '/') buffer.insert('/')
    return
  }
  if (found.quote && next !== found.quote) buffer.insert(found.quote)
  else if (found.quote) buffer.point++
  if (found.isClosed && buffer.point === buffer.end) buffer.insert(' ')
}

const complete = (kind: Kind): Command =>
  function* (ed): Blocking<Outcome> {
    const { settings } = ed
    if (settings.is('disable-completion')) {
      ed.buffer.insert('\t', true)
      return undefined
    }
    const isAgain = ed.lastCommand === ed.thisCommand && !ed.completionChanged
    const isList = isAgain
    const type = isList
      ? TYPES.list
      : settings.is('show-all-if-ambiguous')
        ? TYPES.all
        : settings.is('show-all-if-unmodified')
          ? TYPES.unmodified
          : TYPES.tab
    const found = yield* find(ed, kind, type)
    ed.completionChanged = false
    if (!found.words.length) return ed.ding()
    if (isList && found.words.length > 1) return yield* show(ed, found)
    const shared = commonPrefix(ed.sh, found.words)
    const isOnly = found.words.length === 1
    if (type === TYPES.all && !isOnly) yield* show(ed, found)
    const typed = ed.buffer.point - found.start
    const isChanged =
      (isOnly || shared.length > 0) && (isOnly || shared.length + 2 >= typed - 2) && insert(ed, found, shared)
    if (isOnly) {
      const { text } = ed.buffer
      close(ed, found, shared, isChanged)
      ed.completionChanged = isChanged || text !== ed.buffer.text
      return undefined
    }
    ed.completionChanged = isChanged
    if (type === TYPES.unmodified && !isChanged) return yield* show(ed, found)
    return settings.isVi || type !== TYPES.tab ? undefined : ed.ding()
  }

function* show(ed: Editor, found: Matches): Blocking<Outcome> {
  yield* list(ed, found, commonPrefix(ed.sh, found.words))
  return ed.startOver()
}

const possible = (kind: Kind): Command =>
  function* (ed): Blocking<Outcome> {
    const found = yield* find(ed, kind, TYPES.list)
    ed.completionChanged = false
    if (!found.words.length) return ed.ding()
    return yield* show(ed, found)
  }

/** All matches instead of the word. */
function* insertAll(ed: Editor): Blocking<Outcome> {
  const found = yield* find(ed, 'any', 42)
  if (!found.words.length) return ed.ding()
  const { buffer } = ed
  const quoted = found.words.map(it => (found.isBare ? it : quoteForLine(it, found.quote) + found.quote))
  buffer.replace(found.start, buffer.point, `${quoted.join(' ')} `)
  return undefined
}

/** One match after the other, at each key. */
const menu = (direction: 1 | -1): Command =>
  function* (ed, count): Blocking<Outcome> {
    const { buffer } = ed
    const isAgain = /^menu-complete/.test(ed.lastCommand) && ed.menu !== undefined
    if (!isAgain) {
      const found = yield* find(ed, 'any', TYPES.menu)
      ed.menu = undefined
      if (!found.words.length) return ed.ding()
      if (found.words.length === 1) {
        const isChanged = insert(ed, found, found.words[0]!)
        close(ed, found, found.words[0]!, isChanged)
        return undefined
      }
      ed.menu = { found, at: 0, original: buffer.text.slice(found.start, buffer.point) }
      if (ed.settings.is('show-all-if-ambiguous')) yield* show(ed, found)
      if (ed.settings.is('menu-complete-display-prefix')) {
        insert(ed, found, commonPrefix(ed.sh, found.words))
        return undefined
      }
    }
    const { found, original } = ed.menu!
    const size = found.words.length + 1
    ed.menu!.at = (((ed.menu!.at + direction * count) % size) + size) % size
    const { at } = ed.menu!
    if (at === 0) {
      buffer.replace(found.start, buffer.point, original)
      return ed.ding()
    }
    const word = found.words[at - 1]!
    close(ed, found, word, insert(ed, found, word))
    return undefined
  }

/** {a,b{,c}} of words that share a prefix of `shared` characters. Bash: bracecomp.c:really_munge_braces(). */
function braces(words: readonly string[], shared: number): string {
  const parts: string[] = []
  const marked = (it: string) => quoteForLine(it, '').replaceAll(',', '\\,')
  for (let start = 0; start < words.length; ) {
    const first = words[start]!
    let end = start + 1
    let common = first.length
    for (; end < words.length; end++) {
      const length = prefixLength(first, words[end]!)
      if (length <= shared) break
      common = Math.min(common, length)
    }
    const isSingle = end === start + 1
    parts.push(
      isSingle
        ? marked(first.slice(shared))
        : marked(first.slice(shared, common)) + braces(words.slice(start, end), common),
    )
    start = end
  }
  return `{${parts.join(',')}}`
}

function prefixLength(a: string, b: string): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return i
}

/** All matches at once, in braces. */
function* intoBraces(ed: Editor): Blocking<Outcome> {
  const found = yield* find(ed, 'filename', TYPES.tab)
  const { words } = found
  if (!words.length) return ed.ding()
  const { buffer } = ed
  const shared = commonPrefix(ed.sh, words)
  const text = quoteForLine(shared, '') + (words.length === 1 ? '' : braces(words, shared.length))
  buffer.replace(found.start, buffer.point, `${text}${buffer.point === buffer.end ? ' ' : ''}`)
  return undefined
}

/** Words of the history that begin as this one does. */
function* fromHistory(ed: Editor): Blocking<Outcome> {
  const { buffer, walk } = ed
  const start = buffer.text.slice(0, buffer.point).search(/[^\s;|&<>()]*$/)
  const typed = buffer.text.slice(start, buffer.point)
  const words = [...new Set(walk.lines.flatMap(splitWords))].filter(it => it.startsWith(typed)).sort()
  if (!words.length) return ed.ding()
  const found: Matches = { start, quote: '', words, areFiles: false, isBare: true, isClosed: true }
  if (ed.lastCommand === ed.thisCommand && words.length > 1) return yield* show(ed, found)
  insert(ed, found, commonPrefix(ed.sh, words))
  if (words.length > 1) return ed.ding()
  if (buffer.point === buffer.end) buffer.insert(' ')
  return undefined
}

// File name patterns

const patternAt = ({ buffer }: Editor): { start: number; pattern: string } => {
  const start = buffer.text.slice(0, buffer.point).search(/[^\s;|&<>()]*$/)
  return { start, pattern: buffer.text.slice(start, buffer.point) }
}

function* globMatches(ed: Editor, addsStar: boolean): Blocking<{ start: number; names: string[] }> {
  const { start, pattern } = patternAt(ed)
  const whole = addsStar || ed.isExplicit ? `${pattern}*` : pattern
  return { start, names: /[*?[]/.test(whole) ? yield* glob(ed.sh, whole) : [] }
}

function* globExpand(ed: Editor): Blocking<Outcome> {
  const { start, names } = yield* globMatches(ed, false)
  if (!names.length) return ed.ding()
  ed.buffer.replace(start, ed.buffer.point, `${names.map(it => quoteForLine(it, '')).join(' ')} `)
  return undefined
}

function* globList(ed: Editor): Blocking<Outcome> {
  const { start, names } = yield* globMatches(ed, false)
  if (!names.length) return ed.ding()
  return yield* show(ed, { start, quote: '', words: names, areFiles: true, isBare: false, isClosed: true })
}

function* globComplete(ed: Editor): Blocking<Outcome> {
  const { start, names } = yield* globMatches(ed, true)
  if (!names.length) return ed.ding()
  const found: Matches = { start, quote: '', words: names, areFiles: true, isBare: false, isClosed: true }
  if (names.length > 1 && ed.lastCommand === ed.thisCommand) return yield* show(ed, found)
  const shared = commonPrefix(ed.sh, names)
  const isChanged = shared.length > 0 && insert(ed, found, shared)
  if (names.length > 1) return ed.ding()
  close(ed, found, shared, isChanged)
  return undefined
}

export const completing: Readonly<Record<string, Command>> = {
  complete: complete('any'),
  'complete-filename': complete('filename'),
  'complete-username': complete('username'),
  'complete-hostname': complete('hostname'),
  'complete-variable': complete('variable'),
  'complete-command': complete('command'),
  'possible-completions': possible('any'),
  'possible-filename-completions': possible('filename'),
  'possible-username-completions': possible('username'),
  'possible-hostname-completions': possible('hostname'),
  'possible-variable-completions': possible('variable'),
  'possible-command-completions': possible('command'),
  'insert-completions': insertAll,
  'complete-into-braces': intoBraces,
  'menu-complete': menu(1),
  'menu-complete-backward': menu(-1),
  'old-menu-complete': menu(1),
  'dynamic-complete-history': fromHistory,
  'dabbrev-expand': fromHistory,
  'glob-expand-word': globExpand,
  'glob-list-expansions': globList,
  'glob-complete-word': globComplete,
  'delete-char-or-list': function* (ed, count, key): Blocking<Outcome> {
    return ed.buffer.point < ed.buffer.end || !ed.buffer.end
      ? yield* ed.run('delete-char', key)
      : yield* possible('any')(ed, count, key) as Blocking<Outcome>
  },
}
