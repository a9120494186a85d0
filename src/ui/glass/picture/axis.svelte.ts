/**
 * The time axis: which page of virtual time is shown, and where in it the cursor stands. The page stays where it is and
 * the cursor sweeps over it, as on an oscilloscope; it begins with a period of the quota, so that periods lie still.
 */
import type { Recorder } from '../../../machine/index.ts'
import type { Session } from '../../session.svelte.ts'

const MS = 1_000_000
/** How much time a page can show. */
const WINDOWS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].map(it => it * MS)

/** What a page shows at a speed of the clock, until somebody chooses: so much that an eye can follow. */
function windowAt(speed: number): number {
  if (speed >= 100) return 10_000 * MS
  if (speed >= 10) return 2000 * MS
  if (speed >= 1) return 500 * MS
  if (speed >= 0.1) return 200 * MS
  return speed >= 0.01 ? 100 * MS : 20 * MS
}

export class Axis {
  readonly #session: Session
  readonly #recorder: Recorder
  #at = $state<number>()
  #chosen = $state<{ readonly speed: number; readonly window: number }>()
  /** Where the page begins. */
  #from = 0
  #shownWindow = 0

  constructor(session: Session, recorder: Recorder) {
    this.#session = session
    this.#recorder = recorder
  }

  /** ns of virtual time on a page. */
  get window(): number {
    const speed = this.#session.chosen
    return this.#chosen?.speed === speed ? this.#chosen.window : windowAt(speed)
  }

  /** Show more or less time on a page. */
  zoom(steps: number): void {
    const i = WINDOWS.indexOf(this.window) + steps
    const window = WINDOWS[Math.max(0, Math.min(WINDOWS.length - 1, i))]!
    this.#chosen = { speed: this.#session.chosen, window }
  }

  get canZoomIn(): boolean {
    return this.window > WINDOWS[0]!
  }

  get canZoomOut(): boolean {
    return this.window < WINDOWS.at(-1)!
  }

  /** It is the present that is shown. */
  get isLive(): boolean {
    return this.#at === undefined
  }

  get now(): number {
    return this.#session.pace.now
  }

  get cursor(): number {
    return this.#at ?? this.now
  }

  get since(): number {
    return this.#recorder.timeline.since
  }

  /** The page that has the cursor. `period` is when some period of the quota that matters began. */
  page(period: number | undefined): { readonly from: number; readonly to: number } {
    const { cursor, window } = this
    const past = cursor - this.#from
    if (past < 0 || past >= window || this.#shownWindow !== window) {
      const origin = period ?? this.#from
      this.#from = origin + Math.floor((cursor - origin) / window) * window
      this.#shownWindow = window
    }
    return { from: this.#from, to: this.#from + window }
  }

  /** Have the next page begin with a period anew. */
  align(): void {
    this.#shownWindow = 0
  }

  /** Look back at a moment; the clock stands meanwhile. The present, and what comes, is `live`. */
  lookAt(at: number): void {
    this.#session.paused = true
    if (at >= this.now) return this.live()
    this.#at = Math.max(this.since, at)
    this.#session.view.park(this.#at)
  }

  live(): void {
    this.#at = undefined
    this.#session.view.park()
  }

  togglePause(): void {
    if (this.#session.paused) this.live()
    this.#session.paused = !this.#session.paused
  }

  back(): void {
    this.#session.paused = true
    const at = this.#recorder.timeline.eventBefore(this.cursor)
    if (at !== undefined) this.lookAt(at)
  }

  /** To the next event that is known; at the present the machine goes on to it. */
  forward(): void {
    this.#session.paused = true
    const at = this.#at === undefined ? undefined : this.#recorder.timeline.eventAfter(this.#at)
    if (at !== undefined && at < this.now) this.lookAt(at)
    else if (!this.isLive) this.live()
    else this.#session.pace.step(() => this.#recorder.seesMore)
  }

  /** By a part of a page. */
  shift(pages: number): void {
    this.lookAt(this.cursor + pages * this.window)
  }
}
