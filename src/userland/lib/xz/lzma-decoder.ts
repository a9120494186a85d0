/** LZMA's symbols: literals, matches, repeated matches. liblzma: lzma_decoder.c. */
import { corrupt } from './error.ts'
import {
  ALIGN_BITS,
  afterLiteral,
  afterMatch,
  afterRep,
  afterShortRep,
  distState,
  type LengthModel,
  MATCH_MIN,
  type Model,
  MODELLED_SLOTS_END,
  MODELLED_SLOTS_START,
  POS_STATES,
  SLOT_BITS,
  wasLiteral,
} from './model.ts'
import type { RangeDecoder } from './range-decoder.ts'
import type { Window } from './window.ts'

/** The distance that marks the end. */
const END = 0xffffffff

/**
 * Expand up to `end` bytes in the window. True if the end marker came. A match that goes on beyond the end is
 * corrupt here: chunks of LZMA2 never end within one.
 */
export function decodeLzma(model: Model, coder: RangeDecoder, window: Window, end: number): boolean {
  const { isMatch, properties } = model
  const posMask = (1 << properties.pb) - 1
  while (window.length < end) {
    const posState = (window.length - window.start) & posMask
    if (!coder.bit(isMatch, model.state * POS_STATES + posState)) {
      literal(model, coder, window)
      continue
    }
    const length = coder.bit(model.isRep, model.state)
      ? repeated(model, coder, posState)
      : match(model, coder, posState)
    if (model.reps[0] === END) {
      if (length !== MATCH_MIN) throw corrupt()
      coder.normalize()
      return true
    }
    const room = end - window.length
    window.copy(model.reps[0]!, Math.min(length, room))
    if (length > room) throw corrupt()
  }
  return false
}

function literal(model: Model, coder: RangeDecoder, window: Window): void {
  const { literals } = model
  const at = model.literalAt(window.length - window.start, window.back(0))
  let symbol = 1
  if (!wasLiteral(model.state)) {
    // The byte that a match would have gone on with tells what this one is not.
    let other = window.back(model.reps[0]!)
    let offset = 0x100
    while (symbol < 0x100) {
      other <<= 1
      const otherBit = other & offset
      const bit = coder.bit(literals, at + offset + otherBit + symbol)
      symbol = (symbol << 1) | bit
      offset &= bit ? other : ~other
    }
  } else while (symbol < 0x100) symbol = (symbol << 1) | coder.bit(literals, at + symbol)
  window.push(symbol & 0xff)
  model.state = afterLiteral(model.state)
}

/** A match at a new distance. Its length. */
function match(model: Model, coder: RangeDecoder, posState: number): number {
  const length = lengthOf(model.matchLength, coder, posState)
  const slot = coder.tree(model.slots[distState(length)]!, 0, SLOT_BITS)
  model.pushDistance(distanceOf(model, coder, slot))
  model.state = afterMatch(model.state)
  return length
}

function distanceOf(model: Model, coder: RangeDecoder, slot: number): number {
  if (slot < MODELLED_SLOTS_START) return slot
  const bits = (slot >> 1) - 1
  const base = ((2 | (slot & 1)) << bits) >>> 0
  if (slot < MODELLED_SLOTS_END) return base + coder.reverse(model.special, base - slot, bits)
  const high = coder.direct(bits - ALIGN_BITS) * (1 << ALIGN_BITS)
  return base + high + coder.reverse(model.align, 0, ALIGN_BITS)
}

/** A match at one of the last distances. Its length; 1 is a byte only. */
function repeated(model: Model, coder: RangeDecoder, posState: number): number {
  const { state } = model
  if (!coder.bit(model.isRep0, state)) {
    if (!coder.bit(model.isRep0Long, state * POS_STATES + posState)) {
      model.state = afterShortRep(state)
      return 1
    }
  } else if (!coder.bit(model.isRep1, state)) model.useRep(1)
  else model.useRep(2 + coder.bit(model.isRep2, state))
  model.state = afterRep(state)
  return lengthOf(model.repLength, coder, posState)
}

function lengthOf(model: LengthModel, coder: RangeDecoder, posState: number): number {
  if (!coder.bit(model.choice, 0)) return MATCH_MIN + coder.tree(model.low, posState * 8, 3)
  if (!coder.bit(model.choice, 1)) return MATCH_MIN + 8 + coder.tree(model.mid, posState * 8, 3)
  return MATCH_MIN + 16 + coder.tree(model.high, 0, 8)
}
