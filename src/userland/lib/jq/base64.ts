/** Base64 of text, read as loosely as jq does. */
import { described } from './print.ts'
import { fail, type Json } from './value.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function encodeBase(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let result = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let k = 0; k < 4; k++) result += i + k > bytes.length ? '=' : ALPHABET[(group >> (18 - 6 * k)) & 63]!
  }
  return result
}

/** Anything else than the alphabet is passed over; `it` is what a message is about. */
export function decodeBase(it: Json, text: string): string {
  const bytes: number[] = []
  let [bits, count] = [0, 0]
  for (const char of text.replace(/=.*$/s, '')) {
    const code = ALPHABET.indexOf(char)
    if (code < 0) return fail(`${about(it, text)} is not valid base64 data`)
    bits = ((bits << 6) | code) & 0xffff
    count++
    // Two bits, four, six more than the last whole byte, then none.
    const over = (count * 6) % 8
    if (count % 4 !== 1) bytes.push((bits >> over) & 0xff)
  }
  if (count % 4 === 1) return fail(`${about(it, text)} trailing base64 byte found`)
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

const about = (it: Json, text: string): string => described(typeof it === 'string' ? it : text)
