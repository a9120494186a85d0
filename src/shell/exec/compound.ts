/** Compound commands: if, loops, case, groups, `((…))`, `[[…]]`, definitions. Bash: execute_cmd.c. */
import type { Blocking } from '../../abi/index.ts'
import { assign, writable } from '../expand/assign.ts'
import { evaluate } from '../expand/arithmetic.ts'
import { closeSubstitutions, expandText, expandToPattern, expandWords, expanding } from '../expand/command.ts'
import { matches } from '../expand/pattern.ts'
import { expandString } from '../expand/word.ts'
import { Complaint, Exit, Loop, type Shell } from '../shell.ts'
import type {
  ArithmeticCommand,
  ArithmeticFor,
  Case,
  Command,
  Coproc,
  For,
  FunctionDefinition,
  Group,
  If,
  List,
  While,
  Word,
} from '../tree.ts'
import { narrow } from '../locale.ts'
import { isName } from '../variables.ts'
import { conditional } from './conditional.ts'
import { Jobs } from './job-table.ts'
import { forkShell } from './process.ts'
import { runForeground } from './jobs.ts'
import { commandText } from '../print.ts'
import { redirect, undoRedirects, type Undo } from './redirect.ts'
import { runCommand, runList } from './run.ts'
import { debugTrap, trace } from './simple.ts'
import { SPECIAL } from '../builtins/index.ts'
import { select } from './select.ts'

type Compound = Exclude<Command, { type: 'simple' | 'pipeline' | 'andor' | 'list' }>

/** The compound commands that know their own line. Bash: execute_cmd.c, SET_LINE_NUMBER. */
const HAS_LINE = new Set(['for', 'select', 'arithfor', 'case', 'arith', 'cond', 'subshell'])
/** Those whose line is also that of what is inside. */
const LENDS_LINE = new Set(['for', 'select', 'arithfor', 'case'])

export function* runCompound(sh: Shell, command: Compound, tail: boolean): Blocking<number> {
  if (command.type !== 'function') sh.line = sh.enclosingLine
  const opened = sh.substitutionFds.length
  const { enclosingLine } = sh
  if (LENDS_LINE.has(command.type)) sh.enclosingLine = command.line
  try {
    const status =
      !command.redirects.length || command.type === 'subshell' || command.type === 'function'
        ? yield* dispatch(sh, command, tail && sh.isDash)
        : yield* redirected(sh, command)
    if (sh.substitutionFds.length > opened) closeSubstitutions(sh, opened)
    sh.enclosingLine = enclosingLine
    if (command.type === 'arith' || command.type === 'cond') {
      sh.pipestatus = undefined
      sh.ownStatus = status
    }
    return status
  } catch (e) {
    if (sh.substitutionFds.length > opened) closeSubstitutions(sh, opened)
    throw e
  }
}

function* redirected(sh: Shell, command: Compound): Blocking<number> {
  const undo: Undo = []
  try {
    yield* redirect(sh, command.redirects, undo)
  } catch (e) {
    undoRedirects(sh, undo)
    if (!(e instanceof Complaint) || e.fatal) throw e
    yield* sh.complain(e.message)
    sh.redirectFailed = !sh.isDash
    return e.status
  }
  let status: number
  try {
    status = yield* dispatch(sh, command, false)
  } catch (e) {
    undoRedirects(sh, undo)
    throw e
  }
  undoRedirects(sh, undo)
  return status
}

function dispatch(sh: Shell, command: Compound, tail: boolean): Blocking<number> {
  if (HAS_LINE.has(command.type)) sh.line = sh.errorLine = command.line
  switch (command.type) {
    case 'if':
      return runIf(sh, command, tail)
    case 'while':
    case 'until':
      return runWhile(sh, command)
    case 'for':
      return runFor(sh, command)
    case 'select':
      return select(sh, command)
    case 'arithfor':
      return runArithmeticFor(sh, command)
    case 'case':
      return runCase(sh, command, tail)
    case 'group':
      return runList(sh, command.body, tail)
    case 'subshell':
      return runSubshell(sh, command)
    case 'arith':
      return runArithmetic(sh, command)
    case 'cond':
      return conditional(sh, command)
    case 'function':
      return define(sh, command)
    case 'coproc':
      return runCoproc(sh, command)
  }
}

/** A condition: its failure is no failure. */
function* test(sh: Shell, list: List): Blocking<boolean> {
  const { guarded } = sh
  sh.guarded = guarded + 1
  try {
    const status = yield* runList(sh, list, false)
    sh.guarded = guarded
    return status === 0
  } catch (e) {
    sh.guarded = guarded
    throw e
  }
}

function* runIf(sh: Shell, command: If, tail: boolean): Blocking<number> {
  for (const clause of command.clauses)
    if (yield* test(sh, clause.test)) return yield* runList(sh, clause.then, tail)
  return command.otherwise ? yield* runList(sh, command.otherwise, tail) : 0
}

/** Run a loop's body once; true when the loop is over. A `break 2` goes on to the loop around it. */
export function* turn(sh: Shell, body: List): Blocking<boolean> {
  try {
    yield* runList(sh, body, false)
  } catch (e) {
    if (!(e instanceof Loop)) throw e
    return endsLoop(sh, e)
  }
  return false
}

