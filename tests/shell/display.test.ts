import headless from '@xterm/headless'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Display } from '../../src/shell/readline/display.ts'
import { linuxWidths } from '../../src/ui/terminal/widths.ts'

/** What a terminal of this size shows after some output (with ONLCR), and where its cursor is. */
async function shown(cols: number, ...output: string[]): Promise<{ lines: string[]; x: number; y: number }> {
  const screen = new headless.Terminal({ rows: 20, cols, allowProposedApi: true })
  linuxWidths(screen)
  await new Promise<void>(done => screen.write(output.join('').replaceAll('\n', '\r\n'), done))
  const { active } = screen.buffer
  const lines = Array.from({ length: 20 }, (_, i) => active.getLine(i)!.translateToString(true).trimEnd())
  return { lines, x: active.cursorX, y: active.cursorY }
}

const characters = fc.constantFrom('a', 'b', ' ', '한', '글', '😀', 'é', 'e\u0301', '\t', '\x01', '\n')
const text = fc.array(characters, { maxLength: 40 }).map(it => it.join(''))
const prompts = fc.constantFrom('$ ', 'root@host:~# ', '\x01\x1b[1;32m\x02host\x01\x1b[0m\x02 한> ', '')

const boundary = (line: string, wish: number): number => {
  const chars = [...line]
  return chars.slice(0, wish % (chars.length + 1)).join('').length
}

test('sending only what changed shows what sending everything shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: 24 }),
      prompts,
      fc.array(fc.tuple(text, fc.nat()), { minLength: 1, maxLength: 5 }),
      async (cols, prompt, states) => {
        const display = new Display(cols)
        const sent = [display.start(prompt)]
        for (const [line, at] of states) sent.push(display.update(line, boundary(line, at)))
        const [line, at] = states.at(-1)!
        const fresh = new Display(cols)
        const all = [fresh.start(prompt), fresh.update(line, boundary(line, at))]
        expect(await shown(cols, ...sent)).toEqual(await shown(cols, ...all))
      },
    ),
    { numRuns: 300 },
  )
})

test('a line wraps where the terminal wraps it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: 24 }),
      text.map(it => it.replace(/[\n\t\x01]/g, '')),
      async (cols, line) => {
        const display = new Display(cols)
        const { lines } = await shown(cols, display.start('$ '), display.update(line, line.length))
        expect(lines).toEqual((await shown(cols, `$ ${line}`)).lines)
      },
    ),
    { numRuns: 200 },
  )
})
