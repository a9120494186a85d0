/**
 * Finding repetitions: the same ones that gzip finds at each level, so that the result is the same byte for byte.
 * Linux: gzip deflate.c.
 *
 * Left out: --rsyncable, which only ends blocks elsewhere.
 */
import { BlockWriter } from './trees.ts'

const WINDOW = 0x8000
const SHORTEST = 3
const LONGEST = 258
const LOOKAHEAD = LONGEST + SHORTEST + 1
const FARTHEST = WINDOW - LOOKAHEAD
/** A match of three bytes is not worth a greater distance. */
const TOO_FAR = 4096
const HASH_MASK = 0x7fff

/** How hard a level tries: matches that are good, not worth improving, long enough; candidates to look at. */
type Effort = readonly [good: number, lazy: number, nice: number, chain: number]

const EFFORT: readonly Effort[] = [
  [0, 0, 0, 0],
  [4, 4, 8, 4],
  [4, 5, 16, 8],
  [4, 6, 32, 32],
  [4, 4, 16, 16],
  [8, 16, 32, 32],
  [8, 16, 128, 128],
  [8, 32, 128, 256],
  [32, 128, 258, 1024],
  [32, 258, 258, 4096],
]

/** The data, deflated. */
export function deflate(data: Uint8Array, level: number): Uint8Array {
  const deflater = new Deflater(data, level)
  if (level <= 3) deflater.fast()
  else deflater.lazy()
  return deflater.finish()
}

class Deflater {
  readonly #data: Uint8Array
  readonly #end: number
  readonly #blocks: BlockWriter
  readonly #effort: Effort
  /** The last position with each hash, and for each position the one before with the same; 0 for none. */
  readonly #head = new Int32Array(HASH_MASK + 1)
  readonly #previous = new Int32Array(WINDOW)
  #hash = 0
  #at = 0
  #blockStart = 0
  #matchStart = 0
  /** Where gzip's window of 64 KiB begins, and how far it is filled. */
  #base = 0
  #filled: number

  constructor(data: Uint8Array, level: number) {
    this.#end = data.length
    // What lies behind the end can make one of two equally long matches look longer: two zeros, then the
    // window of before.
    this.#data = new Uint8Array(data.length + LOOKAHEAD)
    this.#data.set(data)
    if (data.length > 2 * WINDOW)
      this.#data.set(
        data.subarray(data.length + 2 - WINDOW, data.length + 2 - WINDOW + LONGEST),
        data.length + 2,
      )
    this.#filled = Math.min(data.length, 2 * WINDOW)
    this.#blocks = new BlockWriter(level)
    this.#effort = EFFORT[level]!
    this.#updateHash(0)
    this.#updateHash(1)
  }

  #updateHash(at: number): void {
    this.#hash = ((this.#hash << 5) ^ this.#data[at]!) & HASH_MASK
  }

  /** Linux: INSERT_STRING. The last position that may begin alike, 0 for none. */
  #insert(at: number): number {
    this.#updateHash(at + SHORTEST - 1)
    const before = this.#head[this.#hash]!
    this.#previous[at & (WINDOW - 1)] = before
    this.#head[this.#hash] = at
    return before
  }

  /**
   * The longest match from `candidate` back that is longer than `best`; sets #matchStart. Linux:
   * longest_match().
   */
  #longestMatch(candidate: number, best: number): number {
    const [good, , nice, chain] = this.#effort
    const [data, at] = [this.#data, this.#at]
    const limit = at > FARTHEST ? at - FARTHEST : 0
    let tries = best >= good ? chain >> 2 : chain
    let from = candidate
    do {
      if (data[from + best] === data[at + best] && data[from + best - 1] === data[at + best - 1]) {
        let length = 0
        while (length < LONGEST && data[from + length] === data[at + length]) length++
        if (length > best) {
          this.#matchStart = from
          best = length
          if (length >= nice) break
        }
      }
      from = this.#previous[from & (WINDOW - 1)]!
    } while (from > limit && --tries)
    return Math.min(best, this.#end - at)
  }

  /** Levels 1 to 3: take the first match. Linux: deflate_fast(). */
  fast(): void {
    const lazy = this.#effort[1]
    while (this.#at < this.#end) {
      const candidate = this.#insert(this.#at)
      const near = candidate && this.#at - candidate <= FARTHEST
      const length = near ? this.#longestMatch(candidate, SHORTEST - 1) : 0
      let full: boolean
      if (length >= SHORTEST) {
        full = this.#blocks.match(length, this.#at - this.#matchStart, this.#at - this.#blockStart)
        if (length <= lazy) {
          for (let i = 1; i < length; i++) this.#insert(this.#at + i)
          this.#at += length
        } else {
          this.#at += length
          this.#hash = this.#data[this.#at]!
          this.#updateHash(this.#at + 1)
        }
      } else {
        full = this.#blocks.literal(this.#data[this.#at]!, this.#at - this.#blockStart)
        this.#at++
      }
      if (full) this.#flush(false)
      this.#slide()
    }
    this.#flush(true)
  }

  /** Levels 4 to 9: take a match only if the next position has no longer one. Linux: deflate(). */
  lazy(): void {
    const lazy = this.#effort[1]
    let length = SHORTEST - 1
    let pending = false
    while (this.#at < this.#end) {
      const candidate = this.#insert(this.#at)
      const [lastLength, lastStart] = [length, this.#matchStart]
      length = SHORTEST - 1
      if (candidate && lastLength < lazy && this.#at - candidate <= FARTHEST) {
        length = this.#longestMatch(candidate, lastLength)
        if (length === SHORTEST && this.#at - this.#matchStart > TOO_FAR) length--
      }
      if (lastLength >= SHORTEST && length <= lastLength) {
        const full = this.#blocks.match(lastLength, this.#at - 1 - lastStart, this.#at - this.#blockStart)
        for (let i = 1; i < lastLength - 1; i++) this.#insert(this.#at + i)
        this.#at += lastLength - 1
        pending = false
        length = SHORTEST - 1
        if (full) this.#flush(false)
      } else {
        const size = this.#at - this.#blockStart
        if (pending && this.#blocks.literal(this.#data[this.#at - 1]!, size)) this.#flush(false)
        pending = true
        this.#at++
      }
      this.#slide()
    }
    if (pending) this.#blocks.literal(this.#data[this.#at - 1]!, this.#at - this.#blockStart)
    this.#flush(true)
  }

  /**
   * Move gzip's window as it would: a block that begins before it cannot be stored any more. Linux:
   * fill_window().
   */
  #slide(): void {
    if (this.#filled - this.#at >= LOOKAHEAD || this.#filled === this.#end) return
    if (this.#at - this.#base >= WINDOW + FARTHEST) this.#base += WINDOW
    this.#filled = Math.min(this.#end, this.#base + 2 * WINDOW)
  }

  #flush(last: boolean): void {
    const stored =
      this.#blockStart >= this.#base ? this.#data.subarray(this.#blockStart, this.#at) : undefined
    this.#blocks.flush(this.#at - this.#blockStart, stored, last)
    this.#blockStart = this.#at
  }

  finish(): Uint8Array {
    return this.#blocks.finish()
  }
}
