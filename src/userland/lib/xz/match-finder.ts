/**
 * Finds what came before: hash chains (hc3, hc4) and binary trees (bt4) of earlier positions, by the hash of the next
 * bytes. The matches found come with growing length and distance. liblzma: lz_encoder_mf.c.
 */
import { crcTable } from '../crc32.ts'
import { MATCH_MAX } from './model.ts'
import type { Preset } from './presets.ts'

const HASH2_MASK = (1 << 10) - 1
const HASH3_MASK = (1 << 16) - 1

/** The lengths and distances found at a position. */
export interface Matches {
  count: number
  readonly lengths: Uint32Array
  readonly distances: Uint32Array
}

/** How many bytes are equal at two places, from `length` on and up to a limit. */
export function commonLength(data: Uint8Array, a: number, b: number, length: number, limit: number): number {
  let n = length
  while (n < limit && data[a + n] === data[b + n]) n++
  return n
}

export class MatchFinder {
  readonly data: Uint8Array
  readonly nice: number
  /** The next position to look at. */
  at = 0
  /** How many positions were looked at, but are not encoded. */
  ahead = 0
  readonly found: Matches
  readonly #isTree: boolean
  readonly #hashBytes: 3 | 4
  readonly #depth: number
  /** Positions count from here, so that 0 is out of reach. */
  readonly #cyclic: number
  readonly #hash2 = new Int32Array(HASH2_MASK + 1)
  readonly #hash3: Int32Array
  readonly #hash: Int32Array
  readonly #mask: number
  /** Chains: the position before with the same hash. Trees: two children each. */
  readonly #links: Int32Array
  readonly #linked: number

  constructor(data: Uint8Array, { finder, dict, nice, depth }: Preset) {
    this.data = data
    this.nice = nice
    this.#isTree = finder === 'bt4'
    this.#hashBytes = finder === 'hc3' ? 3 : 4
    this.#depth = depth || (this.#isTree ? 16 + (nice >>> 1) : 4 + (nice >>> 2))
    this.#cyclic = dict + 1
    this.#mask = hashMask(dict, this.#hashBytes)
    this.#hash3 = new Int32Array(this.#hashBytes === 4 ? HASH3_MASK + 1 : 0)
    this.#hash = new Int32Array(this.#mask + 1)
    this.#linked = Math.min(this.#cyclic, data.length + 1)
    this.#links = new Int32Array(this.#linked * (this.#isTree ? 2 : 1))
    this.found = {
      count: 0,
      lengths: new Uint32Array(MATCH_MAX + 2),
      distances: new Uint32Array(MATCH_MAX + 2),
    }
  }

  get available(): number {
    return this.data.length - this.at
  }

  /** Look for matches at the next position; the length of the longest, which may be longer than `nice`. */
  find(): number {
    const { found } = this
    found.count = 0
    const from = this.at
    this.#look(true)
    this.ahead++
    if (!found.count) return 0
    const longest = found.lengths[found.count - 1]!
    if (longest !== this.nice) return longest
    const limit = Math.min(this.data.length - from, MATCH_MAX)
    return commonLength(this.data, from, from - found.distances[found.count - 1]! - 1, longest, limit)
  }

  skip(count: number): void {
    for (let i = 0; i < count; i++) this.#look(false)
    this.ahead += count
  }

