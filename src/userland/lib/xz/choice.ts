/** What the encoder may do next, and who decides it. */
import type { MatchFinder, Matches } from './match-finder.ts'
import { MATCH_MAX, type Model, REPS } from './model.ts'

/** Instead of a distance: no match. */
export const LITERAL = -1

/** Decides about the next symbol: `back` is LITERAL, one of the last four distances (0-3), or 4 and the distance. */
export interface Chooser {
  length: number
  back: number
  choose(position: number): void
}

/** How long the match at each of the last four distances would be; 0 where not even two bytes are equal. */
export function repLengths(model: Model, finder: MatchFinder, limit: number): readonly number[] {
  const { data } = finder
  const at = finder.at - 1
  const lengths: number[] = []
  for (let i = 0; i < REPS; i++) {
    const from = at - model.reps[i]! - 1
    let n = 0
    while (n < limit && data[at + n] === data[from + n]) n++
    lengths.push(n < 2 ? 0 : n)
  }
  return lengths
}

/** How long a match at the position just looked at may be. */
export const roomFor = (finder: MatchFinder): number => Math.min(finder.available + 1, MATCH_MAX)

export const lastDistance = (found: Matches): number => found.distances[found.count - 1]!
