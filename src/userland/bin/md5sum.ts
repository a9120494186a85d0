/**
 * md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum - compute and check message digests
 * https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html
 */
import { CHECK_OPTIONS, checkFlags, checkList, DIGESTS, printDigests } from '../lib/checksum.ts'
import { byLine, command, usage } from '../lib/command.ts'
import { basename } from '../lib/path.ts'

export default command({
  name: 'md5sum',
  closesStdin: 'standard input',
  writeFailure: byLine,
  aliases: ['sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum'],
  summary: 'Print or check checksums.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'md5sum [OPTION]... [FILE]...',
  authors: 'Ulrich Drepper, Scott Miller, and David Madore',
  options: {
    binary: { short: 'b', help: 'read in binary mode' },
    tag: { help: 'create a BSD-style checksum' },
    text: { short: 't', help: 'read in text mode (default)' },
    ...CHECK_OPTIONS,
  },

  *main(sys, flags, args, me) {
    const digest = DIGESTS[basename(me.argv[0] ?? '').replace(/sum$/, '')] ?? DIGESTS['md5']!
    const mode = me.order.findLast(it => it.key === 'binary' || it.key === 'text' || it.key === 'tag')?.key
    if (flags.tag && mode === 'text') throw usage('--tag does not support --text mode')
    if (flags.check && !flags.zero && flags.tag)
      throw usage('the --tag option is meaningless when verifying checksums')
    if (flags.check && !flags.zero && (flags.binary || flags.text))
      throw usage('the --binary and --text options are meaningless when verifying checksums')
    checkFlags(flags)
    if (!flags.check) {
      const style = { tagged: Boolean(flags.tag), binary: mode === 'binary', zero: Boolean(flags.zero) }
      return (yield* printDigests(sys, me, args, digest, digest.bits, style)) ? 0 : 1
    }
    let status = 0
    for (const list of args.length ? args : ['-'])
      if (!(yield* checkList(sys, me, flags, list, digest))) status = 1
    return status
  },
})
