/** A file that diff compares: its lines, and what of them counts. */
import type { Stat } from '../../../abi/index.ts'
import { diffSequences, type Hunk } from './sequences.ts'

export interface File {
  readonly name: string
  readonly stat: Stat | undefined
  readonly text: string
  readonly lines: readonly string[]
  /** Whether the last line ends with a newline. */
  readonly newline: boolean
}

/** What makes no difference. */
export interface Ignoring {
  readonly case: boolean
  readonly tabs: boolean
  readonly trailing: boolean
  readonly spaces: boolean
  readonly white: boolean
  readonly blankLines: boolean
  readonly matching: readonly RegExp[]
  readonly tabSize: number
  /** Whether a missing last newline can be told: an editor's script cannot. */
  readonly newline: boolean
}

/** A file of some text; with `strip`, carriage returns at the ends of lines are dropped. */
export function fileOf(name: string, stat: Stat | undefined, text: string, strip: boolean): File {
  const newline = text.endsWith('\n') || !text
  const lines = text ? (newline ? text.slice(0, -1) : text).split('\n') : []
  return { name, stat, text, newline, lines: strip ? lines.map(it => it.replace(/\r$/, '')) : lines }
}

/** Whether a line is the last one and has no newline. */
export const isCutOff = ({ lines, newline }: File, index: number): boolean =>
  !newline && index === lines.length - 1

/** A line as it is compared; a missing last newline makes a difference, unless white space does not. */
function key(line: string, cutOff: boolean, ignoring: Ignoring): string {
  let it = line
  if (ignoring.white) it = it.replace(/\s+/g, '')
  else if (ignoring.spaces) it = it.replace(/\s+$/, '').replace(/\s+/g, ' ')
  else {
    if (ignoring.tabs) it = expandTabs(it, ignoring.tabSize)
    if (ignoring.trailing) it = it.replace(/\s+$/, '')
  }
  if (ignoring.case) it = it.toLowerCase()
  return cutOff && !(ignoring.white || ignoring.spaces || ignoring.trailing) ? `${it}\0` : it
}

/** Where two files differ; what is to be ignored is marked so by being left out of `counts`. */
export function compareFiles(
  a: File,
  b: File,
  ignoring: Ignoring,
): { hunks: Hunk[]; counts: (it: Hunk) => boolean } {
  const keys = (file: File): string[] =>
    file.lines.map((line, i) => key(line, ignoring.newline && isCutOff(file, i), ignoring))
  const trivial = (line: string): boolean =>
    (ignoring.blankLines &&
      /^\s*$/.test(ignoring.white || ignoring.spaces || ignoring.trailing ? line : line && 'x')) ||
    ignoring.matching.some(it => it.test(line))
  const any = ignoring.blankLines || ignoring.matching.length > 0
  return {
    hunks: diffSequences(keys(a), keys(b)),
    counts: it =>
      !any || ![...a.lines.slice(it.aFrom, it.aTo), ...b.lines.slice(it.bFrom, it.bTo)].every(trivial),
  }
}

/** A line with its tabs as blanks, beginning at some column. */
export function expandTabs(text: string, size: number, column = 0): string {
  if (!text.includes('\t')) return text
  let at = column
  let result = ''
  for (const char of text) {
    const shown = char === '\t' ? ' '.repeat(size - (at % size)) : char
    result += shown
    at += shown.length
  }
  return result
}
