/**
 * Simple commands: expand, redirect, then a function, a builtin or a program. Bash: execute_cmd.c:execute_simple_command(),
 * execute_disk_command(), findcmd.c.
 */
import {
  E2BIG,
  EACCES,
  ENOENT,
  ENOEXEC,
  ENOMEM,
  ENOTDIR,
  SIGQUIT,
  SIG_DFL,
  X_OK,
  decode,
  isDir,
  isReg,
  type Blocking,
} from '../../abi/index.ts'
import { helpOf } from '../builtins/help.ts'
import { builtins, isDisabled, SPECIAL } from '../builtins/index.ts'
import { assignArray, assign, assignElement, type ElementValue } from '../expand/assign.ts'
import { closeSubstitutions, expandText, expandWords, expanding } from '../expand/command.ts'
import { applet } from '../ash.ts'
import type { Field } from '../expand/fields.ts'
import { globField } from '../expand/glob.ts'
import { ansiQuote, needsAnsi, singleQuote, traceQuote } from '../expand/quote.ts'
import { parseArithmeticText, parseWord } from '../parse/index.ts'
import { expandPrompt } from '../prompt.ts'
import { commandText, exportedText } from '../print.ts'
import { Complaint, Exit, Return, isErrno, SpecialExit, type Shell, WriteError } from '../shell.ts'
import type { Assign, Simple, Word } from '../tree.ts'
import { bucket, Variable } from '../variables.ts'
import { callFunction } from './function.ts'
import { runForeground } from './jobs.ts'
import { keepRedirects, redirect, undoRedirects, type Undo } from './redirect.ts'
import { takeCarried } from './run.ts'
import { canRedirect } from './traceless.ts'
import { runPseudoTrap } from './trap.ts'
import { runScriptFile } from './script.ts'
import { appletPath } from '../../userland/lib/busybox/standalone.ts'

/** An array given to declare and its like: `declare a=(…)`. */
export interface CompoundArgument {
  readonly name: string
  readonly append: boolean
  readonly elements: readonly ElementValue[]
}

export function* runSimple(sh: Shell, command: Simple, tail: boolean): Blocking<number> {
  if (yield* announce(sh, command)) return 0
  return yield* performSimple(sh, command, tail)
}

/** What precedes a simple command: its line is known, the DEBUG trap runs. True if the trap refuses it. */
export function announce(sh: Shell, command: Simple): Blocking<boolean> {
  sh.line = sh.errorLine = command.line
  return debugTrap(sh, command)
}

/** Run a simple command that has been announced. */
export function* performSimple(sh: Shell, command: Simple, tail: boolean): Blocking<number> {
  sh.substitutionStatus = undefined
  const fields = takeCarried(command)
  if (sh.options.has('noexec')) return 0
  const opened = sh.substitutionFds.length
  try {
    const compounds = new Map<number, CompoundArgument>()
    const argv = fields ? yield* namesOf(sh, fields) : yield* argumentsOf(sh, command.words, compounds)
    const status = argv.length
      ? yield* runCommandWords(sh, command, argv, compounds, tail)
      : yield* runAssignments(sh, command)
    if (sh.substitutionFds.length > opened) closeSubstitutions(sh, opened)
    if (!argv.length) {
      sh.pipestatus = undefined
      sh.ownStatus = status
      sh.lastArgument = ''
    }
    return status
  } catch (e) {
    if (sh.substitutionFds.length > opened) closeSubstitutions(sh, opened)
    throw e
  }
}

/**
 * Note what is about to run, and run the DEBUG trap before it. "If the command run by the DEBUG trap returns a non-zero
 * value, the next command is skipped" with extdebug; "a value of 2 ... simulates a call to return".
 */
export function* debugTrap(sh: Shell, command: Simple | (() => string)): Blocking<boolean> {
  if (!sh.runningTraps.size) sh.command = command
  if (!sh.traps.has('DEBUG')) return false
  const result = yield* runPseudoTrap(sh, 'DEBUG')
  if (!result || !sh.shopts.has('extdebug')) return false
  if (result === 2 && (sh.functionDepth || sh.sourceDepth)) throw new Return(2)
  return true
}

function* namesOf(sh: Shell, fields: readonly Field[]): Blocking<string[]> {
  const out: string[] = []
  for (const it of fields) {
    if (it.pattern === undefined || sh.options.has('noglob')) out.push(it.text)
    else out.push(...(yield* globField(sh, it.pattern, it.text)))
  }
  return out
}

