/** Bits into a range coder's bytes. liblzma: rangecoder/range_encoder.h. */
import { MOVE_BITS, PROB_BITS, PROB_TOTAL } from './model.ts'

const TOP = 1 << 24

export class RangeEncoder {
  #bytes = new Uint8Array(1 << 16)
  #length = 0
  #low = 0
  #range = 0xffffffff
  #cache = 0
  /** Bytes that a carry may still change. */
  #held = 1

  /** How many bytes there would be if this was the end. */
  get size(): number {
    return this.#length + this.#held + 4
  }

  /** The bytes so far; the coder begins anew. */
  take(): Uint8Array {
    if (this.#range < TOP) this.#scale()
    for (let i = 0; i < 5; i++) this.#shift()
    const bytes = this.#bytes.slice(0, this.#length)
    this.#length = this.#low = this.#cache = 0
    this.#range = 0xffffffff
    this.#held = 1
    return bytes
  }

  bit(probs: Uint16Array, i: number, bit: number): void {
    if (this.#range < TOP) this.#scale()
    const prob = probs[i]!
    const bound = (this.#range >>> PROB_BITS) * prob
    if (bit) {
      this.#low += bound
      this.#range -= bound
      probs[i] = prob - (prob >> MOVE_BITS)
    } else {
      this.#range = bound
      probs[i] = prob + ((PROB_TOTAL - prob) >> MOVE_BITS)
    }
  }

  tree(probs: Uint16Array, at: number, bits: number, symbol: number): void {
    let node = 1
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (symbol >>> i) & 1
      this.bit(probs, at + node, bit)
      node = (node << 1) | bit
    }
  }

  reverse(probs: Uint16Array, at: number, bits: number, symbol: number): void {
    let node = 1
    for (let i = 0; i < bits; i++) {
      const bit = (symbol >>> i) & 1
      this.bit(probs, at + node, bit)
      node = (node << 1) | bit
    }
  }

  direct(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      if (this.#range < TOP) this.#scale()
      this.#range = Math.floor(this.#range / 2)
      if ((value >>> i) & 1) this.#low += this.#range
    }
  }

  #scale(): void {
    this.#range = (this.#range << 8) >>> 0
    this.#shift()
  }

  /** The highest byte of low leaves it, once no carry can change it. */
  #shift(): void {
    if (this.#low < 0xff000000 || this.#low > 0xffffffff) {
      const carry = this.#low > 0xffffffff ? 1 : 0
      this.#write(this.#cache + carry)
      for (; this.#held > 1; this.#held--) this.#write(0xff + carry)
      this.#held = 0
      this.#cache = Math.floor(this.#low / TOP) & 0xff
    }
    this.#held++
    this.#low = (this.#low % TOP) * 256
  }

  #write(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length++] = byte
  }
}
