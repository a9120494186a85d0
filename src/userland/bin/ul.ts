/**
 * ul - show overstruck text with the terminal's underlining and bold
 * Linux: util-linux text-utils/ul.c; ul(1).
 *
 * Left out: half lines as super- and subscripts, the alternate character set.
 */
import { decode, O_RDONLY } from '../../abi/index.ts'
import { command, fatal, must, readAll } from '../lib/command.ts'
import { capability, type Terminal, terminal } from '../lib/terminfo.ts'
import { wcwidth } from '../lib/wcwidth.ts'

const UNDERLINE = 1
const BOLD = 2

/** A character and how it is to look. */
interface Cell {
  readonly char: string
  readonly mode: number
}

export default command({
  name: 'ul',
  writeFailure: name => `${name}: write error\n`,
  summary: 'Do underlining',
  suite: 'util-linux',
  usage: 'ul [options] [<file> ...]',
  options: {
    terminal: { short: 'tT', value: ' TERMINAL', help: 'override the TERM environment variable' },
    indicated: { short: 'i', help: 'underlining is indicated via a separate line' },
  },

  *main(sys, flags, args, me) {
    const name = flags.terminal ?? me.env.get('TERM') ?? 'dumb'
    const known = terminal(name)
    if (!known) yield* me.warn(`terminal \`${name}' is not known, defaulting to \`dumb'`)
    for (const file of args.length ? args : ['-']) {
      const fd = file === '-' ? 0 : yield* must(`cannot open ${file}`, sys.open(file, O_RDONLY))
      const lines = decode(yield* readAll(sys, fd)).split('\n')
      if (lines.at(-1) === '') lines.pop()
      for (const line of lines) {
        const cells = cellsOf(line)
        me.out.line(shown(cells, known ?? {}))
        const marks = cells.map(it => (it.mode & UNDERLINE ? '_' : it.mode & BOLD ? '!' : ' ')).join('')
        if (flags.indicated && marks.trim()) me.out.line(marks.trimEnd())
        yield* me.out.drain()
      }
      if (fd) sys.close(fd)
    }
  },
})

/** Linux: filter(). Throws on escape sequences. */
function cellsOf(line: string): Cell[] {
  const cells: Cell[] = []
  let column = 0
  const chars = [...line]
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!
    if (char === '\b') column = Math.max(0, column - 1)
    else if (char === '\r') column = 0
    else if (char === '\t') column += 8 - (column % 8)
    else if (char === ' ') column++
    else if (char === '\x1b') {
      const next = chars[i + 1]?.codePointAt(0) ?? 0xffffffff
      throw fatal(`unknown escape sequence in input: 33, ${next.toString(8)}`)
    } else if (wcwidth(char.codePointAt(0)!) > 0) {
      cells[column] = struck(cells[column], char)
      column += wcwidth(char.codePointAt(0)!)
    }
  }
  return Array.from(cells, it => it ?? { char: ' ', mode: 0 })
}

/** What a column looks like once another character is struck over it. */
function struck(old: Cell | undefined, char: string): Cell {
  if (!old || old.char === ' ') return { char, mode: old?.mode ?? 0 }
  if (char === '_') return { char: old.char, mode: old.mode | UNDERLINE }
  if (old.char === '_') return { char, mode: old.mode | UNDERLINE }
  return { char, mode: old.char === char ? old.mode | BOLD : old.mode }
}

function shown(cells: readonly Cell[], it: Terminal): string {
  let out = ''
  let mode = 0
  const turn = (next: number): void => {
    if (next === mode) return
    if (mode & UNDERLINE && !(next & UNDERLINE)) out += capability(it, 'rmul')
    if (mode & BOLD && !(next & BOLD)) out += capability(it, 'sgr0')
    if (next & UNDERLINE && !(mode & UNDERLINE)) out += capability(it, 'smul')
    if (next & BOLD && !(mode & BOLD)) out += capability(it, 'bold')
    mode = next
  }
  for (const cell of cells) {
    turn(cell.mode)
    out += cell.char
  }
  turn(0)
  return out
}