function* argumentsOf(
  sh: Shell,
  words: readonly Word[],
  compounds: Map<number, CompoundArgument>,
): Blocking<string[]> {
  if (words.every(it => !it.assign)) return yield* expandWords(sh, words)
  const out: string[] = []
  for (const word of words) {
    const { assign: it } = word
    if (!it) out.push(...(yield* expandWords(sh, [word])))
    else if (it.elements) {
      if (it.index !== undefined) throw listToMember(it)
      const isMap = out.some(word => /^-\w*A/.test(word)) || holdsMap(sh, it.name)
      compounds.set(out.length, {
        name: it.name,
        append: it.append,
        elements: yield* elementsOf(sh, it, isMap),
      })
      out.push(it.text)
    } else {
      const index = it.index === undefined ? '' : `[${it.index}]`
      out.push(`${it.name}${index}${it.append ? '+' : ''}=${yield* expandText(sh, it.value)}`)
    }
  }
  return out
}

export function* elementsOf(sh: Shell, it: Assign, isMap: boolean): Blocking<ElementValue[]> {
  const out: ElementValue[] = []
  for (const element of it.elements!) {
    if (element.index === undefined || (element.braces && !isMap))
      for (const value of yield* expandWords(sh, element.braces ?? [element.value]))
        out.push({ index: undefined, append: false, value })
    else {
      const index = yield* expandText(
        sh,
        isMap ? parseWord(element.index, 'pattern') : parseArithmeticText(element.index),
      )
      const value = isMap ? withoutTildes(element.value) : element.value
      out.push({ index, append: element.append, value: yield* expandText(sh, value) })
    }
  }
  return out
}

/** In associative arrays `~` stands for itself. */
const withoutTildes = (word: Word): Word =>
  word.parts.some(part => part.type === 'tilde')
    ? {
        ...word,
        parts: word.parts.map(part =>
          part.type === 'tilde' ? { type: 'literal', text: `~${part.user}`, quoted: true } : part,
        ),
      }
    : word

// Assignments

function* runAssignments(sh: Shell, command: Simple): Blocking<number> {
  const traced: string[] = []
  for (const it of command.assigns) yield* performAssign(sh, it, traced)
  if (traced.length) yield* trace(sh, traced.join(' '))
  if (!command.redirects.length) return sh.substitutionStatus ?? 0
  const undo: Undo = []
  try {
    yield* redirect(sh, command.redirects, undo)
  } catch (e) {
    undoRedirects(sh, undo)
    if (!(e instanceof Complaint) || e.fatal) throw e
    yield* sh.complain(e.message)
    return e.status
  }
  undoRedirects(sh, undo)
  return sh.substitutionStatus ?? 0
}

/** dash traces all assignments of a command together: they are noted in `together`. */
export function* performAssign(sh: Shell, it: Assign, together: string[] = []): Blocking<void> {
  const isTraced = sh.options.has('xtrace')
  if (it.elements) {
    if (it.index !== undefined) throw listToMember(it)
    const elements = yield* elementsOf(sh, it, holdsMap(sh, it.name))
    if (isTraced) yield* trace(sh, it.text)
    yield* expanding(sh, () => assignArray(sh, it.name, elements, it.append))
    return
  }
  const value = yield* expandText(sh, it.value)
  if (isTraced && sh.isDash) together.push(`${it.name}=${value}`)
  else if (isTraced)
    yield* trace(
      sh,
      `${it.name}${it.index === undefined ? '' : `[${it.index}]`}${it.append ? '+' : ''}=${value === '' ? '' : traceQuote(value)}`,
    )
  const index = it.index === undefined ? undefined : yield* subscriptText(sh, it.name, it.index)
  yield* expanding(sh, () =>
    index === undefined
      ? assign(sh, it.name, value, it.append)
      : assignElement(sh, it.name, index, value, it.append),
  )
}

const listToMember = (it: Assign): Complaint =>
  new Complaint(`${it.name}[${it.index}]: cannot assign list to array member`, 1, 'discard')

const holdsMap = (sh: Shell, name: string): boolean => sh.variables.resolve(name)?.value instanceof Map

/** A subscript: a key of an associative array is a word, an index is arithmetic. */
export function* subscriptText(sh: Shell, name: string, index: string): Blocking<string> {
  if (index === '') throw new Complaint(`${name}[]: bad array subscript`, 1, 'discard')
  return yield* expandText(sh, holdsMap(sh, name) ? parseWord(index, 'pattern') : parseArithmeticText(index))
}

