/**
 * col - take reverse line feeds and overstrikes out of text
 * Linux: util-linux text-utils/col.c; col(1).
 *
 * Left out: half lines are not shown with -f; the character sets of SO and SI; -l changes nothing, as all is kept.
 */
import { decode } from '../../abi/index.ts'
import { command, fatal, readIfOpen, usage } from '../lib/command.ts'
import { wcwidth } from '../lib/wcwidth.ts'

export default command({
  name: 'col',
  summary: 'Filter out reverse line feeds from standard input',
  suite: 'util-linux',
  usage: 'col [options]',
  options: {
    noBackspaces: { short: 'b', help: 'do not output backspaces' },
    fine: { short: 'f', help: 'permit forward half line feeds' },
    pass: { short: 'p', help: 'pass unknown control sequences' },
    tabs: { short: 'h', help: 'convert spaces to tabs' },
    spaces: { short: 'x', help: 'convert tabs to spaces' },
    lines: { short: 'l', value: ' NUM', help: 'buffer at least NUM lines' },
  },

  *main(sys, flags, args, me) {
    if (flags.tabs && flags.spaces) throw fatal('mutually exclusive arguments: --tabs --spaces')
    if (flags.lines !== undefined && !/^\d+$/.test(flags.lines))
      throw fatal(`bad -l argument: '${flags.lines}'`)
    if (args.length) throw usage('bad usage')
    for (const line of linesOf(decode(yield* readIfOpen(sys))))
      me.out.line(printed(line, flags.noBackspaces === true, flags.spaces !== true))
  },
})

/** A character at its column. */
interface Cell {
  readonly column: number
  readonly char: string
}

/** What follows ESC: reverse line feed, half reverse, half forward; in half lines. */
const FEEDS: Readonly<Record<string, number>> = { '\x07': -2, '\x08': -1, '\x09': 1 }

/** Where every character ends up; half lines belong to the whole line above. */
function linesOf(text: string): Cell[][] {
  const lines: Cell[][] = []
  const chars = [...text]
  let half = 0
  let column = 0
  let reached = 0
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!
    if (char === '\n') {
      half += 2
      column = 0
    } else if (char === '\r') column = 0
    else if (char === '\b') column = Math.max(0, column - 1)
    else if (char === '\t') column += 8 - (column % 8)
    else if (char === ' ') column++
    else if (char === '\v') half = Math.max(0, half - 2)
    else if (char === '\x1b') half = Math.max(0, half + (FEEDS[chars[++i] ?? ''] ?? 0))
    else if (wcwidth(char.codePointAt(0)!) > 0) {
      const line = Math.floor(half / 2)
      ;(lines[line] ??= []).push({ column, char })
      column += wcwidth(char.codePointAt(0)!)
      reached = Math.max(reached, line + 1)
    }
    reached = Math.max(reached, Math.floor(half / 2) + (column ? 1 : 0))
  }
  return Array.from({ length: reached }, (_, i) => lines[i] ?? [])
}

/** A line from left to right; what shares a column is struck over, or only the last of it remains. */
function printed(cells: readonly Cell[], last: boolean, tabs: boolean): string {
  const byColumn = new Map<number, string[]>()
  for (const { column, char } of cells) byColumn.set(column, [...(byColumn.get(column) ?? []), char])
  let out = ''
  let at = 0
  for (const [column, chars] of [...byColumn].sort(([a], [b]) => a - b)) {
    out += gap(at, column, tabs) + (last ? chars.at(-1) : chars.join('\b'))
    at = column + wcwidth(chars.at(-1)!.codePointAt(0)!)
  }
  return out
}

function gap(from: number, to: number, tabs: boolean): string {
  const count = tabs ? Math.floor(to / 8) - Math.floor(from / 8) : 0
  return count > 0 ? '\t'.repeat(count) + ' '.repeat(to % 8) : ' '.repeat(Math.max(0, to - from))
}
