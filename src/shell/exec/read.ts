/**
 * Reading commands and executing them one by one, so that what precedes a syntax error has run. Bash: eval.c, evalstring.c.
 */
import type { Blocking } from '../../abi/index.ts'
import { ashLine, ashSyntax } from '../ash.ts'
import { Abandon, Complaint, Discard, Exit, SpecialExit, type Shell } from '../shell.ts'
import { type Dialect, Grammar, SILENT, SyntaxError } from '../parse/index.ts'
import type { List } from '../tree.ts'
import { notifyKilled } from './jobs.ts'
import { attend, runList } from './run.ts'

/** One complete command: its tree and text. */
export interface Read {
  readonly list: List
  readonly text: string
  readonly end: number
  readonly line: number
  readonly isLast: boolean
  readonly warnings: readonly string[]
}

const dialectOf = (sh: Shell): Dialect => ({
  extglob: sh.shopts.has('extglob'),
  braces: sh.options.has('braceexpand'),
  posix: sh.isDash || sh.options.has('posix'),
  dash: sh.isDash,
  ash: sh.isAsh,
  alias:
    sh.aliases.size && (sh.shopts.has('expand_aliases') || sh.isDash)
      ? name => sh.aliases.get(name)
      : undefined,
})

const cache = new Map<string, Read>()

/** The next command of `text` from `from` on; undefined at the end. Throws `SyntaxError`. */
export function readCommand(sh: Shell, text: string, from: number, line: number): Read | undefined {
  const dialect = dialectOf(sh)
  const key =
    dialect.alias || text.length > 2000
      ? ''
      : `${dialect.extglob ? 'x' : ''}${dialect.ash ? 'a' : dialect.dash ? 'd' : ''}${dialect.braces ? 'b' : ''}${dialect.posix ? 'p' : ''}${from}:${line}:${text}`
  const known = key ? cache.get(key) : undefined
  if (known) return known
  const grammar = new Grammar(text, from, line, dialect)
  const found = grammar.completeCommand()
  if (!found) return undefined
  const at = grammar.lineAt(found.start)
  // Aliases have changed the text before `end`, not what follows.
  const end = found.end - grammar.src.length + text.length
  const warnings = grammar.openHereDocs.map(
    it =>
      `${it.endLine}: warning: here-document at line ${it.line} delimited by end-of-file (wanted \`${it.delimiter}')`,
  )
  const read = {
    list: found.list,
    text: grammar.src.slice(found.start, found.end),
    end,
    line: at,
    isLast: text.slice(end).trim() === '',
    warnings,
  }
  if (key) {
    if (cache.size > 300) cache.clear()
    cache.set(key, read)
  }
  return read
}

const countLines = (text: string, from: number, to: number): number => {
  let n = 0
  for (let i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) n++
  return n
}

/** A text with a newline at its end. In a string, other than in a file, a backslash at the end stands for itself. */
function terminated(text: string, isString: boolean): string {
  if (text.endsWith('\n')) return text
  return isString && /(?<!\\)(?:\\\\)*\\$/.test(text) ? `${text}\\\n` : `${text}\n`
}

/**
 * Execute a text that is there as a whole: `-c`, eval, a sourced file, a trap. `kind` is what syntax errors name.
 * What the text's commands throw passes through.
 */
export function* executeText(
  sh: Shell,
  given: string,
  firstLine: number,
  kind: string,
  tail = false,
): Blocking<number> {
  const text = terminated(given, kind !== 'file')
  let at = 0
  let line = firstLine
  let status = 0
  for (;;) {
    let read: Read | undefined
    try {
      read = readCommand(sh, text, at, line)
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e
      if (sh.options.has('verbose')) yield* sh.print(2, text.slice(at))
      yield* tellSyntaxError(sh, e, text, firstLine, kind)
      sh.status = e.discards ? 1 : 2
      if (sh.isDash || isStrict(sh)) throw new SpecialExit(2)
      if (!e.discards || kind !== 'file') return sh.status
      at = afterLine(text, e.line - firstLine + 1)
      line = e.line + 1
      continue
    }
    if (sh.options.has('verbose')) yield* sh.print(2, text.slice(at, read?.end))
    if (!read) return status
    for (const warning of sh.isDash ? [] : read.warnings)
      yield* sh.print(2, `${sh.sources.at(-1) ?? sh.name}: line ${warning}\n`)
    line += countLines(text, at, read.end)
    at = read.end
    if (sh.options.has('noexec') && !sh.isInteractive) continue
    if (kind === 'file') sh.enclosingLine = line - 1
    try {
      status = yield* runList(sh, read.list, tail && read.isLast)
    } catch (e) {
      status = yield* goOn(sh, e)
    }
    sh.status = status
  }
}

/** What abandons a command line abandons that of the text only, except in a subshell. Bash: evalstring.c, DISCARD. */
function* goOn(sh: Shell, e: unknown): Blocking<number> {
  const isHere = e instanceof Complaint && e.fatal === 'discard' && !sh.isDash && !sh.isForked
  if (!isHere || isFatal(sh, e)) throw e
  yield* sh.tell(e)
  return 1
}

