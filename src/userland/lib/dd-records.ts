/** Lines as records of fixed length and back: conv=block and conv=unblock. Linux: coreutils dd.c. */

const NEWLINE = 10
const SPACE = 32

export class Records {
  /** Lines that were longer than a record. */
  truncated = 0
  readonly #size: number
  readonly #unblocks: boolean
  #column = 0
  /** Spaces that are printed only if more follows in the record. */
  #spaces = 0

  constructor(size: number, unblocks: boolean) {
    this.#size = size
    this.#unblocks = unblocks
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
    if (byte === NEWLINE) {
      for (; this.#column < this.#size; this.#column++) out.push(SPACE)
      this.#column = 0
      return
    }
    if (this.#column === this.#size) this.truncated++
    if (this.#column++ < this.#size) out.push(byte)
  }

  #unblock(byte: number, out: number[]): void {
    if (this.#column++ >= this.#size) {
      this.#spaces = 0
      out.push(NEWLINE)
      this.#column = 1
    }
    if (byte === SPACE) {
      this.#spaces++
      return
    }
    for (; this.#spaces; this.#spaces--) out.push(SPACE)
    out.push(byte)
  }

  /** What the last record still needs. */
  end(): Uint8Array {
    if (!this.#column) return new Uint8Array(0)
    return this.#unblocks
      ? Uint8Array.of(NEWLINE)
      : new Uint8Array(Math.max(0, this.#size - this.#column)).fill(SPACE)
  }
}
