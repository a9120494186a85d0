/** gzip's container and the deflate coding. RFC 1951, RFC 1952. Compresses with fixed Huffman codes only. */

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** Why data cannot be decompressed, as gzip says it. */
export class GzipError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Canonical Huffman codes: how many of each length, and the symbols in the order of their codes. */
interface Huffman {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

function huffman(lengths: ArrayLike<number>): Huffman {
  const counts = new Uint16Array(16)
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1]! + counts[i - 1]!
  const symbols = new Uint16Array(lengths.length)
  for (let i = 0; i < lengths.length; i++) if (lengths[i]) symbols[offsets[lengths[i]!]!++] = i
  return { counts, symbols }
}

const FIXED = (() => {
  const lengths = new Uint8Array(288)
  lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)
  return { literals: huffman(lengths), distances: huffman(new Uint8Array(30).fill(5)) }
})()

class Inflater {
  at: number
  readonly #data: Uint8Array
  #bits = 0
  #held = 0
  #out: Uint8Array
  #size = 0

  constructor(data: Uint8Array, at: number) {
    this.#data = data
    this.at = at
    this.#out = new Uint8Array(Math.max(1024, data.length * 4))
  }

  run(): Uint8Array {
    let last = 0
    while (!last) {
      last = this.#take(1)
      const type = this.#take(2)
      if (type === 0) this.#stored()
      else if (type === 1) this.#codes(FIXED.literals, FIXED.distances)
      else if (type === 2) this.#dynamic()
      else throw new GzipError('invalid compressed data--format violated')
    }
    return this.#out.subarray(0, this.#size)
  }

  #take(count: number): number {
    while (this.#held < count) {
      if (this.at >= this.#data.length) throw new GzipError('unexpected end of file')
      this.#bits |= this.#data[this.at++]! << this.#held
      this.#held += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#held -= count
    return value
  }

  #put(byte: number): void {
    if (this.#size === this.#out.length) {
      const more = new Uint8Array(this.#out.length * 2)
      more.set(this.#out)
      this.#out = more
    }
    this.#out[this.#size++] = byte
  }

  #stored(): void {
    this.#bits = this.#held = 0
    const length = this.#data[this.at]! | (this.#data[this.at + 1]! << 8)
    this.at += 4
    for (let i = 0; i < length; i++) this.#put(this.#data[this.at++] ?? 0)
  }

  #symbol({ counts, symbols }: Huffman): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length < 16; length++) {
      code |= this.#take(1)
      const count = counts[length]!
      if (code - count < first) return symbols[index + code - first]!
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new GzipError('invalid compressed data--format violated')
  }

  #codes(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.#symbol(literals)
      if (symbol < 256) {
        this.#put(symbol)
        continue
      }
      if (symbol === 256) return
      const length = LENGTH_BASE[symbol - 257]! + this.#take(LENGTH_BITS[symbol - 257]!)
      const code = this.#symbol(distances)
      const distance = DISTANCE_BASE[code]! + this.#take(DISTANCE_BITS[code]!)
      if (distance > this.#size) throw new GzipError('invalid compressed data--format violated')
      for (let i = 0; i < length; i++) this.#put(this.#out[this.#size - distance]!)
    }
  }

  #dynamic(): void {
    const literals = this.#take(5) + 257
    const distances = this.#take(5) + 1
    const codes = this.#take(4) + 4
    const lengths = new Uint8Array(320)
    for (let i = 0; i < codes; i++) lengths[CODE_ORDER[i]!] = this.#take(3)
    const table = huffman(lengths.subarray(0, 19))
    const all = new Uint8Array(320)
    for (let i = 0; i < literals + distances; ) {
      const symbol = this.#symbol(table)
      if (symbol < 16) {
        all[i++] = symbol
        continue
      }
      const value = symbol === 16 ? all[i - 1]! : 0
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      all.fill(value, i, i + times)
      i += times
    }
    this.#codes(huffman(all.subarray(0, literals)), huffman(all.subarray(literals, literals + distances)))
  }
}

const MAGIC = [0x1f, 0x8b]

export const isGzip = (data: Uint8Array): boolean => data[0] === MAGIC[0] && data[1] === MAGIC[1]