/** "An assignment error ... shall cause the shell to exit" in posix mode. */
const isFatal = (sh: Shell, e: Complaint): boolean =>
  e.fatal === 'exit' || (isStrict(sh) && e.fatal === 'discard')

/** In posix mode a script ends where bash would only abandon a line. */
const isStrict = (sh: Shell): boolean => sh.options.has('posix') && !sh.isInteractive && !sh.isDash

/** `$?` after a text that is no command: what is wrong in `[[` leaves it as it was. */
export function syntaxStatus(sh: Shell, e: SyntaxError, kind: string): number {
  if (sh.isDash) return 2
  if (e.discards) return 1
  if (e.expecting && e.kind === 'token') return sh.status
  if (e.kind === 'condition' && !e.isAtEnd) return sh.status
  return e.inSubstitution && kind === '-c' ? 127 : 2
}

/** Where the text goes on after a line. */
function afterLine(text: string, line: number): number {
  let at = 0
  for (let i = 0; i < line; i++) at = text.indexOf('\n', at) + 1
  return at
}

/** Execute a script: a failed expansion abandons its command only, if the shell is told to go on. */
export function* executeScript(sh: Shell, given: string, kind: string, tail: boolean): Blocking<number> {
  const text = terminated(given, kind === '-c')
  let at = 0
  let line = 1
  for (;;) {
    // Bash: parse.y: shell_getc(): before a line is read, jobs that were killed are told of.
    if (sh.jobs.list.length && !sh.isDash && !sh.isInteractive) {
      yield* attend(sh)
      yield* notifyKilled(sh, line)
    }
    let read: Read | undefined
    try {
      read = readCommand(sh, text, at, line)
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e
      if (sh.options.has('verbose')) yield* sh.print(2, text.slice(at))
      yield* tellSyntaxError(sh, e, text, 1, kind)
      if (!e.discards || kind === '-c') return syntaxStatus(sh, e, kind)
      at = afterLine(text, e.line)
      line = e.line + 1
      sh.status = 1
      continue
    }
    if (sh.options.has('verbose') && !(sh.isDash && kind === '-c'))
      yield* sh.print(2, text.slice(at, read?.end))
    if (!read) return sh.status
    for (const warning of sh.isDash ? [] : read.warnings) yield* sh.print(2, `${sh.name}: line ${warning}\n`)
    line += countLines(text, at, read.end)
    at = read.end
    sh.scriptLine = line
    sh.enclosingLine = line - 1
    if (!sh.options.has('noexec') && !(yield* runTopLevel(sh, read, tail, kind === '-c')) && !sh.isDash)
      line = sh.line + 1
    if (sh.exiting || sh.options.has('onecmd')) return sh.status
  }
}

/**
 * Run a command line; what unwinds up to here is told, and decides whether the shell goes on. False if it was
 * abandoned: then lines are counted from where that happened, since nobody sets bash's counter right.
 */
export function* runTopLevel(sh: Shell, read: Read, tail: boolean, isString: boolean): Blocking<boolean> {
  try {
    sh.status = yield* runList(sh, read.list, tail && read.isLast)
    if (sh.pending.length || sh.interrupted || sh.childChanged) yield* attend(sh)
  } catch (e) {
    yield* recover(sh, e, isString)
    if (!sh.isInteractive) sh.commandNumber++
    return false
  }
  if (!sh.isInteractive) sh.commandNumber++
  return true
}

/** After an exception at the top level: the message, the status, and `Exit` again if the shell must end. */
export function* recover(sh: Shell, e: unknown, isString: boolean): Blocking<void> {
  resetState(sh)
  if (e instanceof Complaint) {
    yield* sh.tell(e, sh.isDash ? dashWording(e.message) : e.message)
    sh.status = e.fatal === 'exit' || !sh.isDash ? e.status : 2
    if (isString && isFatal(sh, e) && e.status < 128) sh.status = sh.isDash ? e.status : 127
    const leaves = isFatal(sh, e) || (sh.isDash && e.fatal !== '') || sh.options.has('errexit')
    if (!sh.isInteractive && leaves) throw new Exit(sh.status)
    if (sh.isInteractive) sh.status = 1
  } else if (e instanceof Abandon) {
    sh.status = e.status
    if (isString && !sh.isInteractive) throw new Exit(e.status)
  } else if (e instanceof Discard) {
    sh.status = e.status
    if (!sh.isInteractive) throw new Exit(e.status)
    if (e.status === 130) {
      sh.wasInterrupted = true
      yield* sh.print(2, '\n')
    }
  } else throw e
}

/** How dash says what goes wrong in expansions. */
export function dashWording(message: string): string {
  const zero = /^(.*): division by 0 /s.exec(message)
  if (zero) return `arithmetic expression: division by zero: "${zero[1]}"`
  const syntax = /^(.*): (syntax error|value too great|attempted|missing|expression)/s.exec(message)
  if (syntax)
    return `arithmetic expression: expecting ${/operand expected/.test(message) ? 'primary' : /missing/.test(message) ? "')'" : 'EOF'}: "${syntax[1]}"`
  if (/(^|: )bad substitution(:|$)/.test(message)) return 'Bad substitution'
  return message.replace(/: readonly variable$/, ': is read only')
}

