/**
 * od - dump files in octal and other formats
 * https://www.gnu.org/software/coreutils/manual/html_node/od-invocation.html
 *
 * Left out: -S strings, --traditional, long double.
 */
import type { Blocking } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal } from '../lib/command.ts'
import { readInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { concat } from '../lib/output.ts'
import { quote } from '../lib/quote.ts'

interface Format {
  readonly kind: 'a' | 'c' | 'd' | 'f' | 'o' | 'u' | 'x'
  readonly size: number
  /** Characters of one value, without the blank before it. */
  readonly width: number
  readonly text: boolean
}

const NAMES = [
  'nul',
  'soh',
  'stx',
  'etx',
  'eot',
  'enq',
  'ack',
  'bel',
  'bs',
  'ht',
  'nl',
  'vt',
  'ff',
  'cr',
  'so',
  'si',
  'dle',
  'dc1',
  'dc2',
  'dc3',
  'dc4',
  'nak',
  'syn',
  'etb',
  'can',
  'em',
  'sub',
  'esc',
  'fs',
  'gs',
  'rs',
  'us',
  'sp',
]
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
const WIDTHS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  f: { 4: 15, 8: 24 },
}
const SIZE_LETTERS: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 }

const ENDIANS = [
  ['little', 'little'],
  ['big', 'big'],
] as const

/** The old letters and what -t calls them. */
const TRADITIONAL: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  D: 'u4',
  e: 'fD',
  f: 'fF',
  F: 'fD',
  h: 'x2',
  H: 'x4',
  i: 'dI',
  l: 'dL',
  o: 'o2',
  s: 'd2',
  x: 'x2',
  X: 'x4',
  O: 'o4',
  B: 'o2',
}

const letters = Object.fromEntries(
  Object.keys(TRADITIONAL).map(it => [`_${it}`, { short: it, long: '' }] as const),
)

export default command({
  name: 'od',
  summary:
    'Write an unambiguous representation, octal bytes by default,\nof FILE to standard output.  With more than one FILE argument,\nconcatenate them in the listed order to form the input.',
  usage: ['od [OPTION]... [FILE]...'],
  authors: 'Jim Meyering',
  options: {
    addressRadix: {
      short: 'A',
      value: '=RADIX',
      help: 'output format for file offsets; RADIX is one\nof [doxn], for Decimal, Octal, Hex or None',
    },
    endian: { value: '={big|little}', help: 'swap input bytes according the specified order' },
    skipBytes: { short: 'j', value: '=BYTES', help: 'skip BYTES input bytes first' },
    readBytes: { short: 'N', value: '=BYTES', help: 'limit dump to BYTES input bytes' },
    format: { short: 't', value: '=TYPE', help: 'select output format or formats' },
    outputDuplicates: { short: 'v', help: 'do not use * to mark line suppression' },
    width: {
      short: 'w',
      value: '[=BYTES]',
      help: 'output BYTES bytes per output line;\n32 is implied when BYTES is not specified',
    },
    ...letters,
  },

  *main(sys, flags, args, me) {
    const amount = (text: string | undefined, option: string): number | undefined => {
      if (text === undefined) return undefined
      if (/^0x[0-9a-f]+$/i.test(text)) return Number(text)
      const it = parseNumber(text, SIZES)
      if ('value' in it) return it.value
      if (it.overflow) throw fatal(`${option} argument '${text}' too large`)
      throw fatal(`invalid ${/^\d/.test(text) ? 'suffix in ' : ''}${option} argument '${text}'`)
    }
    if (flags.endian !== undefined) flags.endian = oneOf('--endian', flags.endian, ENDIANS)
    const radix = flags.addressRadix ?? 'o'
    if (!'doxn'.includes(radix) || radix.length !== 1)
      throw fatal(`invalid output address radix '${radix}'; it must be one character from [doxn]`)
    const formats: Format[] = []
    for (const { key, value } of me.order) {
      if (key === 'format') formats.push(...parseTypes(value))
      else if (String(key).startsWith('_')) formats.push(...parseTypes(TRADITIONAL[String(key).slice(1)]!))
    }
    if (!formats.length) formats.push(...parseTypes('o2'))
    const skip = amount(flags.skipBytes, '-j') ?? 0
    const limit = amount(flags.readBytes, '-N')
    const unit = formats.reduce((most, it) => Math.max(most, it.size), 1)
    const asked = flags.width === undefined ? 16 : flags.width === '' ? 32 : amount(flags.width, '-w')!
    const width = asked > 0 && asked % unit === 0 ? asked : unit
    if (width !== asked) yield* me.warn(`warning: invalid width ${asked}; using ${width} instead`)
    let fine = true
    const chunks: Uint8Array[] = []
    if (limit !== undefined && !args.length) chunks.push(yield* readSome(skip + limit))
    else
      for (const name of args.length ? args : ['-']) {
        if (limit !== undefined && name.startsWith('/dev/')) {
          const fd = yield* sys.open(name, 0)
          chunks.push(yield* sys.read(fd, skip + limit))
          sys.close(fd)
          continue
        }
        const bytes = yield* readInput(sys, me, name)
        if (bytes) chunks.push(bytes)
        else fine = false
      }
    const all = chunks.length ? concat(chunks) : new Uint8Array(0)
    if (skip > all.length) throw fatal('cannot skip past end of combined input')
    const bytes = all.subarray(skip, limit === undefined ? undefined : skip + limit)
    const address = (at: number): string =>
      radix === 'n'
        ? ''
        : radix === 'd'
          ? String(at).padStart(7, '0')
          : radix === 'x'
            ? at.toString(16).padStart(6, '0')
            : at.toString(8).padStart(7, '0')
    const little = flags.endian !== 'big'
    // All formats are padded to the one that needs most room for a byte.
    const block = Math.max(...formats.map(it => ((it.width + 1) * width) / it.size))
    let before: string | undefined
    let starred = false
    for (let at = 0; at < bytes.length; at += width) {
      const row = bytes.subarray(at, at + width)
      const key = row.join()
      if (!flags.outputDuplicates && key === before && at + width < bytes.length) {
        if (!starred) me.out.line('*')
        starred = true
        continue
      }
      before = key
      starred = false
      for (const [i, format] of formats.entries()) {
        const head = i ? ' '.repeat(address(0).length) : address(skip + at)
        me.out.line(head + rowText(row, format, width, block, little))
      }
      if (me.out.full) yield* me.out.flush()
    }
    if (radix !== 'n') me.out.line(address(skip + bytes.length))
    return fine ? 0 : 1

    function* readSome(count: number): Blocking<Uint8Array> {
      const parts: Uint8Array[] = []
      for (let left = count; left > 0; ) {
        const part = yield* sys.read(0, left)
        if (!part.length) break
        parts.push(part)
        left -= part.length
      }
      return parts.length ? concat(parts) : new Uint8Array(0)
    }
  },
})

