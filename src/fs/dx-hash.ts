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

/** The words of the name under way, and the hash so far. */
const input = new Int32Array(8)
const buf = new Int32Array(4)

/** Linux: half_md4_transform(): three rounds over the words, each in an order of its own. */
function transform(): void {
  let [a, b, c, d] = buf as unknown as [number, number, number, number]
  for (let i = 0; i < 8; i++) {
    const sum = (a + f(b, c, d) + input[i]!) | 0
    ;[a, b, c, d] = [d, rol(sum, SHIFTS[0][i % 4]!), b, c]
  }
  for (let i = 0; i < 8; i++) {
    const sum = (a + g(b, c, d) + input[SECOND[i]!]! + K2) | 0
    ;[a, b, c, d] = [d, rol(sum, SHIFTS[1][i % 4]!), b, c]
  }
  for (let i = 0; i < 8; i++) {
    const sum = (a + h(b, c, d) + input[THIRD[i]!]! + K3) | 0
    ;[a, b, c, d] = [d, rol(sum, SHIFTS[2][i % 4]!), b, c]
  }
  buf[0]! += a
  buf[1]! += b
  buf[2]! += c
  buf[3]! += d
}
const SECOND = [1, 3, 5, 7, 0, 2, 4, 6]
const THIRD = [3, 7, 2, 6, 1, 5, 0, 4]
const SHIFTS = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const

/** Linux: str2hashbuf_signed(). */
function fillWords(name: Uint8Array, from: number): void {
  const length = name.length - from
  let pad = length | (length << 8)
  pad |= pad << 16
  input.fill(pad)
  let value = pad
  const end = Math.min(length, 32)
  for (let i = 0; i < end; i++) {
    value = (((name[from + i]! << 24) >> 24) + (value << 8)) | 0
    if (i % 4 === 3) {
      input[i >> 2] = value
      value = pad
    }
  }
  if (end % 4) input[end >> 2] = value
}

/** Linux: ext4fs_dirhash(): the major and the minor hash of a name. */
export function dirHash(name: string): readonly [major: number, minor: number] {
  const bytes = encode(name)
  buf.set(SEED)
  for (let from = 0; from < bytes.length; from += 32) {
    fillWords(bytes, from)
    transform()
  }
  return [(buf[1]! & ~1) >>> 0, buf[2]! >>> 0]
}

/** Names in the order of the directory's index. */
export function hashOrder(names: readonly string[]): string[] {
  const keyed = names.map(name => {
    const [major, minor] = dirHash(name)
    return { name, major, minor }
  })
  keyed.sort((a, b) => a.major - b.major || a.minor - b.minor)
  return keyed.map(it => it.name)
}
