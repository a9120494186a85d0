/**
 * split - split a file into pieces
 * https://www.gnu.org/software/coreutils/manual/html_node/split-invocation.html
 *
 * Left out: --filter, --additional separators; -n knows N, K/N, l/N and l/K/N.
 */
import { type Blocking, Errno, O_CREAT, O_TRUNC, O_WRONLY } from '../../abi/index.ts'
import { command, fatal, readAll, usage, writeAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { quote, quoteaf } from '../lib/quote.ts'

export default command({
  name: 'split',
  summary:
    "Output pieces of FILE to PREFIXaa, PREFIXab, ...;\ndefault size is 1000 lines, and default PREFIX is 'x'.\n\nWith no FILE, or when FILE is -, read standard input.",
  usage: 'split [OPTION]... [FILE [PREFIX]]',
  authors: 'Torbjorn Granlund and Richard M. Stallman',
  options: {
    suffixLength: { short: 'a', value: '=N', help: 'generate suffixes of length N (default 2)' },
    additionalSuffix: { value: '=SUFFIX', help: 'append an additional SUFFIX to file names' },
    bytes: { short: 'b', value: '=SIZE', help: 'put SIZE bytes per output file' },
    lineBytes: { short: 'C', value: '=SIZE', help: 'put at most SIZE bytes of records per output file' },
    d: { help: 'use numeric suffixes starting at 0, not alphabetic' },
    numericSuffixes: { value: '[=FROM]', help: 'same as -d, but allow setting the start value' },
    elideEmptyFiles: { short: 'e', help: "do not generate empty output files with '-n'" },
    lines: { short: 'l', value: '=NUMBER', help: 'put NUMBER lines/records per output file' },
    number: { short: 'n', value: '=CHUNKS', help: 'generate CHUNKS output files; see explanation below' },
    verbose: { help: 'print a diagnostic just before each\noutput file is opened' },
  },
  obsolete: args => args.map(arg => (/^-\d+$/.test(arg) ? `-l${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    const [name = '-', prefix = 'x', extra] = args
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const size = (text: string, what: string): number => {
      const it = parseNumber(text, SIZES)
      if (!('value' in it) || it.value < 1) throw fatal(`invalid number of ${what}: ${quote(text)}`)
      return it.value
    }
    const numeric = flags.d || flags.numericSuffixes !== undefined
    const first = Number(flags.numericSuffixes || 0)
    const bytesPer = flags.bytes === undefined ? undefined : size(flags.bytes, 'bytes')
    const linesPer = flags.lines === undefined ? 1000 : size(flags.lines, 'lines')
    const most = flags.lineBytes === undefined ? undefined : size(flags.lineBytes, 'bytes')
    let fd: number
    try {
      fd = yield* openInput(sys, name)
    } catch (e) {
      throw fatal(`cannot open ${quoteaf(name)} for reading`, e)
    }
    const all = yield* readAll(sys, fd)
    const parts: Uint8Array[] = []
    if (flags.number !== undefined) {
      const match = /^(l\/)?(?:(\d+)\/)?(\d+)$/.exec(flags.number)
      const count = Number(match?.[3])
      if (!match || !count) throw fatal(`invalid number of chunks: ${quote(flags.number)}`)
      for (let i = 0; i < count; i++) {
        const cut = (n: number): number => {
          const at = n === count ? all.length : Math.floor(all.length / count) * n
          return match[1] && at > 0 && at < all.length ? all.indexOf(10, at - 1) + 1 || all.length : at
        }
        parts.push(all.subarray(cut(i), cut(i + 1)))
      }
      if (match[2] !== undefined) {
        yield* writeAll(sys, 1, parts[Number(match[2]) - 1] ?? new Uint8Array(0))
        return 0
      }
    } else if (bytesPer !== undefined)
      for (let at = 0; at < all.length; at += bytesPer) parts.push(all.subarray(at, at + bytesPer))
    else
      for (let at = 0; at < all.length; ) {
        let end = at
        if (most !== undefined) {
          end = Math.min(all.length, at + most)
          const newline = all.lastIndexOf(10, end - 1)
          if (end < all.length && newline >= at) end = newline + 1
        } else
          for (let i = 0; i < linesPer && end < all.length; i++) end = all.indexOf(10, end) + 1 || all.length
        parts.push(all.subarray(at, end))
        at = end
      }
    const letters = numeric ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz'
    const length =
      flags.suffixLength === undefined
        ? Math.max(2, suffixLength(parts.length + first, letters.length))
        : size(flags.suffixLength, 'suffix length')
    for (const [i, part] of parts.entries())
      if (part.length || !flags.elideEmptyFiles) yield* write(i + first, part)
    return 0

    function* write(index: number, part: Uint8Array): Blocking<void> {
      let suffix = ''
      let rest = index
      for (let i = 0; i < length; i++) {
        suffix = letters[rest % letters.length] + suffix
        rest = Math.floor(rest / letters.length)
      }
      if (rest) throw fatal('output file suffixes exhausted')
      const path = prefix + suffix + (flags.additionalSuffix ?? '')
      if (flags.verbose) me.out.line(`creating file ${quoteaf(path)}`)
      try {
        const out = yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
        yield* writeAll(sys, out, part)
        sys.close(out)
      } catch (e) {
        throw e instanceof Errno ? fatal(path, e) : e
      }
    }
  },
})

const suffixLength = (count: number, base: number): number =>
  Math.ceil(Math.log(Math.max(2, count)) / Math.log(base) - 1e-9)