// set -x

/** PS4, expanded without being traced itself; as it is if that fails. */
function* tracePrompt(sh: Shell, text: string): Blocking<string> {
  if (!/[$`\\]/.test(text)) return text
  sh.options.delete('xtrace')
  const { status } = sh
  let out = text
  try {
    out = yield* expanding(sh, () => expandPrompt(sh, text))
  } catch (e) {
    sh.options.add('xtrace')
    if (!(e instanceof Complaint)) throw e
    yield* sh.tell(e)
  }
  sh.options.add('xtrace')
  sh.status = status
  return out
}

export function* trace(sh: Shell, text: string): Blocking<void> {
  const ps4 = yield* tracePrompt(sh, sh.get('PS4') ?? (sh.isDash ? '+ ' : ''))
  const depth = sh.isDash ? 0 : sh.substitutionDepth + sh.evalDepth
  const lead = ps4 ? ps4[0]!.repeat(depth) : ''
  const fd = Number(sh.get('BASH_XTRACEFD') ?? 2)
  yield* sh.print(Number.isInteger(fd) ? fd : 2, `${lead}${ps4}${text}\n`)
}

// Commands

function* runCommandWords(
  sh: Shell,
  command: Simple,
  argv: string[],
  compounds: Map<number, CompoundArgument>,
  tail: boolean,
): Blocking<number> {
  const name = argv[0]!
  const isSpecial = SPECIAL.has(name) && (sh.isDash || sh.options.has('posix'))
  const function_ = isSpecial && !sh.isDash ? undefined : sh.functions.get(name)
  const builtin =
    function_ && !(sh.isDash && SPECIAL.has(name))
      ? undefined
      : isDisabled(sh, name)
        ? undefined
        : builtins.get(name)
  if (!function_ && !builtin) {
    if (name[0] === '%' && !sh.isDash && sh.jobs.list.length)
      return yield* runCommandWords(sh, command, ['fg', ...argv], compounds, tail)
    if (!sh.isRestricted || !name.includes('/')) return yield* runProgram(sh, command, argv, tail)
    yield* sh.complain(`${name}: restricted: cannot specify \`/' in command names`)
    return 1
  }
  const undo: Undo = []
  const isTemporary = command.assigns.length > 0
  if (isTemporary) yield* temporaryVariables(sh, command.assigns, function_ !== undefined)
  if (sh.options.has('xtrace')) yield* traceWords(sh, argv, compounds)
  try {
    if (command.redirects.length) yield* redirect(sh, command.redirects, undo)
  } catch (e) {
    if (isTemporary) restoreVariables(sh)
    undoRedirects(sh, undo)
    if (!(e instanceof Complaint) || e.fatal) throw e
    yield* sh.complain(e.message)
    if (isSpecial && !sh.isInteractive) throw new Exit(sh.isDash ? 2 : e.status)
    return e.status
  }
  let status: number
  try {
    status =
      function_ && !(builtin && sh.isDash)
        ? yield* callFunction(sh, function_, argv)
        : yield* runBuiltin(sh, argv, compounds, tail)
  } catch (e) {
    if (isTemporary) restoreVariables(sh)
    undoRedirects(sh, undo)
    throw e
  }
  if (isTemporary) {
    const persists = !function_ && SPECIAL.has(name) && (sh.isDash || sh.options.has('posix'))
    const kept = persists ? command.assigns.map(it => [it.name, sh.get(it.name)] as const) : []
    restoreVariables(sh)
    for (const [it, value] of kept) if (value !== undefined) assign(sh, it, value)
  }
  if (name === 'exec' && argv.slice(1).every(it => it === '--')) keepRedirects(sh, undo)
  else if (undo.length) undoRedirects(sh, undo)
  sh.lastArgument = compounds.get(argv.length - 1)?.name ?? argv.at(-1)!
  sh.pipestatus = undefined
  sh.ownStatus = status
  return status
}

/** Lists given to declare have been shown as they were made. */
function* traceWords(
  sh: Shell,
  argv: readonly string[],
  compounds: ReadonlyMap<number, CompoundArgument>,
): Blocking<void> {
  if (sh.isDash) return yield* trace(sh, [...sh.tracedAssigns.splice(0), ...argv].join(' '))
  for (const { name, append, elements } of compounds.values()) {
    const shown = elements.map(
      it => `${it.index === undefined ? '' : `[${singleQuote(it.index)}]=`}${singleQuote(it.value)}`,
    )
    yield* trace(sh, `${name}${append ? '+' : ''}=(${shown.join(' ')})`)
  }
  yield* trace(sh, argv.map((it, i) => compounds.get(i)?.name ?? traceQuote(it)).join(' '))
}

