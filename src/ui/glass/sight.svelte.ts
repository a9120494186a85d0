/** Which rows of a long list are in sight: only these are drawn, so that a thousand cost what a screenful costs. */

/** Rows above and below what is visible, so that scrolling shows no gaps. */
const SPARE = 8

export class Sight {
  /** Of the element that scrolls, and of one row, in pixels: bound to the page. */
  top = $state(0)
  height = $state(0)
  rowHeight = $state(22)
  /** The place of the first row that is drawn. */
  readonly first = $derived(Math.max(0, Math.floor(this.top / this.rowHeight) - SPARE))
  readonly #most = $derived(Math.ceil(this.height / this.rowHeight) + 2 * SPARE)

  of<T>(rows: readonly T[]): readonly T[] {
    return rows.slice(this.first, this.first + this.#most)
  }
}
