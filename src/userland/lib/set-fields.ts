/** Lists of numbers such as `1,3-5,7-`, as cut and numfmt take them. Linux: coreutils set-fields.c. */
import { usage } from './command.ts'
import { quote } from './quote.ts'

/** Ranges in ascending order, without overlaps. An open end is infinite. */
export type Ranges = readonly (readonly [low: number, high: number])[]

export interface ListKind {
  /** Whether they count fields, else bytes or characters: for the wording of messages. */
  readonly fields: boolean
  /** Whether `-` alone means all. */
  readonly dash?: boolean
}

const MAX = 2 ** 64

/** The ranges that a list means. Dies if it means none. */
export function parseList(text: string, { fields, dash = false }: ListKind): Ranges {
  const fromOne = `${fields ? 'fields' : 'byte/character positions'} are numbered from 1`
  const ranges: [number, number][] = []
  let at = 0
  for (const item of text.split(/[, \t]/)) {
    const match = /^(\d*)(?:(-)(\d*))?/.exec(item) as unknown as [string, string, string?, string?]
    const [all, low, hyphen, high] = match
    for (const digits of [low, high ?? ''])
      if (Number(digits) >= MAX)
        throw usage(`${fields ? 'field number' : 'byte/character offset'} ${quote(digits)} is too large`)
    if (hyphen && low && !Number(low)) throw usage(fromOne)
    const rest = item.slice(all.length)
    if (rest.startsWith('-')) throw usage(`invalid ${fields ? 'field' : 'byte or character'} range`)
    if (rest) {
      const what = fields ? 'field value' : 'byte/character position'
      throw usage(`invalid ${what} ${quote(text.slice(at + all.length))}`)
    }
    if (hyphen && !low && !high && !dash) throw usage('invalid range with no endpoint: -')
    if (!hyphen && !Number(low)) throw usage(fromOne)
    const first = low ? Number(low) : 1
    const last = hyphen ? (high ? Number(high) : Number.POSITIVE_INFINITY) : first
    if (last < first) throw usage('invalid decreasing range')
    ranges.push([first, last])
    at += item.length + 1
  }
  return merged(ranges)
}

function merged(ranges: [number, number][]): Ranges {
  ranges.sort((a, b) => a[0] - b[0])
  const all: [number, number][] = []
  for (const range of ranges) {
    const last = all.at(-1)
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1])
    else all.push([...range])
  }
  return all
}

/** All numbers that are not in the ranges. */
export function complement(ranges: Ranges): Ranges {
  const rest: [number, number][] = []
  let from = 1
  for (const [low, high] of ranges) {
    if (low > from) rest.push([from, low - 1])
    from = high + 1
  }
  if (from !== Number.POSITIVE_INFINITY) rest.push([from, Number.POSITIVE_INFINITY])
  return rest
}

/** Whether a number is in one of the ranges. */
export const inRanges = (ranges: Ranges, n: number): boolean =>
  ranges.some(([low, high]) => low <= n && n <= high)