/** Builtins to which `--help` is an argument like others. */
const WITHOUT_HELP = new Set([':', '[', 'echo', 'false', 'test', 'true'])

/** Run a builtin; its complaints become messages. */
/** Builtins that give values to variables, integer ones perhaps. */
const BINDING = new Set(['getopts', 'mapfile', 'printf', 'read', 'readarray', 'wait'])

export function* runBuiltin(
  sh: Shell,
  argv: string[],
  compounds?: Map<number, CompoundArgument>,
  tail = false,
): Blocking<number> {
  const builtin = builtins.get(argv[0]!)!
  if (argv[1] === '--help' && !sh.isDash && !WITHOUT_HELP.has(argv[0]!)) {
    yield* helpOf(sh, argv[0]!)
    return 2
  }
  try {
    const result = builtin(sh, argv, compounds, tail)
    return typeof result === 'number' ? result : yield* result
  } catch (e) {
    if (
      !(e instanceof Complaint) ||
      (e.fatal && !(e.fatal === 'discard' && e.message.endsWith(': readonly variable')))
    ) {
      if (isErrno(e)) {
        yield* sh.complain(`${argv[0]}: ${e.message}`)
        return 1
      }
      if (e instanceof Complaint && BINDING.has(argv[0]!) && e.isAboutValue)
        throw new Complaint(`${argv[0]}: ${e.message}`, e.status, e.fatal)
      throw e
    }
    if (e instanceof WriteError && sh.isDash) return yield* dashWriteError(sh, argv[0]!, e)
    if (e.fatal && !sh.isDash) yield* sh.complain(e.message)
    else if (e.bare && !sh.isDash) yield* sh.print(2, `${e.message}\n`)
    else yield* sh.complain(sh.isDash ? dashMessage(argv[0]!, e.message) : `${argv[0]}: ${e.message}`)
    const isStrict = sh.isDash || (sh.options.has('posix') && !sh.isInteractive && !sh.guarded)
    if (isStrict && e.status === 2 && SPECIAL.has(argv[0]!)) throw new SpecialExit(2)
    return e.status
  }
}

/** dash does not say why; of ash's builtins echo alone says anything. */
function* dashWriteError(sh: Shell, name: string, e: WriteError): Blocking<number> {
  if (!sh.isAsh) yield* sh.complain(`${name}: ${name}: I/O error`)
  else if (name === 'echo') yield* sh.print(2, `${applet(sh)}: ${e.message}\n`)
  return e.status
}

/** dash words some things in its own way. */
function dashMessage(name: string, message: string): string {
  const option = /^([-+].): invalid option/.exec(message)
  if (option) return `${name}: Illegal option ${option[1]}`
  if (message.endsWith(': readonly variable')) return message.replace('readonly variable', 'is read only')
  return `${name}: ${message}`
}

/** `name=value command`: the variables are there, exported, while the command runs. */
export function* temporaryVariables(
  sh: Shell,
  assigns: readonly Assign[],
  isFunction = false,
): Blocking<void> {
  sh.variables.push(false)
  try {
    yield* setTemporaries(sh, assigns, isFunction)
  } catch (e) {
    restoreVariables(sh)
    throw e
  }
}

function* setTemporaries(sh: Shell, assigns: readonly Assign[], isFunction: boolean): Blocking<void> {
  const traced: string[] = []
  for (const it of assigns) {
    if (it.index !== undefined) {
      yield* sh.complain(`\`${it.name}[${it.index}]': not a valid identifier`)
      continue
    }
    const value = it.elements ? it.text.slice(it.text.indexOf('=') + 1) : yield* expandText(sh, it.value)
    const old = sh.variables.find(it.name)
    if (old?.readonly) {
      if (sh.isDash) throw new Complaint(`${it.name}: is read only`, 2, 'exit')
      // "... the error does not keep the command from being executed", except in posix mode.
      yield* sh.complain(`${it.name}: readonly variable`)
      if (sh.options.has('posix') && !sh.isInteractive) throw new Exit(1)
      continue
    }
    const variable = new Variable(it.append ? (sh.get(it.name) ?? '') + value : value)
    variable.exported = true
    if (old?.set) {
      variable.get = old.get
      variable.set = old.set
    }
    sh.variables.temporary(it.name, variable, isFunction)
    sh.onAssign(it.name)
    if (sh.options.has('xtrace')) traced.push(`${it.name}=${sh.isDash ? value : traceQuote(value)}`)
  }
  if (sh.isDash) sh.tracedAssigns = traced
  else for (const line of traced) yield* trace(sh, line)
}

