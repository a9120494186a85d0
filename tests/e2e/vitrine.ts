/**
 * Drives the built page as a person does: real key presses in, the terminals' text out. Needs `npm run build`;
 * VITRINE_DIST names another folder than dist. The page publishes `globalThis.vitrine = { machine, terminals }`; only the terminals' buffers are read here.
 */
import type { AddressInfo } from 'node:net'
import { test as base, expect, type Page } from '@playwright/test'
import type { Terminal as Xterm } from '@xterm/xterm'
import { preview } from 'vite'

declare global {
  var vitrine: { readonly machine: unknown; readonly terminals: readonly Xterm[] }
}

/** A prompt at the end of the line the cursor stands in. */
const PROMPT = /(^|[^>])[#$] $/

/** One of the page's terminals. */
export class Terminal {
  readonly page: Page
  readonly n: number

  constructor(page: Page, n: number) {
    this.page = page
    this.n = n
  }

  /** Gives it the keyboard, by a click as a person would. */
  async focus(): Promise<void> {
    await this.page.locator('.xterm').nth(this.n).locator('.xterm-screen').click()
  }

  /** Presses the keys of `text` one by one; a newline is the Enter key. */
  async type(text: string): Promise<void> {
    await this.focus()
    await this.page.keyboard.type(text)
  }

  /** Presses one key or chord: `Control+c`, `ArrowUp`, `Tab`. */
  async press(...keys: string[]): Promise<void> {
    await this.focus()
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Pastes through the clipboard, as Shift+Insert does. */
  async paste(text: string): Promise<void> {
    await this.focus()
    await this.page.evaluate(it => navigator.clipboard.writeText(it), text)
    await this.page.keyboard.press('Shift+Insert')
  }

  /** Types a command line, waits for the next prompt and returns what stands between. */
  async run(command: string, timeout = 20_000): Promise<string> {
    await this.prompt()
    const from = await this.#line()
    await this.type(`${command}\n`)
    await expect.poll(() => this.#line(), { timeout }).toBeGreaterThan(from)
    await this.prompt(timeout)
    return this.#text(from + 1, (await this.#line()) - 1)
  }

  /** Waits until a prompt stands before the cursor. */
  async prompt(timeout = 20_000): Promise<void> {
    await expect
      .poll(() => this.cursorLine(), { timeout, message: `a prompt in terminal ${this.n}` })
      .toMatch(PROMPT)
  }

  /** Everything in its buffer, wrapped lines joined, blank ends trimmed. */
  text(): Promise<string> {
    return this.#text(0, Number.POSITIVE_INFINITY)
  }

  /** What stands before the cursor in its line. */
  cursorLine(): Promise<string> {
    return this.page.evaluate(n => {
      const buffer = globalThis.vitrine?.terminals[n]?.buffer.active
      return buffer?.getLine(buffer.baseY + buffer.cursorY)?.translateToString(false, 0, buffer.cursorX) ?? ''
    }, this.n)
  }

  /** Only what is visible now, as `top` and `watch` paint it. */
  screen(): Promise<string> {
    return this.page.evaluate(n => {
      const { rows, buffer } = globalThis.vitrine.terminals[n]!
      const lines = Array.from({ length: rows }, (_, y) => buffer.active.getLine(buffer.active.baseY + y))
      return lines.map(line => line?.translateToString(true) ?? '').join('\n')
    }, this.n)
  }

  #line(): Promise<number> {
    return this.page.evaluate(n => {
      const { active } = globalThis.vitrine.terminals[n]!.buffer
      return active.baseY + active.cursorY
    }, this.n)
  }

  #text(from: number, to: number): Promise<string> {
    return this.page.evaluate(
      ([n, from, to]) => {
        const { active } = globalThis.vitrine.terminals[n!]!.buffer
        const last = Math.min(to ?? active.length - 1, active.length - 1)
        let text = ''
        for (let y = from!; y <= last; y++) {
          const next = active.getLine(y + 1)
          const wraps = y < last && next?.isWrapped
          text += active.getLine(y)!.translateToString(!wraps) + (wraps ? '' : '\n')
        }
        return text.replace(/\n+$/, '')
      },
      [this.n, from, Number.isFinite(to) ? to : null],
    )
  }
}

/** The page with its two terminals. */
export class Vitrine {
  readonly page: Page
  readonly address: string
  readonly left: Terminal
  readonly right: Terminal

  constructor(page: Page, address: string) {
    this.page = page
    this.address = address
    this.left = new Terminal(page, 0)
    this.right = new Terminal(page, 1)
  }

  /** Opens the page and waits for both prompts. */
  async open(query = ''): Promise<void> {
    await this.page.goto(this.address + query)
    await this.left.prompt()
    await this.right.prompt()
  }

  /** A picture for people: test-results/NAME.png. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `test-results/${name}.png` })
  }
}

/** The page must work wherever it lies, so it never lies at the root here. */
const SUB_PATH = '/some/where/'

/** Serves dist once per worker; fails a test whose page reported an error or broke the content security policy. */
export const test = base.extend<{ vitrine: Vitrine }, { address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const server = await preview({
        base: SUB_PATH,
        logLevel: 'error',
        build: { outDir: process.env.VITRINE_DIST ?? 'dist' },
        // A sandboxed frame has no origin of its own, so scripts must be free for all.
        preview: { host: '127.0.0.1', port: 0, cors: true },
      })
      const { port } = server.httpServer.address() as AddressInfo
      await use(`http://127.0.0.1:${port}${SUB_PATH}`)
      await server.close()
    },
    { scope: 'worker' },
  ],

  vitrine: async ({ page, address }, use) => {
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.stack ?? error.message))
    page.on('console', message => {
      // xterm.js grumbles about binary rubbish, which is what it was given.
      if (message.type() === 'error' && !message.text().startsWith('xterm.js: Parsing error'))
        complaints.push(message.text())
    })
    await use(new Vitrine(page, address))
    expect(complaints, 'errors the page reported').toEqual([])
  },
})

export { expect }
