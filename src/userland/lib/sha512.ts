/** SHA-512 and SHA-384, in halves of 32 bits because JavaScript has no fast 64-bit integers. FIPS 180-4. */
import { padded, primes, rootFraction } from './digest.ts'

/** Words of 64 bits as pairs, the high half first. */
const halves = (words: readonly bigint[]): Int32Array =>
  Int32Array.from(
    words.flatMap(word => [Number(BigInt.asIntN(32, word >> 32n)), Number(BigInt.asIntN(32, word))]),
  )

let k: Int32Array = new Int32Array(0)

export function sha512(bytes: Uint8Array): string {
  return digest(bytes, halves(primes(8).map(p => rootFraction(p, 2n, 64n))), 8)
}

export function sha384(bytes: Uint8Array): string {
  const start = primes(16).slice(8)
  return digest(bytes, halves(start.map(p => rootFraction(p, 2n, 64n))), 6)
}

function digest(bytes: Uint8Array, state: Int32Array, words: number): string {
  if (!k.length) k = halves(primes(80).map(p => rootFraction(p, 3n, 64n)))
  const view = padded(bytes, 128, false)
  const w = new Int32Array(160)
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 32; i++) w[i] = view.getInt32(at + i * 4)
    expand(w)
    compress(state, w)
  }
  let text = ''
  for (let i = 0; i < words * 2; i++) text += (state[i]! >>> 0).toString(16).padStart(8, '0')
  return text
}

/** The message schedule: 80 words out of 16. */
function expand(w: Int32Array): void {
  for (let i = 32; i < 160; i += 2) {
    const [xh, xl, yh, yl] = [w[i - 30]!, w[i - 29]!, w[i - 4]!, w[i - 3]!]
    const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7)
    const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25))
    const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6)
    const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26))
    const low = (w[i - 31]! >>> 0) + (s0l >>> 0) + (w[i - 13]! >>> 0) + (s1l >>> 0)
    w[i] = w[i - 32]! + s0h + w[i - 14]! + s1h + Math.floor(low / 2 ** 32)
    w[i + 1] = low
  }
}

/** One block; the eight words rotate through `v` instead of being moved. */
function compress(state: Int32Array, w: Int32Array): void {
  const v = state.slice()
  for (let i = 0; i < 80; i++) {
    const base = 16 - 2 * (i & 7)
    const at = (n: number): number => (base + 2 * n) & 15
    const [a, b, c, d, e, f, g, h] = [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)]
    const [eh, el, ah, al] = [v[e]!, v[e + 1]!, v[a]!, v[a + 1]!]
    const big1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
    const big1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
    const chooseH = (eh & v[f]!) ^ (~eh & v[g]!)
    const chooseL = (el & v[f + 1]!) ^ (~el & v[g + 1]!)
    const t1l =
      (v[h + 1]! >>> 0) + (big1l >>> 0) + (chooseL >>> 0) + (k[2 * i + 1]! >>> 0) + (w[2 * i + 1]! >>> 0)
    const t1h = (v[h]! + big1h + chooseH + k[2 * i]! + w[2 * i]! + Math.floor(t1l / 2 ** 32)) | 0
    const big0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
    const big0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
    const majorityH = (ah & v[b]!) ^ (ah & v[c]!) ^ (v[b]! & v[c]!)
    const majorityL = (al & v[b + 1]!) ^ (al & v[c + 1]!) ^ (v[b + 1]! & v[c + 1]!)
    const dl = (v[d + 1]! >>> 0) + (t1l % 2 ** 32)
    v[d] = v[d]! + t1h + Math.floor(dl / 2 ** 32)
    v[d + 1] = dl
    const hl = (t1l % 2 ** 32) + (big0l >>> 0) + (majorityL >>> 0)
    v[h] = t1h + big0h + majorityH + Math.floor(hl / 2 ** 32)
    v[h + 1] = hl
  }
  for (let i = 0; i < 16; i += 2) {
    const low = (state[i + 1]! >>> 0) + (v[i + 1]! >>> 0)
    state[i] = state[i]! + v[i]! + Math.floor(low / 2 ** 32)
    state[i + 1] = low
  }
}
