/** MD5, SHA-1 and the 32-bit SHA-2 digests. RFC 1321, FIPS 180-4. */

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))
const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

type Eight = [number, number, number, number, number, number, number, number]

/** The message with its padding: 0x80, zeros, the length in bits. */
export function padded(bytes: Uint8Array, block: number, littleEndian: boolean): DataView {
  const lengthSize = block / 8
  const size = Math.ceil((bytes.length + 1 + lengthSize) / block) * block
  const all = new Uint8Array(size)
  all.set(bytes)
  all[bytes.length] = 0x80
  const view = new DataView(all.buffer)
  const bits = BigInt(bytes.length) * 8n
  view.setBigUint64(size - 8, bits, littleEndian)
  return view
}

const hex = (words: Iterable<number>, littleEndian: boolean): string => {
  let text = ''
  for (const word of words) {
    const digits = (word >>> 0).toString(16).padStart(8, '0')
    text += littleEndian ? digits.match(/../g)!.reverse().join('') : digits
  }
  return text
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const MD5_SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))

export function md5(bytes: Uint8Array): string {
  const view = padded(bytes, 64, true)
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const f =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d)
      const g =
        round === 0 ? i : round === 1 ? (5 * i + 1) & 15 : round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15
      const sum = (a + f + MD5_SINES[i]! + view.getInt32(at + g * 4, true)) | 0
      a = d
      d = c
      c = b
      b = (b + rotl(sum, MD5_SHIFTS[round * 4 + (i & 3)]!)) | 0
    }
    state[0]! += a
    state[1]! += b
    state[2]! += c
    state[3]! += d
  }
  return hex(state, true)
}

export function sha1(bytes: Uint8Array): string {
  const view = padded(bytes, 64, false)
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  const w = new Int32Array(80)
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 80; i++)
      w[i] = i < 16 ? view.getInt32(at + i * 4) : rotl(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1)
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d)
      const k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6
      const sum = (rotl(a, 5) + f + e + k + w[i]!) | 0
      e = d
      d = c
      c = rotl(b, 30)
      b = a
      a = sum
    }
    for (const [i, word] of [a, b, c, d, e].entries()) state[i]! += word
  }
  return hex(state, false)
}

/** The first `count` primes, whose roots are the constants of SHA-2. */
export function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every(p => n % p)) found.push(n)
  return found
}

/** The first `bits` bits of the fraction of the nth root of p, exactly. */
export function rootFraction(p: number, n: 2n | 3n, bits: bigint): bigint {
  const target = BigInt(p) << (bits * n)
  let low = 0n
  let high = 1n << (bits + 5n)
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle ** n <= target) low = middle
    else high = middle - 1n
  }
  return BigInt.asUintN(Number(bits), low)
}

const constants256 = { k: new Int32Array(0), h: new Int32Array(0) }

export function sha256(bytes: Uint8Array): string {
  if (!constants256.k.length) {
    constants256.k = Int32Array.from(primes(64), p => Number(BigInt.asIntN(32, rootFraction(p, 3n, 32n))))
    constants256.h = Int32Array.from(primes(8), p => Number(BigInt.asIntN(32, rootFraction(p, 2n, 32n))))
  }
  return sha2(bytes, constants256.h, 8)
}

const H224 = Int32Array.of(
  0xc1059ed8,
  0x367cd507,
  0x3070dd17,
  0xf70e5939,
  0xffc00b31,
  0x68581511,
  0x64f98fa7,
  0xbefa4fa4,
)
export function sha224(bytes: Uint8Array): string {
  sha256(new Uint8Array(0))
  return sha2(bytes, H224, 7)
}

function sha2(bytes: Uint8Array, start: Int32Array, words: number): string {
  const { k } = constants256
  const view = padded(bytes, 64, false)
  const state = start.slice()
  const w = new Int32Array(64)
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = view.getInt32(at + i * 4)
        continue
      }
      const [x, y] = [w[i - 15]!, w[i - 2]!]
      w[i] =
        (w[i - 16]! +
          (rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3)) +
          w[i - 7]! +
          (rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10))) |
        0
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as Eight
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    state[0]! += a
    state[1]! += b
    state[2]! += c
    state[3]! += d
    state[4]! += e
    state[5]! += f
    state[6]! += g
    state[7]! += h
  }
  return hex(state.subarray(0, words), false)
}
