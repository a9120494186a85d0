/** The formats of ls: a name a line, columns, commas. Linux: coreutils ls.c:print_current_files(). */
import { type Cell, columns } from '../columns.ts'
import { contextOf } from './context.ts'
import type { Entry, Ls } from './entries.ts'
import { printLong } from './long.ts'
import { nameCell, normalColor, quoted } from './names.ts'
import { emit } from './output.ts'
import { blocksText, widest } from './sizes.ts'

/** Print the entries; columns are as wide as `measured` needs them, which may be more. */
export function printEntries(ls: Ls, entries: readonly Entry[], measured = entries): void {
  const { set } = ls
  if (!entries.length) return
  const inodes = ls.flags.inode ? widest(measured.map(it => String(it.stat?.ino ?? '?'))) : 0
  const blocks = ls.flags.size ? widest(measured.map(it => blocksText(ls, it.stat))) : 0
  const contexts = ls.flags.context ? widest(measured.map(it => contextOf(ls, it))) : 0
  const alignable =
    (set.quoting.startsWith('shell') || set.quoting === 'c-maybe') &&
    (set.format === 'long' || ((set.format === 'columns' || set.format === 'across') && set.width > 0))
  const align = alignable && measured.some(it => quoted(set, it.name) !== it.name)
  const padded = set.format !== 'commas'
  const normal = normalColor(ls)
  const front = (it: Entry): string => {
    const inode = ls.flags.inode
      ? `${(it.stat ? String(it.stat.ino) : '?').padStart(padded ? inodes : 0)} `
      : ''
    const context =
      ls.flags.context && set.format !== 'long' ? `${contextOf(ls, it).padStart(padded ? contexts : 0)} ` : ''
    return (
      normal +
      inode +
      (ls.flags.size ? `${blocksText(ls, it.stat).padStart(padded ? blocks : 0)} ` : '') +
      context
    )
  }
  if (set.format === 'long') {
    printLong(ls, entries, measured, front, align)
    return
  }
  const cells = entries.map(it => {
    const before = front(it)
    const cell = nameCell(ls, it, align)
    return { text: before + cell.text, width: before.length - normal.length + cell.width }
  })
  if (set.format === 'columns' || set.format === 'across') emit(ls, inColumns(ls, cells))
  else if (set.format === 'commas') emit(ls, commas(cells, set.width) + set.end)
  else for (const cell of cells) emit(ls, cell.text + set.end)
}

/** The cells in columns that fit the screen; on a line without end, in none. */
function inColumns({ set }: Ls, cells: readonly Cell[]): string {
  if (!set.width) return cells.map(it => it.text).join('  ') + set.end
  const across = set.format === 'across'
  const text = columns(cells, { width: set.width, across, tabSize: set.colors ? 0 : set.tabSize })
  return text.slice(0, -1) + set.end
}

function commas(cells: readonly Cell[], width: number): string {
  let text = ''
  let at = 0
  for (const [i, cell] of cells.entries()) {
    if (i) {
      const fits = !width || at + cell.width + 2 < width
      text += fits ? ', ' : ',\n'
      at = fits ? at + 2 : 0
    }
    text += cell.text
    at += cell.width
  }
  return text
}
