/** What was expanded so far; matches are copied out of it. liblzma: lz_decoder.c's dictionary. */
import { corrupt, XzError } from './error.ts'

/** xz writes what it expands as it goes; here it is kept, so there is an end to it. */
const MOST = 512 << 20

export class Window {
  #bytes = new Uint8Array(1 << 16)
  length = 0
  /** Where the dictionary begins: nothing before it can be repeated. */
  start = 0
  /** How far back matches may reach. */
  reach = Number.POSITIVE_INFINITY

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }

  /** The byte that many before the last; 0 before the beginning. */
  back(distance: number): number {
    return this.length - distance - 1 < this.start ? 0 : this.#bytes[this.length - distance - 1]!
  }

  push(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.length++] = byte
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  copy(distance: number, length: number): void {
    if (distance >= Math.min(this.length - this.start, this.reach)) throw corrupt()
    this.#reserve(length)
    for (let from = this.length - distance - 1, i = 0; i < length; i++)
      this.#bytes[this.length++] = this.#bytes[from++]!
  }

  #reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.#bytes.length) return
    if (needed > MOST) throw new XzError('Cannot allocate memory')
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.bytes)
    this.#bytes = larger
  }
}
