/** BLAKE2b without a key, of any whole number of bytes up to 64. RFC 7693. */
import { primes, rootFraction } from './digest.ts'

/** In which order the words of a block are mixed in, round by round. */
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
] as const

/** Which words of the state each of the eight mixings of a round takes: columns, then diagonals. */
const MIXINGS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const

/** Words of 64 bits as pairs, the low half first. */
const IV = (() => {
  const words = primes(8).map(p => rootFraction(p, 2n, 64n))
  return Int32Array.from(
    words.flatMap(word => [Number(BigInt.asIntN(32, word)), Number(BigInt.asIntN(32, word >> 32n))]),
  )
})()

/** The digest of so many bits as hexadecimal digits. */
export function blake2b(bytes: Uint8Array, bits = 512): string {
  const state = IV.slice()
  state[0]! ^= 0x01010000 ^ (bits / 8)
  const block = new Uint8Array(128)
  const words = new Int32Array(block.buffer)
  for (let at = 0; ; at += 128) {
    const last = at + 128 >= bytes.length
    block.fill(0)
    block.set(bytes.subarray(at, at + 128))
    compress(state, words, last ? bytes.length : at + 128, last)
    if (last) break
  }
  const digest = new Uint8Array(state.buffer, 0, bits / 8)
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}

function compress(state: Int32Array, m: Int32Array, count: number, last: boolean): void {
  const v = new Int32Array(32)
  v.set(state)
  v.set(IV, 16)
  v[24]! ^= count
  v[25]! ^= Math.floor(count / 2 ** 32)
  if (last) {
    v[28] = ~v[28]!
    v[29] = ~v[29]!
  }
  for (let round = 0; round < 12; round++) {
    const order = SIGMA[round % 10]!
    for (let i = 0; i < 8; i++) mix(v, MIXINGS[i]!, m, order[2 * i]!, order[2 * i + 1]!)
  }
  for (let i = 0; i < 16; i++) state[i]! ^= v[i]! ^ v[i + 16]!
}

function mix(
  v: Int32Array,
  words: readonly [number, number, number, number],
  m: Int32Array,
  x: number,
  y: number,
): void {
  const [a, b, c, d] = [words[0] * 2, words[1] * 2, words[2] * 2, words[3] * 2]
  add(v, a, v[b]!, v[b + 1]!, m[2 * x]!, m[2 * x + 1]!)
  let [low, high] = [v[d]! ^ v[a]!, v[d + 1]! ^ v[a + 1]!]
  v[d] = high
  v[d + 1] = low
  add(v, c, v[d]!, v[d + 1]!, 0, 0)
  ;[low, high] = [v[b]! ^ v[c]!, v[b + 1]! ^ v[c + 1]!]
  v[b] = (low >>> 24) | (high << 8)
  v[b + 1] = (high >>> 24) | (low << 8)
  add(v, a, v[b]!, v[b + 1]!, m[2 * y]!, m[2 * y + 1]!)
  ;[low, high] = [v[d]! ^ v[a]!, v[d + 1]! ^ v[a + 1]!]
  v[d] = (low >>> 16) | (high << 16)
  v[d + 1] = (high >>> 16) | (low << 16)
  add(v, c, v[d]!, v[d + 1]!, 0, 0)
  ;[low, high] = [v[b]! ^ v[c]!, v[b + 1]! ^ v[c + 1]!]
  v[b] = (low << 1) | (high >>> 31)
  v[b + 1] = (high << 1) | (low >>> 31)
}

/** Add two words of 64 bits to the one at `at`. */
function add(v: Int32Array, at: number, low1: number, high1: number, low2: number, high2: number): void {
  const low = (v[at]! >>> 0) + (low1 >>> 0) + (low2 >>> 0)
  v[at + 1] = v[at + 1]! + high1 + high2 + Math.floor(low / 2 ** 32)
  v[at] = low
}
