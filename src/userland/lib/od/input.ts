/** Several files as one, for od: what is skipped, what is read, and when messages come. Linux: coreutils od.c:skip(), dump(). */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { fatal } from '../command.ts'
import { closeInput, openInput, type Reader } from '../input.ts'
import { concat } from '../output.ts'
import { quoteaf, quotef } from '../quote.ts'

const CHUNK = 4096

/** The bytes of the named files, one after the other; each is opened when it is needed. */
export class Input {
  readonly #sys: Sys
  readonly #me: Reader
  readonly #names: string[]
  /** Bytes still to skip, and still to read. */
  #skip: number
  #left: number
  #fd = -1
  #held: Uint8Array = new Uint8Array(0)
  #name = ''
  /** Some file could be opened. */
  opened = false
  failed = false

  constructor(sys: Sys, me: Reader, names: readonly string[], skip: number, limit: number | undefined) {
    this.#sys = sys
    this.#me = me
    this.#names = [...names]
    this.#skip = skip
    this.#left = limit ?? Number.POSITIVE_INFINITY
  }

  /** The next `width` bytes, fewer at the end. */
  *row(width: number): Blocking<Uint8Array> {
    yield* this.#skipped()
    let goesOn = true
    while (goesOn && this.#held.length < width) goesOn = yield* this.#more(width - this.#held.length)
    const row = this.#held.slice(0, Math.min(width, this.#left))
    this.#held = this.#held.subarray(row.length)
    this.#left -= row.length
    return row
  }

  /** All there is. */
  *rest(): Blocking<Uint8Array> {
    const rows: Uint8Array[] = []
    for (let row = yield* this.row(CHUNK); row.length; row = yield* this.row(CHUNK)) rows.push(row)
    return rows.length ? concat(rows) : new Uint8Array(0)
  }

  *#skipped(): Blocking<void> {
    while (this.#skip > 0) {
      if (!this.#held.length && !(yield* this.#more(this.#skip))) {
        if (this.opened) throw fatal('cannot skip past end of combined input')
        return
      }
      const some = Math.min(this.#skip, this.#held.length)
      this.#held = this.#held.subarray(some)
      this.#skip -= some
    }
  }

  /** Read on, `needed` bytes at least if there is a limit; false at the end of all files. */
  *#more(needed: number): Blocking<boolean> {
    if (this.#left <= this.#held.length && !this.#skip) {
      if (!this.opened) yield* this.#open()
      return false
    }
    for (;;) {
      if (this.#fd < 0 && !(yield* this.#open())) return false
      const most = this.#left === Number.POSITIVE_INFINITY ? CHUNK : Math.min(CHUNK, needed)
      const bytes = yield* this.#read(most)
      if (bytes?.length) {
        this.#held = this.#held.length ? concat([this.#held, bytes]) : bytes
        return true
      }
      closeInput(this.#sys, this.#fd)
      this.#fd = -1
    }
  }

  *#read(count: number): Blocking<Uint8Array | undefined> {
    try {
      return yield* this.#sys.read(this.#fd, count)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#complain(e)
      return undefined
    }
  }

  *#open(): Blocking<boolean> {
    for (let name = this.#names.shift(); name !== undefined; name = this.#names.shift()) {
      this.#name = name
      try {
        this.#fd = yield* openInput(this.#sys, name)
        this.opened = true
        return true
      } catch (e) {
        yield* this.#complain(e)
      }
    }
    return false
  }

  *#complain(e: unknown): Blocking<void> {
    this.failed = true
    yield* this.#me.warn(this.#name === '-' ? quoteaf('standard input') : quotef(this.#name), e)
  }
}
