/**
 * cmp - compare two files byte by byte
 * https://www.gnu.org/software/diffutils/manual/html_node/Invoking-cmp.html
 */
import { command, fatal } from '../lib/command.ts'
import { readInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'

export default command({
  name: 'cmp',
  summary: 'Compare two files byte by byte.',
  usage: 'cmp [OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  suite: 'diffutils',
  failure: 2,
  wrongUsage: "cmp: Try 'cmp --help' for more information.\n",
  options: {
    printBytes: { short: 'b', help: 'print differing bytes' },
    ignoreInitial: { short: 'i', value: '=SKIP', help: 'skip first SKIP bytes of both inputs' },
    verbose: { short: 'l', help: 'output byte numbers and differing byte values' },
    bytes: { short: 'n', value: '=LIMIT', help: 'compare at most LIMIT bytes' },
    quiet: { short: 's', also: ['silent'], help: 'suppress all normal output' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw fatal("missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.")
    const number = (text: string): number => {
      const it = parseNumber(text, SIZES)
      if (!('value' in it) || it.value < 0) throw fatal(`invalid --bytes value '${text}'`)
      return it.value
    }
    const [name1, name2] = [args[0]!, args[1] ?? '-']
    const skips = (flags.ignoreInitial ?? '')
      .split(':')
      .filter(it => it)
      .map(number)
    const skip1 = args[2] === undefined ? (skips[0] ?? 0) : number(args[2])
    const skip2 = args[3] === undefined ? (skips[1] ?? skips[0] ?? 0) : number(args[3])
    const a = yield* readInput(sys, me, name1)
    if (!a) return 2
    const b = yield* readInput(sys, me, name2)
    if (!b) return 2
    const limit = flags.bytes === undefined ? Number.POSITIVE_INFINITY : number(flags.bytes)
    const [x, y] = [a.subarray(skip1), b.subarray(skip2)].map(it =>
      it.subarray(0, Math.min(limit, it.length)),
    ) as [Uint8Array, Uint8Array]
    const common = Math.min(x.length, y.length)
    const width = String(Math.max(x.length, y.length)).length
    let line = 1
    let status = 0
    for (let i = 0; i < common; i++) {
      if (x[i] !== y[i]) {
        status = 1
        if (flags.quiet) return 1
        if (!flags.verbose) {
          const bytes = flags.printBytes
            ? ` is ${octal(x[i]!)} ${shown(x[i]!)} ${octal(y[i]!)} ${shown(y[i]!)}`
            : ''
          me.out.line(`${name1} ${name2} differ: byte ${i + 1}, line ${line}${bytes}`)
          return 1
        }
        const bytes = flags.printBytes
          ? `${octal(x[i]!)} ${shown(x[i]!).padEnd(4)} ${octal(y[i]!)} ${shown(y[i]!)}`
          : `${octal(x[i]!)} ${octal(y[i]!)}`
        me.out.line(`${String(i + 1).padStart(width)} ${bytes}`)
      }
      if (x[i] === 10) line++
    }
    if (x.length === y.length) return status
    if (!flags.quiet) {
      const short = x.length < y.length ? name1 : name2
      const at =
        common === 0
          ? ' which is empty'
          : ` after byte ${common}${flags.verbose ? '' : `${(x.length < y.length ? x : y)[common - 1] === 10 ? ', line' : ', in line'} ${(x.length < y.length ? x : y)[common - 1] === 10 ? line - 1 : line}`}`
      yield* me.warn(`EOF on ${short}${at}`)
    }
    return 1
  },
})

const octal = (byte: number): string => byte.toString(8).padStart(3)

function shown(byte: number): string {
  if (byte >= 128) return `M-${shown(byte - 128)}`
  if (byte === 127) return '^?'
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte)
}
