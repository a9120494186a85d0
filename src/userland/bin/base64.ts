/**
 * base64, base32 - encode/decode data and print to standard output
 * https://www.gnu.org/software/coreutils/manual/html_node/base64-invocation.html
 */
import { decodeFile, ENCODING_OPTIONS, ENCODINGS, encodeFile, wrapColumn } from '../lib/base-encoding.ts'
import { command, usage } from '../lib/command.ts'
import { basename } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'base64',
  aliases: ['base32'],
  summary:
    'Base64 encode or decode FILE, or standard input, to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'base64 [OPTION]... [FILE]',
  authors: 'Simon Josefsson',
  options: ENCODING_OPTIONS,

  *main(sys, flags, [name, extra], me) {
    const wrap = wrapColumn(flags.wrap)
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const encoding = basename(me.argv[0] ?? '') === 'base32' ? ENCODINGS.base32 : ENCODINGS.base64
    if (flags.decode) yield* decodeFile(sys, me, name ?? '-', encoding, Boolean(flags.ignoreGarbage))
    else yield* encodeFile(sys, me, name ?? '-', encoding, wrap)
  },
})
