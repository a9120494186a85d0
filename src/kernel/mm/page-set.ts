/**
 * Sets of a file's pages, kept as runs: files are mostly read and written from end to end. Linux has a tree with marks
 * for this (lib/xarray.c).
 */
export class PageSet {
  size = 0
  /** First page and the page behind the last of each run, in order; runs do not touch. */
  #ends: number[] = []

  /** How many of the pages from `from` to before `to` are new to it. */
  add(from: number, to: number): number {
    const ends = this.#ends
    const last = ends.length - 1
    if (last >= 0 && from >= ends[last]!) {
      // What follows the end of the last run, the usual case.
      if (from === ends[last]) ends[last] = to
      else ends.push(from, to)
      this.size += to - from
      return to - from
    }
    if (last < 0) {
      ends.push(from, to)
      this.size = to - from
      return to - from
    }
    const at = this.#firstEndingAt(from)
    let [start, end, next] = [from, to, at]
    let known = 0
    for (; next < ends.length && ends[next]! <= to; next += 2) {
      known += Math.max(0, Math.min(ends[next + 1]!, to) - Math.max(ends[next]!, from))
      start = Math.min(start, ends[next]!)
      end = Math.max(end, ends[next + 1]!)
    }
    ends.splice(at, next - at, start, end)
    const added = to - from - known
    this.size += added
    return added
  }

  /** How many of them were in it. */
  delete(from: number, to: number): number {
    const ends = this.#ends
    const at = this.#firstEndingAt(from)
    const kept: number[] = []
    let gone = 0
    let next = at
    for (; next < ends.length && ends[next]! < to; next += 2) {
      const [start, end] = [ends[next]!, ends[next + 1]!]
      gone += Math.max(0, Math.min(end, to) - Math.max(start, from))
      if (start < from) kept.push(start, Math.min(end, from))
      if (end > to) kept.push(Math.max(start, to), end)
    }
    if (next > at) ends.splice(at, next - at, ...kept)
    this.size -= gone
    return gone
  }

  /** The runs of it that lie between. */
  within(from: number, to: number): [number, number][] {
    const runs: [number, number][] = []
    const ends = this.#ends
    for (let at = this.#firstEndingAt(from); at < ends.length && ends[at]! < to; at += 2) {
      const run: [number, number] = [Math.max(from, ends[at]!), Math.min(to, ends[at + 1]!)]
      if (run[0] < run[1]) runs.push(run)
    }
    return runs
  }

  /** The runs between that are not in it. */
  missing(from: number, to: number): [number, number][] {
    const runs: [number, number][] = []
    let at = from
    for (const [start, end] of this.within(from, to)) {
      if (start > at) runs.push([at, start])
      at = end
    }
    if (at < to) runs.push([at, to])
    return runs
  }

  /** All of its runs. */
  runs(): [number, number][] {
    return this.within(0, Number.POSITIVE_INFINITY)
  }

  clear(): void {
    this.#ends = []
    this.size = 0
  }

  /** The place of the first run that does not end before `page`. */
  #firstEndingAt(page: number): number {
    const ends = this.#ends
    let [low, high] = [0, ends.length / 2]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[2 * middle + 1]! < page) low = middle + 1
      else high = middle
    }
    return 2 * low
  }
}
