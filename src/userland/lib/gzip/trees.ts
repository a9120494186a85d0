/**
 * Huffman codes as gzip makes them, and blocks written with them: of equally good codes its own, so that the result
 * is the same byte for byte. Linux: gzip trees.c, bits.c; RFC 1951.
 */
import { CODE_ORDER, codeOf, DISTANCE_BASE, DISTANCE_BITS, LENGTH_BASE, LENGTH_BITS } from './codes.ts'

const LITERALS = 286
const DISTANCES = 30
const END_OF_BLOCK = 256
/** A block ends when it has as many literals and matches. */
const BLOCK_SYMBOLS = 0x7fff

/** One alphabet: what its symbols cost besides their codes, and the fixed codes. Linux: tree_desc. */
interface Alphabet {
  readonly size: number
  readonly longest: number
  readonly extraBits: readonly number[]
  readonly extraBase: number
  readonly fixed: Uint8Array | undefined
}

const FIXED_LITERALS = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)
const FIXED_DISTANCES = new Uint8Array(DISTANCES).fill(5)
const LITERAL_ALPHABET = alphabet(LITERALS, 15, LENGTH_BITS, 257, FIXED_LITERALS)
const DISTANCE_ALPHABET = alphabet(DISTANCES, 15, DISTANCE_BITS, 0, FIXED_DISTANCES)
const LENGTH_ALPHABET = alphabet(19, 7, [2, 3, 7], 16, undefined)

function alphabet(
  size: number,
  longest: number,
  extraBits: readonly number[],
  extraBase: number,
  fixed: Uint8Array | undefined,
): Alphabet {
  return { size, longest, extraBits, extraBase, fixed }
}

/** A code for one block. */
interface Code {
  readonly lengths: Uint8Array
  /** The last symbol that is used. */
  readonly last: number
  /** Bits of the block's symbols in this code, and in the fixed one; extra bits included. */
  readonly bits: number
  readonly fixedBits: number
}

