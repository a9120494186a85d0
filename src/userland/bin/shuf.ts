/**
 * shuf - generate random permutations
 * https://www.gnu.org/software/coreutils/manual/html_node/shuf-invocation.html
 */
import { decode, Errno, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../abi/index.ts'
import { command, fatal, Output, readAll, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote, quotef } from '../lib/quote.ts'

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
    let count = Number.POSITIVE_INFINITY
    if (flags.headCount !== undefined) {
      const it = parseNumber(flags.headCount)
      if (!('value' in it) || it.value < 0) throw fatal(`invalid line count: ${quote(flags.headCount)}`)
      count = it.value
    }
    if (flags.echo && flags.inputRange !== undefined) throw usage('cannot combine -e and -i options')
    let lines: readonly string[]
    if (flags.echo) lines = args
    else if (flags.inputRange !== undefined) {
      if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
      const match = /^(\d+)-(\d+)$/.exec(flags.inputRange)
      if (!match || Number(match[1]) > Number(match[2]) + 1)
        throw fatal(`invalid input range: ${quote(flags.inputRange)}`)
      const low = Number(match[1])
      lines = Array.from({ length: Number(match[2]) - low + 1 }, (_, i) => String(low + i))
    } else {
      if (args[1] !== undefined) throw usage(`extra operand ${quote(args[1])}`)
      try {
        const fd = yield* openInput(sys, args[0] ?? '-')
        const text = decode(yield* readAll(sys, fd))
        closeInput(sys, fd)
        lines = text ? (text.endsWith(end) ? text.slice(0, -1) : text).split(end) : []
      } catch (e) {
        throw e instanceof Errno ? fatal(quotef(args[0] ?? '-'), e) : e
      }
    }
    const out =
      flags.output === undefined
        ? me.out
        : new Output(sys, yield* sys.open(flags.output, O_WRONLY | O_CREAT | O_TRUNC, 0o666))
    if (flags.repeat) {
      if (!lines.length && count) throw fatal('no lines to repeat')
      for (let i = 0; i < count; i++) {
        out.print(lines[below(sys, lines.length)] + end)
        if (out.full) yield* out.flush()
      }
    } else {
      const pool = [...lines]
      for (let i = 0; i < Math.min(count, pool.length); i++) {
        const j = i + below(sys, pool.length - i)
        ;[pool[i], pool[j]] = [pool[j]!, pool[i]!]
        out.print(pool[i] + end)
        if (out.full) yield* out.flush()
      }
    }
    yield* out.flush()
  },
})

/** A random number below `limit`, from the kernel. */
function below(sys: Sys, limit: number): number {
  const [a, b, c, d] = sys.getrandom(4) as unknown as [number, number, number, number]
  return Math.floor(((((a << 8) | b) * 65536 + ((c << 8) | d)) / 2 ** 32) * limit)
}
