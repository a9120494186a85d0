/** What symbols cost with the model as it is, in sixteenths of a bit. liblzma: rangecoder/price.h. */
import {
  ALIGN_BITS,
  DIST_STATES,
  FULL_DISTANCES,
  type LengthModel,
  MATCH_MIN,
  type Model,
  MODELLED_SLOTS_END,
  MODELLED_SLOTS_START,
  distState,
  POS_STATES,
  PROB_BITS,
  PROB_TOTAL,
  SLOT_BITS,
  wasLiteral,
} from './model.ts'

const REDUCED = 4
const FRACTION = 4
export const INFINITE = 1 << 30

/** The price of a bit that has this probability, by squaring it four times. */
const PRICES = Uint8Array.from({ length: PROB_TOTAL >> REDUCED }, (_, i) => {
  let w = (i << REDUCED) + (1 << (REDUCED - 1))
  let bits = 0
  for (let n = 0; n < FRACTION; n++) {
    w *= w
    bits <<= 1
    while (w >= 1 << 16) {
      w = Math.floor(w / 2)
      bits++
    }
  }
  return (PROB_BITS << FRACTION) - 15 - bits
})

export const price0 = (prob: number): number => PRICES[prob >> REDUCED]!
export const price1 = (prob: number): number => PRICES[(prob ^ (PROB_TOTAL - 1)) >> REDUCED]!
const priceOf = (prob: number, bit: number): number => (bit ? price1(prob) : price0(prob))

function treePrice(probs: Uint16Array, at: number, bits: number, symbol: number): number {
  let price = 0
  for (let node = symbol + (1 << bits); node > 1; node >>= 1)
    price += priceOf(probs[at + (node >> 1)]!, node & 1)
  return price
}

function reversePrice(probs: Uint16Array, at: number, bits: number, symbol: number): number {
  let price = 0
  let node = 1
  for (let i = 0; i < bits; i++) {
    const bit = (symbol >> i) & 1
    price += priceOf(probs[at + node]!, bit)
    node = (node << 1) | bit
  }
  return price
}

/** The slot of a distance: its highest two bits and how many follow. */
export function slotOf(distance: number): number {
  if (distance < MODELLED_SLOTS_START) return distance
  const bits = 31 - Math.clz32(distance)
  return bits * 2 + ((distance >>> (bits - 1)) & 1)
}

/** The prices of lengths at each position; made anew when as many were encoded as there are. */
export class LengthPrices {
  readonly #model: LengthModel
  readonly #size: number
  readonly #prices: Uint32Array
  readonly #left: Uint32Array

  constructor(model: LengthModel, nice: number, posStates: number) {
    this.#model = model
    this.#size = nice + 1 - MATCH_MIN
    this.#prices = new Uint32Array(POS_STATES * this.#size)
    this.#left = new Uint32Array(POS_STATES)
    for (let i = 0; i < posStates; i++) this.#update(i)
  }

  of(length: number, posState: number): number {
    return this.#prices[posState * this.#size + length - MATCH_MIN]!
  }

  /** A length was encoded. */
  count(posState: number): void {
    if (--this.#left[posState]! === 0) this.#update(posState)
  }

  #update(posState: number): void {
    const { choice, low, mid, high } = this.#model
    this.#left[posState] = this.#size
    const lows = price0(choice[0]!)
    const mids = price1(choice[0]!) + price0(choice[1]!)
    const highs = price1(choice[0]!) + price1(choice[1]!)
    for (let i = 0; i < this.#size; i++) {
      const price =
        i < 8
          ? lows + treePrice(low, posState * 8, 3, i)
          : i < 16
            ? mids + treePrice(mid, posState * 8, 3, i - 8)
            : highs + treePrice(high, 0, 8, i - 16)
      this.#prices[posState * this.#size + i] = price
    }
  }
}

/** The prices of everything else. */
export class Prices {
  readonly #model: Model
  readonly matchLength: LengthPrices
  readonly repLength: LengthPrices
  readonly #slots: number
  readonly #slotPrices: readonly Uint32Array[]
  readonly #distances = Array.from({ length: DIST_STATES }, () => new Uint32Array(FULL_DISTANCES))
  readonly #align = new Uint32Array(1 << ALIGN_BITS)
  /** How many distances, and low bits of them, were encoded since their prices were made. */
  #matches = INFINITE
  #aligned = INFINITE

