/** sort --debug: warns of keys that do other than they seem to, and underlines what counted of each line. Linux: sort.c.
 *
 * Left out: obsolescent keys, which are rewritten before. */
import { quote } from '../quote.ts'
import { textWidth } from '../wcwidth.ts'
import { FLOAT, type Key, keySpan, monthOf, type Ordering } from './keys.ts'

const isNumeric = (order: string): boolean => /[ngh]/.test(order)

/** What to warn of before anything is sorted. */
export function warnings(it: Ordering, isUnique: boolean, locale: string): string[] {
  const { keys, global, separator } = it
  const isPlain = locale === 'C' || locale === 'POSIX'
  const found = [
    `text ordering performed using ${isPlain ? 'simple byte comparison' : `${quote(locale)} sorting rules`}`,
  ]
  for (const [i, key] of keys.entries()) found.push(...ofKey(key, i + 1, separator))
  const orders = keys.length ? keys.map(key => key.order) : [global]
  if (orders.some(isNumeric)) found.push(ofNumbers(separator))
  if (keys.length) found.push(...ofUnusedOptions(global, orders, it.stable || isUnique))
  return found
}

function ofKey(key: Key, number: number, separator: string | undefined): string[] {
  const found: string[] = []
  const hasNoWidth = key.endField !== undefined && key.endField < key.field
  if (hasNoWidth) found.push(`key ${number} has zero width and will be ignored`)
  const isOfLine = key.endField === 0 && key.endChar !== 0
  const skips = isNumeric(key.order) || key.order.includes('M')
  const counts =
    (!key.skipStart && (!skips || key.char > 0)) ||
    (!key.skipEnd && key.endField !== undefined && key.endChar > 0)
  if (!hasNoWidth && separator === undefined && !isOfLine && counts)
    found.push(`leading blanks are significant in key ${number}; consider also specifying 'b'`)
  if (isNumeric(key.order) && (key.endField === undefined || key.field < endOf(key)))
    found.push(`key ${number} is numeric and spans multiple fields`)
  return found
}

const endOf = (key: Key): number => key.endField ?? Number.POSITIVE_INFINITY

function ofNumbers(separator: string | undefined): string {
  if (separator === '.') return `field separator ${quote('.')} is treated as a decimal point in numbers`
  if (separator === '-') return `field separator ${quote('-')} is treated as a minus sign in numbers`
  return `note numbers use ${quote('.')} as a decimal point in this locale`
}

/** Options before the keys that no key took over. */
function ofUnusedOptions(global: string, orders: readonly string[], isStable: boolean): string[] {
  const unused = [...'bdfghiMnRrV'].filter(
    letter => global.includes(letter) && !orders.some(order => order.includes(letter)),
  )
  const ignored = unused.filter(letter => letter !== 'r' || isStable)
  const found: string[] = []
  if (ignored.length)
    found.push(
      `option${ignored.length > 1 ? 's' : ''} '-${ignored.join('')}' ${ignored.length > 1 ? 'are' : 'is'} ignored`,
    )
  if (unused.includes('r') && !isStable) found.push("option '-r' only applies to last-resort comparison")
  return found
}

/** A line, and below it a line for each key and for the last resort. */
export function underlined(line: string, it: Ordering, isUnique: boolean): string {
  let text = `${line.replaceAll('\t', '>')}\n`
  const global = it.global.replace(/r/g, '')
  const spans = it.keys.length
    ? it.keys.map(key => tightened(line, keySpan(line, key, it.separator), key.order))
    : global
      ? [tightened(line, [0, line.length], global, global.includes('b'))]
      : []
  if (!spans.length || !(it.stable || isUnique)) spans.push([0, line.length])
  for (const [start, end] of spans) {
    const width = widthOf(line.slice(start, end))
    text += ' '.repeat(widthOf(line.slice(0, start)))
    text += width ? `${'_'.repeat(width)}\n` : '^ no match for key\n'
  }
  return text
}

const widthOf = (text: string): number => textWidth(text.replaceAll('\t', '>'))

/** The part of a key that is a number or a month. */
function tightened(
  line: string,
  [from, end]: readonly [number, number],
  order: string,
  skips = false,
): [number, number] {
  const isValue = isNumeric(order) || order.includes('M')
  if (!isValue && !skips) return [from, end]
  const text = line.slice(from, end)
  const start = from + /^[ \t]*/.exec(text)![0].length
  if (!isValue) return [start, end]
  return [start, start + valueLength(line.slice(start, end), order)]
}

function valueLength(text: string, order: string): number {
  if (order.includes('M')) return monthOf(text) ? 3 : 0
  if (order.includes('g')) return FLOAT.exec(text)?.[0].length ?? 0
  const pattern = order.includes('h') ? /^-?(\d+\.?\d*|\.\d+)[KkMGTPEZYRQ]?/ : /^-?(\d+\.?\d*|\.\d+)/
  return pattern.exec(text)?.[0].length ?? 0
}