export function restoreVariables(sh: Shell): void {
  for (const name of sh.variables.pop()) sh.onAssign(name)
}

/** A program: in a child, or in this process if nothing comes after it. */
function* runProgram(sh: Shell, command: Simple, argv: string[], tail: boolean): Blocking<number> {
  // Signals that are ignored are listed as traps, but nothing has to run for them.
  const isNeeded = () => sh.traps.has(0) || [...sh.traps.values()].some(text => text !== '')
  if (tail && !sh.isInteractive && !isNeeded()) {
    resetCaught(sh)
    sh.leaves = !sh.isDash && !sh.isInPipe
    return yield* becomeProgram(sh, command, argv)
  }
  sh.lastArgument = argv.at(-1)!
  // The shell itself remembers where it is; the child would forget.
  const path = !argv[0]!.includes('/') && !command.assigns.length ? findProgram(sh, argv[0]!) : undefined
  const changesNothing =
    !command.assigns.length && canRedirect(sh, command) && !sh.functions.has('command_not_found_handle')
  return yield* runForeground(
    sh,
    () => commandText(command),
    child => becomeProgram(child, command, argv, path),
    changesNothing,
  )
}

function resetCaught(sh: Shell): void {
  for (const signal of sh.caught) sh.sys.sigaction(signal, SIG_DFL)
  sh.caught.clear()
  if (!sh.isForked && !sh.isDash && !sh.ignoredAtStart.has(SIGQUIT)) sh.sys.sigaction(SIGQUIT, SIG_DFL)
}

/** In the child: variables, redirections, then execve(2) over all places the program may be in. */
function* becomeProgram(sh: Shell, command: Simple, argv: string[], path?: string): Blocking<number> {
  try {
    if (command.assigns.length) yield* temporaryVariables(sh, command.assigns)
    if (sh.options.has('xtrace')) yield* traceWords(sh, argv, new Map())
    if (command.redirects.length) yield* redirect(sh, command.redirects, undefined)
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    yield* sh.complain(e.message)
    return e.status
  }
  return yield* execute(sh, argv, path)
}

/** execve(2) as a shell does it. Returns the status if it fails. */
export function* execute(
  sh: Shell,
  argv: readonly string[],
  name = argv[0]!,
  environment?: readonly string[],
  said = name,
): Blocking<number> {
  // Without any PATH the name is all there is to try.
  const found = name.includes('/') || !sh.get('PATH') ? name : findProgram(sh, name)
  if (found === undefined) return yield* notFound(sh, name, argv)
  const variables = environment ?? programEnvironment(sh, found)
  try {
    if (sh.owed) yield* sh.pay()
    return yield* sh.sys.execve(found, argv, variables)
  } catch (e) {
    if (!isErrno(e)) throw e
    if (e === ENOEXEC) return yield* runScriptFile(sh, found, argv, variables)
    const isGone = (e === ENOENT || e === ENOTDIR) && stateOf(sh, found) === undefined
    if (!sh.isDash || !isGone || argv[0]!.includes('/')) return yield* cannotExecute(sh, found, said, e)
    const later = searchPath(sh, argv[0]!, laterThan(sh, found))
    return later ? yield* execute(sh, argv, later, environment) : yield* notFound(sh, argv[0]!, argv)
  }
}

/** Dash: shellexec(): what it remembers is where in PATH to begin. */
function laterThan(sh: Shell, path: string): string {
  const directories = (sh.get('PATH') ?? '').split(':')
  const at = directories.indexOf(path.slice(0, path.lastIndexOf('/')))
  return directories.slice(at + 1).join(':')
}

function programEnvironment(sh: Shell, path: string): string[] {
  const out = exportedEnvironment(sh)
  if (sh.leaves) lowerLevel(out)
  // dash leaves `_` as it came.
  if (!sh.isDash) out.push(`_=${path}`)
  return out
}

/** What takes the place of a shell is no deeper than it. Bash: variables.c:adjust_shell_level(). */
function lowerLevel(environment: string[]): void {
  const at = environment.findIndex(it => it.startsWith('SHLVL='))
  const level = at < 0 ? 0 : Number.parseInt(environment[at]!.slice(6), 10) || 0
  environment.splice(at < 0 ? environment.length : at, 1, `SHLVL=${Math.max(0, level - 1)}`)
}

