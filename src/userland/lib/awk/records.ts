/** An input of awk, and where its records end: RS as a character, as a regular expression, or as blank lines. mawk: FINgets(). */
import type { Blocking, Sys } from '../../../abi/index.ts'
import { latin } from './values.ts'

/** Splits an input into records. */
export class Records {
  readonly #sys: Sys
  readonly fd: number
  readonly pid: number
  #buffer = ''
  #eof = false

  constructor(sys: Sys, fd: number, pid = 0) {
    this.#sys = sys
    this.fd = fd
    this.pid = pid
  }

  /** The next record; `compiled` makes a regular expression of RS. */
  *next(separator: string, compiled: (source: string) => RegExp): Blocking<string | undefined> {
    if (separator === '') {
      while (!this.#eof || /^\n/.test(this.#buffer)) {
        this.#buffer = this.#buffer.replace(/^\n+/, '')
        if (this.#buffer || this.#eof) break
        yield* this.#fill()
      }
    }
    const regex = separator === '' ? /\n\n+/ : separator.length === 1 ? undefined : compiled(separator)
    for (;;) {
      let start = -1
      let end = -1
      if (regex) {
        const match = regex.exec(this.#buffer)
        if (match && match[0] !== '' && (match.index + match[0].length < this.#buffer.length || this.#eof)) {
          start = match.index
          end = start + match[0].length
        }
      } else {
        start = this.#buffer.indexOf(separator)
        end = start + 1
      }
      if (start >= 0) {
        const record = this.#buffer.slice(0, start)
        this.#buffer = this.#buffer.slice(end)
        return record
      }
      if (this.#eof) {
        if (!this.#buffer) return undefined
        const record = separator === '' ? this.#buffer.replace(/\n$/, '') : this.#buffer
        this.#buffer = ''
        return record
      }
      yield* this.#fill()
    }
  }

  *#fill(): Blocking<void> {
    const chunk = yield* this.#sys.read(this.fd, 65536)
    if (!chunk.length) this.#eof = true
    else this.#buffer += latin(chunk)
  }
}
