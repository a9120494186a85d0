/** Snapshots of the past to look back at: every one of the last seconds, fewer of the last minute. */
import type { Snapshot } from './machine.ts'

const SECOND = 1_000_000_000
/** So many of the newest are all kept: they share what did not change from one to the next. */
const NEWEST = 300
/** Those before them are thinned out to ten a virtual second, … */
const STEP = SECOND / 10
/** … those older than this to one, … */
const RECENT = 10 * SECOND
/** … and forgotten after this. */
const FORGOTTEN = 60 * SECOND

export class Moments {
  #newest: Snapshot[] = []
  #older: Snapshot[] = []

  push(snapshot: Snapshot): void {
    this.#newest.push(snapshot)
    if (this.#newest.length < 2 * NEWEST) return
    this.#older = thinned([...this.#older, ...this.#newest.slice(0, -NEWEST)], snapshot.clock)
    this.#newest = this.#newest.slice(-NEWEST)
  }

  /** The last one that is not later than `clock`, else the first of all. Needs: there is one. */
  at(clock: number): Snapshot {
    const isFound = (it: Snapshot): boolean => it.clock <= clock
    return (
      this.#newest.findLast(isFound) ?? this.#older.findLast(isFound) ?? this.#older[0] ?? this.#newest[0]!
    )
  }
}

/** Without those that are too old, or too near the one before. */
function thinned(list: readonly Snapshot[], now: number): Snapshot[] {
  let kept = Number.NEGATIVE_INFINITY
  return list.filter(({ clock }) => {
    const age = now - clock
    if (age > FORGOTTEN || clock - kept < (age > RECENT ? SECOND : STEP)) return false
    kept = clock
    return true
  })
}