/** An unwound command leaves no function frames behind. */
export function resetState(sh: Shell): void {
  sh.loops = 0
  sh.guarded = 0
  sh.inverted = 0
  sh.memo = undefined
  sh.runningTraps.clear()
  sh.trapStatus = undefined
  sh.evalDepth = 0
}

/** Say what is wrong with a text, as bash does: for scripts with the line itself. */
export function* tellSyntaxError(
  sh: Shell,
  e: SyntaxError,
  text: string,
  firstLine: number,
  kind: string,
): Blocking<void> {
  if (sh.isDash) return yield* tellDash(sh, e, text, kind)
  const where =
    kind === '-c' || kind === 'eval' || kind === 'command substitution' || kind.endsWith('trap')
      ? `${kind}: `
      : ''
  const name = sh.sources.at(-1) ?? sh.name
  const start = (line: number) =>
    sh.isInteractive && !kind ? `${name}: ` : `${name}: ${where}line ${line}: `
  const line = e.line
  if (e.kind === 'quote') {
    yield* sh.print(2, `${start(line)}unexpected EOF while looking for matching \`${e.what}'\n`)
    if (e.expecting && e.expecting !== 'eof') yield* sh.print(2, `${start(line + 1)}${e.expecting}\n`)
    return
  }
  if (e.kind === 'eof') {
    yield* sh.print(2, `${start(line)}syntax error: unexpected end of file\n`)
    return
  }
  if (e.kind === 'condition') {
    for (const what of e.what ? e.what.split('\n') : []) yield* sh.print(2, `${start(line)}${what}\n`)
    return
  }
  if (e.kind === 'message') {
    const [what, source] = e.what.split('\n')
    yield* sh.print(2, `${start(line)}${what}\n`)
    if (source !== undefined) yield* sh.print(2, `${start(line)}syntax error: ${source}\n`)
    return
  }
  if (e.expecting && e.expecting !== SILENT) yield* sh.print(2, `${start(line)}${e.expecting}\n`)
  if (e.expecting) return
  yield* sh.print(2, `${start(line)}syntax error near unexpected token \`${e.what}'\n`)
  if (!sh.isInteractive || kind)
    yield* sh.print(2, `${start(line)}\`${text.split('\n')[line - firstLine] ?? ''}'\n`)
}

const DASH_RESERVED = new Set('! case do done elif else esac fi for if in then until while { }'.split(' '))

/** A token as dash names it. */
const dashName = (what: string): string =>
  what === 'newline' ? what : /^[;&|()<>]/.test(what) || DASH_RESERVED.has(what) ? `"${what}"` : 'word'

/** A `-c` text has no newline at its end: there the file ends. */
const endsText = (e: SyntaxError, text: string, kind: string): boolean =>
  e.what === 'newline' && kind !== 'file' && kind !== '' && e.line === text.split('\n').length - 1

function* tellDash(sh: Shell, e: SyntaxError, text: string, kind: string): Blocking<void> {
  // What is open is missed on the last line, behind the last newline of a file.
  const last = text.split('\n').length - (kind === 'file' ? 0 : 1)
  // It has read a newline before it finds it wrong.
  const isBehind = kind === 'file' && e.kind === 'message' && e.what.startsWith('newline')
  const line = e.kind === 'token' || e.kind === 'message' ? e.line + (isBehind ? 1 : 0) : last
  const words = dashSyntax(e, text, kind)
  if (sh.isAsh)
    yield* sh.print(
      2,
      ashLine(
        sh,
        (kind === 'eval' ? 'eval: ' : '') + ashSyntax(words),
        kind === '-c' || kind === 'eval' ? 0 : line,
      ),
    )
  else yield* sh.print(2, `${sh.name}: ${line}: ${kind === 'eval' ? 'eval: ' : ''}Syntax error: ${words}\n`)
}

/** What dash finds wrong with a text. */
function dashSyntax(e: SyntaxError, text: string, kind: string): string {
  const expecting =
    e.expecting === 'word' ? ' (expecting word)' : e.expecting ? ` (expecting "${e.expecting}")` : ''
  if (e.kind === 'message') return kind === '-c' ? e.what.replace(/^newline/, 'end of file') : e.what
  if (e.kind === 'quote') {
    if (e.what === "'" || e.what === '"') return 'Unterminated quoted string'
    if (e.what === '`') return 'EOF in backquote substitution'
    return /^(\}|\)\))$/.test(e.what) ? `Missing '${e.what}'` : 'end of file unexpected (expecting ")")'
  }
  if (e.kind === 'eof' || endsText(e, text, kind)) return `end of file unexpected${expecting}`
  return `${dashName(e.what)} unexpected${expecting}`
}
