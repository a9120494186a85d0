/** The terminal of the line editor: raw while a line is edited. Readline: rltty.c. */
import {
  ECHO,
  ICANON,
  ICRNL,
  IEXTEN,
  INLCR,
  TCSETSW,
  VERASE,
  VKILL,
  VLNEXT,
  VMIN,
  VTIME,
  VWERASE,
  type Blocking,
  type Termios,
} from '../../abi/index.ts'
import type { Shell } from '../shell.ts'
import type { Settings } from './settings.ts'

/** The terminal's own editing characters do at the prompt what they do elsewhere. */
const SPECIAL = [
  [VERASE, 'backward-delete-char', '\x7f'],
  [VKILL, 'unix-line-discard', '\x15'],
  [VWERASE, 'unix-word-rubout', '\x17'],
] as const

export class RawTerminal {
  readonly #sh: Shell
  #old: Termios | undefined
  /** Standard input is edited all the same if it is none. */
  isTerminal = true

  /** The characters of `SPECIAL` as they were and as they are. */
  specialBefore: readonly string[] = SPECIAL.map(it => it[2])
  special = this.specialBefore
  /** What is typed is shown: not after `stty -echo`. */
  echoes = true

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
    this.echoes = (old.lflag & ECHO) !== 0
    this.specialBefore = this.special
    this.special = SPECIAL.map(([index]) => String.fromCharCode(old.cc[index] ?? 0))
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

/** Readline: rltty.c:rl_tty_set_default_bindings(). Characters that lose their meaning insert themselves. */
export function bindSpecial(settings: Settings, { special, specialBefore }: RawTerminal): void {
  if (special.join() === specialBefore.join()) return
  for (const name of ['emacs', 'vi-insert'] as const) {
    const keymap = settings.keymaps[name]
    for (const key of specialBefore) keymap.bind(key, { kind: 'function', text: 'self-insert' })
    SPECIAL.forEach(([, text], i) => {
      if (special[i] !== '\0') keymap.bind(special[i]!, { kind: 'function', text })
    })
  }
}
