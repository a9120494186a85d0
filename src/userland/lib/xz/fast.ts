/** -0 to -3: a match is taken unless the next position has a better one. liblzma: lzma_encoder_optimum_fast.c. */
import { type Chooser, LITERAL, lastDistance, repLengths, roomFor } from './choice.ts'
import type { MatchFinder } from './match-finder.ts'
import { type Model, REPS } from './model.ts'

/** Whether the smaller distance is so much smaller that a shorter match is better. */
const muchNearer = (small: number, big: number): boolean => small < big >>> 7

export class FastChooser implements Chooser {
  length = 0
  back = LITERAL
  readonly #model: Model
  readonly #finder: MatchFinder
  /** The longest match at the position that was looked at already. */
  #longest = 0

  constructor(model: Model, finder: MatchFinder) {
    this.#model = model
    this.#finder = finder
  }

  #take(back: number, length: number, skip = length - 1): void {
    this.back = back
    this.length = length
    if (skip > 0) this.#finder.skip(skip)
  }

  choose(): void {
    const finder = this.#finder
    const { found, nice } = finder
    const longest = finder.ahead ? this.#longest : finder.find()
    const room = roomFor(finder)
    if (room < 2) return this.#take(LITERAL, 1)
    const reps = repLengths(this.#model, finder, room)
    const sure = reps.findIndex(it => it >= nice)
    if (sure >= 0) return this.#take(sure, reps[sure]!)
    if (longest >= nice) return this.#take(lastDistance(found) + REPS, longest)
    const main = this.#shortened(longest)
    const rep = reps.indexOf(Math.max(...reps))
    if (isRepBetter(reps[rep]!, main.length, main.distance)) return this.#take(rep, reps[rep]!)
    if (main.length < 2 || room <= 2) return this.#take(LITERAL, 1)
    this.#longest = finder.find()
    if (this.#nextIsBetter(main.length, main.distance)) return this.#take(LITERAL, 1)
    this.#take(main.distance + REPS, main.length, main.length - 2)
  }

  /** A match that is one shorter, but much nearer, is better than the longest. */
  #shortened(longest: number): { length: number; distance: number } {
    const { count, lengths, distances } = this.#finder.found
    if (longest < 2) return { length: longest, distance: 0 }
    let i = count - 1
    let length = longest
    while (i > 0 && length === lengths[i - 1]! + 1 && muchNearer(distances[i - 1]!, distances[i]!))
      length = lengths[--i]!
    const distance = distances[i]!
    return { length: length === 2 && distance >= 0x80 ? 1 : length, distance }
  }

  #nextIsBetter(length: number, distance: number): boolean {
    const finder = this.#finder
    if (this.#longest >= 2) {
      const next = lastDistance(finder.found)
      if (this.#longest >= length && next < distance) return true
      if (this.#longest === length + 1 && !muchNearer(distance, next)) return true
      if (this.#longest > length + 1) return true
      if (this.#longest + 1 >= length && length >= 3 && muchNearer(next, distance)) return true
    }
    const limit = Math.max(2, length - 1)
    return repLengths(this.#model, finder, limit).some(it => it >= limit)
  }
}

function isRepBetter(rep: number, main: number, distance: number): boolean {
  if (rep < 2) return false
  return rep + 1 >= main || (rep + 2 >= main && distance > 1 << 9) || (rep + 3 >= main && distance > 1 << 15)
}
