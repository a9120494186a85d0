/** fc: list, edit and execute again what is in the history. Bash: builtins/fc.def. */
import { O_CREAT, O_EXCL, O_WRONLY, decode, type Blocking } from '../../abi/index.ts'
import { readFile } from '../exec/script.ts'
import { runSource } from '../exec/run.ts'
import { Complaint, isErrno, type Shell } from '../shell.ts'
import { addToHistory } from '../readline/history.ts'
import { output } from './echo.ts'
import { invalidOption, usage } from './options.ts'

/** How many lines are listed. */
const SHOWN = 16
const EDITOR = '${FCEDIT:-${EDITOR:-editor}}'

interface Given {
  readonly letters: ReadonlySet<string>
  readonly editor: string | undefined
  readonly rest: readonly string[]
}

/** A number may begin with a minus: it is no option. */
function parse(argv: readonly string[]): Given {
  const letters = new Set<string>()
  let editor: string | undefined
  let i = 1
  for (; i < argv.length && /^-./.test(argv[i]!) && !/^-\d/.test(argv[i]!); i++) {
    const word = argv[i]!
    if (word === '--') {
      i++
      break
    }
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      if (letter === 'e') {
        editor = word.slice(k + 1) || argv[++i]
        if (editor === undefined) throw usage('fc', '-e: option requires an argument')
        break
      }
      if (!'lnrs'.includes(letter)) throw invalidOption('fc', `-${letter}`)
      letters.add(letter)
    }
  }
  return { letters, editor, rest: argv.slice(i) }
}

export function* fc(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { letters, editor, rest } = parse(argv)
  if (letters.has('s') || editor === '-') return yield* again(sh, rest)
  if (!sh.history.length) return 0
  if (letters.has('l')) return yield* list(sh, rest, letters)
  return yield* edit(sh, rest, letters, editor)
}

/** The lines there were before this command. */
const known = (sh: Shell): readonly string[] =>
  sh.historyOpen ? sh.history.lines.slice(0, -1) : sh.history.lines

type Role = 'first' | 'last' | 'only'

/** Which line a word means; -1 if none. Bash: fc_gethnum(). */
function lineOf(sh: Shell, lines: readonly string[], word: string | undefined, role: Role): number {
  const last = lines.length - 1
  if (word === undefined) return last
  if (!/^-?\d/.test(word)) return lines.findLastIndex(it => it.startsWith(word))
  const n = Number.parseInt(word, 10)
  if (n < 0) return Math.max(0, n + last + 1)
  if (n === 0) return last
  const at = n - sh.history.base
  if (at < 0) return role === 'first' ? 0 : last
  return at <= last ? at : role === 'first' ? 0 : last
}

const notFound = (): Complaint => new Complaint('no command found', 1)

/** -s: execute a line again, with replacements. */
function* again(sh: Shell, words: readonly string[]): Blocking<number> {
  const swaps: [string, string][] = []
  let i = 0
  for (; i < words.length && words[i]!.includes('='); i++) {
    const cut = words[i]!.indexOf('=')
    swaps.push([words[i]!.slice(0, cut), words[i]!.slice(cut + 1)])
  }
  const lines = known(sh)
  let text = lines[lineOf(sh, lines, words[i], 'only')]
  if (text === undefined) throw notFound()
  for (const [from, to] of swaps) if (from) text = text.replaceAll(from, to)
  yield* sh.print(2, `${text}\n`)
  if (sh.history.length) sh.history.remove(sh.history.length - 1)
  addToHistory(sh, text)
  sh.historyOpen = false
  return yield* runSource(sh, text, sh.line)
}

interface Range {
  readonly from: number
  readonly to: number
  readonly isReversed: boolean
}

function rangeOf(from: number, to: number, reverse: boolean): Range {
  if (from < 0 || to < 0) throw notFound()
  return from > to ? { from: to, to: from, isReversed: true } : { from, to, isReversed: reverse }
}

function* list(sh: Shell, words: readonly string[], letters: ReadonlySet<string>): Blocking<number> {
  const lines = known(sh)
  if (!lines.length) return 0
  const last = lines.length - 1
  const first = words[0] === undefined ? Math.max(0, last - SHOWN + 1) : lineOf(sh, lines, words[0], 'first')
  const { from, to, isReversed } = rangeOf(first, lineOf(sh, lines, words[1], 'last'), letters.has('r'))
  const shown = lines
    .slice(from, to + 1)
    .map((it, i) => `${letters.has('n') ? '' : sh.history.base + from + i}\t ${it}\n`)
  return yield* output(sh, (isReversed ? shown.reverse() : shown).join(''))
}

/** Let an editor have some lines, and execute what it makes of them. */
function* edit(
  sh: Shell,
  words: readonly string[],
  letters: ReadonlySet<string>,
  editor: string | undefined,
): Blocking<number> {
  const { history } = sh
  const lines = history.lines.slice(0, -1)
  const first = lineOf(sh, lines, words[0], 'first')
  const last = words[1] === undefined ? first : lineOf(sh, lines, words[1], 'last')
  const { from, to, isReversed } = rangeOf(first, last, letters.has('r'))
  const chosen = lines.slice(from, to + 1)
  history.remove(history.length - 1)
  sh.historyOpen = false
  const file = yield* temporaryFile(
    sh,
    (isReversed ? chosen.reverse() : chosen).map(it => `${it}\n`).join(''),
  )
  const status = yield* runSource(sh, `${editor ?? EDITOR} ${file}`, sh.line)
  if (status) {
    remove(sh, file)
    return 1
  }
  const text = decode(yield* readFile(sh, file))
  remove(sh, file)
  for (const line of text.split('\n').filter(Boolean)) addToHistory(sh, line)
  return yield* runShown(sh, text)
}

/** Execute commands, each shown before it runs. */
function* runShown(sh: Shell, text: string): Blocking<number> {
  const wasVerbose = sh.options.has('verbose')
  sh.setOption('verbose', true)
  try {
    const status = yield* runSource(sh, text, 1)
    sh.setOption('verbose', wasVerbose)
    return status
  } catch (e) {
    sh.setOption('verbose', wasVerbose)
    throw e
  }
}

function remove(sh: Shell, file: string): void {
  try {
    sh.sys.unlink(file)
  } catch (e) {
    if (!isErrno(e)) throw e
  }
}

/** A new file in TMPDIR that nobody else can read. */
function* temporaryFile(sh: Shell, text: string): Blocking<string> {
  const directory = sh.get('TMPDIR') || '/tmp'
  for (let i = 0; ; i++) {
    const name = `${directory}/bash-fc.${((sh.pid * 7919 + i * 104729) % 2176782336).toString(36).padStart(6, 'A')}`
    try {
      const fd = yield* sh.sys.open(name, O_WRONLY | O_CREAT | O_EXCL, 0o600)
      yield* sh.sys.write(fd, text)
      sh.sys.close(fd)
      return name
    } catch (e) {
      if (!isErrno(e)) throw e
      if (i >= 10) throw new Complaint(`${name}: cannot open temp file: ${e.message}`, 1)
    }
  }
}
