/** Numbers that are given out lowest first, and given back. Linux: lib/idr.c, ida_alloc(). */
export class Numbers {
  readonly #taken = new Set<number>()
  /** No number below is free. */
  #from = 1

  take(): number {
    let id = this.#from
    while (this.#taken.has(id)) id++
    this.#taken.add(id)
    this.#from = id + 1
    return id
  }

  give(id: number): void {
    if (this.#taken.delete(id) && id < this.#from) this.#from = id
  }

  /** Count `first` to `last` as taken. */
  reserve(first: number, last: number): void {
    for (let id = first; id <= last; id++) this.#taken.add(id)
  }
}
