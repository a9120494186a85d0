/** Output in lines of at most $BC_LINE_LENGTH characters, broken with a backslash. Linux: GNU bc bc/util.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Output } from '../output.ts'

export class Wrapped {
  readonly #out: Output
  readonly #width: number
  #column = 0

  /** `spare` columns stay free besides that of the backslash. */
  constructor(out: Output, setting: string | undefined, spare: 0 | 1) {
    this.#out = out
    const asked = setting === undefined || !/^\d+$/.test(setting) ? 70 : Number(setting)
    const width = asked === 0 ? Number.POSITIVE_INFINITY : asked < 3 ? 70 : asked
    this.#width = width - 1 - spare
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
    for (let room = this.#width - this.#column; rest.length > room; room = this.#width) {
      this.#out.print(`${rest.slice(0, room)}\\\n`)
      rest = rest.slice(room)
      this.#column = 0
    }
    this.#out.print(rest)
    this.#column += rest.length
  }
}
