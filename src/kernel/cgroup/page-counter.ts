/** Limits in bytes as several controllers have them. Linux: mm/page_counter.c, lib/cmdline.c:memparse(). */
import { EINVAL } from '../../abi/index.ts'

export const PAGE = 4096
export const NO_LIMIT = Number.POSITIVE_INFINITY
/** PAGE_COUNTER_MAX in bytes, which v1 shows where there is no limit. */
const PAGE_COUNTER_MAX = 0x7ffffffffffff000n
const SUFFIX: Readonly<Record<string, bigint>> = { '': 0n, k: 10n, m: 20n, g: 30n, t: 40n, p: 50n, e: 60n }

/** A number of bytes with a suffix, or the word for no limit. Rounded down to pages. Errors: EINVAL. */
export function parseLimit(text: string, unlimited: string, page = PAGE): number {
  const word = text.trim()
  if (word === unlimited) return NO_LIMIT
  const bytes = memparse(word)
  if (bytes >= PAGE_COUNTER_MAX) return NO_LIMIT
  return Number(bytes - (bytes % BigInt(page)))
}

/** Linux: memparse(). Errors: EINVAL where something follows the number. */
export function memparse(word: string): bigint {
  const found = /^(0x[0-9a-f]+|\d*)([kmgtpe]?)$/i.exec(word)
  if (!found) throw EINVAL
  const digits = /^0[0-7]+$/.test(found[1]!) ? `0o${found[1]!.slice(1)}` : found[1] || '0'
  return (BigInt(digits) << SUFFIX[found[2]!.toLowerCase()]!) & 0xffffffffffffffffn
}

/** As v2 shows it. */
export const showMax = (bytes: number): string => `${bytes === NO_LIMIT ? 'max' : BigInt(bytes)}\n`

/** As v1 shows it: the largest multiple of a page where there is no limit. */
export const showBytes = (bytes: number, page = PAGE): string =>
  `${bytes === NO_LIMIT ? PAGE_COUNTER_MAX - (PAGE_COUNTER_MAX % BigInt(page)) : BigInt(bytes)}\n`
