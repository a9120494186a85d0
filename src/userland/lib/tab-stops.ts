/** Tab stops for expand and unexpand. Linux: coreutils expand-common.c. */
import { fatal } from './command.ts'
import { quote } from './quote.ts'

/** Either a distance, or a list of columns. */
export type Stops = { readonly every: number } | { readonly at: readonly number[] }

export function parseStops(text: string | undefined): Stops {
  if (text === undefined) return { every: 8 }
  const list = text.split(/[ ,]+/).filter(it => it)
  for (const it of list)
    if (!/^\d+$/.test(it)) throw fatal(`tab size contains invalid character(s): ${quote(it)}`)
  const columns = list.map(Number)
  if (columns.some(it => !it)) throw fatal('tab size cannot be 0')
  if (columns.length === 1) return { every: columns[0]! }
  for (let i = 1; i < columns.length; i++)
    if (columns[i]! <= columns[i - 1]!) throw fatal('tab sizes must be ascending')
  return columns.length ? { at: columns } : { every: 8 }
}

/** The column of the next stop; one further on when the list is used up. */
export function nextStop(stops: Stops, column: number): number {
  if ('every' in stops) return column + stops.every - (column % stops.every)
  return stops.at.find(it => it > column) ?? column + 1
}
