/** `:`, true, false, break, continue, return, exit, shift, let. Bash: builtins/break.def and neighbours. */
import type { Blocking } from '../../abi/index.ts'
import { evaluate } from '../expand/arithmetic.ts'
import { expanding } from '../expand/command.ts'
import { stateOf } from '../exec/job-table.ts'
import { jobLine } from '../exec/jobs.ts'
import { Abandon, Complaint, Discard, Exit, Loop, Return, type Shell } from '../shell.ts'

/** What strtoimax(3) takes as a whole. */
function isNumber(text: string): boolean {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) return false
  const value = BigInt(text.trim().replace('+', ''))
  return BigInt.asIntN(64, value) === value
}

function leaveLoop(
  sh: Shell,
  argv: readonly string[],
  kind: 'break' | 'continue',
): number | Blocking<number> {
  const rest = operands(argv)
  const text = rest[0] ?? '1'
  if (sh.isDash && !/^0*[1-9]\d*$/.test(text)) throw new Complaint(`Illegal number: ${text}`, 2)
  if (!sh.loops) return noLoop(sh, kind)
  if (!isNumber(text)) return refuse(sh, `${kind}: ${text}: numeric argument required`, new Discard(128))
  // Bash leaves all loops, with status 1.
  if (rest.length > 1 && !sh.isDash) return refuse(sh, `${kind}: ${TOO_MANY}`, new Abandon(1))
  const levels = Number(text)
  if (levels < 1) return leaveAll(sh, `${kind}: ${text}: loop count out of range`)
  throw new Loop(kind, Math.min(levels, sh.loops))
}

const TOO_MANY = 'too many arguments'

const operands = (argv: readonly string[]): readonly string[] => argv.slice(argv[1] === '--' ? 2 : 1)

/** Say what is wrong, and unwind. */
function* refuse(sh: Shell, message: string, how: unknown): Blocking<number> {
  yield* sh.complain(message)
  throw how
}

/** "breaking = loop_level": a bad count ends every loop, with status 1. */
function* leaveAll(sh: Shell, message: string): Blocking<number> {
  yield* sh.complain(message)
  throw new Loop('break', sh.loops, 1)
}

function* noLoop(sh: Shell, kind: string): Blocking<number> {
  if (!sh.isDash && !sh.options.has('posix'))
    yield* sh.complain(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`)
  return 0
}

export const breakLoop = (sh: Shell, argv: readonly string[]): number | Blocking<number> =>
  leaveLoop(sh, argv, 'break')
export const continueLoop = (sh: Shell, argv: readonly string[]): number | Blocking<number> =>
  leaveLoop(sh, argv, 'continue')

/** dash takes digits, and nothing else. */
const isCount = (sh: Shell, text: string): boolean => (sh.isDash ? /^\d+$/.test(text) : isNumber(text))

export function returnFrom(sh: Shell, argv: readonly string[]): number | Blocking<number> {
  const [text, more] = operands(argv)
  if (more !== undefined && !sh.isDash) return refuse(sh, `return: ${TOO_MANY}`, new Abandon(1))
  if (text !== undefined && !isCount(sh, text)) {
    if (sh.isDash) throw new Complaint(`Illegal number: ${text}`, 2)
    return badReturn(sh, text)
  }
  const status = text === undefined ? (sh.trapStatus ?? sh.status) : Number(text) & 255
  if (!sh.functionDepth && !sh.sourceDepth) {
    if (sh.isDash) throw new Exit(status)
    throw new Complaint("can only `return' from a function or sourced script", 2)
  }
  throw new Return(status)
}

function* badReturn(sh: Shell, text: string): Blocking<number> {
  yield* sh.complain(`return: ${text}: numeric argument required`)
  if (sh.functionDepth || sh.sourceDepth) throw new Return(2)
  throw new Complaint("can only `return' from a function or sourced script", 2)
}

/** Whether jobs keep the shell from being left this time. Bash: exit.def:exit_or_logout(). */
export function* jobsHold(sh: Shell): Blocking<boolean> {
  const { list } = sh.jobs
  const states = list.map(stateOf)
  const which = states.includes('Stopped')
    ? 'stopped'
    : sh.shopts.has('checkjobs') && states.includes('Running')
      ? 'running'
      : undefined
  if (!which || sh.warnedStopped) return false
  sh.warnedStopped = true
  yield* sh.print(2, sh.isDash ? 'You have stopped jobs.\n' : `There are ${which} jobs.\n`)
  if (sh.shopts.has('checkjobs')) for (const job of list) yield* sh.print(2, jobLine(sh, job, 'standard'))
  return true
}

export function* exit(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isInteractive && !sh.isDash) yield* sh.print(2, sh.isLogin ? 'logout\n' : 'exit\n')
  return yield* leave(sh, argv)
}

function* leave(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isInteractive && !sh.isDash && (yield* jobsHold(sh))) return 1
  const [text, more] = operands(argv)
  if (text !== undefined && !isCount(sh, text)) {
    yield* sh.complain(
      sh.isDash ? `exit: Illegal number: ${text}` : `exit: ${text}: numeric argument required`,
    )
    throw new Exit(2)
  }
  if (more !== undefined && !sh.isDash) {
    yield* sh.complain(`exit: ${TOO_MANY}`)
    throw new Abandon(1)
  }
  // In dash's traps, and in bash's EXIT trap alone, the status before the trap.
  const before = sh.isDash || sh.runningTraps.has(0) ? sh.trapStatus : undefined
  throw new Exit(text === undefined ? (before ?? sh.status) : Number(text) & 255)
}

export function* logout(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (!sh.isLogin) throw new Complaint("not login shell: use `exit'", 1)
  return yield* leave(sh, argv)
}

export function shift(sh: Shell, argv: readonly string[]): number | Blocking<number> {
  const [text = '1', more] = operands(argv)
  if (!isCount(sh, text))
    throw sh.isDash
      ? new Complaint(`Illegal number: ${text}`, 2)
      : new Complaint(`${text}: numeric argument required`, 1)
  if (more !== undefined && !sh.isDash) return refuse(sh, `shift: ${TOO_MANY}`, new Abandon(1))
  const n = Number(text)
  if (n < 0) throw new Complaint(`${text}: shift count out of range`, 1)
  if (n > sh.args.length) {
    if (sh.shopts.has('shift_verbose')) throw new Complaint(`${text}: shift count out of range`, 1)
    if (sh.isDash && !sh.isAsh) throw new Complaint("shift: can't shift that many", 2, 'exit')
    return 1
  }
  const rest = sh.args.slice(n)
  if (sh.sourceArgs === sh.args) sh.sourceArgs = rest
  sh.args = rest
  return 0
}

export function* letBuiltin(sh: Shell, argv: readonly string[]): Blocking<number> {
  try {
    return yield* expanding(sh, () => letQuickly(sh, argv))
  } catch (e) {
    if (!(e instanceof Complaint) || !e.message.endsWith(': readonly variable')) throw e
    yield* sh.complain(e.message)
    return 1
  }
}

/** let, as far as no subscript has a command substitution. */
export function letQuickly(sh: Shell, argv: readonly string[]): number {
  const expressions = operands(argv)
  if (!expressions.length) throw new Complaint('expression expected', 1)
  let value: number | bigint = 0
  for (const it of expressions) {
    try {
      value = evaluate(sh, it)
    } catch (e) {
      if (e instanceof Complaint && e.fatal === 'discard') throw new Complaint(e.message, sh.isAsh ? 2 : 1)
      throw e
    }
  }
  return value ? 0 : 1
}
