/**
 * cut - remove sections from each line of files
 * https://www.gnu.org/software/coreutils/manual/html_node/cut-invocation.html
 *
 * Characters are bytes, as in the original.
 */
import { decode, encode } from '../../abi/index.ts'
import { command, usage } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'
import { quote } from '../lib/quote.ts'

type Ranges = readonly (readonly [number, number])[]

export default command({
  name: 'cut',
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
    const lists = [flags.bytes, flags.characters, flags.fields].flatMap(it => it ?? [])
    if (!lists.length) throw usage('you must specify a list of bytes, characters, or fields')
    if (lists.length > 1) throw usage('only one list may be specified')
    const byFields = flags.fields !== undefined
    const delimiter = flags.delimiter ?? '\t'
    if (encode(delimiter).length > 1) throw usage('the delimiter must be a single character')
    if (!byFields && flags.delimiter !== undefined)
      throw usage('an input delimiter may be specified only when operating on fields')
    if (!byFields && flags.onlyDelimited)
      throw usage('suppressing non-delimited lines makes sense\n\tonly when operating on fields')
    const ranges = parseList(lists[0]!, byFields, Boolean(flags.complement))
    const glue = flags.outputDelimiter
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

/** `1,3-5,7-` as ranges in order, without overlaps. gnulib-like: coreutils set-fields.c. */
function parseList(text: string, fields: boolean, complement: boolean): Ranges {
  const what = fields ? 'field' : 'byte/character position'
  const ranges: [number, number][] = []
  for (const item of text.split(/[, \t]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(item)
    if (!match) throw usage(`invalid ${fields ? 'field value' : 'byte or character position'} ${quote(item)}`)
    const [, low, dash, high] = match as unknown as [string, string, string, string]
    if (!low && !high) {
      if (dash) throw usage('invalid range with no endpoint: -')
      throw usage(`${fields ? 'fields' : 'byte/character positions'} are numbered from 1`)
    }
    const first = low ? Number(low) : 1
    const last = dash ? (high ? Number(high) : Number.POSITIVE_INFINITY) : first
    if (!first || (!dash && !last)) throw usage(`${what}s are numbered from 1`)
    if (last < first) throw usage('invalid decreasing range')
    ranges.push([first, last])
  }
  ranges.sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1])
    else merged.push([...range])
  }
  return complement ? complementOf(merged) : merged
}

function complementOf(ranges: Ranges): Ranges {
  const rest: [number, number][] = []
  let from = 1
  for (const [low, high] of ranges) {
    if (low > from) rest.push([from, low - 1])
    from = high + 1
  }
  if (from !== Number.POSITIVE_INFINITY) rest.push([from, Number.POSITIVE_INFINITY])
  return rest
}
