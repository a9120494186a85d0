/** `:`, true, false, break, continue, return, exit, shift, let. Bash: builtins/break.def and neighbours. */
import type { Blocking } from '../../abi/index.ts'
import { evaluate } from '../expand/arithmetic.ts'
import { stateOf } from '../exec/job-table.ts'
import { Complaint, Discard, Exit, Loop, Return, type Shell } from '../shell.ts'

const NUMBER = /^\s*[-+]?\d+\s*$/

function leaveLoop(
  sh: Shell,
  argv: readonly string[],
  kind: 'break' | 'continue',
): number | Blocking<number> {
  if (!sh.loops) return noLoop(sh, kind)
  const text = argv[1] ?? '1'
  if (!NUMBER.test(text)) return badCount(sh, `${kind}: ${text}`)
  const levels = Number(text)
  if (levels < 1) throw new Complaint(`${text}: loop count out of range`, 1)
  throw new Loop(kind, Math.min(levels, sh.loops))
}

function* badCount(sh: Shell, what: string): Blocking<number> {
  yield* sh.complain(`${what}: numeric argument required`)
  throw new Discard(128)
}

function* noLoop(sh: Shell, kind: string): Blocking<number> {
  if (!sh.isDash) yield* sh.complain(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`)
  return 0
}

export const breakLoop = (sh: Shell, argv: readonly string[]): number | Blocking<number> =>
  leaveLoop(sh, argv, 'break')
export const continueLoop = (sh: Shell, argv: readonly string[]): number | Blocking<number> =>
  leaveLoop(sh, argv, 'continue')

export function returnFrom(sh: Shell, argv: readonly string[]): number {
  const text = argv[1]
  if (text !== undefined && !NUMBER.test(text)) throw new Complaint(`${text}: numeric argument required`, 2)
  const status = text === undefined ? sh.status : Number(text) & 255
  if (!sh.functionDepth && !sh.sourceDepth) {
    if (sh.isDash) throw new Exit(status)
    throw new Complaint("can only `return' from a function or sourced script", 2)
  }
  throw new Return(status)
}

export function* exit(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isInteractive && !sh.isDash) {
    yield* sh.print(2, sh.isLogin ? 'logout\n' : 'exit\n')
    const stopped = sh.jobs.list.some(it => stateOf(it) === 'Stopped')
    if (stopped && !sh.warnedStopped) {
      sh.warnedStopped = true
      yield* sh.print(2, 'There are stopped jobs.\n')
      return 1
    }
  }
  const text = argv[1]
  if (text !== undefined && !NUMBER.test(text)) {
    yield* sh.complain(
      sh.isDash ? `exit: Illegal number: ${text}` : `exit: ${text}: numeric argument required`,
    )
    throw new Exit(2)
  }
  if (argv.length > 2 && !sh.isDash) throw new Complaint('too many arguments', 1)
  throw new Exit(text === undefined ? sh.status : Number(text) & 255)
}

export function* logout(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (!sh.isLogin) throw new Complaint("not login shell: use `exit'", 1)
  return yield* exit(sh, argv)
}

export function shift(sh: Shell, argv: readonly string[]): number {
  const text = argv[1] ?? '1'
  if (!NUMBER.test(text)) throw new Complaint(`${text}: numeric argument required`, 1)
  const n = Number(text)
  if (n < 0) throw new Complaint(`${text}: shift count out of range`, 1)
  if (n > sh.args.length) {
    if (sh.isDash) throw new Complaint("shift: can't shift that many", 2, 'exit')
    return 1
  }
  sh.args = sh.args.slice(n)
  return 0
}

export function letBuiltin(sh: Shell, argv: readonly string[]): number {
  if (argv.length < 2) throw new Complaint('expression expected', 1)
  let value: number | bigint = 0
  for (const it of argv.slice(1)) {
    try {
      value = evaluate(sh, it)
    } catch (e) {
      if (e instanceof Complaint && e.fatal === 'discard') throw new Complaint(e.message, 1)
      throw e
    }
  }
  return value ? 0 : 1
}
