/** The interactive loop: prompt, line editor, history, execution. Bash: eval.c:reader_loop(), parse.y:prompt_again(). */
import type { Blocking } from '../abi/index.ts'
import { executeText, resetState, runTopLevel, readCommand, tellSyntaxError, type Read } from './exec/read.ts'
import { notifyJobs, updateWindowSize } from './exec/jobs.ts'
import { BANNER } from './ash.ts'
import { reap } from './exec/process.ts'
import { attend } from './exec/run.ts'
import { expanding } from './expand/command.ts'
import { expandPrompt } from './prompt.ts'
import { jobsHold } from './builtins/flow.ts'
import { keepHistory, loadHistory, truncateFile } from './builtins/history.ts'
import { Complaint, Discard, Exit, type Shell } from './shell.ts'
import { isDirectory } from './readline/paths.ts'
import { Editor, type ReadLine } from './readline/editor.ts'
import { addToHistory, hasComment } from './readline/history.ts'
import { fetchLater } from './late.ts'
import type { OpenPart } from './readline/multi-line.ts'
import { readInitFiles } from './readline/startup.ts'
import { SyntaxError } from './parse/index.ts'

export function* interact(sh: Shell): Blocking<number> {
  if (sh.isAsh) yield* startAsh(sh)
  else if (!sh.isDash) {
    sh.editor = new Editor(sh)
    updateWindowSize(sh)
    yield* readInitFiles(sh)
    yield* startHistory(sh)
  } else if (sh.sys.isatty(0)) sh.editor = undefined
  // While .bash_logout runs, $? is what it was.
  let status: number | undefined
  try {
    for (;;) {
      const go = yield* turn(sh)
      if (!go) break
    }
  } catch (e) {
    if (!(e instanceof Exit)) throw e
    status = e.status
  }
  if (!sh.isDash && sh.options.has('history')) yield* keepHistory(sh)
  return status ?? sh.status
}

/** busybox's shell edits lines too, with what readline does without its inputrc. */
function* startAsh(sh: Shell): Blocking<void> {
  yield* sh.print(1, BANNER)
  if (!sh.sys.isatty(0)) return
  sh.setOption('emacs', true)
  sh.setOption('history', true)
  sh.editor = new Editor(sh)
  updateWindowSize(sh)
}

/** Bash: bashhist.c:load_history(). */
function* startHistory(sh: Shell): Blocking<void> {
  const file = sh.get('HISTFILE')
  if (!file) return
  yield* truncateFile(sh, file)
  sh.history.readFromFile = (yield* loadHistory(sh, file)) ?? 0
}

/** One prompt and what is typed at it. False at the end of the input. */
function* turn(sh: Shell): Blocking<boolean> {
  yield* beforePrompt(sh)
  let text = ''
  for (let isFirst = true; ; isFirst = false) {
    const line = yield* promptedLine(sh, isFirst ? 'PS1' : 'PS2')
    if (line === 'interrupt') {
      sh.status = 130
      return true
    }
    if (line === 'timeout') {
      yield* sh.print(1, '\x07timed out waiting for input: auto-logout\n')
      throw new Exit(sh.status)
    }
    if (line === undefined) {
      if (isFirst) return yield* endOfInput(sh)
      return yield* incomplete(sh, text)
    }
    sh.eofs = 0
    if (sh.options.has('verbose') && !sh.isDash) yield* sh.print(2, `${line}\n`)
    const later = isFirst ? undefined : yield* fetchLater(sh.sys)
    const open = later?.openPart(text, sh.shopts.has('extglob'))
    const expanded = open?.hereDoc ? line : yield* historyExpanded(sh, line, open)
    if (expanded === undefined && open) continue
    if (expanded === undefined) return true
    if (open) later!.extendHistory(sh, expanded, open)
    else remember(sh, expanded)
    text += `${expanded}\n`
    const commands = yield* parse(sh, yield* directoryCommand(sh, text))
    if (commands === 'incomplete') continue
    if (commands) yield* runAll(sh, commands)
    return true
  }
}

