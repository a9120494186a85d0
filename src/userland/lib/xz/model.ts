/**
 * What an LZMA coder remembers: its state, the last four distances and the probability of every bit it may meet.
 * Encoder and decoder keep the same. liblzma: lzma_common.h, lzma_encoder_private.h.
 */

/** Probabilities have 11 bits; they begin in the middle and move by a 32th. */
export const PROB_BITS = 11
export const PROB_TOTAL = 1 << PROB_BITS
export const MOVE_BITS = 5

export const STATES = 12
export const POS_STATES = 16
export const REPS = 4
export const MATCH_MIN = 2
export const MATCH_MAX = 273

/** Distances have a slot of 6 bits, whose tree depends on the length; up to 128 all further bits are modelled. */
export const DIST_STATES = 4
export const SLOT_BITS = 6
export const MODELLED_SLOTS_START = 4
export const MODELLED_SLOTS_END = 14
export const FULL_DISTANCES = 128
export const ALIGN_BITS = 4

/** lc, lp and pb: how many bits of the byte before, and of the position, choose a model. */
export interface Properties {
  readonly lc: number
  readonly lp: number
  readonly pb: number
}

/** The properties in a byte; undefined if no coder could have written it. */
export function propertiesOf(byte: number): Properties | undefined {
  const lc = byte % 9
  const lp = Math.floor(byte / 9) % 5
  const pb = Math.floor(byte / 45)
  return pb > 4 || lc + lp > 4 ? undefined : { lc, lp, pb }
}

export const propertiesByte = ({ lc, lp, pb }: Properties): number => (pb * 5 + lp) * 9 + lc

export const probs = (count: number): Uint16Array => new Uint16Array(count).fill(PROB_TOTAL / 2)

/** Lengths: 8 short ones, 8 of the middle (both by position), 256 long ones. */
export class LengthModel {
  readonly choice = probs(2)
  readonly low = probs(POS_STATES * 8)
  readonly mid = probs(POS_STATES * 8)
  readonly high = probs(256)
}

/** States below 7: the last thing was a literal. */
export const wasLiteral = (state: number): boolean => state < 7
export const afterLiteral = (state: number): number => (state < 4 ? 0 : state < 10 ? state - 3 : state - 6)
export const afterMatch = (state: number): number => (state < 7 ? 7 : 10)
export const afterRep = (state: number): number => (state < 7 ? 8 : 11)
export const afterShortRep = (state: number): number => (state < 7 ? 9 : 11)

/** Which tree of slots belongs to a match of this length. */
export const distState = (length: number): number => Math.min(length - MATCH_MIN, DIST_STATES - 1)

export class Model {
  readonly properties: Properties
  state = 0
  readonly reps = new Uint32Array(REPS)
  readonly isMatch = probs(STATES * POS_STATES)
  readonly isRep = probs(STATES)
  readonly isRep0 = probs(STATES)
  readonly isRep1 = probs(STATES)
  readonly isRep2 = probs(STATES)
  readonly isRep0Long = probs(STATES * POS_STATES)
  readonly slots = Array.from({ length: DIST_STATES }, () => probs(1 << SLOT_BITS))
  readonly special = probs(FULL_DISTANCES)
  readonly align = probs(1 << ALIGN_BITS)
  readonly matchLength = new LengthModel()
  readonly repLength = new LengthModel()
  readonly literals: Uint16Array

  constructor(properties: Properties) {
    this.properties = properties
    this.literals = probs(0x300 << (properties.lc + properties.lp))
  }

  /** Where the literal's tree begins. */
  literalAt(position: number, before: number): number {
    const { lc, lp } = this.properties
    return 0x300 * (((position & ((1 << lp) - 1)) << lc) + (before >>> (8 - lc)))
  }

  /** A match at one of the last distances: it becomes the first of them. */
  useRep(rep: number): void {
    const distance = this.reps[rep]!
    for (let i = rep; i > 0; i--) this.reps[i] = this.reps[i - 1]!
    this.reps[0] = distance
  }

  pushDistance(distance: number): void {
    for (let i = REPS - 1; i > 0; i--) this.reps[i] = this.reps[i - 1]!
    this.reps[0] = distance
  }
}
