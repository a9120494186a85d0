/**
 * shuf - generate random permutations
 * https://www.gnu.org/software/coreutils/manual/html_node/shuf-invocation.html
 */
import {
  type Blocking,
  decode,
  EBADF,
  EISDIR,
  isReg,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, must, Output, readAll, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { statOf } from '../lib/path.ts'
import { quote, quotef } from '../lib/quote.ts'
import { Choice, randomBytes } from '../lib/random.ts'

export default command({
  name: 'shuf',
  summary:
    'Write a random permutation of the input lines to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: ['shuf [OPTION]... [FILE]', 'shuf -e [OPTION]... [ARG]...', 'shuf -i LO-HI [OPTION]...'],
  authors: 'Paul Eggert',
  options: {
    echo: { short: 'e', help: 'treat each ARG as an input line' },
    inputRange: { short: 'i', value: '=LO-HI', help: 'treat each number LO through HI as an input line' },
    headCount: { short: 'n', value: '=COUNT', help: 'output at most COUNT lines' },
    output: { short: 'o', value: '=FILE', help: 'write result to FILE instead of standard output' },
    randomSource: { value: '=FILE', help: 'get random bytes from FILE' },
    repeat: { short: 'r', help: 'output lines can be repeated' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    const end = flags.zeroTerminated ? '\0' : '\n'
    const count = countOf(flags.headCount)
    const outputs = me.order.filter(it => it.key === 'output')
    if (outputs.some(it => it.value !== outputs[0]!.value)) throw fatal('multiple output files specified')
    if (me.order.filter(it => it.key === 'inputRange').length > 1)
      throw fatal('multiple -i options specified')
    if (flags.echo && flags.inputRange !== undefined) throw usage('cannot combine -e and -i options')
    const range = flags.inputRange === undefined ? undefined : numbers(flags.inputRange)
    const surplus = flags.echo ? undefined : args[range ? 0 : 1]
    if (surplus !== undefined) throw usage(`extra operand ${quote(surplus)}`)
    const given = flags.echo ? args : range
    let lines = given ?? (yield* readLines(sys, args[0] ?? '-', end))
    const choice = new Choice(yield* randomBytes(sys, flags.randomSource))
    if (!given && !flags.repeat && count < lines.length && !isFile(sys, args[0]))
      lines = sample(lines, count, choice)
    const out =
      flags.output === undefined
        ? me.out
        : new Output(sys, yield* must(quotef(flags.output), sys.open(flags.output, WRITE, 0o666)))
    if (flags.repeat) {
      if (!lines.length && count) throw fatal('no lines to repeat')
      for (let i = 0; i < count; i++) {
        out.print(lines[choice.below(lines.length)] + end)
        if (out.full) yield* out.flush()
      }
    } else
      for (const i of choice.permutation(lines.length, Math.min(count, lines.length))) {
        out.print(lines[i] + end)
        if (out.full) yield* out.flush()
      }
    yield* out.flush()
  },
})

const WRITE = O_WRONLY | O_CREAT | O_TRUNC

function countOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const it = parseNumber(text)
  if ('value' in it ? it.value < 0 : !it.overflow) throw fatal(`invalid line count: ${quote(text)}`)
  return 'value' in it ? it.value : Number.POSITIVE_INFINITY
}

/** LO-HI, as lines. */
function numbers(text: string): string[] {
  const [low, high] = /^([^-]*)-?(.*)$/s.exec(text)!.slice(1) as [string, string]
  const wrong = /^\d+$/.test(low) ? (/^\d+$/.test(high) ? undefined : high) : low
  if (wrong !== undefined || !text.includes('-')) throw fatal(`invalid input range: ${quote(wrong || text)}`)
  const length = Number(high) - Number(low) + 1
  if (length < 0) throw fatal(`invalid input range: ${quote(text)}`)
  return Array.from({ length }, (_, i) => String(Number(low) + i))
}

function* readLines(sys: Sys, name: string, end: string): Blocking<readonly string[]> {
  try {
    const fd = yield* openInput(sys, name)
    const text = decode(yield* readAll(sys, fd))
    closeInput(sys, fd)
    return text ? (text.endsWith(end) ? text.slice(0, -1) : text).split(end) : []
  } catch (e) {
    throw fatal(e === EBADF || e === EISDIR ? 'read error' : quotef(name), e)
  }
}

/** Whether the size of the input is known beforehand. */
function isFile(sys: Sys, name: string | undefined): boolean {
  if (name === undefined || name === '-') return isReg(sys.fstat(0))
  const stat = statOf(sys, name)
  return stat !== undefined && isReg(stat)
}

/** `count` of the lines, chosen while they come: "reservoir sampling". */
function sample(lines: readonly string[], count: number, choice: Choice): readonly string[] {
  const kept = lines.slice(0, count)
  for (let i = count; i < lines.length; i++) {
    const j = choice.below(i + 1)
    if (j < count) kept[j] = lines[i]!
  }
  return kept
}