/** shopt -s autocd: a directory's name is the command to go there. */
function* directoryCommand(sh: Shell, text: string): Blocking<string> {
  const word = /^\s*([^\s;|&<>()$`'"\\*?[{]+)\s*$/.exec(text)?.[1]
  if (word === undefined || !sh.shopts.has('autocd') || sh.isDash) return text
  if (!isDirectory(sh, word) || sh.functions.has(word) || sh.aliases.has(word)) return text
  yield* sh.print(2, `cd -- ${word}\n`)
  return `cd -- ${word}\n`
}

/** Whether the line's newline is escaped. */
export const endsOpen = (text: string): boolean => /(?<!\\)(?:\\\\)*\\\n$/.test(text)

/** The commands of a text; undefined after a syntax error that has been told. */
function* parse(sh: Shell, text: string): Blocking<Read[] | 'incomplete' | undefined> {
  if (endsOpen(text)) return 'incomplete'
  const out: Read[] = []
  for (let at = 0; ; ) {
    try {
      const read = readCommand(sh, text, at, sh.inputLine)
      if (!read) break
      if (read.warnings.length) return 'incomplete'
      out.push(read)
      at = read.end
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e
      if (e.isIncomplete) return 'incomplete'
      yield* tellSyntaxError(sh, e, text, sh.inputLine, '')
      sh.status = 2
      return undefined
    }
  }
  return out
}

function* incomplete(sh: Shell, text: string): Blocking<boolean> {
  try {
    const read = readCommand(sh, text, 0, sh.inputLine)
    if (read) {
      for (const warning of read.warnings)
        yield* sh.print(2, `${sh.name}: ${warning.replace(/^\d+: /, '')}\n`)
      yield* runAll(sh, [read])
    }
    return true
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e
    yield* tellSyntaxError(sh, e, text, sh.inputLine, '')
    if (e.kind === 'quote') yield* sh.print(2, `${sh.name}: syntax error: unexpected end of file\n`)
    sh.status = 2
    return e.kind === 'eof' && !sh.isDash ? yield* endOfInput(sh) : true
  }
}

function* runAll(sh: Shell, commands: readonly Read[]): Blocking<void> {
  if (commands.length && sh.get('PS0') && !sh.isDash)
    yield* sh.print(2, (yield* promptText(sh, 'PS0')).replace(/[\x01\x02]/g, ''))
  sh.commandNumber++
  const warned = sh.warnedStopped
  for (const read of commands) {
    sh.inputLine = 1
    yield* runTopLevel(sh, read, false, false)
    if (sh.status === 130 && sh.wasInterrupted) break
  }
  sh.wasInterrupted = false
  // `exit` leaves right after the warning, or once one has looked at the jobs.
  if (/^\s*jobs\b/.test(commands.at(-1)?.text ?? '')) sh.warnedStopped = true
  else if (warned) sh.warnedStopped = false
}

function* beforePrompt(sh: Shell): Blocking<void> {
  resetState(sh)
  yield* reap(sh)
  yield* notifyJobs(sh)
  if (sh.pending.length) yield* attend(sh)
  sh.interrupted = false
  const command = sh.variables.resolve('PROMPT_COMMAND')?.current()
  if (command !== undefined && !sh.isDash)
    for (const text of typeof command === 'string' ? [command] : Object.values(command))
      yield* guardedRun(sh, text)
}

function* guardedRun(sh: Shell, text: string): Blocking<void> {
  const { status } = sh
  try {
    yield* executeText(sh, text, 1, '')
  } catch (e) {
    if (e instanceof Complaint) yield* sh.complain(e.message)
    else if (!(e instanceof Discard)) throw e
  }
  sh.status = status
}

/** A line, `interrupt` after ^C, undefined at the end of the input. */
function* promptedLine(sh: Shell, which: 'PS1' | 'PS2'): Blocking<ReadLine> {
  const prompt = yield* promptText(sh, which)
  sh.interrupted = false
  if (sh.editor && (sh.options.has('emacs') || sh.options.has('vi')))
    return yield* sh.editor.readLine(prompt, which === 'PS1' ? { timeout: Number(sh.get('TMOUT')) || 0 } : {})
  yield* sh.print(2, prompt.replace(/[\x01\x02]/g, ''))
  return yield* plainLine(sh)
}

function* promptText(sh: Shell, which: 'PS0' | 'PS1' | 'PS2'): Blocking<string> {
  try {
    return yield* expanding(sh, () => expandPrompt(sh, sh.get(which) ?? '', true))
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    yield* sh.complain(e.message)
    return sh.get(which) ?? ''
  }
}

/** Without a terminal to edit on, and in dash: the kernel's line discipline does the editing. */
function* plainLine(sh: Shell): Blocking<string | 'interrupt' | undefined> {
  const bytes: number[] = []
  for (;;) {
    try {
      const [byte] = yield* sh.sys.read(0, 1)
      if (byte === undefined) return bytes.length ? text(bytes) : undefined
      if (byte === 10) return text(bytes)
      bytes.push(byte)
    } catch {
      if (sh.interrupted) {
        sh.interrupted = false
        yield* sh.print(2, '\n')
        return 'interrupt'
      }
      if (sh.pending.length) yield* attend(sh)
    }
  }
}

const text = (bytes: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(bytes))

function* endOfInput(sh: Shell): Blocking<boolean> {
  const ignore = sh.options.has('ignoreeof')
  const most = Number(sh.get('IGNOREEOF') ?? 10) || 10
  if (ignore && sh.eofs < most) {
    sh.eofs++
    yield* sh.print(2, `Use "${sh.isLogin ? 'logout' : 'exit'}" to leave the shell.\n`)
    return true
  }
  if (sh.isAsh) yield* sh.print(2, '\n')
  else if (!sh.isDash) yield* sh.print(2, sh.isLogin ? 'logout\n' : 'exit\n')
  return yield* jobsHold(sh)
}

// History

/** `!!` and its like; undefined if the line must not be executed. Bash: pre_process_line(). */
function* historyExpanded(sh: Shell, line: string, open: OpenPart | undefined): Blocking<string | undefined> {
  if (sh.isDash || !sh.options.has('histexpand')) return line
  const chars = sh.get('histchars')
  if (![...(chars ?? '!^').slice(0, 2)].some(it => line.includes(it))) return line
  const later = yield* fetchLater(sh.sys)
  if (!later) return line
  // The command whose lines these are is no event yet.
  const history = open && sh.historyOpen ? sh.history.withoutLast() : sh.history
  const how = { extglob: sh.shopts.has('extglob'), chars, quote: open?.quote ?? '' }
  const it = later.expandHistory(history, line, how)
  if (it.error !== undefined) {
    yield* sh.print(2, `${sh.name}: ${it.error}\n`)
    if (sh.editor && sh.shopts.has('histreedit')) sh.editor.preset = line
    return undefined
  }
  if (it.text === line) return line
  if (sh.editor && sh.shopts.has('histverify') && !it.printOnly) {
    sh.editor.preset = it.text
    return undefined
  }
  yield* sh.print(2, `${it.text}\n`)
  if (!it.printOnly) return it.text
  remember(sh, it.text)
  return undefined
}

/** Add a line to the history, as HISTCONTROL and HISTIGNORE say. */
function remember(sh: Shell, line: string): void {
  sh.historyOpen = false
  sh.history.afterComment = hasComment(line)
  if ((sh.isDash && !sh.isAsh) || !sh.options.has('history') || !line) return
  sh.historyOpen = addToHistory(sh, line)
}
