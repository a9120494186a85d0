/**
 * dd - convert and copy a file
 * https://www.gnu.org/software/coreutils/manual/html_node/dd-invocation.html
 *
 * Left out: what direct and nocache would do (accepted).
 */
import { isReg, O_CREAT, O_EXCL, O_RDONLY, O_TRUNC, O_WRONLY, SA_RESTART, SIGUSR1 } from '../../abi/index.ts'
import { command, fatal, must } from '../lib/command.ts'
import { Copy } from '../lib/dd/copy.ts'
import { bits, parse } from '../lib/dd/operands.ts'
import { quoteaf } from '../lib/quote.ts'

export default command({
  name: 'dd',
  summary: 'Copy a file, converting and formatting according to the operands.',
  usage: ['dd [OPERAND]...', 'dd OPTION'],
  authors: 'Paul Rubin, David MacKenzie, and Stuart Kemp',

  *main(sys, _flags, args, me) {
    const set = parse(args)
    const { conversions: conv } = set
    if (set.oflags.has('append') && !conv.has('notrunc'))
      yield* me.warn('you probably want conv=notrunc with oflag=append')
    let input = 0
    let output = 1
    if (set.input !== undefined)
      try {
        input = yield* sys.open(set.input, O_RDONLY | bits(set.iflags))
      } catch (e) {
        throw fatal(`failed to open ${quoteaf(set.input)}`, e)
      }
    const seekBytes = set.seek.bytes ? set.seek.number : set.seek.number * set.obs
    if (set.output !== undefined) {
      const flags =
        O_WRONLY |
        bits(set.oflags) |
        (conv.has('nocreat') ? 0 : O_CREAT) |
        (conv.has('excl') ? O_EXCL : 0) |
        (conv.has('notrunc') || seekBytes >= set.obs ? 0 : O_TRUNC)
      try {
        output = yield* sys.open(set.output, flags, 0o666)
      } catch (e) {
        throw fatal(`failed to open ${quoteaf(set.output)}`, e)
      }
      if (seekBytes >= set.obs && !conv.has('notrunc') && isReg(sys.fstat(output)))
        yield* sys.ftruncate(output, seekBytes)
    }
    const copy = new Copy(sys, set, input, output, me.warn)
    if (set.status === 'progress') copy.progress = true
    sys.sigaction(SIGUSR1, () => copy.askForReport(), SA_RESTART)
    const status = yield* copy.run(set.skip.bytes ? set.skip.number : set.skip.number * set.ibs, seekBytes)
    if (conv.has('fsync') || conv.has('fdatasync')) yield* sys.fsync(output)
    must(`closing input file ${quoteaf(set.input ?? 'standard input')}`, () => sys.close(input))
    must(`closing output file ${quoteaf(set.output ?? 'standard output')}`, () => sys.close(output))
    yield* copy.report()
    return status
  },
})
