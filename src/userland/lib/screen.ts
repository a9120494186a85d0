/**
 * A terminal held by one full-screen program: raw keys come in by name, pictures go out as what changed.
 * vi, nano, less and more share it. Linux: ncurses; termios(3), console_codes(4).
 *
 * Left out: terminals that do not speak ECMA-48, the mouse.
 */
import {
  type Blocking,
  ECHO,
  ECHONL,
  EINTR,
  Errno,
  ICANON,
  ICRNL,
  IEXTEN,
  ISIG,
  IXON,
  POLLIN,
  SIG_DFL,
  SIG_IGN,
  SIGHUP,
  SIGINT,
  SIGQUIT,
  SIGTERM,
  SIGTSTP,
  SIGWINCH,
  type Sys,
  TCSETSW,
  type Termios,
  VMIN,
  VTIME,
} from '../../abi/index.ts'
import { writeAll } from './output.ts'
import { KeyDecoder } from './screen-keys.ts'
import { textWidth } from './wcwidth.ts'

/** How long the rest of an escape sequence may take. */
const ESCAPE_MS = 25
const SMCUP = '\x1b[?1049h\x1b[22;0;0t'
const RMCUP = '\x1b[?1049l\x1b[23;0;0t'

export interface ScreenOptions {
  /** Where keys come from; 0 if not given. */
  readonly input?: number
  /** Use the terminal's other screen, so that the old picture comes back. */
  readonly alternate?: boolean
  /** Text goes out line by line as to any terminal: keys stay as they are. */
  readonly plain?: boolean
  /** Leave what is on the screen above, as if it had been scrolled. */
  readonly scroll?: boolean
  /** Have text pasted into the terminal marked as such. */
  readonly paste?: boolean
  /** Signals are keys: ^C, ^Z and ^\ arrive as characters. */
  readonly signalKeys?: boolean
}

/** What a program shows: a row of text each, colours as escape sequences inside, and where the cursor stands. */
export interface Picture {
  readonly rows: readonly string[]
  readonly row: number
  readonly col: number
}

export class Screen {
  readonly #sys: Sys
  readonly #input: number
  readonly #options: ScreenOptions
  readonly #before: Termios | undefined
  readonly #keys = new KeyDecoder()
  #shown: string[] = []
  #resized = false
  #stopped = false
  #open = false
  #fresh = false
  rows = 24
  cols = 80
  /** The signal that asks the program to end, 0 for none. */
  quit = 0
  /** An interrupt came since somebody looked. */
  interrupted = false

  constructor(sys: Sys, options: ScreenOptions = {}) {
    this.#sys = sys
    this.#input = options.input ?? 0
    this.#options = options
    this.#fresh = options.scroll ?? false
    this.#before = sys.isatty(this.#input) ? sys.tcgetattr(this.#input) : undefined
    this.measure()
  }

  /** The descriptor keys come from. */
  get input(): number {
    return this.#input
  }

  /** Whether a person types. */
  get isTty(): boolean {
    return this.#before !== undefined
  }

  /** What was pasted, after the key `Paste`. */
  get pasted(): string {
    return this.#keys.pasted
  }

  measure(): void {
    const fd = this.#sys.isatty(1) ? 1 : this.#sys.isatty(this.#input) ? this.#input : -1
    const size = fd < 0 ? undefined : this.#sys.tiocgwinsz(fd)
    this.rows = size?.rows || 24
    this.cols = size?.cols || 80
  }

