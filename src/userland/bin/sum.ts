/**
 * sum - checksum and count the blocks in a file
 * https://www.gnu.org/software/coreutils/manual/html_node/sum-invocation.html
 */
import { Errno } from '../../abi/index.ts'
import { contents } from '../lib/checksum.ts'
import { byLine, command } from '../lib/command.ts'
import { quotef } from '../lib/quote.ts'
import { bsdSum, sysvSum } from '../lib/sums.ts'

export default command({
  name: 'sum',
  closesStdin: 'standard input',
  writeFailure: byLine,
  summary: 'Print or check BSD (16-bit) checksums.',
  usage: 'sum [OPTION]... [FILE]...',
  authors: 'Kayvan Aghaiepour and David MacKenzie',
  options: {
    r: { help: 'use BSD sum algorithm (the default), use 1K blocks' },
    sysv: { short: 's', help: 'use System V sum algorithm, use 512 bytes blocks' },
  },

  *main(sys, _flags, args, me) {
    const sysv = me.order.at(-1)?.key === 'sysv'
    let status = 0
    for (const name of args.length ? args : ['-']) {
      const bytes = yield* contents(sys, name)
      if (bytes instanceof Errno) {
        yield* me.warn(quotef(name), bytes)
        status = 1
        continue
      }
      const blocks = Math.ceil(bytes.length / (sysv ? 512 : 1024))
      const sum = sysv
        ? `${sysvSum(bytes)} ${blocks}`
        : `${String(bsdSum(bytes)).padStart(5, '0')} ${String(blocks).padStart(5)}`
      me.out.line(args.length ? `${sum} ${name}` : sum)
    }
    return status
  },
})
