/** The SM3 digest. GB/T 32905-2016; draft-sca-cfrg-sm3. */
import { padded } from './digest.ts'

const rotl = (x: number, n: number): number => (x << (n & 31)) | (x >>> (-n & 31))

const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]

export function sm3(bytes: Uint8Array): string {
  const view = padded(bytes, 64, false)
  const state = Int32Array.from(START)
  const w = new Int32Array(68)
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 68; i++) w[i] = i < 16 ? view.getInt32(at + i * 4) : expanded(w, i)
    compress(state, w)
  }
  return Array.from(state, word => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function expanded(w: Int32Array, i: number): number {
  const x = w[i - 16]! ^ w[i - 9]! ^ rotl(w[i - 3]!, 15)
  return x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[i - 13]!, 7) ^ w[i - 6]!
}

function compress(state: Int32Array, w: Int32Array): void {
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!]
  let [e, f, g, h] = [state[4]!, state[5]!, state[6]!, state[7]!]
  for (let i = 0; i < 64; i++) {
    const early = i < 16
    const ss1 = rotl((rotl(a, 12) + e + rotl(early ? 0x79cc4519 : 0x7a879d8a, i)) | 0, 7)
    const ss2 = ss1 ^ rotl(a, 12)
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + ss2 + (w[i]! ^ w[i + 4]!)) | 0
    const tt2 = (gg + h + ss1 + w[i]!) | 0
    d = c
    c = rotl(b, 9)
    b = a
    a = tt1
    h = g
    g = rotl(f, 19)
    f = e
    e = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i]! ^= word
}
