/**
 * fold - wrap each input line to fit in specified width
 * https://www.gnu.org/software/coreutils/manual/html_node/fold-invocation.html
 */
import { decode, encode } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { numberWithin } from '../lib/numbers.ts'

export default command({
  name: 'fold',
  closesStdin: '-',
  summary:
    'Wrap input lines in each FILE, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'fold [OPTION]... [FILE]...',
  authors: 'David MacKenzie',
  options: {
    bytes: { short: 'b', help: 'count bytes rather than columns' },
    spaces: { short: 's', help: 'break at spaces' },
    width: { short: 'w', value: '=WIDTH', help: 'use WIDTH columns instead of 80' },
  },
  obsolete: args => args.map(arg => (/^-\d+$/.test(arg) ? `-w${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    const width = numberWithin(flags.width ?? '80', 'invalid number of columns', 1, 2 ** 63)
    const advance = (column: number, byte: number): number => {
      if (flags.bytes) return column + 1
      if (byte === 8) return Math.max(0, column - 1)
      if (byte === 13) return 0
      return byte === 9 ? column + 8 - (column % 8) : column + 1
    }
    const fine = yield* eachLine(sys, me, args, (line, { complete }) => {
      const bytes = encode(line)
      let start = 0
      let column = 0
      for (let i = 0; i < bytes.length; i++) {
        const next = advance(column, bytes[i]!)
        if (next <= width) {
          column = next
          continue
        }
        if (i === start) {
          column = next
          continue
        }
        let cut = i
        if (flags.spaces)
          for (let at = i - 1; at >= start; at--)
            if (bytes[at] === 32 || bytes[at] === 9) {
              cut = at + 1
              break
            }
        me.out.print(`${decode(bytes.subarray(start, cut))}\n`)
        start = cut
        column = 0
        for (let at = start; at < i; at++) column = advance(column, bytes[at]!)
        column = advance(column, bytes[i]!)
      }
      me.out.print(decode(bytes.subarray(start)) + (complete ? '\n' : ''))
    })
    return fine ? 0 : 1
  },
})