/** Bash: variables.c, FUNCTIONS_HASH_BUCKETS - 1. */
const FUNCTIONS_MASK = 511

/** Exported variables and functions. */
export function exportedEnvironment(sh: Shell): string[] {
  const out = sh.variables.environment(sh.isDash)
  const inTable = (name: string) => bucket(name) & FUNCTIONS_MASK
  const names = [...sh.exportedFunctions].reverse().sort((a, b) => inTable(a) - inTable(b))
  for (const name of names) {
    const it = sh.functions.get(name)
    if (it) out.push(`BASH_FUNC_${name}%%=${exportedText(it)}`)
  }
  return out
}

function* notFound(sh: Shell, name: string, argv: readonly string[]): Blocking<number> {
  const handle = sh.functions.get('command_not_found_handle')
  if (handle) return yield* callFunction(sh, handle, ['command_not_found_handle', ...argv])
  yield* sh.complain(
    sh.isDash ? `${name}: not found` : `${needsAnsi(name) ? ansiQuote(name) : name}: command not found`,
  )
  return 127
}

function* cannotExecute(sh: Shell, path: string, name: string, e: { message: string }): Blocking<number> {
  if (sh.isDash) {
    const missing = e === ENOENT || e === ENOTDIR
    yield* sh.complain(`${name}: ${missing ? 'not found' : e.message}`)
    return missing ? 127 : 126
  }
  let isDirectory = false
  let isThere = true
  try {
    isDirectory = isDir(sh.sys.stat(path))
  } catch {
    isThere = false
  }
  if (isDirectory) yield* sh.complain(`${path}: Is a directory`)
  else if (
    isThere &&
    ![ENOENT, E2BIG, ENOMEM].includes(e as never) &&
    (yield* tellBadInterpreter(sh, path, e))
  )
    return 126
  else if (e === ENOENT && isThere) yield* sh.complain(`${path}: cannot execute: required file not found`)
  else yield* sh.complain(`${path}: ${e.message}`)
  return e === ENOENT ? 127 : e === E2BIG || e === EACCES || isDirectory ? 126 : 126
}

/** A script that may be executed, whose interpreter may not. */
function* tellBadInterpreter(sh: Shell, path: string, e: { message: string }): Blocking<boolean> {
  if (stateOf(sh, path) !== 'executable') return false
  let start: string
  try {
    const fd = yield* sh.sys.open(path, 0)
    start = decode(yield* sh.sys.read(fd, 80))
    sh.sys.close(fd)
  } catch {
    return false
  }
  const interpreter = /^#!\s*(\S+)/.exec(start)?.[1]
  if (interpreter === undefined) return false
  yield* sh.print(2, `${sh.errorName()}: ${path}: ${interpreter}: bad interpreter: ${e.message}\n`)
  return true
}

/** Where in PATH a command is, remembering it; a file that may not be executed is the last resort. */
export function findProgram(sh: Shell, name: string): string | undefined {
  const known = sh.hash.get(name)
  if (known && (!sh.shopts.has('checkhash') || stateOf(sh, known.path) === 'executable')) {
    known.hits++
    return known.path
  }
  const path = searchPath(sh, name, sh.get('PATH') ?? '')
  const mayKeep = sh.isDash ? path?.startsWith('/') : sh.options.has('hashall')
  if (path !== undefined && mayKeep && stateOf(sh, path) === 'executable')
    sh.hash.set(name, { path, hits: 1 })
  return path
}

export function searchPath(sh: Shell, name: string, path: string): string | undefined {
  if (!name) return undefined
  const applet = appletPath(sh.sys, name)
  if (applet) return applet
  let fallback: string | undefined
  for (const directory of path.split(':')) {
    const file =
      directory === '' ? `./${name}` : directory.endsWith('/') ? directory + name : `${directory}/${name}`
    const state = stateOf(sh, file)
    if (state === 'executable') return file
    if (state === 'file') fallback ??= file
  }
  return fallback
}

export function stateOf(sh: Shell, file: string): 'executable' | 'file' | undefined {
  try {
    if (!isReg(sh.sys.stat(file))) return undefined
  } catch {
    return undefined
  }
  try {
    sh.sys.access(file, X_OK, true)
    return 'executable'
  } catch {
    return 'file'
  }
}