/** The contents of gzip data, of all its members. Throws GzipError. */
export function gunzip(data: Uint8Array): Uint8Array {
  if (!isGzip(data)) throw new GzipError('not in gzip format')
  const parts: Uint8Array[] = []
  let at = 0
  while (isGzip(data.subarray(at))) {
    const flags = data[at + 3]!
    at += 10
    if (flags & 4) at += 2 + (data[at]! | (data[at + 1]! << 8))
    for (const bit of [8, 16]) if (flags & bit) at = data.indexOf(0, at) + 1
    if (flags & 2) at += 2
    const inflater = new Inflater(data, at)
    const part = inflater.run()
    parts.push(part)
    at = inflater.at
    const view = new DataView(data.buffer, data.byteOffset + at)
    if (view.byteLength < 8) throw new GzipError('unexpected end of file')
    if (view.getUint32(0, true) !== crc32(part)) throw new GzipError('invalid compressed data--crc error')
    at += 8
  }
  if (parts.length === 1) return parts[0]!
  const all = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0))
  let to = 0
  for (const part of parts) {
    all.set(part, to)
    to += part.length
  }
  return all
}

let crcTable: Int32Array | undefined

export function crc32(data: Uint8Array): number {
  crcTable ??= Int32Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c
  })
  let crc = -1
  for (const byte of data) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

/** Data as gzip writes it, with the name and the time of the file. */
export function gzip(data: Uint8Array, name: string, mtime: number): Uint8Array {
  const body = deflate(data)
  const encoded = new TextEncoder().encode(name)
  const head = 10 + (name ? encoded.length + 1 : 0)
  const all = new Uint8Array(head + body.length + 8)
  all.set([...MAGIC, 8, name ? 8 : 0])
  const view = new DataView(all.buffer)
  view.setUint32(4, mtime, true)
  all[9] = 3
  if (name) all.set(encoded, 10)
  all.set(body, head)
  view.setUint32(head + body.length, crc32(data), true)
  view.setUint32(head + body.length + 4, data.length, true)
  return all
}

const WINDOW = 32768
const LONGEST = 258

/** One block of fixed codes over greedy matches. */
function deflate(data: Uint8Array): Uint8Array {
  let out = new Uint8Array(Math.max(64, data.length + (data.length >> 2) + 16))
  let size = 0
  let bits = 0
  let held = 0
  const put = (value: number, count: number): void => {
    bits |= value << held
    held += count
    while (held >= 8) {
      if (size === out.length) {
        const more = new Uint8Array(out.length * 2)
        more.set(out)
        out = more
      }
      out[size++] = bits & 255
      bits >>>= 8
      held -= 8
    }
  }
  const code = (value: number, count: number): void => {
    for (let i = count - 1; i >= 0; i--) put((value >> i) & 1, 1)
  }
  const literal = (symbol: number): void => {
    if (symbol < 144) code(0x30 + symbol, 8)
    else if (symbol < 256) code(0x190 + symbol - 144, 9)
    else if (symbol < 280) code(symbol - 256, 7)
    else code(0xc0 + symbol - 280, 8)
  }
  put(1, 1)
  put(1, 2)
  const last = new Map<number, number>()
  for (let i = 0; i < data.length; ) {
    const key = i + 2 < data.length ? data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) : -1
    const from = key < 0 ? undefined : last.get(key)
    if (key >= 0) last.set(key, i)
    if (from === undefined || i - from > WINDOW) {
      literal(data[i++]!)
      continue
    }
    let length = 3
    while (length < LONGEST && i + length < data.length && data[from + length] === data[i + length]) length++
    const l = LENGTH_BASE.findLastIndex(base => base <= length)
    const d = DISTANCE_BASE.findLastIndex(base => base <= i - from)
    literal(257 + l)
    put(length - LENGTH_BASE[l]!, LENGTH_BITS[l]!)
    code(d, 5)
    put(i - from - DISTANCE_BASE[d]!, DISTANCE_BITS[d]!)
    i += length
  }
  literal(256)
  if (held) put(0, 8 - held)
  return out.subarray(0, size)
}
