/**
 * Executing commands: the dispatch over the tree, lists, and the fast path for simple commands that cannot sleep.
 * Bash: execute_cmd.c:execute_command_internal().
 */
import type { Blocking } from '../../abi/index.ts'
import { assign } from '../expand/assign.ts'
import type { Field } from '../expand/fields.ts'
import { expandString, expandWord } from '../expand/word.ts'
import { isDisabled, quickBuiltin } from '../builtins/index.ts'
import { Complaint, Exit, NEEDED, type Shell } from '../shell.ts'
import type { Command, List, Simple } from '../tree.ts'
import { runCompound } from './compound.ts'
import { startBackground } from './jobs.ts'
import { runPipeline } from './pipeline.ts'
import { executeText } from './read.ts'
import { runSimple } from './simple.ts'
import { reap } from './process.ts'
import { dieIfInterrupted, runPendingTraps, runPseudoTrap } from './trap.ts'

/** Virtual time of a command, and how much may be owed before it is paid. */
const COMMAND_NS = 1000
const OWED_LIMIT = 20_000

/** Run a list. `tail`: nothing of this process comes after it, so the last command may replace the process. */
export function* runList(sh: Shell, list: List, tail: boolean): Blocking<number> {
  const { items } = list
  const last = items.length - 1
  const replaces = tail && mayReplace(sh, list)
  let status = 0
  for (let i = quickItems(sh, list, 0); i <= last; i = quickItems(sh, list, i + 1)) {
    const it = items[i]!
    if (sh.notices.length) yield* sh.flush()
    if (it.background) status = yield* startBackground(sh, it.command)
    else status = yield* runCommand(sh, it.command, replaces && i === last)
    sh.status = status
    if (sh.owed > OWED_LIMIT) yield* sh.pay()
  }
  if (sh.notices.length) yield* sh.flush()
  return items.length ? sh.status : status
}

/**
 * dash executes whatever comes last without a fork; bash only a simple command that is not redirected, also after
 * `;`, `&&` and `||`, but not after `&`. Bash: should_suppress_fork(), can_optimize_connection().
 */
function mayReplace(sh: Shell, { items }: List): boolean {
  if (sh.isDash || !items.length) return true
  if (items.at(-2)?.background) return false
  let { command } = items.at(-1)!
  while (command.type === 'andor') command = command.commands.at(-1)!
  if (command.type === 'pipeline' && command.commands.length === 1) command = command.commands[0]!
  return command.type === 'simple' && !command.redirects.length
}

/** Run what can be run quickly from item `from` on; the index of the first that cannot. */
function quickItems(sh: Shell, list: List, from: number): number {
  const { items } = list
  let i = from
  for (; i < items.length; i++) {
    const it = items[i]!
    if (it.background || sh.owed > OWED_LIMIT || sh.notices.length) return i
    const status = quick(sh, it.command)
    if (status < 0) return i
    sh.status = status
  }
  return i
}

/** What quick expanded before it found file names to look up; the slow path goes on from there. */
let carried: { command: Simple; fields: Field[] } | undefined

export function takeCarried(command: Simple): Field[] | undefined {
  const it = carried
  carried = undefined
  return it?.command === command ? it.fields : undefined
}

/** Run a command that cannot sleep; -1 and nothing done if it might. */
export function quick(sh: Shell, command: Command): number {
  carried = undefined
  if (command.type !== 'simple' || !command.quick || sh.isWatched || sh.pending.length || sh.interrupted)
    return -1
  const { words } = command
  if (!words.length) return quickAssigns(sh, command)
  const name = words[0]!.plain
  if (name === undefined || command.assigns.length || sh.functions.has(name) || isDisabled(sh, name))
    return -1
  const builtin = quickBuiltin(name)
  if (!builtin) return -1
  sh.line = sh.errorLine = command.line
  if (!sh.runningTraps.size) sh.command = command
  const fields: Field[] = []
  try {
    for (const word of words) expandWord(sh, word, fields)
  } catch (e) {
    if (e === NEEDED) return -1
    throw e
  }
  const argv: string[] = []
  for (const field of fields) {
    if (field.pattern !== undefined) {
      carried = { command, fields }
      return -1
    }
    argv.push(field.text)
  }
  let status: number
  try {
    status = builtin(sh, argv)
  } catch (e) {
    // The slow path does it again, and can complain.
    if (e !== NEEDED && (!(e instanceof Complaint) || e.fatal)) throw e
    carried = { command, fields }
    return -1
  }
  sh.owed += COMMAND_NS
  sh.pipestatus = undefined
  sh.ownStatus = status
  sh.lastArgument = argv[argv.length - 1]!
  return status
}

