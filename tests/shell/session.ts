/** A person at a terminal of the host: types keys, looks at the screen. */
import headless from '@xterm/headless'
import { Machine, type Terminal } from '../../src/machine/index.ts'
import { linuxWidths } from '../../src/ui/terminal/widths.ts'

export class Session {
  readonly machine: Machine
  readonly terminal: Terminal
  readonly #screen: headless.Terminal
  /** Everything the host sent since the last look. */
  sent = ''

  constructor(size: { rows?: number; cols?: number; user?: string } = {}, machine = new Machine({})) {
    const { rows = 24, cols = 80 } = size
    this.machine = machine
    this.#screen = new headless.Terminal({ rows, cols, allowProposedApi: true, convertEol: false })
    linuxWidths(this.#screen)
    this.terminal = this.machine.openTerminal({ rows, cols, ...(size.user ? { user: size.user } : {}) })
    const decoder = new TextDecoder()
    this.terminal.onOutput(bytes => {
      const text = decoder.decode(bytes, { stream: true })
      this.sent += text
      this.#screen.write(text)
    })
    this.wait(2)
  }

  /** Let the host run for some seconds of its time. */
  wait(seconds: number): void {
    this.machine.runUntil(this.machine.now + seconds * 1e9)
  }

  /** Type, and let the host react. */
  type(...keys: string[]): void {
    for (const key of keys) {
      this.terminal.write(key)
      this.wait(0.05)
    }
  }

  resize(rows: number, cols: number): void {
    this.#screen.resize(cols, rows)
    this.terminal.resize(rows, cols)
    this.wait(0.05)
  }

  /** The lines of the screen, blank ones at the end left out, `|` where the cursor is. */
  async screen(cursor = false): Promise<string[]> {
    await new Promise<void>(done => this.#screen.write('', done))
    const { active } = this.#screen.buffer
    const lines: string[] = []
    for (let i = 0; i < this.#screen.rows; i++) {
      const line = active.getLine(active.baseY + i)!
      const text = line.translateToString(true)
      lines.push(
        cursor && i === active.cursorY
          ? `${line.translateToString(false, 0, active.cursorX)}|${line.translateToString(true, active.cursorX)}`
          : text,
      )
    }
    while (lines.length && lines.at(-1) === '') lines.pop()
    return lines
  }
}
