/**
 * hexdump, hd - display file contents in hexadecimal, decimal, octal, or ascii
 * https://man7.org/linux/man-pages/man1/hexdump.1.html
 *
 * Left out: -e and -f formats, --color.
 */
import { command, fatal } from '../lib/command.ts'
import { readInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { concat } from '../lib/output.ts'
import { basename } from '../lib/path.ts'

type Kind = 'words' | 'canonical' | 'octalBytes' | 'chars' | 'decimals' | 'octals'

export default command({
  name: 'hexdump',
  suite: 'util-linux',
  summary: 'Display file contents in hexadecimal, decimal, octal, or ascii',
  usage: 'hexdump [options] <file>...',
  options: {
    oneByteOctal: { short: 'b', help: 'one-byte octal display' },
    oneByteChar: { short: 'c', help: 'one-byte character display' },
    canonical: { short: 'C', help: 'canonical hex+ASCII display' },
    twoBytesDecimal: { short: 'd', help: 'two-byte decimal display' },
    twoBytesOctal: { short: 'o', help: 'two-byte octal display' },
    twoBytesHex: { short: 'x', help: 'two-byte hexadecimal display' },
    length: { short: 'n', value: '<length>', help: 'interpret only length bytes of input' },
    skip: { short: 's', value: '<offset>', help: 'skip offset bytes from the beginning' },
    noSqueezing: { short: 'v', help: 'output identical lines' },
  },

  *main(sys, flags, args, me) {
    const number = (text: string | undefined): number | undefined => {
      if (text === undefined) return undefined
      const it = /^0x/i.test(text) ? { value: Number(text) } : parseNumber(text, SIZES)
      if (!('value' in it)) throw fatal(`failed to parse length: '${text}'`)
      return it.value
    }
    const chunks: Uint8Array[] = []
    let status = 0
    const limit = number(flags.length)
    const skip = number(flags.skip) ?? 0
    for (const name of args.length ? args : ['-']) {
      if (limit !== undefined && name.startsWith('/dev/')) {
        const fd = yield* sys.open(name, 0)
        chunks.push(yield* sys.read(fd, skip + limit))
        continue
      }
      const bytes = yield* readInput(sys, me, name)
      if (bytes) chunks.push(bytes)
      else status = 1
    }
    if (!chunks.length) throw fatal('all input file arguments failed')
    const all = concat(chunks)
    const bytes = all.subarray(skip, limit === undefined ? undefined : skip + limit)
    const kind: Kind =
      flags.canonical || basename(me.argv[0] ?? '') === 'hd'
        ? 'canonical'
        : flags.oneByteOctal
          ? 'octalBytes'
          : flags.oneByteChar
            ? 'chars'
            : flags.twoBytesDecimal
              ? 'decimals'
              : flags.twoBytesOctal
                ? 'octals'
                : 'words'
    const wide = flags.twoBytesHex && kind === 'words'
    const address = (at: number): string => at.toString(16).padStart(kind === 'canonical' ? 8 : 7, '0')
    let before = ''
    let starred = false
    for (let at = 0; at < bytes.length; at += 16) {
      const row = bytes.subarray(at, at + 16)
      const key = row.join()
      if (!flags.noSqueezing && key === before && row.length === 16) {
        if (!starred) me.out.line('*')
        starred = true
        continue
      }
      before = key
      starred = false
      me.out.line(address(skip + at) + rowText(row, kind, Boolean(wide)))
      if (me.out.full) yield* me.out.flush()
    }
    if (bytes.length) me.out.line(address(skip + bytes.length))
    return status
  },
})

const ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}

function rowText(row: Uint8Array, kind: Kind, wide: boolean): string {
  if (kind === 'canonical') {
    const half = (from: number): string =>
      Array.from({ length: 8 }, (_, i) =>
        row[from + i] === undefined ? '  ' : row[from + i]!.toString(16).padStart(2, '0'),
      ).join(' ')
    const text = [...row].map(byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
    return `  ${half(0)}  ${half(8)}  |${text}|`
  }
  if (kind === 'octalBytes')
    return [...row]
      .map(byte => ` ${byte.toString(8).padStart(3, '0')}`)
      .join('')
      .padEnd(64)
  if (kind === 'chars')
    return [...row]
      .map(byte =>
        (
          ESCAPES[byte] ??
          (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
        ).padStart(4),
      )
      .join('')
      .padEnd(64)
  let text = ''
  for (let i = 0; i < row.length; i += 2) {
    const value = row[i]! | ((row[i + 1] ?? 0) << 8)
    if (kind === 'words')
      text += wide ? `    ${value.toString(16).padStart(4, '0')}` : ` ${value.toString(16).padStart(4, '0')}`
    else if (kind === 'decimals') text += `   ${String(value).padStart(5, '0')}`
    else text += `  ${value.toString(8).padStart(6, '0')}`
  }
  return text.padEnd(kind === 'words' && !wide ? 40 : 64)
}
