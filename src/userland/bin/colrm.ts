/**
 * colrm - remove columns from lines
 * Linux: util-linux text-utils/colrm.c; colrm(1).
 */
import { decode } from '../../abi/index.ts'
import { command, fatal, readIfOpen } from '../lib/command.ts'
import { wcwidth } from '../lib/wcwidth.ts'

export default command({
  name: 'colrm',
  writeFailure: name => `${name}: write error\n`,
  summary: 'Filter out the specified columns',
  suite: 'util-linux',
  usage: 'colrm [startcol [endcol]]',
  options: {},

  *main(sys, _flags, args, me) {
    const first = columnOf(args[0], 'first')
    const last = columnOf(args[1], 'second')
    const lines = decode(yield* readIfOpen(sys)).split('\n')
    for (const [i, line] of lines.entries())
      me.out.print(without(line, first, last) + (i < lines.length - 1 ? '\n' : ''))
  },
})

function columnOf(text: string | undefined, which: string): number {
  if (text === undefined) return 0
  if (!/^\d+$/.test(text)) throw fatal(`${which} argument: '${text}'`)
  return Number(text)
}

/** Where a character leaves the cursor. */
function after(char: string, column: number): number {
  if (char === '\t') return column + 8 - (column % 8)
  if (char === '\b') return Math.max(0, column - 1)
  return column + Math.max(0, wcwidth(char.codePointAt(0)!))
}

/** The line without the columns from `first` to `last`; 0 for none and for the end. A tab that is cut turns to blanks. */
function without(line: string, first: number, last: number): string {
  const chars = [...line]
  let out = ''
  let column = 0
  let i = 0
  for (; i < chars.length; i++) {
    const next = after(chars[i]!, column)
    if (first && next >= first) {
      out += ' '.repeat(Math.max(0, first - 1 - column))
      column = next
      i++
      break
    }
    column = next
    out += chars[i]
  }
  if (!first || column < first) return out
  while (i < chars.length && (!last || column < last)) column = after(chars[i++]!, column)
  if (i < chars.length) out += ' '.repeat(Math.max(0, column - last))
  return out + chars.slice(i).join('')
}