/** The best code for symbols of these frequencies. Linux: build_tree(). */
function buildCode(frequencies: Uint32Array, { size, longest, extraBits, extraBase, fixed }: Alphabet): Code {
  const frequency = new Float64Array(2 * size + 1)
  frequency.set(frequencies)
  const depth = new Uint8Array(2 * size + 1)
  const dad = new Uint16Array(2 * size + 1)
  const heap: number[] = [0]
  let last = -1
  for (let n = 0; n < size; n++) if (frequency[n]) heap.push((last = n))
  let bits = 0
  let fixedBits = 0
  // At least two codes, even if one is never used.
  while (heap.length < 3) {
    const node = last < 2 ? ++last : 0
    heap.push(node)
    frequency[node] = 1
    bits--
    if (fixed) fixedBits -= fixed[node]!
  }

  const smaller = (a: number, b: number): boolean =>
    frequency[a]! < frequency[b]! || (frequency[a] === frequency[b] && depth[a]! <= depth[b]!)
  const sink = (at: number): void => {
    const node = heap[at]!
    for (let child = 2 * at; child < heap.length; child *= 2) {
      if (child + 1 < heap.length && smaller(heap[child + 1]!, heap[child]!)) child++
      if (smaller(node, heap[child]!)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = node
  }
  for (let n = (heap.length - 1) >> 1; n >= 1; n--) sink(n)
  const sorted: number[] = []
  for (let node = size; heap.length > 2; node++) {
    const first = heap[1]!
    heap[1] = heap.pop()!
    sink(1)
    const second = heap[1]!
    sorted.push(first, second)
    frequency[node] = frequency[first]! + frequency[second]!
    depth[node] = Math.max(depth[first]!, depth[second]!) + 1
    dad[first] = dad[second] = node
    heap[1] = node
    sink(1)
  }
  sorted.push(heap[1]!)

  const lengths = limitLengths(sorted, dad, last, longest)
  for (let n = 0; n <= last; n++) {
    const extra = n >= extraBase ? (extraBits[n - extraBase] ?? 0) : 0
    bits += frequency[n]! * (lengths[n]! + extra)
    if (fixed) fixedBits += frequency[n]! * (fixed[n]! + extra)
  }
  return { lengths, last, bits, fixedBits }
}

/** The lengths of codes from the tree, none longer than allowed. Linux: gen_bitlen(). */
function limitLengths(
  sorted: readonly number[],
  dad: Uint16Array,
  last: number,
  longest: number,
): Uint8Array {
  const length = new Uint8Array(dad.length)
  const counts = new Uint16Array(longest + 1)
  let overflow = 0
  for (let i = sorted.length - 2; i >= 0; i--) {
    const node = sorted[i]!
    let bits = length[dad[node]!]! + 1
    if (bits > longest) {
      bits = longest
      overflow++
    }
    length[node] = bits
    if (node <= last) counts[bits]!++
  }
  if (overflow) {
    for (; overflow > 0; overflow -= 2) {
      let bits = longest - 1
      while (!counts[bits]) bits--
      counts[bits]!--
      counts[bits + 1]! += 2
      counts[longest]!--
    }
    const leaves = sorted.filter(node => node <= last).values()
    for (let bits = longest; bits > 0; bits--)
      for (let n = counts[bits]!; n > 0; n--) length[leaves.next().value!] = bits
  }
  return length.slice(0, last + 1)
}

/** The codes that go with lengths, their bits reversed for the stream. Linux: gen_codes(). */
function codesOf(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(17)
  for (const length of lengths) if (length) counts[length]!++
  const next = new Uint16Array(17)
  for (let bits = 1; bits < 17; bits++) next[bits] = (next[bits - 1]! + counts[bits - 1]!) << 1
  return Uint16Array.from(lengths, length => {
    if (!length) return 0
    let code = next[length]!++
    let reversed = 0
    for (let i = 0; i < length; i++, code >>= 1) reversed = (reversed << 1) | (code & 1)
    return reversed
  })
}

/**
 * The lengths of a code, in the code of lengths: a symbol, the value of its extra bits. Linux: scan_tree().
 */
function runs(lengths: Uint8Array, visit: (symbol: number, extra: number) => void): void {
  for (let n = 0; n < lengths.length; ) {
    const length = lengths[n]!
    let count = 1
    while (n + count < lengths.length && lengths[n + count] === length) count++
    n += count
    if (!length) {
      for (; count >= 3; count -= Math.min(count, 138))
        if (count <= 10) visit(17, count - 3)
        else visit(18, Math.min(count, 138) - 11)
    } else {
      visit(length, 0)
      for (count--; count >= 3; count -= Math.min(count, 6)) visit(16, Math.min(count, 6) - 3)
    }
    for (; count > 0; count--) visit(length, 0)
  }
}

/** Collects bits, the lowest first. Linux: bits.c. */
class BitWriter {
  #out = new Uint8Array(4096)
  #size = 0
  #bits = 0
  #held = 0

  put(value: number, count: number): void {
    this.#bits |= value << this.#held
    this.#held += count
    while (this.#held >= 8) this.#byte()
  }

  align(): void {
    while (this.#held > 0) this.#byte()
    this.#held = this.#bits = 0
  }

  #byte(): void {
    this.bytes(Uint8Array.of(this.#bits & 255))
    this.#bits >>>= 8
    this.#held -= 8
  }

  bytes(data: Uint8Array): void {
    if (this.#size + data.length > this.#out.length) {
      const more = new Uint8Array((this.#size + data.length) * 2)
      more.set(this.#out.subarray(0, this.#size))
      this.#out = more
    }
    this.#out.set(data, this.#size)
    this.#size += data.length
  }

  get written(): Uint8Array {
    return this.#out.subarray(0, this.#size)
  }
}

/** Gathers literals and matches, and writes them block by block. */
export class BlockWriter {
  readonly #bits = new BitWriter()
  readonly #stopsEarly: boolean
  #lengths: number[] = []
  #distances: number[] = []
  #matches = 0
  #literalCounts = new Uint32Array(LITERALS)
  #distanceCounts = new Uint32Array(DISTANCES)

  /** Levels 1 and 2 do not look whether a block should end early. */
  constructor(level: number) {
    this.#stopsEarly = level > 2
  }

  /** Add a literal. Whether the block should end. */
  literal(byte: number, blockSize: number): boolean {
    this.#lengths.push(byte)
    this.#distances.push(0)
    this.#literalCounts[byte]!++
    return this.#isFull(blockSize)
  }

  /** Add a match; `blockSize` is how much data the block stands for. Whether the block should end. */
  match(length: number, distance: number, blockSize: number): boolean {
    this.#lengths.push(length)
    this.#distances.push(distance)
    this.#matches++
    this.#literalCounts[257 + codeOf(LENGTH_BASE, length)]!++
    this.#distanceCounts[codeOf(DISTANCE_BASE, distance)]!++
    return this.#isFull(blockSize)
  }

  /** Every 4096 symbols: guess whether this block compresses well and has few matches. Linux: ct_tally(). */
  #isFull(blockSize: number): boolean {
    const symbols = this.#lengths.length
    if (this.#stopsEarly && !(symbols & 0xfff)) {
      let size = symbols * 8
      for (let code = 0; code < DISTANCES; code++)
        size += this.#distanceCounts[code]! * (5 + DISTANCE_BITS[code]!)
      size = Math.floor(size / 8)
      if (this.#matches < symbols >> 1 && size < Math.floor(blockSize / 2)) return true
    }
    return symbols === BLOCK_SYMBOLS
  }

  /**
   * Write the block in whichever way is shortest; `stored` is its data if that can still be had. Linux:
   * flush_block().
   */
  flush(size: number, stored: Uint8Array | undefined, last: boolean): void {
    this.#literalCounts[END_OF_BLOCK] = 1
    const literals = buildCode(this.#literalCounts, LITERAL_ALPHABET)
    const distances = buildCode(this.#distanceCounts, DISTANCE_ALPHABET)
    const lengthCounts = new Uint32Array(19)
    for (const { lengths } of [literals, distances]) runs(lengths, symbol => lengthCounts[symbol]!++)
    const code = buildCode(lengthCounts, LENGTH_ALPHABET)
    let sent = 19
    while (sent > 4 && !code.lengths[CODE_ORDER[sent - 1]!]) sent--
    const dynamic = literals.bits + distances.bits + code.bits + 3 * sent + 14
    const dynamicBytes = (dynamic + 10) >>> 3
    const fixedBytes = (literals.fixedBits + distances.fixedBits + 10) >>> 3
    const best = Math.min(dynamicBytes, fixedBytes)
    if (stored && size + 4 <= best) this.#storedBlock(stored, last)
    else if (fixedBytes === best) {
      this.#bits.put(2 + Number(last), 3)
      this.#symbols(FIXED_LITERALS, FIXED_DISTANCES)
    } else {
      this.#bits.put(4 + Number(last), 3)
      this.#header(literals, distances, code, sent)
      this.#symbols(literals.lengths, distances.lengths)
    }
    this.#lengths = []
    this.#distances = []
    this.#matches = 0
    this.#literalCounts.fill(0)
    this.#distanceCounts.fill(0)
  }

  #storedBlock(data: Uint8Array, last: boolean): void {
    this.#bits.put(Number(last), 3)
    this.#bits.align()
    this.#bits.put(data.length, 16)
    this.#bits.put(~data.length & 0xffff, 16)
    this.#bits.bytes(data)
  }

  #header(literals: Code, distances: Code, code: Code, sent: number): void {
    this.#bits.put(literals.last + 1 - 257, 5)
    this.#bits.put(distances.last, 5)
    this.#bits.put(sent - 4, 4)
    for (const symbol of CODE_ORDER.slice(0, sent)) this.#bits.put(code.lengths[symbol] ?? 0, 3)
    const codes = codesOf(code.lengths)
    for (const { lengths } of [literals, distances])
      runs(lengths, (symbol, extra) => {
        this.#bits.put(codes[symbol]!, code.lengths[symbol]!)
        if (symbol >= 16) this.#bits.put(extra, LENGTH_ALPHABET.extraBits[symbol - 16]!)
      })
  }

  #symbols(literalLengths: Uint8Array, distanceLengths: Uint8Array): void {
    const literalCodes = codesOf(literalLengths)
    const distanceCodes = codesOf(distanceLengths)
    const literal = (symbol: number): void => this.#bits.put(literalCodes[symbol]!, literalLengths[symbol]!)
    for (const [i, length] of this.#lengths.entries()) {
      const distance = this.#distances[i]!
      if (!distance) {
        literal(length)
        continue
      }
      const l = codeOf(LENGTH_BASE, length)
      literal(257 + l)
      this.#bits.put(length - LENGTH_BASE[l]!, LENGTH_BITS[l]!)
      const d = codeOf(DISTANCE_BASE, distance)
      this.#bits.put(distanceCodes[d]!, distanceLengths[d]!)
      this.#bits.put(distance - DISTANCE_BASE[d]!, DISTANCE_BITS[d]!)
    }
    literal(END_OF_BLOCK)
  }

  /** Everything written, in whole bytes. */
  finish(): Uint8Array {
    this.#bits.align()
    return this.#bits.written
  }
}
