/** Tab stops for expand and unexpand: `N`, or a list that may end in `/N` or `+N`. Linux: coreutils expand-common.c. */
import { fatal } from './command.ts'
import { quote } from './quote.ts'

export interface Stops {
  /** Columns one by one. */
  readonly at: readonly number[]
  /** After the last of those, all multiples of `every`, counted from `from`. */
  readonly every: number | undefined
  readonly from: number
}

const TOO_LARGE = 2n ** 64n

/** The values of -t, which add up. */
export function parseStops(texts: readonly string[] | undefined): Stops {
  const at: number[] = []
  const tail = new Map<string, number>()
  for (const text of (texts ?? []).flatMap(it => it.split(/[ \t,]+/)).filter(it => it)) {
    const [, prefix, digits, rest] = /^([/+]?)(\d*)(.*)$/s.exec(text) as unknown as [
      string,
      string,
      string,
      string,
    ]
    if (rest || !digits) throw fatal(`tab size contains invalid character(s): ${quote(rest || text)}`)
    if (BigInt(digits) >= TOO_LARGE) throw fatal(`tab stop is too large ${quote(digits)}`)
    if (!prefix && tail.size) {
      const [last] = tail.keys()
      throw fatal(`'${last}' specifier only allowed with the last value`)
    }
    if (prefix) {
      if (tail.has(prefix)) throw fatal(`'${prefix}' specifier only allowed with the last value`)
      tail.set(prefix, Number(digits))
    } else at.push(Number(digits))
  }
  if (tail.size > 1) throw fatal("'/' specifier is mutually exclusive with '+'")
  if (at.includes(0)) throw fatal('tab size cannot be 0')
  for (let i = 1; i < at.length; i++) if (at[i]! <= at[i - 1]!) throw fatal('tab sizes must be ascending')
  const [kind, every] = [...tail][0] ?? []
  if (every) return { at, every, from: kind === '+' ? (at.at(-1) ?? 0) : 0 }
  if (at.length > 1) return { at, every: undefined, from: 0 }
  return { at: [], every: at[0] ?? 8, from: 0 }
}

/** The column of the next stop; undefined when the list is used up. */
export function nextStop({ at, every, from }: Stops, column: number): number | undefined {
  const listed = at.find(it => it > column)
  if (listed !== undefined || every === undefined) return listed
  return column + every - ((column - from) % every)
}
