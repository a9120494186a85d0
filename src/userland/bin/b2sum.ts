/**
 * b2sum - compute and check BLAKE2 message digests
 * https://www.gnu.org/software/coreutils/manual/html_node/b2sum-invocation.html
 */
import { blakeBits, CHECK_OPTIONS, checkFlags, checkList, DIGESTS, printDigests } from '../lib/checksum.ts'
import { byLine, command, usage } from '../lib/command.ts'

export default command({
  name: 'b2sum',
  closesStdin: 'standard input',
  writeFailure: byLine,
  summary: 'Print or check BLAKE2b (512-bit) checksums.',
  usage: 'b2sum [OPTION]... [FILE]...',
  authors: 'Padraig Brady and Samuel Neves',
  options: {
    binary: { short: 'b', help: 'read in binary mode' },
    length: { short: 'l', value: '=BITS', help: 'digest length in bits' },
    tag: { help: 'create a BSD-style checksum' },
    text: { short: 't', help: 'read in text mode (default)' },
    ...CHECK_OPTIONS,
  },

  *main(sys, flags, args, me) {
    const bits = yield* blakeBits(me, flags.length)
    const mode = me.order.findLast(it => it.key === 'binary' || it.key === 'text' || it.key === 'tag')?.key
    if (flags.tag && mode === 'text') throw usage('--tag does not support --text mode')
    if (flags.check && !flags.zero && flags.tag)
      throw usage('the --tag option is meaningless when verifying checksums')
    if (flags.check && !flags.zero && (flags.binary || flags.text))
      throw usage('the --binary and --text options are meaningless when verifying checksums')
    checkFlags(flags)
    const digest = DIGESTS['blake2b']!
    if (!flags.check) {
      const style = { tagged: Boolean(flags.tag), binary: mode === 'binary', zero: Boolean(flags.zero) }
      return (yield* printDigests(sys, me, args, digest, bits, style)) ? 0 : 1
    }
    let status = 0
    for (const list of args.length ? args : ['-'])
      if (!(yield* checkList(sys, me, flags, list, digest))) status = 1
    return status
  },
})
