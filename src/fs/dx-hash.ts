/**
 * The order in which ext4 lists a directory: by a hash of the names. Linux: fs/ext4/hash.c, half MD4 with signed
 * characters. The seed is that of the disk.
 */
import { encode } from '../abi/index.ts'

const SEED = [0x1eaba15c, 0x00400000, 0x00000080, 0x02000000] as const
const [K2, K3] = [0x5a827999, 0x6ed9eba1]

const rol = (x: number, s: number): number => (x << s) | (x >>> (32 - s))
const f = (x: number, y: number, z: number): number => z ^ (x & (y ^ z))
const g = (x: number, y: number, z: number): number => ((x & y) + ((x ^ y) & z)) | 0
const h = (x: number, y: number, z: number): number => x ^ y ^ z

/** For each round: its function, its constant, which words it takes in order, and by how much it rotates. */
const ROUNDS = [
  { fn: f, k: 0, words: [0, 1, 2, 3, 4, 5, 6, 7], shifts: [3, 7, 11, 19] },
  { fn: g, k: K2, words: [1, 3, 5, 7, 0, 2, 4, 6], shifts: [3, 5, 9, 13] },
  { fn: h, k: K3, words: [3, 7, 2, 6, 1, 5, 0, 4], shifts: [3, 9, 11, 15] },
] as const

/** Linux: half_md4_transform(). */
function transform(buf: Int32Array, input: Int32Array): void {
  let [a, b, c, d] = buf as unknown as [number, number, number, number]
  for (const { fn, k, words, shifts } of ROUNDS)
    for (let i = 0; i < 8; i++) {
      const sum = (a + fn(b, c, d) + input[words[i]!]! + k) | 0
      ;[a, b, c, d] = [d, rol(sum, shifts[i % 4]!), b, c]
    }
  buf[0]! += a
  buf[1]! += b
  buf[2]! += c
  buf[3]! += d
}

/** Linux: str2hashbuf_signed(). */
function words(name: Uint8Array, from: number): Int32Array {
  const length = name.length - from
  let pad = length | (length << 8)
  pad |= pad << 16
  const out = new Int32Array(8).fill(pad)
  let value = pad
  const end = Math.min(length, 32)
  for (let i = 0; i < end; i++) {
    value = (((name[from + i]! << 24) >> 24) + (value << 8)) | 0
    if (i % 4 === 3) {
      out[i >> 2] = value
      value = pad
    }
  }
  if (end % 4) out[end >> 2] = value
  return out
}

/** Linux: ext4fs_dirhash(): the major and the minor hash of a name. */
export function dirHash(name: string): readonly [number, number] {
  const bytes = encode(name)
  const buf = Int32Array.from(SEED)
  for (let from = 0; from < bytes.length; from += 32) transform(buf, words(bytes, from))
  return [(buf[1]! & ~1) >>> 0, buf[2]! >>> 0]
}

/** Names in the order of the directory's index. */
export function hashOrder(names: readonly string[]): string[] {
  const keyed = names.map(name => ({ name, hash: dirHash(name) }))
  keyed.sort((a, b) => a.hash[0] - b.hash[0] || a.hash[1] - b.hash[1])
  return keyed.map(it => it.name)
}
