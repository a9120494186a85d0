/** The types of od -t: what they are called, and what bytes look like in them. Linux: coreutils od.c. */
import { fatal } from '../command.ts'
import { formatFloat } from '../printf.ts'
import { quote } from '../quote.ts'

/** One way to show bytes. */
export interface Format {
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

/** The formats of -t. */
export function parseTypes(text: string): Format[] {
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

/** A row of bytes in a format; `block` is the room it has. */
export function rowText(
  row: Uint8Array,
  format: Format,
  width: number,
  block: number,
  little: boolean,
): string {
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
    return shortest(value, size)
  }
  let value = 0n
  for (let i = 0; i < size; i++)
    value = (value << 8n) | BigInt(view.getUint8(little ? at + size - 1 - i : at + i))
  if (kind === 'd') return BigInt.asIntN(size * 8, value).toString()
  if (kind === 'u') return value.toString()
  const digits = value.toString(kind === 'x' ? 16 : 8)
  return digits.padStart(WIDTHS[kind]![size]!, '0')
}

/** The shortest decimal that reads back as the same number. gnulib: ftoastr.c */
function shortest(value: number, size: number): string {
  if (Number.isNaN(value)) return Object.is(Math.sign(value), -0) ? '-nan' : 'nan'
  const isSame = (text: string): boolean =>
    (size === 4 ? Math.fround(Number(text)) : Number(text)) === value || !Number.isFinite(value)
  const smallest = size === 4 ? 2 ** -126 : 2 ** -1022
  for (let precision = Math.abs(value) < smallest ? 1 : size === 4 ? 6 : 15; ; precision++) {
    const text = formatFloat(value, { flags: '', width: 0, precision, letter: 'g' })
    if (precision >= 17 || isSame(text)) return text
  }
}
