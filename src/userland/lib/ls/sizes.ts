/** Sizes as ls shows them. Linux: gnulib human.c, as ls.c uses it. */
import type { Stat } from '../../../abi/index.ts'
import { humanSize } from '../numbers.ts'
import type { Entry, Ls } from './entries.ts'
import type { Settings } from './options.ts'
import { emit } from './output.ts'

/** The allocated size of a file. */
export function blocksText({ set, flags }: Ls, it: Stat | undefined): string {
  if (!it) return '?'
  const bytes = it.blocks * 512
  return set.humanBase
    ? humanSize(bytes, set.humanBase)
    : Math.ceil(bytes / (flags.kibibytes ? 1024 : set.block)) + set.unitSuffix
}

/** The size of a file. */
export const sizeText = (set: Settings, size: number): string =>
  set.humanBase ? humanSize(size, set.humanBase) : Math.ceil(size / set.sizeUnit) + set.unitSuffix

/** The first line of a directory with sizes. */
export function printTotal(ls: Ls, entries: readonly Entry[]): void {
  let bytes = 0
  for (const it of entries) bytes += (it.stat?.blocks ?? 0) * 512
  const { set } = ls
  const total = set.humanBase
    ? humanSize(bytes, set.humanBase)
    : Math.ceil(bytes / set.block) + set.unitSuffix
  emit(ls, `${set.dired ? '  ' : ''}total ${total}${set.end}`)
}

/** The width of a column of texts. */
export const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, text.length), 0)
