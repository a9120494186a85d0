/** echo, and dash's printf. Bash: builtins/echo.def. */
import { EPIPE, type Blocking } from '../../abi/index.ts'
import { expandEscapes, runPrintf } from '../../userland/lib/printf.ts'
import { decodeEcho } from '../expand/ansi.ts'
import { Complaint, isErrno, type Shell } from '../shell.ts'
import { options } from './options.ts'
import { bashPrintf } from './printf.ts'

/** Write a builtin's output; what goes wrong is its failure. */
export function* output(sh: Shell, text: string): Blocking<number> {
  if (text === '') return 0
  try {
    yield* sh.sys.write(1, text)
    return 0
  } catch (e) {
    if (!isErrno(e)) throw e
    if (e === EPIPE && sh.isDash) return 1
    throw new Complaint(`write error: ${e.message}`, 1)
  }
}

export function* echo(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isDash && !sh.isAsh) return yield* dashEcho(sh, argv)
  let newline = true
  let escapes = sh.shopts.has('xpg_echo')
  let i = 1
  for (; i < argv.length && /^-[neE]+$/.test(argv[i]!); i++)
    for (const letter of argv[i]!.slice(1))
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
  let text = i === argv.length ? '' : i === argv.length - 1 ? argv[i]! : argv.slice(i).join(' ')
  if (escapes) {
    const decoded = decodeEcho(text)
    text = decoded.text
    if (decoded.stop) newline = false
  }
  return yield* output(sh, newline ? `${text}\n` : text)
}

function* dashEcho(sh: Shell, argv: readonly string[]): Blocking<number> {
  const isBare = argv[1] === '-n'
  const { text, stop } = expandEscapes(argv.slice(isBare ? 2 : 1).join(' '), 'b')
  return yield* output(sh, isBare || stop ? text : `${text}\n`)
}

const DASH_SPEC = /%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d*))?([\s\S]?)/g

export function* printf(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (!sh.isDash) return yield* bashPrintf(sh, argv)
  const rest = sh.isAsh ? argv.slice(argv[1] === '--' ? 2 : 1) : options(argv, '').rest
  if (!rest.length) throw new Complaint('usage: printf format [arg ...]', 2)
  for (const [spec, letter] of rest[0]!.matchAll(DASH_SPEC))
    if (!/[diouxXeEfFgGaAcsb%]/.test(letter!))
      throw new Complaint(`${spec}: invalid directive`, sh.isAsh ? 1 : 2)
  const result = runPrintf(rest[0]!.replace(/\\(?=[cx])/g, '\\\\'), rest.slice(1), {
    number: (text, problem) =>
      problem === 'range' ? `${text}: Numerical result out of range` : `${text}: expected numeric value`,
    conversion: spec => `${spec}: invalid directive`,
    escape: problem => problem,
  })
  let text = ''
  for (const piece of result.pieces) {
    if (typeof piece === 'string') text += piece
    else {
      yield* output(sh, text)
      text = ''
      yield* sh.complain(`printf: ${piece.error}`)
    }
  }
  return (yield* output(sh, text)) || (result.failed ? 1 : 0)
}