function quickAssigns(sh: Shell, command: Simple): number {
  sh.line = sh.errorLine = command.line
  try {
    for (const it of command.assigns) assign(sh, it.name, expandString(sh, it.value), it.append)
    sh.pipestatus = undefined
    sh.ownStatus = 0
    sh.lastArgument = ''
  } catch (e) {
    if (e === NEEDED) return -1
    throw e
  }
  sh.owed += COMMAND_NS
  return 0
}

/** Run any command and return its status, having seen to `set -e` and the ERR trap. */
export function* runCommand(sh: Shell, command: Command, tail: boolean): Blocking<number> {
  const status = yield* runUnjudged(sh, command, tail)
  const counts = FAILS.has(command.type) || sh.redirectFailed
  sh.redirectFailed = false
  if (
    status !== 0 &&
    counts &&
    !sh.guarded &&
    !sh.inverted &&
    !(command.type === 'pipeline' && command.negated)
  )
    yield* failed(sh, status)
  return sh.status
}

/** Run any command, whose own failure is nobody's business; that of a command inside may be. */
export function* runUnjudged(sh: Shell, command: Command, tail: boolean): Blocking<number> {
  switch (command.type) {
    case 'simple':
      sh.status = yield* runSimple(sh, command, tail)
      sh.errorLine = command.line
      break
    case 'andor':
      return yield* runAndOr(sh, command, tail)
    case 'list':
      return yield* runList(sh, command, tail)
    case 'pipeline':
      sh.status = yield* runPipeline(sh, command, tail)
      break
    default:
      sh.status = yield* runCompound(sh, command, tail)
  }
  sh.owed += COMMAND_NS
  if (sh.pending.length || sh.interrupted || sh.childChanged) yield* attend(sh)
  return sh.status
}

/** The commands whose failure counts by itself; that of the others comes from a command inside. */
const FAILS = new Set(['simple', 'pipeline', 'subshell', 'arith', 'cond'])

/** Run traps, notice dead children, obey ^C. */
export function* attend(sh: Shell): Blocking<void> {
  if (sh.childChanged) yield* reap(sh)
  if (sh.interrupted) yield* dieIfInterrupted(sh)
  if (sh.pending.length) yield* runPendingTraps(sh)
}

/** A command failed where that counts: the ERR trap runs, `set -e` ends the shell. */
export function* failed(sh: Shell, status: number): Blocking<void> {
  yield* runPseudoTrap(sh, 'ERR', sh.errorLine)
  if (sh.options.has('errexit')) throw new Exit(status)
}

function* runAndOr(sh: Shell, command: Command & { type: 'andor' }, tail: boolean): Blocking<number> {
  const { commands, operators } = command
  const last = commands.length - 1
  const { guarded } = sh
  for (let i = 0; i <= last; i++) {
    if (i > 0 && (operators[i - 1] === '&&') !== (sh.status === 0)) continue
    if (i < last) sh.guarded = guarded + 1
    try {
      const done = quick(sh, commands[i]!)
      sh.status = done >= 0 ? done : yield* runCommand(sh, commands[i]!, tail && i === last)
    } catch (e) {
      sh.guarded = guarded
      throw e
    }
    sh.guarded = guarded
  }
  return sh.status
}

/** Run a text as the shell's own commands: eval, traps, sourced files. */
export function* runSource(sh: Shell, text: string, line: number, kind = ''): Blocking<number> {
  return yield* executeText(sh, text, line, kind)
}
