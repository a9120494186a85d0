/**
 * Values of extended attributes as getfattr prints and setfattr reads them. Linux: attr tools/{getfattr,setfattr}.c.
 */
import { decode, encode } from '../../abi/index.ts'

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const word = (a << 16) | (b << 8) | c
    const left = bytes.length - i
    text += BASE64[word >> 18]! + BASE64[(word >> 12) & 63]!
    text += (left > 1 ? BASE64[(word >> 6) & 63]! : '=') + (left > 2 ? BASE64[word & 63]! : '=')
  }
  return text
}

function fromBase64(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  let word = 0
  let bits = 0
  for (const char of text.replace(/=+$/, '')) {
    const value = BASE64.indexOf(char)
    if (value < 0) return undefined
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) bytes.push((word >> (bits -= 8)) & 0xff)
  }
  return Uint8Array.from(bytes)
}

/** `"text"`, 0x…, 0s…: what cannot be shown as text becomes base64 unless an encoding is asked for. */
export function valueText(bytes: Uint8Array, encoding: string | undefined): string {
  const printable =
    bytes.every(byte => byte >= 0x20 && byte !== 0x7f) && !/[\udc80-\udcff]/.test(decode(bytes))
  const form = encoding ?? (printable ? 'text' : 'base64')
  if (form === 'hex') return `0x${[...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')}`
  if (form === 'base64') return `0s${toBase64(bytes)}`
  const text = decode(bytes)
    .replace(/["\\]/g, '\\$&')
    .replace(/[\0\n\r]/g, c => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return `"${text}"`
}

/** The bytes that setfattr's -v means; undefined for what is malformed. */
export function parseValue(text: string): Uint8Array | undefined {
  if (/^0x/i.test(text)) {
    const digits = text.slice(2).replace(/\s/g, '')
    if (!/^([0-9a-f]{2})*$/i.test(digits)) return undefined
    return Uint8Array.from(digits.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
  }
  if (/^0s/i.test(text)) return fromBase64(text.slice(2))
  const bare = /^"(.*)"$/s.exec(text)?.[1] ?? text
  return encode(
    bare.replace(/\\([0-7]{3})|\\(.)/g, (_, octal, char) =>
      octal ? String.fromCharCode(Number.parseInt(octal, 8)) : char,
    ),
  )
}