  #push(length: number, distance: number): void {
    const { found } = this
    found.lengths[found.count] = length
    found.distances[found.count++] = distance
  }

  /** Remember the position, and list what it has in common with earlier ones if they are wanted. */
  #look(wanted: boolean): void {
    const at = this.at++
    const left = this.data.length - at
    if (left < this.#hashBytes) return
    const limit = Math.min(this.nice, left)
    const position = at + this.#cyclic
    let longest = this.#hashBytes - 1
    const candidate = this.#hashes(at, position, wanted, limit)
    const { found } = this
    let search = wanted
    if (wanted && found.count) {
      longest = Math.max(longest, found.lengths[found.count - 1]!)
      search = found.lengths[found.count - 1]! !== limit
    }
    if (this.#isTree) this.#tree(at, candidate, limit, longest, search)
    else {
      this.#links[at % this.#cyclic] = candidate
      if (search) this.#chain(at, candidate, limit, longest)
    }
  }

  /** The last positions with the same two and three bytes are matches; that of the full hash begins the search. */
  #hashes(at: number, position: number, wanted: boolean, limit: number): number {
    const { data } = this
    const two = crcTable[data[at]!]! ^ data[at + 1]!
    const three = two ^ (data[at + 2]! << 8)
    const delta2 = position - this.#hash2[two & HASH2_MASK]!
    this.#hash2[two & HASH2_MASK] = position
    if (this.#hashBytes === 3) {
      const candidate = this.#hash[three & this.#mask]!
      this.#hash[three & this.#mask] = position
      if (wanted && this.#begins(at, delta2))
        this.#push(commonLength(data, at, at - delta2, 2, limit), delta2 - 1)
      return candidate
    }
    const four = (three ^ (crcTable[data[at + 3]!]! << 5)) & this.#mask
    const delta3 = position - this.#hash3[three & HASH3_MASK]!
    const candidate = this.#hash[four]!
    this.#hash3[three & HASH3_MASK] = position
    this.#hash[four] = position
    if (wanted) this.#short(at, delta2, delta3, limit)
    return candidate
  }

  #short(at: number, delta2: number, delta3: number, limit: number): void {
    let delta = delta2
    let length = 2
    if (this.#begins(at, delta2)) this.#push(2, delta2 - 1)
    if (delta2 !== delta3 && this.#begins(at, delta3)) {
      length = 3
      delta = delta3
      this.#push(3, delta3 - 1)
    }
    const { count, lengths } = this.found
    if (count) lengths[count - 1] = commonLength(this.data, at, at - delta, length, limit)
  }

  #begins(at: number, delta: number): boolean {
    return delta < this.#cyclic && this.data[at - delta] === this.data[at]
  }

  #chain(at: number, first: number, limit: number, shortest: number): void {
    const { data } = this
    const position = at + this.#cyclic
    let candidate = first
    let longest = shortest
    for (let depth = this.#depth; depth > 0; depth--) {
      const delta = position - candidate
      if (delta >= this.#cyclic) return
      const from = at - delta
      candidate = this.#links[from % this.#cyclic]!
      if (data[from + longest] !== data[at + longest] || data[from] !== data[at]) continue
      const length = commonLength(data, at, from, 1, limit)
      if (length <= longest) continue
      longest = length
      this.#push(length, delta - 1)
      if (length === limit) return
    }
  }

  /** The position becomes the root; the tree is split along the way into what sorts before and after it. */
  #tree(at: number, first: number, limit: number, shortest: number, wanted: boolean): void {
    const { data } = this
    const links = this.#links
    const position = at + this.#cyclic
    const own = (at % this.#cyclic) * 2
    let [greater, less] = [own + 1, own]
    let [greaterLength, lessLength] = [0, 0]
    let longest = shortest
    let candidate = first
    for (let depth = this.#depth; ; depth--) {
      const delta = position - candidate
      if (depth === 0 || delta >= this.#cyclic) {
        links[greater] = links[less] = 0
        return
      }
      const from = at - delta
      const pair = (from % this.#cyclic) * 2
      const length = commonLength(data, at, from, Math.min(greaterLength, lessLength), limit)
      if (wanted && length > longest) {
        longest = length
        this.#push(length, delta - 1)
      }
      if (length === limit) {
        links[less] = links[pair]!
        links[greater] = links[pair + 1]!
        return
      }
      if (data[from + length]! < data[at + length]!) {
        links[less] = candidate
        less = pair + 1
        candidate = links[less]!
        lessLength = length
      } else {
        links[greater] = candidate
        greater = pair
        candidate = links[greater]!
        greaterLength = length
      }
    }
  }
}

/** The size of the hash depends on the dictionary. */
function hashMask(dict: number, bytes: number): number {
  let mask = dict - 1
  for (const shift of [1, 2, 4, 8]) mask |= mask >>> shift
  mask = (mask >>> 1) | 0xffff
  if (mask <= 1 << 24) return mask
  return bytes === 3 ? (1 << 24) - 1 : mask >>> 1
}
