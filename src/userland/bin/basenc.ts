/**
 * basenc - encode/decode data and print to standard output, in various encodings
 * https://www.gnu.org/software/coreutils/manual/html_node/basenc-invocation.html
 */
import { decodeFile, ENCODING_OPTIONS, ENCODINGS, encodeFile, wrapColumn } from '../lib/base-encoding.ts'
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'basenc',
  summary: 'basenc encode or decode FILE, or standard input, to standard output.',
  usage: 'basenc [OPTION]... [FILE]',
  authors: 'Simon Josefsson and Assaf Gordon',
  options: {
    base64: { help: "same as 'base64' program (RFC4648 section 4)" },
    base64url: { help: 'file- and url-safe base64 (RFC4648 section 5)' },
    base32: { help: "same as 'base32' program (RFC4648 section 6)" },
    base32hex: { help: 'extended hex alphabet base32 (RFC4648 section 7)' },
    base16: { help: 'hex encoding (RFC4648 section 8)' },
    base2msbf: { help: 'bit string with most significant bit (msb) first' },
    base2lsbf: { help: 'bit string with least significant bit (lsb) first' },
    ...ENCODING_OPTIONS,
    z85: { help: 'ascii85-like encoding' },
  },

  *main(sys, flags, [name, extra], me) {
    const wrap = wrapColumn(flags.wrap)
    const type = me.order.findLast(it => it.key in ENCODINGS)?.key
    if (!type) throw usage('missing encoding type')
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const encoding = ENCODINGS[type as keyof typeof ENCODINGS]
    if (flags.decode) yield* decodeFile(sys, me, name ?? '-', encoding, Boolean(flags.ignoreGarbage))
    else yield* encodeFile(sys, me, name ?? '-', encoding, wrap)
  },
})
