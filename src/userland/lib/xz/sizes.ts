/** Sizes and ratios as xz shows them, and as it reads them. xz: util.c. */
import { GetoptError } from '../getopt.ts'

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** A size for people; with `exact` also the number of bytes where it does not show. */
export function niceSize(bytes: number, exact = false): string {
  if (bytes < 10_000) return `${bytes} B`
  let value = bytes
  let unit = 0
  do {
    value /= 1024
    unit++
  } while (unit < 4 && value > 9999.9)
  return `${value.toFixed(1)} ${UNITS[unit]}${exact ? ` (${bytes} B)` : ''}`
}

export const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`

export function ratioOf(compressed: number, expanded: number): string {
  const ratio = compressed / expanded
  return !expanded || ratio > 9.999 ? '---' : ratio.toFixed(3)
}

/** The number of an option, with a suffix such as KiB, within bounds. */
export function sizeValue(text: string, option: string, min: number, max: number): number {
  const match = /^\s*(max$|\d+)(.*)$/.exec(text)
  if (!match) throw new GetoptError(`${text}: Value is not a non-negative decimal integer`)
  if (match[1] === 'max') return max
  const suffix = /^([kKmMgG])(i?B?)?$/.exec(match[2]!)
  if (match[2] && !suffix) throw new GetoptError(`${match[2]}: Invalid multiplier suffix`)
  const value = Number(match[1]) * 1024 ** (suffix ? 'kmg'.indexOf(suffix[1]!.toLowerCase()) + 1 : 0)
  if (value < min || value > max)
    throw new GetoptError(`Value of the option \`${option}' must be in the range [${min}, ${max}]`)
  return value
}