function endsLoop(sh: Shell, e: Loop): boolean {
  sh.status = e.status
  if (e.levels > 1 && sh.loops > 1) {
    sh.loops--
    throw new Loop(e.kind, e.levels - 1, e.status)
  }
  return e.kind === 'break'
}

function* runWhile(sh: Shell, command: While): Blocking<number> {
  const { loops } = sh
  sh.loops++
  let status = 0
  const until = command.type === 'until'
  try {
    while ((yield* test(sh, command.test)) !== until) {
      const over = yield* turn(sh, command.body)
      status = sh.status
      if (over) break
    }
  } catch (e) {
    if (e instanceof Loop && sh.loops > loops) {
      // break in the condition
      endsLoop(sh, e)
      sh.loops = loops
      return e.status
    }
    sh.loops = loops
    throw e
  }
  sh.loops = loops
  return status
}

function* runFor(sh: Shell, command: For): Blocking<number> {
  if (!isName(command.name)) {
    yield* sh.complain(`\`${command.name}': not a valid identifier`)
    return 1
  }
  const values = command.words ? yield* expandWords(sh, command.words) : sh.args
  return yield* loop(sh, function* () {
    let status = 0
    for (const value of values) {
      sh.line = command.line
      sh.errorLine = command.line
      if (yield* debugTrap(sh, () => forText(command))) continue
      if (sh.options.has('xtrace') && !sh.isDash) yield* trace(sh, forText(command))
      if (!(yield* bindLoopVariable(sh, command.name, value))) return 1
      const over = yield* turn(sh, command.body)
      status = sh.status
      if (over) break
    }
    return status
  })
}

function* bindLoopVariable(sh: Shell, name: string, value: string): Blocking<boolean> {
  try {
    const variable = sh.variables.find(name)
    // "If the control variable in a for loop has the nameref attribute … a reference is established for each word".
    if (variable?.nameref && isName(value)) variable.value = value
    else assign(sh, name, value)
    return true
  } catch (e) {
    if (!(e instanceof Complaint) || sh.options.has('posix')) throw e
    yield* sh.complain(e.message)
    return false
  }
}

const forText = (command: For): string =>
  `for ${command.name} in ${command.words ? command.words.map(it => it.text).join(' ') : '"$@"'}`

/** Count the loop in for `break n` while `body` runs. */
function* loop(sh: Shell, body: () => Blocking<number>): Blocking<number> {
  const { loops } = sh
  sh.loops++
  try {
    const status = yield* body()
    sh.loops = loops
    return status
  } catch (e) {
    sh.loops = loops
    throw e
  }
}

function* runArithmeticFor(sh: Shell, command: ArithmeticFor): Blocking<number> {
  try {
    yield* arithmetic(sh, command.init)
  } catch (e) {
    return yield* arithmeticFailure(sh, e)
  }
  return yield* loop(sh, function* () {
    let status = 0
    for (;;) {
      sh.line = sh.errorLine = command.line
      try {
        if (command.test.text && !(yield* arithmetic(sh, command.test))) return status
      } catch (e) {
        return yield* arithmeticFailure(sh, e)
      }
      const over = yield* turn(sh, command.body)
      status = sh.status
      if (over) return status
      sh.line = sh.errorLine = command.line
      try {
        yield* arithmetic(sh, command.update)
      } catch (e) {
        return yield* arithmeticFailure(sh, e)
      }
    }
  })
}

function* arithmetic(sh: Shell, word: Word): Blocking<boolean> {
  if (word.plain === '') return true
  if (yield* debugTrap(sh, () => `((${word.text.trimStart()}))`)) return true
  if (sh.options.has('xtrace') && !sh.isDash) yield* trace(sh, `(( ${word.text.trimStart()} ))`)
  return word.plain !== undefined
    ? !!evaluate(sh, word.plain)
    : !!(yield* expanding(sh, () => evaluate(sh, expandString(sh, word))))
}

function* arithmeticFailure(sh: Shell, e: unknown): Blocking<number> {
  if (!(e instanceof Complaint) || e.fatal === 'exit') throw e
  yield* sh.complain(e.message.endsWith(': readonly variable') ? e.message : `((: ${e.message}`)
  return 1
}

function* runArithmetic(sh: Shell, command: ArithmeticCommand): Blocking<number> {
  if (yield* debugTrap(sh, () => `((${command.word.text}))`)) return 0
  try {
    if (sh.options.has('xtrace') && !sh.isDash) yield* trace(sh, `(( ${command.word.text} ))`)
    const { word } = command
    const value = yield* expanding(sh, () => evaluate(sh, word.plain ?? expandString(sh, word)))
    return value ? 0 : 1
  } catch (e) {
    return yield* arithmeticFailure(sh, e)
  }
}

