/** Lines as records of fixed length and back: conv=block and conv=unblock. Linux: coreutils dd.c. */

export class Records {
  /** Lines that were longer than a record. */
  truncated = 0
  readonly #size: number
  readonly #unblocks: boolean
  #column = 0
  /** Spaces that are printed only if more follows in the record. */
  #spaces = 0

  /** In the character set of the records. */
  readonly #newline: number
  readonly #space: number

  constructor(size: number, unblocks: boolean, newline = 10, space = 32) {
    this.#size = size
    this.#unblocks = unblocks
    this.#newline = newline
    this.#space = space
  }

  convert(bytes: Uint8Array): Uint8Array {
    const out: number[] = []
    for (const byte of bytes) {
      if (this.#unblocks) this.#unblock(byte, out)
      else this.#block(byte, out)
    }
    return Uint8Array.from(out)
  }

  #block(byte: number, out: number[]): void {
    if (byte === this.#newline) {
      for (; this.#column < this.#size; this.#column++) out.push(this.#space)
      this.#column = 0
      return
    }
    if (this.#column === this.#size) this.truncated++
    if (this.#column++ < this.#size) out.push(byte)
  }

  #unblock(byte: number, out: number[]): void {
    if (this.#column++ >= this.#size) {
      this.#spaces = 0
      out.push(this.#newline)
      this.#column = 1
    }
    if (byte === this.#space) {
      this.#spaces++
      return
    }
    for (; this.#spaces; this.#spaces--) out.push(this.#space)
    out.push(byte)
  }

  /** What the last record still needs. */
  end(): Uint8Array {
    if (!this.#column) return new Uint8Array(0)
    return this.#unblocks
      ? Uint8Array.of(this.#newline)
      : new Uint8Array(Math.max(0, this.#size - this.#column)).fill(this.#space)
  }
}
