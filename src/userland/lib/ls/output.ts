/** What ls prints goes through here: the first colour resets the terminal, and --dired counts bytes. */
import { encode } from '../../../abi/index.ts'
import type { Ls } from './entries.ts'

/** The code that ends a coloured name, and comes before the first of all. ls.c: prep_non_filename_text(). */
export function endOfColor({ indicators: { ec, lc, rs, rc } }: NonNullable<Ls['set']['colors']>): string {
  return ec ?? `${lc}${rs}${rc}`
}

/** Print text that is not about to be found again. */
export function emit(ls: Ls, text: string): void {
  const { colors, dired } = ls.set
  let whole = text
  const first = colors && !ls.colored ? text.indexOf(colors.indicators['lc']!) : -1
  if (first >= 0) {
    ls.colored = true
    whole = text.slice(0, first) + endOfColor(colors!) + text.slice(first)
  }
  if (dired) ls.position += encode(whole).length
  ls.me.out.print(whole)
}

/** Print a name whose place --dired tells. */
export function emitName(ls: Ls, name: string, spans: number[]): void {
  const start = ls.position
  emit(ls, name)
  if (ls.set.dired) spans.push(start, ls.position)
}

/** What comes after the last line: --dired's places, and the colours of the terminal. */
export function finish(ls: Ls): void {
  const { colors, dired } = ls.set
  const { lc, rc } = colors?.indicators ?? {}
  if (ls.colored && (lc !== '\x1b[' || rc !== 'm')) ls.me.out.print(`${lc}${rc}`)
  if (!dired) return
  if (ls.nameSpans.length) ls.me.out.line(`//DIRED// ${ls.nameSpans.join(' ')}`)
  if (ls.directorySpans.length) ls.me.out.line(`//SUBDIRED// ${ls.directorySpans.join(' ')}`)
  ls.me.out.line(`//DIRED-OPTIONS// --quoting-style=${ls.set.quoting}`)
}
