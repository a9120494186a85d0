/** echo and printf. Bash: builtins/echo.def, printf.def. */
import { EPIPE, type Blocking } from '../../abi/index.ts'
import { expandEscapes, runPrintf } from '../../userland/lib/printf.ts'
import { assignReference } from '../expand/assign.ts'
import { decodeEcho } from '../expand/ansi.ts'
import { backslashQuote } from '../expand/quote.ts'
import { strftime } from '../strftime.ts'
import { Complaint, isErrno, type Shell } from '../shell.ts'
import { splitReference } from '../expand/assign.ts'
import { options, usageOnly } from './options.ts'

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
  if (sh.isDash) return yield* dashEcho(sh, argv)
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

export function* printf(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'v:')
  const variable = given.get('v')
  if (variable !== undefined && !splitReference(variable))
    throw new Complaint(`\`${variable}': not a valid identifier`, 2)
  if (!rest.length) throw sh.isDash ? new Complaint('usage: printf format [arg ...]', 2) : usageOnly('printf')
  const result = runPrintf(rest[0]!, rest.slice(1), {
    number: (text, problem) =>
      problem === 'range'
        ? `warning: ${text}: Numerical result out of range`
        : sh.isDash
          ? `${text}: expected numeric value`
          : `${text}: invalid number`,
    conversion: spec =>
      sh.isDash ? `${spec}: invalid directive` : `\`${spec.at(-1)}': invalid format character`,
    escape: problem => problem,
    time: (format, argument) =>
      strftime(sh, format, argument === undefined || argument === '-1' ? sh.now() : Number(argument)),
    quote: backslashQuote,
  })
  let text = ''
  let status = result.failed ? 1 : 0
  for (const piece of result.pieces) {
    if (typeof piece === 'string') text += piece
    else {
      if (variable === undefined) {
        yield* output(sh, text)
        text = ''
      }
      yield* sh.complain(`printf: ${piece.error}`)
    }
  }
  if (variable !== undefined) assignReference(sh, variable, text)
  else status = (yield* output(sh, text)) || status
  return status
}
