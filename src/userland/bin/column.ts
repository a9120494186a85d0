/**
 * column - columnate lists
 * Linux: util-linux text-utils/column.c; column(1).
 *
 * Left out: --tree, --table-wrap, --table-header-repeat.
 */
import { type Blocking, decode, type Sys } from '../../abi/index.ts'
import {
  command,
  fatal,
  type Flags,
  must,
  type Options,
  type Process,
  readAll,
  readFile,
} from '../lib/command.ts'
import { cellWidth, type Column, table } from '../lib/smartcols.ts'

const OPTIONS = {
  table: { short: 't' },
  tableName: { short: 'n', value: '<name>' },
  tableOrder: { short: 'O', value: '<columns>' },
  tableColumns: { short: 'N', value: '<names>' },
  tableColumnsLimit: { short: 'l', value: '<num>' },
  tableNoextreme: { short: 'E', value: '<columns>' },
  tableNoheadings: { short: 'd' },
  tableHeaderRepeat: { short: 'e' },
  tableHide: { short: 'H', value: '<columns>' },
  tableRight: { short: 'R', value: '<columns>' },
  tableTruncate: { short: 'T', value: '<columns>' },
  tableWrap: { short: 'W', value: '<columns>' },
  keepEmptyLines: { short: 'L' },
  json: { short: 'J' },
  outputWidth: { short: 'c', also: ['columns'], value: '<width>' },
  outputSeparator: { short: 'o', value: '<string>' },
  separator: { short: 's', value: '<string>' },
  fillrows: { short: 'x' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'column',
  summary: 'columnate lists',
  suite: 'util-linux',
  usage: 'column [options] [<file>...]',
  help: `
Usage:
 column [options] [<file>...]

Columnate lists.

Options:
 -t, --table                      create a table
 -n, --table-name <name>          table name for JSON output
 -O, --table-order <columns>      specify order of output columns
 -N, --table-columns <names>      comma separated columns names
 -l, --table-columns-limit <num>  maximal number of input columns
 -E, --table-noextreme <columns>  don't count long text from the columns to column width
 -d, --table-noheadings           don't print header
 -e, --table-header-repeat        repeat header for each page
 -H, --table-hide <columns>       don't print the columns
 -R, --table-right <columns>      right align text in these columns
 -T, --table-truncate <columns>   truncate text in the columns when necessary
 -W, --table-wrap <columns>       wrap text in the columns when necessary
 -L, --keep-empty-lines           don't ignore empty lines
 -J, --json                       use JSON output format for table

 -r, --tree <column>              column to use tree-like output for the table
 -i, --tree-id <column>           line ID to specify child-parent relation
 -p, --tree-parent <column>       parent to specify child-parent relation

 -c, --output-width <width>       width of output in number of characters
 -o, --output-separator <string>  columns separator for table output (default is two spaces)
 -s, --separator <string>         possible table delimiters
 -x, --fillrows                   fill rows before columns

 -h, --help                       display this help
 -V, --version                    display version

For more details see column(1).
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    let status = 0
    let text = ''
    if (!args.length) text = decode(yield* must('read failed', readAll(sys, 0)))
    for (const path of args) {
      try {
        text += yield* readFile(sys, path)
      } catch (e) {
        yield* me.warn(path, e)
        status = 1
      }
    }
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    const kept = lines.filter(line => flags.keepEmptyLines || line.trim())
    const width = flags.outputWidth !== undefined ? Number(flags.outputWidth) : yield* lineWidth(sys, me)
    if (flags.table || flags.json) me.out.print(asTable(flags, kept, me.out.isTty ? width : undefined))
    else if (kept.length) me.out.print(flags.fillrows ? across(kept, width) : down(kept, width))
    return status
  },
})

function* lineWidth(sys: Sys, me: Process): Blocking<number> {
  if (me.out.isTty) return sys.tiocgwinsz(1).cols || 80
  return Number(me.env.get('COLUMNS')) || 80
}

/** Fields of a line: blanks run together, but not other separators. */
function fieldsOf(flags: Given, line: string): string[] {
  const limit = Number(flags.tableColumnsLimit ?? 0)
  if (flags.separator === undefined) {
    const words = line.trim().split(/[ \t]+/)
    if (!limit || words.length <= limit) return words
    const [, rest] = new RegExp(`^\\s*(?:\\S+\\s+){${limit - 1}}(.*)$`).exec(line) ?? []
    return [...words.slice(0, limit - 1), rest ?? '']
  }
  const set = new Set(flags.separator)
  const fields = ['']
  for (const char of line) {
    if (set.has(char) && (!limit || fields.length < limit)) fields.push('')
    else fields[fields.length - 1] += char
  }
  return fields
}

function asTable(flags: Given, lines: readonly string[], width: number | undefined): string {
  const rows = lines.map(line => fieldsOf(flags, line))
  const count = Math.max(0, ...rows.map(row => row.length))
  const names = flags.tableColumns?.split(',') ?? []
  const all = Array.from({ length: Math.max(count, names.length) }, (_, i) => i)
  if (flags.json && !names.length) throw fatal('option --table-columns required for --json')
  const pick = (list: string | undefined): Set<number> =>
    new Set(
      (list ?? '').split(',').flatMap(it => {
        if (it === '0') return all
        const named = names.indexOf(it)
        if (named >= 0) return [named]
        return /^-?\d+$/.test(it) ? [Number(it) < 0 ? all.length + Number(it) : Number(it) - 1] : []
      }),
    )
  const hidden = pick(flags.tableHide)
  const right = pick(flags.tableRight)
  const truncated = pick(flags.tableTruncate)
  const ordered = [...pick(flags.tableOrder)].filter(i => i >= 0)
  const order = [...ordered, ...all.filter(i => !ordered.includes(i))].filter(i => !hidden.has(i))
  const columns = order.map(
    (i): Column => ({ name: names[i] ?? '', right: right.has(i), trunc: truncated.has(i) }),
  )
  return table(
    columns,
    rows.map(row => ({ cells: order.map(i => row[i] ?? '') })),
    {
      format: flags.json ? 'json' : 'human',
      name: flags.tableName ?? 'table',
      noHeadings: !names.length || (flags.tableNoheadings ?? false),
      separator: flags.outputSeparator ?? '  ',
      width,
    },
  )
}

const TAB = 8
const nextTab = (n: number): number => (Math.floor(n / TAB) + 1) * TAB

/** Columns of equal width, filled from top to bottom. */
function down(entries: readonly string[], width: number): string {
  const wide = nextTab(Math.max(...entries.map(cellWidth)))
  const columns = Math.max(1, Math.floor(width / wide))
  const rows = Math.ceil(entries.length / columns)
  let text = ''
  for (let row = 0; row < rows; row++) {
    const cells: string[] = []
    for (let i = row; i < entries.length; i += rows) cells.push(entries[i]!)
    text += `${tabbed(cells, wide)}\n`
  }
  return text
}

function across(entries: readonly string[], width: number): string {
  const wide = nextTab(Math.max(...entries.map(cellWidth)))
  const columns = Math.max(1, Math.floor(width / wide))
  let text = ''
  for (let i = 0; i < entries.length; i += columns) text += `${tabbed(entries.slice(i, i + columns), wide)}\n`
  return text
}

/** Cells with as many tabs between them as it takes. */
function tabbed(cells: readonly string[], wide: number): string {
  return cells
    .map((cell, i) =>
      i === cells.length - 1 ? cell : cell + '\t'.repeat(Math.ceil((wide - cellWidth(cell)) / TAB)),
    )
    .join('')
}
