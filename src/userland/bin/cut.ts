/**
 * cut - remove sections from each line of files
 * https://www.gnu.org/software/coreutils/manual/html_node/cut-invocation.html
 *
 * Characters are bytes, as in the original.
 */
import { decode, encode } from '../../abi/index.ts'
import { command, usage } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { complement, parseList } from '../lib/set-fields.ts'

export default command({
  name: 'cut',
  closesStdin: '-',
  summary:
    'Print selected parts of lines from each FILE to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'cut OPTION... [FILE]...',
  authors: 'David M. Ihnat, David MacKenzie, and Jim Meyering',
  options: {
    bytes: { short: 'b', value: '=LIST', repeat: true, help: 'select only these bytes' },
    characters: { short: 'c', value: '=LIST', repeat: true, help: 'select only these characters' },
    delimiter: { short: 'd', value: '=DELIM', help: 'use DELIM instead of TAB for field delimiter' },
    fields: {
      short: 'f',
      value: '=LIST',
      repeat: true,
      help: 'select only these fields;  also print any line\nthat contains no delimiter character, unless\nthe -s option is specified',
    },
    n: { help: '(ignored)' },
    complement: { help: 'complement the set of selected bytes, characters\nor fields' },
    onlyDelimited: { short: 's', help: 'do not print lines not containing delimiters' },
    outputDelimiter: {
      value: '=STRING',
      help: 'use STRING as the output delimiter\nthe default is to use the input delimiter',
    },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    const delimiter = flags.delimiter ?? '\t'
    if (encode(delimiter).length > 1) throw usage('the delimiter must be a single character')
    const lists = [flags.bytes, flags.characters, flags.fields].flatMap(it => it ?? [])
    if (!lists.length) throw usage('you must specify a list of bytes, characters, or fields')
    if (lists.length > 1) throw usage('only one list may be specified')
    const byFields = flags.fields !== undefined
    if (!byFields && flags.delimiter !== undefined)
      throw usage('an input delimiter may be specified only when operating on fields')
    if (!byFields && flags.onlyDelimited)
      throw usage('suppressing non-delimited lines makes sense\n\tonly when operating on fields')
    const selected = parseList(lists[0]!, { fields: byFields })
    const ranges = flags.complement ? complement(selected) : selected
    // An empty delimiter is a NUL.
    const glue = flags.outputDelimiter === '' ? '\0' : flags.outputDelimiter
    const end = flags.zeroTerminated ? '\0' : '\n'
    const fields = (line: string): string | undefined => {
      const parts = line.split(delimiter || '\0')
      if (parts.length === 1) return flags.onlyDelimited ? undefined : line
      return ranges.flatMap(([low, high]) => parts.slice(low - 1, high)).join(glue ?? delimiter)
    }
    const bytes = (line: string): string => {
      const all = encode(line)
      const pieces = ranges
        .map(([low, high]) => decode(all.subarray(low - 1, high)))
        .filter((it, i) => it || all.length >= ranges[i]![0])
      return pieces.join(glue ?? '')
    }
    const fine = yield* eachLine(
      sys,
      me,
      args,
      line => {
        const text = byFields ? fields(line) : bytes(line)
        if (text !== undefined) me.out.print(text + end)
      },
      flags.zeroTerminated ? 0 : 10,
    )
    return fine ? 0 : 1
  },
})
