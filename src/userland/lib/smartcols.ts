/**
 * Tables as util-linux prints them: aligned columns, trees, --raw, --pairs and --json. lsns, findmnt, column and
 * lscpu share it. Linux: util-linux libsmartcols/src/{calculate,print,fput}.c.
 *
 * Left out: groups, colours, wrapping inside cells, header repetition.
 */

import { encode } from '../../abi/index.ts'
import { textWidth as cellWidth, wcwidth } from './wcwidth.ts'

export { textWidth as cellWidth } from './wcwidth.ts'

export interface Column {
  readonly name: string
  /** Wished width: below 1 a part of the terminal's width, from 1 on characters. */
  readonly hint?: number
  /** Not narrower than wished, whatever stands in it. Linux: SCOLS_FL_STRICTWIDTH. */
  readonly strict?: boolean
  readonly right?: boolean
  /** May be cut when the terminal is too narrow. */
  readonly trunc?: boolean
  /** Carries the tree's branches. */
  readonly tree?: boolean
  /** Single very long cells do not widen the column when the terminal is too narrow. */
  readonly noExtremes?: boolean
  /** How --json writes it; text otherwise. */
  readonly json?: 'number' | 'boolean'
}

export interface Line {
  readonly cells: readonly string[]
  readonly children?: readonly Line[]
}

export interface TableStyle {
  readonly format?: 'human' | 'raw' | 'pairs' | 'json'
  /** Name of the array of --json. */
  readonly name?: string
  readonly noHeadings?: boolean
  readonly ascii?: boolean
  /** Columns of the terminal; undefined when the output is none, and then nothing is cut. */
  readonly width?: number | undefined
  readonly separator?: string
  /** Column names become usable as shell variables: MAJ:MIN is MAJ_MIN. */
  readonly shellNames?: boolean
}