function* runCase(sh: Shell, command: Case, tail: boolean): Blocking<number> {
  if (yield* debugTrap(sh, () => `case ${command.word.text} in `)) return 0
  if (sh.options.has('xtrace') && !sh.isDash) yield* trace(sh, `case ${command.word.text} in`)
  const text = yield* expandText(sh, command.word)
  const options = { extglob: sh.shopts.has('extglob') || true, ignoreCase: sh.shopts.has('nocasematch') }
  let status = 0
  let falls = false
  for (const [i, item] of command.items.entries()) {
    if (!falls && !(yield* anyMatches(sh, item.patterns, text, options))) continue
    const isLast = item.end === ';;' || i === command.items.length - 1
    status = item.body.items.length ? yield* runList(sh, item.body, tail && isLast) : 0
    if (item.end === ';;') return status
    falls = item.end === ';&'
  }
  return status
}

function* anyMatches(
  sh: Shell,
  patterns: readonly Word[],
  text: string,
  options: { extglob: boolean; ignoreCase: boolean },
): Blocking<boolean> {
  for (const pattern of patterns)
    if (matches(narrow(sh, text), narrow(sh, yield* expandToPattern(sh, pattern)), options)) return true
  return false
}

function* runSubshell(sh: Shell, command: Group): Blocking<number> {
  if (!sh.runningTraps.size) sh.command = () => commandText(command)
  return yield* runForeground(
    sh,
    () => commandText(command),
    child => subshellBody(child, command),
  )
}

/** `( … )` in a process that is a fork already. */
export function* subshellBody(
  child: Shell,
  command: Group,
  around?: (body: Blocking<number>) => Blocking<number>,
): Blocking<number> {
  if (command.redirects.length) {
    try {
      yield* redirect(child, command.redirects, undefined)
    } catch (e) {
      if (!(e instanceof Complaint)) throw e
      yield* child.complain(e.message)
      return child.isDash ? e.status : 1
    }
  }
  child.loops = 0
  child.jobs = new Jobs()
  child.setOption('monitor', false)
  if (around) return yield* around(runList(child, command.body, false))
  const [only, more] = command.body.items
  // A simple command alone needs no other process, redirected or not.
  if (only?.command.type === 'simple' && !only.background && !more)
    return yield* runCommand(child, only.command, true)
  return yield* runList(child, command.body, true)
}

function* define(sh: Shell, command: FunctionDefinition): Blocking<number> {
  if (sh.options.has('posix') && SPECIAL.has(command.name)) {
    yield* sh.complain(`\`${command.name}': is a special builtin`)
    if (!sh.isInteractive) throw new Exit(2)
    return 1
  }
  if (sh.functions.get(command.name) && sh.readonlyFunctions.has(command.name)) {
    yield* sh.complain(`${command.name}: readonly function`)
    return 1
  }
  const isStrict = sh.options.has('posix') && !isName(command.name)
  if (isStrict || /[$'"\\`]|^\d+$/.test(command.name)) {
    sh.line = command.line
    yield* sh.complain(`\`${command.name}': not a valid identifier`)
    if (isStrict && !sh.isInteractive) throw new Exit(2)
    return 1
  }
  command.source =
    sh.sources.at(-1) ?? (sh.input === 'file' ? sh.name : sh.input === 'string' ? 'environment' : 'main')
  sh.functions.set(command.name, command)
  if (sh.options.has('allexport')) sh.exportedFunctions.add(command.name)
  return 0
}

/** coproc: a background job with a pipe to and one from it, in an array. */
function* runCoproc(sh: Shell, command: Coproc): Blocking<number> {
  if (!isName(command.name)) {
    yield* sh.complain(`\`${command.name}': not a valid identifier`)
    return 1
  }
  if (sh.coprocess)
    yield* sh.complain(
      `warning: execute_coproc: coproc [${sh.coprocess.pid}:${sh.coprocess.name}] still exists`,
    )
  const [childIn, ourOut] = sh.sys.pipe2(0)
  const [ourIn, childOut] = sh.sys.pipe2(0)
  const pid = yield* forkShell(sh, function* (child) {
    child.sys.dup2(childIn, 0)
    child.sys.dup2(childOut, 1)
    for (const fd of [childIn, childOut, ourIn, ourOut]) if (fd > 1) child.sys.close(fd)
    return yield* runCommand(child, command.body, true)
  })
  sh.sys.close(childIn)
  sh.sys.close(childOut)
  const move = (fd: number, want: number) => {
    const high = sh.sys.fcntl(fd, 0, want)
    sh.sys.close(fd)
    return high
  }
  const [from, to] = [move(ourIn, 63), move(ourOut, 60)]
  writable(sh, command.name).value = [String(from), String(to)]
  assign(sh, `${command.name}_PID`, String(pid))
  sh.coprocess = { name: command.name, pid, fds: [from, to] }
  sh.lastBackground = pid
  const job = sh.jobs.add({
    pgid: pid,
    processes: [{ pid, status: undefined, stopped: false, text: () => commandText(command) }],
    text: () => commandText(command),
    hasJobControl: false,
    background: true,
    notified: false,
    directory: sh.get('PWD') ?? '',
    noHup: false,
    stopSignal: 0,
  })
  if (sh.isInteractive && !sh.isForked) yield* sh.print(2, `[${job.id}] ${pid}\n`)
  return 0
}