  /** Take the terminal. */
  *open(): Blocking<void> {
    for (const signal of [SIGTERM, SIGHUP])
      this.#sys.sigaction(signal, () => {
        this.quit = signal
      })
    this.#sys.sigaction(SIGINT, () => {
      this.interrupted = true
    })
    this.#sys.sigaction(SIGQUIT, SIG_IGN)
    this.#sys.sigaction(SIGTSTP, () => {
      this.#stopped = true
    })
    this.#sys.sigaction(SIGWINCH, () => {
      this.#resized = true
    })
    yield* this.#take()
  }

  *#take(): Blocking<void> {
    this.#open = true
    this.#shown = []
    if (this.#before) {
      const { iflag, lflag } = this.#before
      const cc = [...this.#before.cc]
      cc[VMIN] = 1
      cc[VTIME] = 0
      const signals = this.#options.signalKeys ? ISIG : 0
      yield* this.#sys.tcsetattr(this.#input, TCSETSW, {
        ...this.#before,
        iflag: iflag & ~(ICRNL | IXON),
        lflag: lflag & ~(ICANON | ECHO | ECHONL | IEXTEN | signals),
        cc,
      })
    }
    const paste = this.#options.paste && this.#before ? '\x1b[?2004h' : ''
    if (!this.#options.plain)
      yield* this.write(`${this.#options.alternate ? SMCUP : ''}${paste}\x1b[?1h\x1b=`)
  }

  /** Give the terminal back as it was. */
  *close(): Blocking<void> {
    if (!this.#open) return
    this.#open = false
    const paste = this.#options.paste && this.#before ? '\x1b[?2004l' : ''
    if (!this.#options.plain)
      yield* this.write(`\x1b[m\x1b[?1l\x1b>${paste}${this.#options.alternate ? RMCUP : ''}`)
    if (this.#before)
      try {
        yield* this.#sys.tcsetattr(this.#input, TCSETSW, this.#before)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
  }

  /** ^Z: give the terminal back, stop, and take it again once continued. */
  *suspend(text = ''): Blocking<void> {
    yield* this.close()
    if (text) yield* this.write(text)
    const old = this.#sys.sigaction(SIGTSTP, SIG_DFL)
    yield* this.#sys.kill(0, SIGTSTP)
    this.#sys.sigaction(SIGTSTP, old)
    this.measure()
    yield* this.#take()
  }

  /** Let `act` have the terminal as it was before. */
  *lend<T>(act: Blocking<T>): Blocking<T> {
    yield* this.close()
    const result = yield* act
    this.measure()
    yield* this.#take()
    return result
  }

  /** Text as it is. */
  *write(text: string): Blocking<void> {
    try {
      yield* writeAll(this.#sys, 1, text)
    } catch {
      // Nobody sees it any more: a signal or the end of the input ends the program.
    }
  }

  /** Forget what is shown, so that everything is drawn again. */
  redraw(): void {
    this.#shown = []
  }

  /** Show a picture: only what differs from the one before is sent. */
  *draw({ rows, row, col }: Picture): Blocking<void> {
    let text = this.#shown.length ? '' : this.#fresh ? '\r\n'.repeat(this.rows) : '\x1b[m\x1b[H\x1b[2J'
    this.#fresh = false
    for (let i = 0; i < this.rows; i++) {
      const line = rows[i] ?? ''
      const old = this.#shown[i] ?? ''
      if (line !== old) text += `${changed(old, line, i, this.cols)}`
    }
    this.#shown = Array.from({ length: this.rows }, (_, i) => rows[i] ?? '')
    const place = `\x1b[${row + 1};${Math.min(col, this.cols - 1) + 1}H`
    yield* this.write(text ? `\x1b[?25l${text}${place}\x1b[?25h` : place)
  }

  /** A key waits already: there is no point in drawing now. */
  get typedAhead(): boolean {
    return this.#keys.waiting
  }

  /**
   * The next key: a character as it is, others by name (`Up`, `PageDown`, `M-u`, `Paste`), `Resize` when the size
   * changed, '' when the input ended or a signal asks for it. With a time limit `Timeout` may come.
   */
  *key(ms = -1): Blocking<string> {
    for (;;) {
      if (this.#resized) {
        this.#resized = false
        this.measure()
        this.#shown = []
        return 'Resize'
      }
      if (this.quit) return ''
      if (this.#stopped) {
        this.#stopped = false
        yield* this.suspend()
        return 'Resize'
      }
      const key = this.#keys.next()
      if (key !== undefined) return key
      const wait = this.#keys.partial ? ESCAPE_MS : ms
      try {
        if (wait >= 0) {
          const [ready] = yield* this.#sys.poll([{ fd: this.#input, events: POLLIN }], wait)
          if (!ready && this.#keys.partial) {
            this.#keys.giveUp()
            continue
          }
          if (!ready) return 'Timeout'
        }
        const bytes = yield* this.#sys.read(this.#input, 4096)
        if (bytes.length) this.#keys.feed(bytes)
        else if (!this.#keys.end()) return ''
      } catch (e) {
        if (e === EINTR) {
          if (this.interrupted) {
            this.interrupted = false
            return '\x03'
          }
          continue
        }
        if (!(e instanceof Errno)) throw e
        return ''
      }
    }
  }
}

/** What to send so that a row reads `line` instead of `old`; plain text before the change stays. */
function changed(old: string, line: string, row: number, cols: number): string {
  let same = 0
  while (same < line.length && line[same] === old[same] && line[same]! >= ' ' && line[same]! <= '~') same++
  // A combining character belongs to what stands before it.
  if (same && same < line.length && line[same]! > '~') same--
  const rest = line.slice(same)
  const erase = textWidth(line.replace(/\x1b\[[0-9;]*m/g, '')) < cols ? '\x1b[m\x1b[K' : '\x1b[m'
  return `\x1b[${row + 1};${same + 1}H${rest}${erase}`
}
