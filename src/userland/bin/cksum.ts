/**
 * cksum - compute and check checksums
 * https://www.gnu.org/software/coreutils/manual/html_node/cksum-invocation.html
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { exactlyOneOf } from '../lib/argmatch.ts'
import {
  blakeBits,
  CHECK_OPTIONS,
  checkFlags,
  checkList,
  contents,
  DIGESTS,
  digestLength,
  printDigests,
  refuseLength,
} from '../lib/checksum.ts'
import { byLine, command, fatal, type Process, usage } from '../lib/command.ts'
import { quotef } from '../lib/quote.ts'
import { bsdSum, posixCrc, sysvSum } from '../lib/sums.ts'

const ALGORITHMS = ['bsd', 'sysv', 'crc', ...Object.keys(DIGESTS)].map(it => [it, it] as const)

export default command({
  name: 'cksum',
  writeFailure: byLine,
  closesStdin: 'standard input',
  summary: 'Print or verify checksums.\nBy default use the 32 bit CRC algorithm.',
  usage: 'cksum [OPTION]... [FILE]...',
  authors: 'Padraig Brady and Q. Frank Xia',
  options: {
    algorithm: { short: 'a', value: '=TYPE', help: 'select the digest type to use' },
    length: { short: 'l', value: '=BITS', help: 'digest length in bits' },
    tag: { help: 'create a BSD-style checksum, the default' },
    untagged: { help: 'create a reversed style checksum, without digest type' },
    debug: { help: 'indicate which implementation used' },
    refused: { short: 'bt', long: '' },
    ...CHECK_OPTIONS,
  },

  *main(sys, flags, args, me) {
    if (flags.refused) throw usage('')
    const algorithm = exactlyOneOf('--algorithm', flags.algorithm ?? 'crc', ALGORITHMS)
    const digest = DIGESTS[algorithm]
    const length = digestLength(flags.length)
    if (length % 8) yield* refuseLength(me, flags.length!, 'length is not a multiple of 8')
    if (length && algorithm !== 'blake2b') throw fatal('--length is only supported with --algorithm=blake2b')
    const bits = algorithm === 'blake2b' ? yield* blakeBits(me, flags.length) : (digest?.bits ?? 0)
    if (!digest && flags.check && flags.algorithm !== undefined)
      throw fatal('--check is not supported with --algorithm={bsd,sysv,crc}')
    checkFlags(flags)
    if (flags.check) {
      let status = 0
      for (const list of args.length ? args : ['-'])
        if (!(yield* checkList(sys, me, flags, list, flags.algorithm === undefined ? undefined : digest)))
          status = 1
      return status
    }
    if (flags.debug && algorithm === 'crc') yield* me.warn('pclmul support not detected')
    if (!digest) return (yield* printSums(sys, me, args, algorithm, flags.zero ? '\0' : '\n')) ? 0 : 1
    const tagged = me.order.findLast(it => it.key === 'tag' || it.key === 'untagged')?.key !== 'untagged'
    const style = { tagged, binary: false, zero: Boolean(flags.zero) }
    return (yield* printDigests(sys, me, args, digest, bits, style)) ? 0 : 1
  },
})

/** Why reading may fail, where opening did not. */
const REFUSALS = ['EISDIR', 'EBADF']

/** The sums that are numbers, with the size in bytes or blocks. */
function* printSums(
  sys: Sys,
  me: Process,
  names: readonly string[],
  algorithm: string,
  end: string,
): Blocking<boolean> {
  let fine = true
  for (const name of names.length ? names : ['-']) {
    let bytes = yield* contents(sys, name)
    // Version 9.1 does not notice that a file for the CRC cannot be read.
    if (bytes instanceof Errno && REFUSALS.includes(bytes.name) && algorithm === 'crc')
      bytes = new Uint8Array(0)
    if (bytes instanceof Errno) {
      yield* me.warn(quotef(name), bytes)
      fine = false
      continue
    }
    me.out.print(`${sumOf(bytes, algorithm)}${names.length ? ` ${name}` : ''}${end}`)
  }
  return fine
}

function sumOf(bytes: Uint8Array, algorithm: string): string {
  if (algorithm === 'crc') return `${posixCrc(bytes)} ${bytes.length}`
  if (algorithm === 'sysv') return `${sysvSum(bytes)} ${Math.ceil(bytes.length / 512)}`
  const blocks = String(Math.ceil(bytes.length / 1024)).padStart(5)
  return `${String(bsdSum(bytes)).padStart(5, '0')} ${blocks}`
}
