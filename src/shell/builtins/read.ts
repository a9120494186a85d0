/** read. Bash: builtins/read.def. */
import {
  EAGAIN,
  EINTR,
  POLLIN,
  TCSETSW,
  ECHO,
  ICANON,
  decode,
  type Blocking,
  type Termios,
} from '../../abi/index.ts'
import { assign, assignReference, splitReference, writable } from '../expand/assign.ts'
import { ifsOf } from '../expand/word.ts'
import { catchTerminating, dieIfInterrupted, runPendingTraps } from '../exec/trap.ts'
import { expandPrompt } from '../prompt.ts'
import { Editor } from '../readline/editor.ts'
import { Abandon, Complaint, Discard, isErrno, type Shell } from '../shell.ts'
import { options } from './options.ts'

interface Limits {
  readonly fd: number
  readonly delimiter: string
  readonly raw: boolean
  /** At most so many characters; `exact` ignores the delimiter. */
  readonly count: number
  readonly exact: boolean
  /** Virtual time by which to give up, in seconds since the epoch. */
  readonly deadline: number | undefined
  /** Bytes that turned out to belong to the next character. */
  readonly ahead: number[]
}

interface Line {
  /** The characters, with those a backslash protected marked. */
  readonly text: string
  readonly quoted: readonly boolean[]
  readonly status: number
}

export function* read(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isAsh ? 'rsd:n:p:t:u:' : sh.isDash ? 'rp:' : 'ersa:d:i:n:N:p:t:u:')
  // bash looks at the others when it comes to them.
  for (const name of sh.isDash ? rest : rest.slice(0, 1))
    if (!splitReference(name))
      throw new Complaint(
        sh.isDash ? `${name}: bad variable name` : `\`${name}': not a valid identifier`,
        sh.isDash ? 2 : 1,
      )
  if (sh.isDash && !sh.isAsh && !rest.length) throw new Complaint('arg count', 2)
  if (given.has('u') && !/^\d+$/.test(given.get('u')!))
    throw new Complaint(`${given.get('u')}: invalid file descriptor specification`, 1)
  const fd = Number(given.get('u') ?? 0)
  const timeout = given.get('t')
  if (timeout !== undefined && !/^\d*\.?\d+$|^\d+\.$/.test(timeout))
    throw new Complaint(`${timeout}: invalid timeout specification`, 1)
  const count = given.get('N') ?? given.get('n')
  if (count !== undefined && !/^\d+$/.test(count)) throw new Complaint(`${count}: invalid number`, 1)
  try {
    sh.sys.fcntl(fd, 1)
  } catch {
    throw new Complaint(
      given.has('u')
        ? `${fd}: invalid file descriptor: Bad file descriptor`
        : `read error: ${fd}: Bad file descriptor`,
      1,
    )
  }
  // Bash: builtins/read.def, where the alarm is set.
  if (Number(timeout) > 0) catchTerminating(sh)
  if (timeout !== undefined && Number(timeout) === 0)
    return (yield* sh.sys.poll([{ fd, events: POLLIN }], 0))[0] ? 0 : 1
  const isTerminal = sh.sys.isatty(fd)
  if (isTerminal && fd === 0 && given.has('e') && !sh.isDash && count === undefined)
    return yield* readEdited(sh, given, rest)
  if (isTerminal && given.has('p')) yield* sh.print(2, given.get('p')!)
  const modes =
    isTerminal && (given.has('s') || count !== undefined)
      ? yield* changeModes(sh, fd, given.has('s'), count !== undefined)
      : undefined
  const limits: Limits = {
    fd,
    delimiter: given.has('N') ? '' : given.has('d') ? (given.get('d')![0] ?? '\0') : '\n',
    raw: given.has('r'),
    count: count === undefined ? Number.POSITIVE_INFINITY : Number(count),
    exact: given.has('N'),
    deadline: timeout === undefined ? undefined : sh.now() + Number(timeout),
    ahead: [],
  }
  let line: Line
  try {
    line = yield* readCharacters(sh, limits)
  } catch (e) {
    if (modes) yield* sh.sys.tcsetattr(fd, TCSETSW, modes)
    throw e
  }
  if (modes) yield* sh.sys.tcsetattr(fd, TCSETSW, modes)
  store(sh, line, rest, given.get('a'), given.has('N'))
  return line.status
}

/** -e: the line is edited as commands are. */
function* readEdited(
  sh: Shell,
  given: ReadonlyMap<string, string>,
  names: readonly string[],
): Blocking<number> {
  const editor = new Editor(sh)
  editor.completesFiles = true
  const text = yield* editor.readLine(given.get('p') ?? '', {
    text: given.get('i') ?? '',
    timeout: Number(given.get('t') ?? 0),
  })
  // The editor has begun a new line already.
  if (text === 'interrupt') throw new Abandon(130)
  const line = typed(text === undefined || text === 'timeout' ? '' : text, given.has('r'))
  const status = text === 'timeout' ? 142 : text === undefined ? 1 : 0
  store(sh, { ...line, status }, names, given.get('a'), false)
  return status
}

/** Backslashes quote the character behind them, unless the text is taken raw. */
function typed(text: string, raw: boolean): Omit<Line, 'status'> {
  let out = ''
  const quoted: boolean[] = []
  for (let i = 0; i < text.length; i++) {
    const isQuoted = text[i] === '\\' && !raw
    if (isQuoted) i++
    out += text[i] ?? ''
    if (i < text.length) quoted.push(isQuoted)
  }
  return { text: out, quoted }
}