  constructor(model: Model, nice: number, dict: number) {
    this.#model = model
    const posStates = 1 << model.properties.pb
    this.matchLength = new LengthPrices(model.matchLength, nice, posStates)
    this.repLength = new LengthPrices(model.repLength, nice, posStates)
    this.#slots = Math.ceil(Math.log2(dict)) * 2
    this.#slotPrices = Array.from({ length: DIST_STATES }, () => new Uint32Array(1 << SLOT_BITS))
  }

  countMatch(): void {
    this.#matches++
  }

  countAligned(): void {
    this.#aligned++
  }

  /** Make anew what is out of date. */
  refresh(): void {
    if (this.#matches >= FULL_DISTANCES) this.#fillDistances()
    if (this.#aligned < 1 << ALIGN_BITS) return
    for (let i = 0; i < 1 << ALIGN_BITS; i++)
      this.#align[i] = reversePrice(this.#model.align, 0, ALIGN_BITS, i)
    this.#aligned = 0
  }

  #fillDistances(): void {
    for (let state = 0; state < DIST_STATES; state++) {
      const prices = this.#slotPrices[state]!
      for (let slot = 0; slot < this.#slots; slot++) {
        const direct = slot < MODELLED_SLOTS_END ? 0 : ((slot >> 1) - 1 - ALIGN_BITS) << FRACTION
        prices[slot] = treePrice(this.#model.slots[state]!, 0, SLOT_BITS, slot) + direct
      }
    }
    for (let distance = 0; distance < FULL_DISTANCES; distance++) {
      const slot = slotOf(distance)
      const bits = (slot >> 1) - 1
      const base = (2 | (slot & 1)) << bits
      const low =
        slot < MODELLED_SLOTS_START
          ? 0
          : reversePrice(this.#model.special, base - slot, bits, distance - base)
      for (let state = 0; state < DIST_STATES; state++)
        this.#distances[state]![distance] = low + this.#slotPrices[state]![slot]!
    }
    this.#matches = 0
  }

  /** Distance and length of a match. */
  match(distance: number, length: number, posState: number): number {
    const state = distState(length)
    const price =
      distance < FULL_DISTANCES
        ? this.#distances[state]![distance]!
        : this.#slotPrices[state]![slotOf(distance)]! + this.#align[distance & ((1 << ALIGN_BITS) - 1)]!
    return price + this.matchLength.of(length, posState)
  }

  literal(state: number, position: number, before: number, matched: number, byte: number): number {
    const { literals } = this.#model
    const at = this.#model.literalAt(position, before)
    if (wasLiteral(state)) return treePrice(literals, at, 8, byte)
    let price = 0
    let other = matched
    let offset = 0x100
    for (let symbol = byte | 0x100; symbol < 1 << 16; symbol <<= 1) {
      other <<= 1
      const bit = (symbol >> 7) & 1
      price += priceOf(literals[at + offset + (other & offset) + (symbol >> 8)]!, bit)
      offset &= ~(other ^ (symbol << 1))
    }
    return price
  }

  shortRep(state: number, posState: number): number {
    return price0(this.#model.isRep0[state]!) + price0(this.#model.isRep0Long[state * POS_STATES + posState]!)
  }

  rep(index: number, state: number, posState: number): number {
    const { isRep0, isRep1, isRep2, isRep0Long } = this.#model
    if (index === 0) return price0(isRep0[state]!) + price1(isRep0Long[state * POS_STATES + posState]!)
    const price = price1(isRep0[state]!)
    if (index === 1) return price + price0(isRep1[state]!)
    return price + price1(isRep1[state]!) + priceOf(isRep2[state]!, index - 2)
  }

  isMatch(state: number, posState: number): number {
    return price1(this.#model.isMatch[state * POS_STATES + posState]!)
  }

  isLiteral(state: number, posState: number): number {
    return price0(this.#model.isMatch[state * POS_STATES + posState]!)
  }

  isRep(state: number): number {
    return price1(this.#model.isRep[state]!)
  }

  isNew(state: number): number {
    return price0(this.#model.isRep[state]!)
  }
}
