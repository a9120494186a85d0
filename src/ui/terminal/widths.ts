/**
 * The width table that xterm is given: characters are as wide as Linux and the shell have them. xterm's own table is of
 * Unicode 6 and gives emoji one column.
 */
import type { Terminal } from '@xterm/xterm'
import { wcwidth } from '../../machine/index.ts'

/** What is needed of a terminal: the screen in the page and the one of the tests both have it. */
type Screen = Pick<Terminal, 'unicode'>

const width = (code: number): 0 | 1 | 2 => Math.max(0, wcwidth(code)) as 0 | 1 | 2

/** Let a screen lay out characters as Linux does. */
export function linuxWidths(screen: Screen): void {
  screen.unicode.register({
    version: 'linux',
    wcwidth: width,
    charProperties(code: number, preceding: number): number {
      const before = (preceding >> 1) & 3
      const own = width(code)
      const joins = own === 0 && preceding !== 0 && before !== 0
      return ((joins ? before : own) << 1) | (joins ? 1 : 0)
    },
  })
  screen.unicode.activeVersion = 'linux'
}
