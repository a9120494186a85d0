/** Bits out of a range coder's bytes. liblzma: rangecoder/range_decoder.h. */
import { corrupt, truncated } from './error.ts'
import { MOVE_BITS, PROB_BITS, PROB_TOTAL } from './model.ts'

const TOP = 1 << 24

export class RangeDecoder {
  readonly #input: Uint8Array
  readonly #end: number
  at: number
  #range = 0xffffffff
  #code = 0

  constructor(input: Uint8Array, at: number, end: number) {
    this.#input = input
    this.#end = end
    this.at = at
    if (at < end && input[at] !== 0) throw corrupt()
    for (let i = 0; i < 5; i++) this.#code = ((this.#code << 8) | this.#next()) >>> 0
  }

  /** At the end of the data the code is used up. */
  get isFinished(): boolean {
    return this.#code === 0
  }

  #next(): number {
    if (this.at >= this.#end) throw truncated()
    return this.#input[this.at++]!
  }

  normalize(): void {
    if (this.#range >= TOP) return
    this.#range = (this.#range << 8) >>> 0
    this.#code = ((this.#code << 8) | this.#next()) >>> 0
  }

  bit(probs: Uint16Array, i: number): number {
    this.normalize()
    const prob = probs[i]!
    const bound = (this.#range >>> PROB_BITS) * prob
    if (this.#code < bound) {
      this.#range = bound
      probs[i] = prob + ((PROB_TOTAL - prob) >> MOVE_BITS)
      return 0
    }
    this.#range -= bound
    this.#code -= bound
    probs[i] = prob - (prob >> MOVE_BITS)
    return 1
  }

  /** A symbol, its highest bit first. */
  tree(probs: Uint16Array, at: number, bits: number): number {
    let symbol = 1
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.bit(probs, at + symbol)
    return symbol - (1 << bits)
  }

  /** A symbol, its lowest bit first. */
  reverse(probs: Uint16Array, at: number, bits: number): number {
    let node = 1
    let symbol = 0
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(probs, at + node)
      node = (node << 1) | bit
      symbol |= bit << i
    }
    return symbol
  }

  /** Bits that are as likely 0 as 1. */
  direct(bits: number): number {
    let value = 0
    for (let i = 0; i < bits; i++) {
      this.normalize()
      this.#range = Math.floor(this.#range / 2)
      const bit = this.#code >= this.#range ? 1 : 0
      if (bit) this.#code -= this.#range
      value = (value << 1) | bit
    }
    return value >>> 0
  }
}
