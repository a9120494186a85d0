/** Finding where a hunk fits and replacing it. Linux: GNU patch src/patch.c:locate_hunk(). */
import type { PatchHunk } from './parse.ts'

/** A file as lines; `bare` if the last one lacks its newline. */
export interface TextFile {
  readonly lines: string[]
  bare: boolean
}

export const textFile = (text: string): TextFile => {
  const lines = text.split('\n')
  const bare = text !== '' && lines.at(-1) !== ''
  if (!bare) lines.pop()
  return { lines, bare }
}

export const textOf = ({ lines, bare }: TextFile): string =>
  lines.length ? `${lines.join('\n')}${bare ? '' : '\n'}` : ''

/** Where a hunk was found: the line (from 0), and how much context at its ends was disregarded. */
export interface Place {
  readonly at: number
  readonly fuzz: number
}

/** The nearest place to where the hunk should be; more and more of its context may differ, up to `most` lines. */
export function locate(
  file: TextFile,
  it: PatchHunk,
  offset: number,
  last: number,
  most: number,
): Place | undefined {
  const context = Math.max(it.prefix, it.suffix)
  for (let fuzz = 0; fuzz <= Math.min(most, context); fuzz++) {
    const head = Math.max(0, fuzz + it.prefix - context)
    const tail = Math.max(0, fuzz + it.suffix - context)
    const at = nearest(file, it, it.from - 1 + offset, last, head, tail)
    if (at !== undefined) return { at, fuzz }
  }
  return undefined
}

function nearest(
  file: TextFile,
  it: PatchHunk,
  wanted: number,
  last: number,
  head: number,
  tail: number,
): number | undefined {
  const length = it.before.length
  const fits = (at: number): boolean => {
    if (at < last || at + length - tail > file.lines.length) return false
    for (let i = head; i < length - tail; i++) if (file.lines[at + i] !== it.before[i]) return false
    return true
  }
  // Less context at one end than at the other: the hunk belongs to that end of the file.
  if (it.prefix < it.suffix && head === 0 && it.from === 1 && fits(0)) return 0
  if (it.suffix < it.prefix && tail === 0) {
    const end = file.lines.length - length
    if (fits(end)) return end
    if (it.suffix === 0 && it.prefix > 0) return undefined
  }
  const most = Math.max(wanted, file.lines.length - wanted) + 1
  for (let distance = 0; distance <= most; distance++) {
    if (fits(wanted + distance)) return wanted + distance
    if (distance && fits(wanted - distance)) return wanted - distance
  }
  return undefined
}

/** Replaces the hunk at its place; returns by how many lines what follows moves. */
export function replace(file: TextFile, it: PatchHunk, { at, fuzz }: Place): number {
  const context = Math.max(it.prefix, it.suffix)
  const head = Math.max(0, fuzz + it.prefix - context)
  const tail = Math.max(0, fuzz + it.suffix - context)
  const fresh = it.after.slice(head, it.after.length - tail)
  const isEnd = at + it.before.length - tail >= file.lines.length
  file.lines.splice(at + head, it.before.length - head - tail, ...fresh)
  if (isEnd && (it.noNewlineBefore || it.noNewlineAfter)) file.bare = it.noNewlineAfter
  else if (isEnd && !tail && it.after.length) file.bare = it.noNewlineAfter
  return it.after.length - it.before.length
}
