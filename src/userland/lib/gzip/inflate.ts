/** Expanding deflated data. RFC 1951. */
import { CODE_ORDER, DISTANCE_BASE, DISTANCE_BITS, LENGTH_BASE, LENGTH_BITS } from './codes.ts'

/** Why data cannot be decompressed, as gzip says it, and what could be had until then. */
export class GzipError {
  readonly message: string
  readonly partial: Uint8Array
  constructor(message: string, partial: Uint8Array = new Uint8Array(0)) {
    this.message = message
    this.partial = partial
  }
}

/** Why gzip does not even try; the message follows the name of the file. */
export class GzipUnsupported {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Canonical Huffman codes: how many of each length, and the symbols in the order of their codes. */
interface Huffman {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
  /** As many bits gzip wants to have before it looks for a code, which shows where data ends too early. */
  readonly peek: number
}

function huffman(lengths: ArrayLike<number>, table: number): Huffman {
  const counts = new Uint16Array(16)
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1]! + counts[i - 1]!
  const symbols = new Uint16Array(lengths.length)
  for (let i = 0; i < lengths.length; i++) if (lengths[i]) symbols[offsets[lengths[i]!]!++] = i
  const shortest = counts.findIndex(count => count > 0)
  const longest = counts.findLastIndex(count => count > 0)
  return { counts, symbols, peek: Math.min(Math.max(table, shortest), longest) }
}

const FIXED = (() => {
  const lengths = new Uint8Array(288)
  lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)
  return { literals: huffman(lengths, 7), distances: huffman(new Uint8Array(30).fill(5), 5) }
})()

/** Expands one stream; `at` is where it ended. */
export class Inflater {
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
    this.at -= this.#held >> 3
    return this.written
  }

  /** What was expanded until now. */
  get written(): Uint8Array {
    return this.#out.subarray(0, this.#size)
  }

  #need(count: number): void {
    while (this.#held < count) {
      if (this.at >= this.#data.length) throw new GzipError('unexpected end of file', this.written)
      this.#bits |= this.#data[this.at++]! << this.#held
      this.#held += 8
    }
  }

  #take(count: number): number {
    this.#need(count)
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
    this.at -= this.#held >> 3
    this.#bits = this.#held = 0
    const length = this.#data[this.at]! | (this.#data[this.at + 1]! << 8)
    this.at += 4
    for (let i = 0; i < length; i++) this.#put(this.#data[this.at++] ?? 0)
  }

  #symbol({ counts, symbols, peek }: Huffman): number {
    this.#need(peek)
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
      // Before the beginning gzip's window has zeros; the checksum will tell.
      for (let i = 0; i < length; i++) this.#put(this.#out[this.#size - distance] ?? 0)
    }
  }

  #dynamic(): void {
    const literals = this.#take(5) + 257
    const distances = this.#take(5) + 1
    const codes = this.#take(4) + 4
    const lengths = new Uint8Array(320)
    for (let i = 0; i < codes; i++) lengths[CODE_ORDER[i]!] = this.#take(3)
    const table = huffman(lengths.subarray(0, 19), 7)
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
    this.#codes(
      huffman(all.subarray(0, literals), 9),
      huffman(all.subarray(literals, literals + distances), 6),
    )
  }
}