function* changeModes(sh: Shell, fd: number, silent: boolean, characters: boolean): Blocking<Termios> {
  const old = sh.sys.tcgetattr(fd)
  const lflag = old.lflag & ~(silent ? ECHO : 0) & ~(characters ? ICANON : 0)
  yield* sh.sys.tcsetattr(fd, TCSETSW, { ...old, lflag })
  return old
}

/** Read byte by byte, so that nothing after the line is taken from what commands may read. */
function* readCharacters(sh: Shell, limits: Limits): Blocking<Line> {
  let text = ''
  const quoted: boolean[] = []
  let characters = 0
  const add = (c: string, isQuoted: boolean) => {
    text += c
    for (let i = 0; i < c.length; i++) quoted.push(isQuoted)
    characters++
  }
  while (characters < limits.count) {
    const c = yield* readCharacter(sh, limits)
    if (c === undefined) return { text, quoted, status: 1 }
    if (c === 'timeout') return { text, quoted, status: 142 }
    if (c === limits.delimiter && !limits.exact) return { text, quoted, status: 0 }
    if (c === '\\' && !limits.raw) {
      const next = yield* readCharacter(sh, limits)
      if (next === undefined || next === 'timeout') return { text, quoted, status: next ? 142 : 1 }
      if (next !== '\n') add(next, true)
      else if (sh.isInteractive && !sh.isDash && sh.sys.isatty(limits.fd))
        yield* sh.print(2, expandPrompt(sh, sh.get('PS2') ?? '', false))
    } else if (c !== '\0') add(c, false)
  }
  return { text, quoted, status: 0 }
}

function* readCharacter(sh: Shell, limits: Limits): Blocking<string | undefined> {
  const first = yield* readByte(sh, limits)
  if (typeof first !== 'number') return first
  if (first < 0x80) return String.fromCharCode(first)
  const length = first >= 0xf5 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
  const bytes = [first]
  while (bytes.length < length) {
    const next = yield* readByte(sh, limits)
    if (typeof next !== 'number') break
    if ((next & 0xc0) !== 0x80) {
      limits.ahead.push(next)
      break
    }
    bytes.push(next)
  }
  return decode(Uint8Array.from(bytes))
}

function* readByte(sh: Shell, { fd, deadline, ahead }: Limits): Blocking<number | 'timeout' | undefined> {
  if (ahead.length) return ahead.pop()
  for (;;) {
    try {
      if (deadline !== undefined) {
        const left = (deadline - sh.now()) * 1000
        if (left <= 0 || !(yield* sh.sys.poll([{ fd, events: POLLIN }], left))[0]) return 'timeout'
      }
      const bytes = yield* sh.sys.read(fd, 1)
      return bytes.length ? bytes[0]! : undefined
    } catch (e) {
      if (e === EAGAIN) return undefined
      if (e !== EINTR) {
        if (isErrno(e)) throw new Complaint(`read error: ${fd}: ${e.message}`, 1)
        throw e
      }
      if (sh.interrupted && sh.isInteractive) {
        sh.interrupted = false
        throw new Discard(130)
      }
      yield* dieIfInterrupted(sh)
      yield* runPendingTraps(sh)
    }
  }
}

/** One line, for `select`; undefined at the end of the input. */
export function* readLine(sh: Shell, fd: number): Blocking<string | undefined> {
  const line = yield* readCharacters(sh, {
    fd,
    delimiter: '\n',
    raw: false,
    count: Number.POSITIVE_INFINITY,
    exact: false,
    deadline: undefined,
    ahead: [],
  })
  return line.status ? undefined : line.text
}

function store(
  sh: Shell,
  line: Line,
  names: readonly string[],
  array: string | undefined,
  exact: boolean,
): void {
  const ifs = ifsOf(sh)
  if (array !== undefined) {
    if (!/^[A-Za-z_]\w*$/.test(array)) throw new Complaint(`\`${array}': not a valid identifier`, 1)
    writable(sh, array).value = split(line, ifs, Number.POSITIVE_INFINITY)
    return
  }
  if (!names.length) return assign(sh, 'REPLY', line.text)
  if (exact) return names.forEach((name, i) => assignReference(sh, name, i ? '' : line.text))
  const fields = split(line, ifs, names.length)
  names.forEach((name, i) => assignReference(sh, name, fields[i] ?? ''))
}

/** Split at IFS into at most `most` fields; the last one takes the rest. */
function split({ text, quoted }: Line, ifs: string, most: number): string[] {
  const isBlank = (i: number) =>
    i < text.length && !quoted[i] && ' \t\n'.includes(text[i]!) && ifs.includes(text[i]!)
  const isSeparator = (i: number) => i < text.length && !quoted[i] && ifs.includes(text[i]!)
  const out: string[] = []
  let i = 0
  while (isBlank(i)) i++
  while (i < text.length) {
    if (out.length === most - 1) {
      out.push(lastField(text, i, isBlank, isSeparator))
      return out
    }
    const from = i
    while (i < text.length && !isSeparator(i)) i++
    out.push(text.slice(from, i))
    while (isBlank(i)) i++
    if (isSeparator(i) && !isBlank(i)) {
      i++
      while (isBlank(i)) i++
    }
  }
  return out
}

/** All that is left, without blanks at its end; but a single word loses the separator behind it, too. */
function lastField(
  text: string,
  from: number,
  isBlank: (i: number) => boolean,
  isSeparator: (i: number) => boolean,
): string {
  let at = from
  while (at < text.length && !isSeparator(at)) at++
  const word = text.slice(from, at)
  while (isBlank(at)) at++
  if (isSeparator(at)) at++
  while (isBlank(at)) at++
  if (at >= text.length) return word
  let end = text.length
  while (end > from && isBlank(end - 1)) end--
  return text.slice(from, end)
}