/** Control characters as \xNN, so that no cell can move the cursor. */
const safe = (text: string): string =>
  text.replace(/[\x00-\x1f\x7f]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** The whole table as text. */
export function table(columns: readonly Column[], lines: readonly Line[], style: TableStyle = {}): string {
  if (style.format === 'json') return json(columns, lines, style.name ?? '')
  if (style.format === 'raw') return raw(columns, lines, style)
  if (style.format === 'pairs') return pairs(columns, lines, style)
  return growingTable(columns, style)(lines)
}

interface Row {
  readonly cells: readonly string[]
  readonly art: string
}

const ART = {
  utf8: { branch: '├─', last: '└─', through: '│ ', none: '  ' },
  ascii: { branch: '|-', last: '`-', through: '| ', none: '  ' },
}

/** The lines in the order of printing, each with the branches before it. */
function flatten(lines: readonly Line[], ascii: boolean): Row[] {
  const art = ascii ? ART.ascii : ART.utf8
  const rows: Row[] = []
  const walk = (line: Line, own: string, below: string): void => {
    rows.push({ cells: line.cells, art: own })
    const children = line.children ?? []
    children.forEach((child, i) => {
      const last = i === children.length - 1
      walk(child, below + (last ? art.last : art.branch), below + (last ? art.none : art.through))
    })
  }
  for (const line of lines) walk(line, '', '')
  return rows
}

/** A column while its width is being found. */
interface Measured {
  readonly column: Column
  readonly cells: readonly string[]
  width: number
  readonly min: number
  readonly max: number
  /** Width of the widest branches: never cut. */
  readonly art: number
  extreme: boolean
  readonly average: number
}

/**
 * A table that is printed as it grows: the columns are as wide as its first lines need, and what is longer later on
 * stands over. Linux: scols_table_print_range().
 */
export function growingTable(
  columns: readonly Column[],
  style: TableStyle = {},
): (lines: readonly Line[]) => string {
  let widths: readonly number[] | undefined
  return lines => {
    const isFirst = widths === undefined
    const noHeadings = style.noHeadings || !isFirst
    const rows = flatten(lines, style.ascii ?? false)
    const separator = style.separator ?? ' '
    const measured = columns.map((column, i) => measure(column, i, rows, style))
    if (isFirst && style.width !== undefined) squeeze(measured, style.width, cellWidth(separator))
    widths ??= measured.map(it => it.width)
    if ((style.format ?? 'human') !== 'human') return table(columns, lines, { ...style, noHeadings })

    for (const [i, it] of measured.entries()) it.width = widths[i]!
    const heads = noHeadings ? [] : [columns.map(it => it.name)]
    const body = rows.map((_, r) => measured.map(it => it.cells[r]!))
    return [...heads, ...body].map(cells => `${printLine(measured, cells, separator, isFirst)}\n`).join('')
  }
}

function measure(column: Column, index: number, rows: readonly Row[], style: TableStyle): Measured {
  const cells = rows.map(row => (column.tree ? row.art : '') + safe(row.cells[index] ?? ''))
  const widths = cells.map(cellWidth)
  const max = Math.max(0, ...widths)
  const min = Math.max(1, cellWidth(column.name))
  const average =
    column.noExtremes && rows.length ? Math.floor(widths.reduce((a, b) => a + b, 0) / rows.length) : 0
  const it: Measured = {
    column,
    cells,
    width: Math.max(max, min),
    min,
    max,
    art: column.tree ? Math.max(0, ...rows.map(row => cellWidth(row.art))) : 0,
    extreme: average > 0 && max > average * 2,
    average,
  }
  const hint = column.hint ?? 0
  if (column.strict) it.width = Math.max(max, hint)
  else if (max >= min && hint >= 1 && it.width < hint && min < hint) it.width = hint
  return it
}

const total = (columns: readonly Measured[], gap: number): number =>
  columns.reduce((sum, it) => sum + it.width, 0) + gap * (columns.length - 1)

/** Make the columns fit the terminal: first those with single long cells, then those that may be cut. */
function squeeze(columns: readonly Measured[], width: number, gap: number): void {
  if (total(columns, gap) > width) for (const it of columns) if (it.extreme) it.width = withoutExtremes(it)
  for (const it of columns) {
    const free = width - total(columns, gap)
    if (it.extreme && free > 0) it.width = Math.min(it.max, it.width + free)
  }
  for (let stage = 1; stage <= 3 && total(columns, gap) > width; )
    if (!cutOnce(columns, width, gap, stage)) stage++
}

function withoutExtremes(it: Measured): number {
  const normal = it.cells.map(cellWidth).filter(width => width <= it.average * 2)
  return Math.max(it.min, ...normal)
}

/** Take one cell off every column this stage may cut; false when there was none. */
function cutOnce(columns: readonly Measured[], width: number, gap: number, stage: number): boolean {
  let cut = false
  for (let i = columns.length - 1; i >= 0 && total(columns, gap) > width; i--) {
    const it = columns[i]!
    const hint = it.column.hint ?? 0
    const relative = hint > 0 && hint < 1
    if (it.width <= it.min || (it.column.tree && it.width <= it.art)) continue
    if (stage !== 3 && !it.column.trunc) continue
    if (stage !== 2 && !relative) continue
    if (stage === 1 && it.width < Math.floor(hint * width)) continue
    it.width--
    cut = true
  }
  return cut
}

function printLine(
  columns: readonly Measured[],
  cells: readonly string[],
  separator: string,
  clips: boolean,
): string {
  return columns
    .map((it, i) => {
      const cell = clips ? clip(cells[i]!, it.width) : cells[i]!
      const pad = ' '.repeat(Math.max(0, it.width - cellWidth(cell)))
      const isLast = i === columns.length - 1
      if (it.column.right) return isLast && !cell ? '' : pad + cell
      return isLast ? cell : cell + pad
    })
    .join(separator)
}

/** The beginning of a text that fits so many cells. */
export function clip(text: string, width: number): string {
  if (cellWidth(text) <= width) return text
  let used = 0
  let out = ''
  for (const char of text) {
    used += Math.max(0, wcwidth(char.codePointAt(0)!))
    if (used > width) break
    out += char
  }
  return out
}

/** Linux: fputs_nonblank(), which looks at bytes. */
const escapeBlank = (text: string): string =>
  Array.from(encode(text), byte =>
    byte > 0x20 && byte < 0x7f && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
const escapeQuoted = (text: string): string =>
  text.replace(/[\x00-\x1f"\\`$\x7f]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
const shellName = (name: string): string => name.replace(/%$/, '_PCT').replace(/[^A-Za-z0-9_]/g, '_')

function raw(columns: readonly Column[], lines: readonly Line[], style: TableStyle): string {
  const name = (it: Column): string => (style.shellNames ? shellName(it.name) : it.name)
  const heads = style.noHeadings ? [] : [columns.map(name)]
  const body = flatten(lines, true).map(row => columns.map((_, i) => escapeBlank(row.cells[i] ?? '')))
  return [...heads, ...body].map(cells => `${cells.join(' ')}\n`).join('')
}

function pairs(columns: readonly Column[], lines: readonly Line[], style: TableStyle): string {
  const name = (it: Column): string => (style.shellNames ? shellName(it.name) : it.name)
  const one = (row: Row): string =>
    columns.map((it, i) => `${name(it)}="${escapeQuoted(row.cells[i] ?? '')}"`).join(' ')
  return flatten(lines, true)
    .map(row => `${one(row)}\n`)
    .join('')
}

/** A JSON string as ul_jsonwrt writes it. */
export const jsonString = (text: string): string => JSON.stringify(text)

function jsonValue(column: Column, cell: string): string {
  if (column.json === 'number') return cell === '' ? 'null' : cell
  if (column.json === 'boolean') return cell && cell !== '0' && cell !== 'N' ? 'true' : 'false'
  return cell === '' ? 'null' : jsonString(cell)
}

function json(columns: readonly Column[], lines: readonly Line[], name: string): string {
  const objects = (list: readonly Line[], indent: string): string =>
    list.map(line => `{\n${object(line, `${indent}   `)}\n${indent}}`).join(',')
  const object = (line: Line, indent: string): string => {
    const fields = columns.map(
      (it, i) => `${indent}"${it.name.toLowerCase()}": ${jsonValue(it, line.cells[i] ?? '')}`,
    )
    if (line.children?.length)
      fields.push(`${indent}"children": [\n${indent}   ${objects(line.children, `${indent}   `)}\n${indent}]`)
    return fields.join(',\n')
  }
  const body = lines.length ? `\n      ${objects(lines, '      ')}` : '\n'
  return `{\n   "${name}": [${body}\n   ]\n}\n`
}
