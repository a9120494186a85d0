/** What the styles of output share: the files, their differences, and how lines are written. */
import type { Output } from '../command.ts'
import { expandTabs, type File, isCutOff } from './file.ts'
import type { Hunk } from './sequences.ts'

export interface Report {
  readonly a: File
  readonly b: File
  readonly hunks: readonly Hunk[]
  /** Differences that count: the others are shown only beside one that does. */
  readonly counts: (it: Hunk) => boolean
  readonly out: Output
  readonly expandTabs: boolean
  readonly tabSize: number
  readonly initialTab: boolean
  readonly suppressBlankEmpty: boolean
  readonly paint: Paint
  /** What stands before a line that says there is no newline, and the like, goes to standard error. */
  readonly complaints: string[]
}

/** Colour a text as some kind of thing. */
export type Paint = (kind: 'hd' | 'ln' | 'de' | 'ad' | 'rs', text: string) => string

const CODES: Readonly<Record<string, string>> = { hd: '1', ln: '36', de: '31', ad: '32', rs: '0' }

/** The colours of --palette, or none. */
export function painter(wanted: boolean, palette: string): Paint {
  if (!wanted) return (_, text) => text
  const codes = { ...CODES }
  for (const [, name, code] of palette.matchAll(/([a-z]{2})=([0-9;]+)/g))
    if (name! in codes) codes[name!] = code!
  return (kind, text) => `\x1b[${codes[kind]}m${text}\x1b[${codes['rs']}m`
}

/** One line after its mark. */
export function line(it: Report, mark: string, file: File, index: number, kind?: 'de' | 'ad'): void {
  const content = it.expandTabs ? expandTabs(file.lines[index]!, it.tabSize) : file.lines[index]!
  let text: string
  if (it.suppressBlankEmpty && !content && /^ +$/.test(mark)) text = ''
  else if (it.initialTab) text = `${mark.trimEnd()}\t${content}`
  else text = mark + content
  it.out.line(kind ? it.paint(kind, text) : text)
  if (isCutOff(file, index)) it.out.line('\\ No newline at end of file')
}

/** `from,to` with lines counted from 1; a place between lines is the one before. */
export const range = (from: number, to: number): string =>
  to - from > 1 ? `${from + 1},${to}` : String(to > from ? from + 1 : from)

/** Whether lines are added, deleted or changed. */
export const letterOf = (it: Hunk): 'a' | 'd' | 'c' =>
  it.aFrom === it.aTo ? 'a' : it.bFrom === it.bTo ? 'd' : 'c'
