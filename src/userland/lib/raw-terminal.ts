/**
 * Full-screen programs on a terminal: raw keys in, the way back to how it was out. Linux: termios(3), poll(2).
 */
import {
  type Blocking,
  ECHO,
  EINTR,
  ICANON,
  POLLIN,
  SIGHUP,
  SIGINT,
  SIGQUIT,
  SIGSTOP,
  SIGTERM,
  SIGTSTP,
  SIGWINCH,
  type Sys,
  TCSETSF,
  type Termios,
  VMIN,
  VTIME,
  decode,
} from '../../abi/index.ts'

const HIDE = '\x1b[?25l'
const SHOW = '\x1b[?25h'

/** A terminal taken over by one program, until `leave`. */
export class Screen {
  readonly #sys: Sys
  readonly #fd: number
  readonly #saved: Termios | undefined
  /** The signal that asks the program to end, 0 for none. */
  quit = 0
  #stop = false
  #resized = false

  constructor(sys: Sys, fd = 0) {
    this.#sys = sys
    this.#fd = fd
    this.#saved = sys.isatty(fd) ? sys.tcgetattr(fd) : undefined
  }

  get rows(): number {
    return (this.#sys.isatty(1) && this.#sys.tiocgwinsz(1).rows) || 24
  }

  get cols(): number {
    return (this.#sys.isatty(1) && this.#sys.tiocgwinsz(1).cols) || 80
  }

  /** Keys arrive one by one and are not echoed; signals only leave a note. */
  *enter(): Blocking<void> {
    for (const signal of [SIGINT, SIGQUIT, SIGTERM, SIGHUP])
      this.#sys.sigaction(signal, () => {
        this.quit = signal
      })
    this.#sys.sigaction(SIGTSTP, () => {
      this.#stop = true
    })
    this.#sys.sigaction(SIGWINCH, () => {
      this.#resized = true
    })
    yield* this.#raw()
  }

  *#raw(): Blocking<void> {
    if (!this.#saved) return
    const cc = [...this.#saved.cc]
    cc[VMIN] = 1
    cc[VTIME] = 0
    yield* this.#sys.tcsetattr(this.#fd, TCSETSF, {
      ...this.#saved,
      lflag: this.#saved.lflag & ~(ICANON | ECHO),
      cc,
    })
    yield* this.#sys.write(1, HIDE)
  }

  /** Everything as it was, the cursor below the picture. */
  *leave(): Blocking<void> {
    if (this.#saved) yield* this.#sys.tcsetattr(this.#fd, TCSETSF, this.#saved)
    yield* this.#sys.write(1, `\x1b[${this.rows};1H${SHOW}\n`)
  }

  /** Draw a picture over the old one. */
  *draw(lines: readonly string[]): Blocking<void> {
    const shown = lines.slice(0, this.rows)
    yield* this.#sys.write(1, `\x1b[H${shown.map(line => `${line}\x1b[K`).join('\r\n')}\x1b[J`)
  }

  /** Wait for keys at most so long: what was typed, '' when nothing was. */
  *keys(ms: number): Blocking<string> {
    let ready = 0
    try {
      ready = (yield* this.#sys.poll([{ fd: this.#fd, events: POLLIN }], Math.max(0, Math.round(ms))))[0] ?? 0
    } catch (e) {
      if (e !== EINTR) throw e
    }
    if (this.#stop) yield* this.#suspend()
    if (this.#resized) this.#resized = false
    if (!ready || this.quit) return ''
    const bytes = yield* this.#sys.read(this.#fd, 64)
    if (!bytes.length) this.quit = SIGHUP
    return decode(bytes)
  }

  /** ^Z: give the terminal back, stop, and take it again afterwards. */
  *#suspend(): Blocking<void> {
    this.#stop = false
    yield* this.leave()
    yield* this.#sys.kill(this.#sys.getpid(), SIGSTOP)
    yield* this.#raw()
  }

  /** Ask for a line of text at the start of a row; undefined when Escape was typed. */
  *ask(row: number, prompt: string): Blocking<string | undefined> {
    let answer = ''
    yield* this.#sys.write(1, SHOW)
    for (;;) {
      yield* this.#sys.write(1, `\x1b[${row};1H\x1b[1m${prompt}\x1b[m ${answer}\x1b[K`)
      for (const key of yield* this.keys(3_600_000)) {
        if (key === '\x1b') return yield* this.#answered(undefined)
        if (key === '\r' || key === '\n') return yield* this.#answered(answer)
        if (key === '\x7f' || key === '\b') answer = answer.slice(0, -1)
        else if (key >= ' ') answer += key
      }
      if (this.quit) return yield* this.#answered(undefined)
    }
  }

  *#answered(answer: string | undefined): Blocking<string | undefined> {
    yield* this.#sys.write(1, HIDE)
    return answer
  }
}
