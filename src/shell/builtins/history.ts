/** history: show, change, read and write the history list. Bash: builtins/history.def, bashhist.c; readline: histfile.c. */
import {
  O_APPEND,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  S_IFMT,
  S_IFREG,
  decode,
  type Blocking,
} from '../../abi/index.ts'
import { readFile } from '../exec/script.ts'
import { fetchLater } from '../late.ts'
import { addToHistory, keepsTimes, limitHistory } from '../readline/history.ts'
import { historyText } from '../ash.ts'
import { Complaint, isErrno, type Shell } from '../shell.ts'
import { strftime } from '../strftime.ts'
import { output } from './echo.ts'
import { options } from './options.ts'

export function* history(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isAsh) return yield* output(sh, historyText(sh))
  const { given, rest } = options(argv, 'cd:anrwps')
  const files = ['a', 'n', 'r', 'w'].filter(it => given.has(it))
  if (files.length > 1) throw new Complaint('cannot use more than one of -anrw', 1)
  if (given.has('c')) {
    sh.history.clear()
    if (!files.length) return 0
  }
  if (given.has('s')) return store(sh, rest)
  if (given.has('p')) return yield* showExpanded(sh, rest)
  if (given.has('d')) return forget(sh, given.get('d')!)
  if (files.length) return yield* useFile(sh, files[0]!, rest[0] ?? historyFile(sh))
  return yield* show(sh, rest)
}

/** The line that called history itself is forgotten. False if it is not there any more. */
function forgetOwnLine(sh: Shell): boolean {
  if (!sh.historyOpen) return true
  if (!sh.history.length) return false
  sh.history.remove(sh.history.length - 1)
  sh.historyOpen = false
  return true
}

function store(sh: Shell, words: readonly string[]): number {
  if (!words.length) return 0
  if (!forgetOwnLine(sh)) return 0
  addToHistory(sh, words.join(' '))
  return 0
}

function* showExpanded(sh: Shell, words: readonly string[]): Blocking<number> {
  forgetOwnLine(sh)
  const later = yield* fetchLater(sh.sys)
  let status = 0
  for (const word of later ? words : []) {
    const expanded = later!.expandHistory(sh.history, word, { chars: sh.get('histchars') })
    if (expanded.error === undefined) yield* output(sh, `${expanded.text}\n`)
    else {
      yield* sh.complain(`history: ${word}: history expansion failed`)
      status = 1
    }
  }
  return status
}

function forget(sh: Shell, spec: string): number {
  const { history } = sh
  const range = /^(-?\d+)-(-?\d+)$/.exec(spec)
  const single = /^\s*[-+]?\d+\s*$/.test(spec)
  const at = (text: string) =>
    text.trim()[0] === '-' ? history.length + Number(text) : Number(text) - history.base
  const refuse = (what: string) => new Complaint(`${what}: history position out of range`, 1)
  if (!range && !single) throw refuse(spec)
  const from = at(range ? range[1]! : spec)
  const to = range ? at(range[2]!) : from
  for (const [i, what] of [
    [from, range ? range[1]! : spec],
    [to, range ? range[2]! : spec],
  ] as const)
    if (!(i >= 0 && i < history.length)) throw refuse(what)
  if (from > to) return 1
  history.remove(from, to - from + 1)
  return 0
}

function* show(sh: Shell, rest: readonly string[]): Blocking<number> {
  const { history } = sh
  if (rest.length > 1) throw new Complaint('history: too many arguments', 1, 'discard')
  const [count] = rest
  if (count !== undefined && !/^\s*[-+]?\d+\s*$/.test(count))
    throw new Complaint(`${count}: numeric argument required`, 1)
  const from = count === undefined ? 0 : Math.max(0, history.length - Math.abs(Number(count)))
  const format = sh.get('HISTTIMEFORMAT')
  let text = ''
  for (let i = from; i < history.length; i++) {
    const time = history.timeOf(i)
    const when = !format ? '' : time === undefined ? '??' : strftime(sh, format, time)
    text += `${String(history.base + i).padStart(5)}  ${when}${history.lines[i]}\n`
  }
  return yield* output(sh, text)
}

// Files

/** Readline: history_filename(). */
const historyFile = (sh: Shell): string => sh.get('HISTFILE') || `${sh.get('HOME') ?? ''}/.history`

