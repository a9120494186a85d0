/** Snapshots of the past to look back at: many of the last seconds, fewer of the last minute. */
import type { Snapshot } from './machine.ts'

const SECOND = 1_000_000_000
/** How far apart they are at least, in virtual ns. */
const STEP = SECOND / 10
/** Those older than this are thinned out to one a second, … */
const RECENT = 3 * SECOND
/** … and forgotten after this. */
const FORGOTTEN = 60 * SECOND

export class Moments {
  #list: Snapshot[] = []

  push(snapshot: Snapshot): void {
    const last = this.#list.at(-1)
    if (last && snapshot.clock - last.clock < STEP) return
    this.#list.push(snapshot)
    this.#thin(snapshot.clock)
  }

  #thin(now: number): void {
    let kept = Number.NEGATIVE_INFINITY
    this.#list = this.#list.filter(({ clock }) => {
      const age = now - clock
      if (age > FORGOTTEN || (age > RECENT && clock - kept < SECOND)) return false
      kept = clock
      return true
    })
  }

  /** The last one that is not later than `clock`, else the first of all. Needs: there is one. */
  at(clock: number): Snapshot {
    let found = this.#list[0]!
    for (const it of this.#list) {
      if (it.clock > clock) break
      found = it
    }
    return found
  }
}
