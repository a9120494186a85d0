/** echo, and dash's printf. Bash: builtins/echo.def. */
import { encode, type Blocking } from '../../abi/index.ts'
import { expandEscapes, runPrintf } from '../../userland/lib/printf.ts'
import { decodeEcho } from '../expand/ansi.ts'
import { Complaint, isErrno, type Shell, WriteError } from '../shell.ts'
import { options } from './options.ts'
import { bashPrintf } from './printf.ts'

/** Write a builtin's output, each line by itself as bash's buffers do; what goes wrong is its failure. */
export function* output(sh: Shell, text: string): Blocking<number> {
  if (text === '') return 0
  try {
    if (sh.isDash) yield* writeWhole(sh, text)
    else yield* writeLines(sh, text)
    return 0
  } catch (e) {
    throw isErrno(e) ? new WriteError(e) : e
  }
}

function* writeLines(sh: Shell, text: string): Blocking<void> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from) + 1 || text.length
    yield* writeWhole(sh, text.slice(from, end))
    from = end
  }
}

/** What write(2) did not take is written again. */
function* writeWhole({ sys }: Shell, text: string): Blocking<void> {
  const written = yield* sys.write(1, text)
  if (written >= text.length) return
  const bytes = encode(text)
  for (let from = written; from < bytes.length; ) from += yield* sys.write(1, bytes.subarray(from))
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
    const decoded = sh.isAsh ? expandEscapes(knownEscapes(sh, text), 'b') : decodeEcho(text)
    text = decoded.text
    if (decoded.stop) newline = false
  }
  return yield* output(sh, newline ? `${text}\n` : text)
}

/** A text in which what is no escape to dash and ash has two backslashes. */
const knownEscapes = (sh: Shell, text: string): string =>
  text.replace(sh.isAsh ? /\\(\\|[uUE])/g : /\\(\\|[xuUE])/g, it => (it === '\\\\' ? it : `\\${it}`))

function* dashEcho(sh: Shell, argv: readonly string[]): Blocking<number> {
  const isBare = argv[1] === '-n'
  const words = argv.slice(isBare ? 2 : 1).join(' ')
  const { text, stop } = expandEscapes(knownEscapes(sh, words), 'b')
  return yield* output(sh, isBare || stop ? text : `${text}\n`)
}

function dashNumber(text: string, problem: 'none' | 'partial' | 'range'): string {
  if (problem === 'range') return `${text}: Numerical result out of range`
  const isBegun = problem === 'partial' || /^\s*[-+]?\d/.test(text)
  return `${text}: ${isBegun ? 'not completely converted' : 'expected numeric value'}`
}

const DASH_SPEC = /%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d*))?([\s\S]?)/g

export function* printf(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (!sh.isDash) return yield* bashPrintf(sh, argv)
  const rest = sh.isAsh ? argv.slice(argv[1] === '--' ? 2 : 1) : options(argv, '').rest
  if (!rest.length) throw new Complaint('usage: printf format [arg ...]', 2)
  const bad = [...rest[0]!.matchAll(DASH_SPEC)].find(it => !/[diouxXeEfFgGaAcsb%]/.test(it[1]!))
  if (bad && sh.isAsh) throw new Complaint(`${bad[0]}: invalid directive`, 1)
  if (!bad) {
    const { text, failed } = yield* dashFormat(sh, rest[0]!, rest.slice(1))
    return (yield* output(sh, text)) || (failed ? 1 : 0)
  }
  // What stands before it is still carried out, once.
  const before = rest[0]!.slice(0, bad.index)
  const used = [...before.matchAll(DASH_SPEC)].filter(it => it[1] !== '%').length
  const { text } = yield* dashFormat(sh, before, rest.slice(1, 1 + used))
  yield* sh.complain(`printf: ${bad[1] ? `${bad[0]}: invalid directive` : 'missing format character'}`)
  yield* output(sh, text)
  return 2
}

/** The text comes after what is said about it: dash's output waits until the builtin is done. */
function* dashFormat(
  sh: Shell,
  format: string,
  args: readonly string[],
): Blocking<{ text: string; failed: boolean }> {
  const known = knownEscapes(sh, format).replace(/(?<!\\)((?:\\\\)*)\\(?=c)/g, '$1\\\\')
  const result = runPrintf(known, args, {
    escapes: text => knownEscapes(sh, text),
    number: (text, problem) => (sh.isAsh ? `${text}: expected numeric value` : dashNumber(text, problem)),
    conversion: spec => `${spec}: invalid directive`,
    escape: problem => problem,
  })
  let text = ''
  for (const piece of result.pieces) {
    if (typeof piece === 'string') text += piece
    else {
      // busybox's is printf(1), whose output does not wait.
      if (sh.isAsh) yield* output(sh, text)
      if (sh.isAsh) text = ''
      yield* sh.complain(`printf: ${piece.error}`)
    }
  }
  return { text, failed: result.failed }
}
