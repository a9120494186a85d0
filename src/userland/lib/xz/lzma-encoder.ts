/** LZMA's symbols, written. liblzma: lzma_encoder.c. */
import { CheapestChooser } from './cheapest.ts'
import { type Chooser, LITERAL } from './choice.ts'
import { FastChooser } from './fast.ts'
import { MatchFinder } from './match-finder.ts'
import {
  ALIGN_BITS,
  afterLiteral,
  afterMatch,
  afterRep,
  afterShortRep,
  distState,
  type LengthModel,
  MATCH_MIN,
  Model,
  MODELLED_SLOTS_END,
  MODELLED_SLOTS_START,
  POS_STATES,
  REPS,
  SLOT_BITS,
  wasLiteral,
} from './model.ts'
import type { Preset } from './presets.ts'
import { Prices, slotOf } from './prices.ts'
import { RangeEncoder } from './range-encoder.ts'

/** The most that one choice of the encoder can add. */
const LOOP_MAX = (1 << 12) + 2

export class LzmaEncoder {
  readonly finder: MatchFinder
  readonly #preset: Preset
  readonly #coder = new RangeEncoder()
  #model!: Model
  #prices: Prices | undefined
  #chooser!: Chooser

  constructor(data: Uint8Array, preset: Preset) {
    this.#preset = preset
    this.finder = new MatchFinder(data, preset)
    this.reset()
  }

  /** Where encoding has come to. */
  get at(): number {
    return this.finder.at - this.finder.ahead
  }

  get size(): number {
    return this.#coder.size
  }

  /** Forget everything but what was found before. */
  reset(): void {
    const { mode, nice, dict } = this.#preset
    this.#model = new Model(this.#preset)
    this.#prices = mode === 'normal' ? new Prices(this.#model, nice, dict) : undefined
    this.#chooser = this.#prices
      ? new CheapestChooser(this.#model, this.finder, this.#prices)
      : new FastChooser(this.#model, this.finder)
  }

  /** Encode up to the end, a position or a size of the output; what came out. */
  run(limit = Number.POSITIVE_INFINITY, room = Number.POSITIVE_INFINITY): Uint8Array {
    this.encode(limit, room)
    return this.#coder.take()
  }

  /** As run, with a mark at the end. */
  runMarked(): Uint8Array {
    this.encode(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
    this.#symbol(this.at, REPS + 0xffffffff, MATCH_MIN)
    return this.#coder.take()
  }

  encode(limit: number, room: number): void {
    const { finder } = this
    if (finder.at === 0 && finder.data.length) this.#firstByte()
    while (this.at < limit && this.size <= room - LOOP_MAX && this.at < finder.data.length) {
      const position = this.at
      this.#chooser.choose(position)
      const { back, length } = this.#chooser
      this.#symbol(position, back, length)
      finder.ahead -= length
    }
  }

  #firstByte(): void {
    this.finder.skip(1)
    this.finder.ahead = 0
    this.#coder.bit(this.#model.isMatch, 0, 0)
    this.#coder.tree(this.#model.literals, 0, 8, this.finder.data[0]!)
  }

  #symbol(position: number, back: number, length: number): void {
    const model = this.#model
    const posState = position & ((1 << model.properties.pb) - 1)
    const { state } = model
    this.#coder.bit(model.isMatch, state * POS_STATES + posState, back === LITERAL ? 0 : 1)
    if (back === LITERAL) return this.#literal(position)
    this.#coder.bit(model.isRep, state, back < REPS ? 1 : 0)
    if (back < REPS) this.#repeated(posState, back, length)
    else this.#match(posState, back - REPS, length)
  }

  #literal(position: number): void {
    const model = this.#model
    const { data } = this.finder
    const at = model.literalAt(position, data[position - 1]!)
    if (wasLiteral(model.state)) this.#coder.tree(model.literals, at, 8, data[position]!)
    else this.#matchedLiteral(at, data[position - model.reps[0]! - 1]!, data[position]!)
    model.state = afterLiteral(model.state)
  }

  #matchedLiteral(at: number, matched: number, byte: number): void {
    let other = matched
    let offset = 0x100
    for (let symbol = byte | 0x100; symbol < 1 << 16; symbol <<= 1) {
      other <<= 1
      const index = offset + (other & offset) + (symbol >> 8)
      this.#coder.bit(this.#model.literals, at + index, (symbol >> 7) & 1)
      offset &= ~(other ^ (symbol << 1))
    }
  }

  #repeated(posState: number, rep: number, length: number): void {
    const model = this.#model
    const { state } = model
    this.#coder.bit(model.isRep0, state, rep ? 1 : 0)
    if (!rep) this.#coder.bit(model.isRep0Long, state * POS_STATES + posState, length === 1 ? 0 : 1)
    else {
      this.#coder.bit(model.isRep1, state, rep === 1 ? 0 : 1)
      if (rep > 1) this.#coder.bit(model.isRep2, state, rep - 2)
      model.useRep(rep)
    }
    if (length === 1) model.state = afterShortRep(state)
    else {
      this.#prices?.repLength.count(posState)
      this.#length(model.repLength, posState, length)
      model.state = afterRep(state)
    }
  }

  #match(posState: number, distance: number, length: number): void {
    const model = this.#model
    model.state = afterMatch(model.state)
    this.#prices?.matchLength.count(posState)
    this.#length(model.matchLength, posState, length)
    const slot = slotOf(distance)
    this.#coder.tree(model.slots[distState(length)]!, 0, SLOT_BITS, slot)
    if (slot >= MODELLED_SLOTS_START) this.#distance(distance, slot)
    model.pushDistance(distance)
    this.#prices?.countMatch()
  }

  #distance(distance: number, slot: number): void {
    const bits = (slot >> 1) - 1
    const base = ((2 | (slot & 1)) << bits) >>> 0
    const rest = distance - base
    if (slot < MODELLED_SLOTS_END) return this.#coder.reverse(this.#model.special, base - slot, bits, rest)
    this.#coder.direct(rest >>> ALIGN_BITS, bits - ALIGN_BITS)
    this.#coder.reverse(this.#model.align, 0, ALIGN_BITS, rest & ((1 << ALIGN_BITS) - 1))
    this.#prices?.countAligned()
  }

  #length(model: LengthModel, posState: number, length: number): void {
    const rest = length - MATCH_MIN
    this.#coder.bit(model.choice, 0, rest < 8 ? 0 : 1)
    if (rest < 8) return this.#coder.tree(model.low, posState * 8, 3, rest)
    this.#coder.bit(model.choice, 1, rest < 16 ? 0 : 1)
    if (rest < 16) return this.#coder.tree(model.mid, posState * 8, 3, rest - 8)
    this.#coder.tree(model.high, 0, 8, rest - 16)
  }
}
