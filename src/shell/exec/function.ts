/** Calling shell functions. Bash: execute_cmd.c:execute_function(). */
import { SIGSEGV, SIG_DFL, type Blocking } from '../../abi/index.ts'
import { Complaint, Return, type Shell } from '../shell.ts'
import type { FunctionDefinition } from '../tree.ts'
import { apart, driving } from './deep.ts'
import { runCommand } from './run.ts'
import { runPseudoTrap } from './trap.ts'

/** Calls nested deeper than this overflow the 8 MiB stack of the real one. */
const STACK_LIMIT = 6400
const DASH_LIMIT = 1000

export function* callFunction(sh: Shell, it: FunctionDefinition, argv: readonly string[]): Blocking<number> {
  const limit = Number(sh.get('FUNCNEST') ?? 0)
  if (limit > 0 && sh.functionDepth >= limit)
    throw new Complaint(`${it.name}: maximum function nesting level exceeded (${limit})`, 1, 'discard')
  if (sh.isDash && sh.functionDepth >= DASH_LIMIT)
    throw new Complaint(`Maximum function recursion depth (${DASH_LIMIT}) reached`, 2, 'exit')
  if (sh.functionDepth >= STACK_LIMIT) {
    sh.sys.sigaction(SIGSEGV, SIG_DFL)
    yield* sh.sys.kill(sh.sys.getpid(), SIGSEGV)
  }
  const { args, loops, enclosingLine, errorLine, localOptions, line } = sh
  const traps = hideTraps(sh, it.name)
  const saved: Saved = { args, loops, enclosingLine, errorLine, localOptions, line, traps }
  sh.localOptions = undefined
  sh.enclosingLine = it.line
  sh.args = argv.slice(1)
  sh.loops = 0
  sh.functionDepth++
  sh.calls.push({ name: it.name, line: sh.line, source: it.source ?? '', args: sh.args })
  sh.variables.push(true)
  let status: number
  try {
    yield* runPseudoTrap(sh, 'DEBUG', it.line)
    status = yield* deepened(sh, runCommand(sh, it.body, false))
  } catch (e) {
    if (!(e instanceof Return)) {
      if (e instanceof Complaint) e.where ??= sh.prefix()
      leave(sh, saved)
      throw e
    }
    status = e.status
  }
  try {
    yield* runPseudoTrap(sh, 'RETURN')
  } catch (e) {
    leave(sh, saved)
    throw e
  }
  leave(sh, saved)
  return status
}

/** So many calls share a stack of the host. */
const CALLS_APART = 24

/** Run the body of a function so that many may be nested. */
function deepened(sh: Shell, work: Blocking<number>): Blocking<number> {
  const depth = sh.functionDepth - sh.depthAtFork
  if (depth % CALLS_APART) return work
  return depth === CALLS_APART ? driving(work) : apart(work)
}

interface Saved {
  readonly args: string[]
  readonly loops: number
  readonly enclosingLine: number
  readonly errorLine: number
  readonly localOptions: Set<string> | undefined
  readonly line: number
  readonly traps: ReadonlyMap<string, string> | undefined
}

/** Traps that functions do not inherit are not there while one runs. Returns them. */
function hideTraps(sh: Shell, name: string): ReadonlyMap<string, string> | undefined {
  if (!sh.traps.size) return undefined
  const isTraced = sh.options.has('functrace') || sh.tracedFunctions.has(name)
  const hidden = new Map<string, string>()
  for (const which of ['DEBUG', 'ERR', 'RETURN']) {
    const text = sh.traps.get(which)
    const isInherited =
      which === 'ERR'
        ? sh.options.has('errtrace')
        : isTraced && !(which === 'RETURN' && sh.runningTraps.has('DEBUG'))
    if (text !== undefined && !isInherited) hidden.set(which, text)
  }
  return hideThese(sh, hidden)
}

/** A sourced file does not inherit DEBUG. */
export function hideDebugTrap(sh: Shell): ReadonlyMap<string, string> | undefined {
  const text = sh.traps.get('DEBUG')
  return text === undefined || sh.options.has('functrace')
    ? undefined
    : hideThese(sh, new Map([['DEBUG', text]]))
}

function hideThese(sh: Shell, hidden: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined {
  if (!hidden.size) return undefined
  for (const which of hidden.keys()) sh.traps.delete(which)
  sh.refresh()
  return hidden
}

/** Traps come back, unless the function has set its own. */
export function showTraps(sh: Shell, hidden: ReadonlyMap<string, string> | undefined): void {
  if (!hidden) return
  for (const [which, text] of hidden) if (!sh.traps.has(which)) sh.traps.set(which, text)
  sh.refresh()
}

function leave(sh: Shell, saved: Saved): void {
  showTraps(sh, saved.traps)
  if (sh.localOptions) {
    sh.options = sh.localOptions
    sh.refresh()
  }
  sh.localOptions = saved.localOptions
  sh.line = saved.line
  sh.errorLine = saved.errorLine
  sh.enclosingLine = saved.enclosingLine
  sh.variables.pop()
  sh.calls.pop()
  sh.functionDepth--
  sh.args = saved.args
  sh.loops = saved.loops
}
