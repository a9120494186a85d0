/** Output in lines of at most $BC_LINE_LENGTH characters, broken with a backslash. Linux: GNU bc bc/util.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Output } from '../output.ts'

export class Wrapped {
  readonly #out: Output
  readonly #width: number
  #column = 0

  constructor(out: Output, setting: string | undefined) {
    this.#out = out
    const width = setting === undefined || !/^\d+$/.test(setting) ? 70 : Number(setting)
    this.#width = width === 0 ? Number.POSITIVE_INFINITY : width < 3 ? 70 : width
  }

  *print(text: string): Blocking<void> {
    const lines = text.split('\n')
    for (const [i, line] of lines.entries()) {
      if (i) {
        this.#out.print('\n')
        this.#column = 0
      }
      this.#line(line)
    }
    yield* this.#out.drain()
  }

  /** Part of a line; what does not fit goes on the next. */
  #line(text: string): void {
    let rest = text
    for (let room = this.#width - 2 - this.#column; rest.length > room; room = this.#width - 2) {
      this.#out.print(`${rest.slice(0, room)}\\\n`)
      rest = rest.slice(room)
      this.#column = 0
    }
    this.#out.print(rest)
    this.#column += rest.length
  }
}
