/** The terminal of the line editor: raw while a line is edited. Readline: rltty.c. */
import {
  ECHO,
  ICANON,
  ICRNL,
  IEXTEN,
  INLCR,
  TCSETSW,
  VLNEXT,
  VMIN,
  VTIME,
  type Blocking,
  type Termios,
} from '../../abi/index.ts'
import type { Shell } from '../shell.ts'

export class RawTerminal {
  readonly #sh: Shell
  #old: Termios | undefined
  /** Standard input is edited all the same if it is none. */
  isTerminal = true

  constructor(sh: Shell) {
    this.#sh = sh
  }

  columns(): number {
    return this.#size().cols || 80
  }

  rows(): number {
    return this.#size().rows || 24
  }

  #size(): { rows: number; cols: number } {
    try {
      return this.#sh.sys.tiocgwinsz(0)
    } catch {
      return { rows: 24, cols: 80 }
    }
  }

  *prepare(): Blocking<void> {
    const { sys } = this.#sh
    this.#old = undefined
    this.isTerminal = sys.isatty(0)
    if (!this.isTerminal) return
    const old = sys.tcgetattr(0)
    const cc = old.cc.slice()
    cc[VMIN] = 1
    cc[VTIME] = 0
    cc[VLNEXT] = 0
    yield* sys.tcsetattr(0, TCSETSW, {
      ...old,
      cc,
      lflag: old.lflag & ~(ICANON | ECHO | IEXTEN),
      iflag: old.iflag & ~(ICRNL | INLCR),
    })
    this.#old = old
  }

  *restore(): Blocking<void> {
    if (!this.#old) return
    try {
      yield* this.#sh.sys.tcsetattr(0, TCSETSW, this.#old)
    } catch {
      // The terminal has gone.
    }
  }
}