function parseTypes(text: string): Format[] {
  const formats: Format[] = []
  const pattern = /([ac])(z?)|([dfoux])(\d+|[CSILFD])?(z?)/y
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) throw fatal(`invalid character '${text[at]}' in type string ${quote(text)}`)
    at = pattern.lastIndex
    if (match[1]) {
      formats.push({ kind: match[1] as 'a', size: 1, width: 3, text: match[2] === 'z' })
      continue
    }
    const kind = match[3] as 'o'
    const size =
      match[4] === undefined
        ? (kind as string) === 'f'
          ? 8
          : 4
        : (SIZE_LETTERS[match[4]] ?? Number(match[4]))
    const width = WIDTHS[kind]?.[size]
    if (width === undefined)
      throw fatal(
        `invalid type string ${quote(text)};\nthis system doesn't provide a ${size}-byte ${(kind as string) === 'f' ? 'floating point' : 'integral'} type`,
      )
    formats.push({ kind, size, width, text: match[5] === 'z' })
  }
  return formats
}

function rowText(row: Uint8Array, format: Format, width: number, block: number, little: boolean): string {
  const count = width / format.size
  const room = block / count
  const filled = new Uint8Array(width)
  filled.set(row)
  const view = new DataView(filled.buffer)
  let text = ''
  const present = Math.ceil(row.length / format.size)
  for (let i = 0; i < present; i++)
    text += valueText(view, i * format.size, format, little).padStart(
      Math.floor(room * (i + 1)) - Math.floor(room * i),
    )
  if (!format.text) return text
  const shown = [...row].map(byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
  return `${text.padEnd(block)}  >${shown}<`
}

function valueText(view: DataView, at: number, { kind, size }: Format, little: boolean): string {
  const byte = view.getUint8(at)
  if (kind === 'a')
    return (byte & 127) === 127 ? 'del' : (NAMES[byte & 127] ?? String.fromCharCode(byte & 127))
  if (kind === 'c') {
    const escape = ESCAPES[byte]
    if (escape) return escape
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0')
  }
  if (kind === 'f') {
    const value = size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little)
    return size === 4 ? String(Number(value.toPrecision(8))) : String(value)
  }
  let value = 0n
  for (let i = 0; i < size; i++)
    value = (value << 8n) | BigInt(view.getUint8(little ? at + size - 1 - i : at + i))
  if (kind === 'd') return BigInt.asIntN(size * 8, value).toString()
  if (kind === 'u') return value.toString()
  const digits = value.toString(kind === 'x' ? 16 : 8)
  return digits.padStart(WIDTHS[kind]![size]!, '0')
}