function* useFile(sh: Shell, letter: string, file: string): Blocking<number> {
  const { history } = sh
  if (letter === 'w') return yield* saveHistory(sh, file)
  if (letter === 'a') {
    if (!history.unsaved) return 0
    const status = yield* saveHistory(sh, file, history.unsaved)
    if (!status) history.readFromFile += history.unsaved
    if (!status) history.unsaved = 0
    return status
  }
  const { unsaved } = history
  const before = history.length
  const read = yield* loadHistory(sh, file, letter === 'n' ? history.readFromFile : 0)
  if (read === undefined) return 1
  history.unsaved = unsaved + (letter === 'n' ? history.length - before : 0)
  history.readFromFile = read
  return 0
}

/** Add the lines of a file to the list, from a line on. How many lines the file has; undefined if it has none. */
export function* loadHistory(sh: Shell, file: string, from = 0): Blocking<number | undefined> {
  let text: string
  try {
    text = decode(yield* readFile(sh, file))
  } catch (e) {
    if (!isErrno(e)) throw e
    return undefined
  }
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const hasTimes = /^#\d/.test(lines[0] ?? '')
  const joins = hasTimes && sh.get('HISTTIMEFORMAT') !== undefined
  const now = hasTimes || keepsTimes(sh) ? Math.floor(sh.now()) : undefined
  let time: number | undefined
  let entry: string[] = []
  const add = () => {
    if (entry.length) sh.history.add(entry.join('\n'), time ?? now)
    if (entry.length) time = undefined
    entry = []
  }
  for (const line of lines.slice(from)) {
    const stamp = /^#(\d+)/.exec(line)
    if (stamp) {
      add()
      time = Number(stamp[1])
    } else if (line) {
      if (!joins) add()
      entry.push(line)
    }
  }
  add()
  limitHistory(sh)
  return lines.length
}

/** Write the list to a file; with `count` the last lines behind what is there. */
export function* saveHistory(sh: Shell, file: string, count?: number): Blocking<number> {
  const { history } = sh
  const hasTimes = sh.get('HISTTIMEFORMAT') !== undefined
  let text = ''
  for (let i = count === undefined ? 0 : history.length - count; i < history.length; i++) {
    const time = history.timeOf(i)
    if (hasTimes && time !== undefined) text += `#${time}\n`
    text += `${history.lines[i]}\n`
  }
  return yield* writeText(sh, file, text, count !== undefined)
}

function* writeText(sh: Shell, file: string, text: string, append: boolean): Blocking<number> {
  try {
    const fd = yield* sh.sys.open(file, O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0o600)
    if (text) yield* sh.sys.write(fd, text)
    sh.sys.close(fd)
    return 0
  } catch (e) {
    if (!isErrno(e)) throw e
    return 1
  }
}

/** When an interactive shell ends: write what is new, and cut the file to HISTFILESIZE lines. */
export function* keepHistory(sh: Shell): Blocking<void> {
  const file = sh.get('HISTFILE')
  const { history } = sh
  if (!file || !history.length) return
  if (sh.shopts.has('histappend') || history.unsaved <= history.length - 1) {
    if (history.unsaved) yield* saveHistory(sh, file, Math.min(history.unsaved, history.length))
  } else yield* saveHistory(sh, file)
  history.unsaved = 0
  yield* truncateFile(sh, file)
}

/** HISTFILESIZE. Readline: history_truncate_file(). */
export function* truncateFile(sh: Shell, file: string): Blocking<void> {
  const size = sh.get('HISTFILESIZE')
  if (size === undefined || !/^\d+$/.test(size)) return
  try {
    if ((sh.sys.stat(file).mode & S_IFMT) !== S_IFREG) return
    const lines = decode(yield* readFile(sh, file))
      .split('\n')
      .slice(0, -1)
    const isTime = (line: string) => /^#\d/.test(line)
    const most = Number(size)
    const count = lines.filter(it => !isTime(it)).length
    if (count <= most) return
    let cut = count - most
    let at = 0
    while (at < lines.length && cut > 0) if (!isTime(lines[at++]!)) cut--
    yield* writeText(
      sh,
      file,
      lines
        .slice(at)
        .map(it => `${it}\n`)
        .join(''),
      false,
    )
  } catch (e) {
    if (!isErrno(e)) throw e
  }
}
