/**
 * Memory that grows with what is read: a program that keeps its input asks the kernel for it, so that limits and the
 * OOM killer see it. Small amounts are taken for granted.
 */
import type { Blocking, Sys } from '../../abi/index.ts'

const STEP = 1 << 20

/** What one reader keeps. */
export class Heap {
  readonly #sys: Sys
  #kept = 0
  #asked = 0

  constructor(sys: Sys) {
    this.#sys = sys
  }

  /** So many bytes more are kept. Errors: ENOMEM; or the OOM killer comes. */
  *keep(bytes: number): Blocking<void> {
    this.#kept += bytes
    if (this.#kept < this.#asked + STEP) return
    this.#asked = this.#kept
    yield* this.#sys.brk(this.#asked)
  }

  /** Nothing is kept any more. */
  *free(): Blocking<void> {
    this.#kept = 0
    if (!this.#asked) return
    this.#asked = 0
    yield* this.#sys.brk(0)
  }
}
