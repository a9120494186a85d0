/** Calling shell functions. Bash: execute_cmd.c:execute_function(). */
import { SIGSEGV, SIG_DFL, type Blocking } from '../../abi/index.ts'
import { Complaint, Return, type Shell } from '../shell.ts'
import type { FunctionDefinition } from '../tree.ts'
import { runCommand } from './run.ts'
import { runTrap } from './trap.ts'

/** Calls nested deeper than this overflow the 8 MiB stack of the real one. */
const STACK_LIMIT = 3000

export function* callFunction(sh: Shell, it: FunctionDefinition, argv: readonly string[]): Blocking<number> {
  const limit = Number(sh.get('FUNCNEST') ?? 0)
  if (limit > 0 && sh.functionDepth >= limit)
    throw new Complaint(`${it.name}: maximum function nesting level exceeded (${limit})`, 1, 'discard')
  if (sh.functionDepth >= STACK_LIMIT) {
    sh.sys.sigaction(SIGSEGV, SIG_DFL)
    yield* sh.sys.kill(sh.sys.getpid(), SIGSEGV)
  }
  const saved = { args: sh.args, loops: sh.loops, enclosingLine: sh.enclosingLine }
  sh.enclosingLine = it.line
  sh.args = argv.slice(1)
  sh.loops = 0
  sh.functionDepth++
  sh.calls.push({ name: it.name, line: sh.line, source: it.source ?? '', args: sh.args })
  sh.variables.push()
  let status: number
  try {
    status = yield* runCommand(sh, it.body, false)
  } catch (e) {
    if (!(e instanceof Return)) {
      if (e instanceof Complaint) e.where ??= sh.prefix()
      leave(sh, saved)
      throw e
    }
    status = e.status
  }
  const trap = sh.traps.get('RETURN')
  if (trap && sh.options.has('functrace')) yield* runTrap(sh, trap, 'RETURN')
  leave(sh, saved)
  return status
}

function leave(sh: Shell, saved: { args: string[]; loops: number; enclosingLine: number }): void {
  sh.enclosingLine = saved.enclosingLine
  sh.variables.pop()
  sh.calls.pop()
  sh.functionDepth--
  sh.args = saved.args
  sh.loops = saved.loops
}
