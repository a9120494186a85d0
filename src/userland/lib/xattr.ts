/** How getfattr and setfattr write values: as text, hexadecimal or base64. attr's getfattr/getfattr.c, setfattr.c. */
import { decode, encode } from '../../abi/index.ts'

export type Encoding = 'text' | 'hex' | 'base64'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f

/** Text if at most one byte in eight cannot be printed; a NUL at the end does not count. */
function preferred(value: Uint8Array): Encoding {
  const size = value.length && value[value.length - 1] === 0 ? value.length - 1 : value.length
  const odd = value.subarray(0, size).filter(byte => !isPrintable(byte)).length
  return size >= odd * 8 ? 'text' : 'base64'
}

/** A value as getfattr prints it. */
export function encodeValue(value: Uint8Array, encoding: Encoding = preferred(value)): string {
  if (encoding === 'hex') return `0x${[...value].map(byte => byte.toString(16).padStart(2, '0')).join('')}`
  if (encoding === 'base64') return `0s${toBase64(value)}`
  const text = decode(value).replace(/[\\"\0\n\r]/g, c =>
    c === '\\' || c === '"' ? `\\${c}` : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"${text}"`
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const bits = (a << 16) | (b << 8) | c
    const digits = [18, 12, 6, 0].map(shift => DIGITS[(bits >> shift) & 63]!)
    text += digits
      .slice(0, Math.min(4, bytes.length - i + 1))
      .join('')
      .padEnd(4, '=')
  }
  return text
}

/** The bytes that a value given to setfattr stands for; undefined when it is malformed. */
export function decodeValue(text: string): Uint8Array | undefined {
  if (/^0x/i.test(text)) return fromHex(text.slice(2))
  if (/^0s/i.test(text)) return fromBase64(text.slice(2))
  const bare = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
  return encode(
    bare.replace(/\\([0-7]{3}|[\\"])/g, (_, it: string) =>
      it.length === 3 ? String.fromCharCode(Number.parseInt(it, 8) & 0xff) : it,
    ),
  )
}

function fromHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s/g, '')
  if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) return undefined
  return Uint8Array.from(digits.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
}

function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s/g, '').replace(/=+$/, '')
  if (digits.length % 4 === 1 || [...digits].some(c => !DIGITS.includes(c))) return undefined
  const bytes: number[] = []
  for (let i = 0; i < digits.length; i += 4) {
    const group = digits.slice(i, i + 4)
    const bits = [...group.padEnd(4, 'A')].reduce((sum, c) => (sum << 6) | DIGITS.indexOf(c), 0)
    bytes.push(...[16, 8, 0].slice(0, group.length - 1).map(shift => (bits >> shift) & 0xff))
  }
  return Uint8Array.from(bytes)
}
