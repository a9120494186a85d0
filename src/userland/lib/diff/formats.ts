/** Output by formats of one's own: -D, --line-format and --*-group-format. diffutils: ifdef.c. */
import { expandTabs, type File, isCutOff } from './file.ts'
import { letterOf, type Report } from './report.ts'
import type { Hunk } from './sequences.ts'

export type LineKind = 'old' | 'new' | 'unchanged'
export type GroupKind = LineKind | 'changed'
export interface Formats {
  readonly line: Readonly<Record<LineKind, string>>
  readonly group: Readonly<Record<GroupKind, string>>
}

/** What -D NAME stands for. */
export const ifdefs = (name: string): Formats['group'] => ({
  unchanged: '%=',
  old: `#ifndef ${name}\n%<#endif /* ! ${name} */\n`,
  new: `#ifdef ${name}\n%>#endif /* ${name} */\n`,
  changed: `#ifndef ${name}\n%<#else /* ${name} */\n%>#endif /* ${name} */\n`,
})

export function formatted(it: Report, formats: Formats): void {
  const [aEnd, bEnd] = [it.a.lines.length, it.b.lines.length]
  const end: Hunk = { aFrom: aEnd, aTo: aEnd, bFrom: bEnd, bTo: bEnd }
  let [i, j] = [0, 0]
  for (const hunk of [...it.hunks.filter(it.counts), end]) {
    if (hunk.aFrom > i)
      group(it, formats, 'unchanged', { aFrom: i, aTo: hunk.aFrom, bFrom: j, bTo: hunk.bFrom })
    if (hunk !== end)
      group(it, formats, { a: 'new', d: 'old', c: 'changed' }[letterOf(hunk)] as GroupKind, hunk)
    i = hunk.aTo
    j = hunk.bTo
  }
}

/** `%`-directives and what is between them: text, or a letter with the flags and width of its number. */
function* directives(format: string): Generator<{ text: string } | { letter: string; spec: string }> {
  const pattern =
    /%(?:(%)|c'(?:\\([0-7]{1,3})|(.))'|([<>=lL])|([-'0]*\d*(?:\.\d+)?[doxX])([A-Za-z]))|[^%]+|%/gsu
  for (const [all, percent, octal, char, letter, spec, number] of format.matchAll(pattern)) {
    const literal = percent ?? char ?? (octal && String.fromCharCode(Number.parseInt(octal, 8)))
    if (literal !== undefined) yield { text: literal }
    else if (letter) yield { letter, spec: '' }
    else if (number) yield { letter: number, spec: spec! }
    else yield { text: all }
  }
}

/** The numbers that a group has: first, last, how many, the line before and after. */
const NUMBERS: Readonly<Record<string, (from: number, to: number) => number>> = {
  f: from => from + 1,
  l: (_, to) => to,
  n: (from, to) => to - from,
  e: from => from,
  m: (_, to) => to + 1,
}

function group(it: Report, formats: Formats, kind: GroupKind, hunk: Hunk): void {
  for (const part of directives(conditions(formats.group[kind], hunk))) {
    if ('text' in part) it.out.print(part.text)
    else if (part.letter === '<') lines(it, formats.line.old, it.a, hunk.aFrom, hunk.aTo)
    else if (part.letter === '>') lines(it, formats.line.new, it.b, hunk.bFrom, hunk.bTo)
    else if (part.letter === '=') lines(it, formats.line.unchanged, it.a, hunk.aFrom, hunk.aTo)
    else it.out.print(integer(part.spec, valueOf(part.letter, hunk)))
  }
}

/** Lower case is about the first file, upper case about the second. */
function valueOf(letter: string, { aFrom, aTo, bFrom, bTo }: Hunk): number {
  const value = NUMBERS[letter.toLowerCase()]
  if (!value) return 0
  return letter < 'a' ? value(bFrom, bTo) : value(aFrom, aTo)
}

/** `%(A=B?T:E)` */
const conditions = (format: string, hunk: Hunk): string =>
  format.replace(
    /%\(([^=]+)=([^?]+)\?([^:]*):([^)]*)\)/g,
    (_, a: string, b: string, yes: string, no: string) => {
      const value = (it: string): number => (/^\d+$/.test(it) ? Number(it) : valueOf(it, hunk))
      return value(a) === value(b) ? yes : no
    },
  )

function lines(it: Report, format: string, file: File, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const text = it.expandTabs ? expandTabs(file.lines[i]!, it.tabSize) : file.lines[i]!
    for (const part of directives(format)) {
      if ('text' in part) it.out.print(part.text)
      else if (part.letter === 'l') it.out.print(text)
      else if (part.letter === 'L') it.out.print(text + (isCutOff(file, i) ? '' : '\n'))
      else if (part.letter === 'n') it.out.print(integer(part.spec, i + 1))
    }
  }
}

/** A number as printf(3) writes it for `%-05d` and the like. */
function integer(spec: string, value: number): string {
  const [, flags, width, precision, type] = /^([-'0]*)(\d*)(?:\.(\d+))?(.)$/.exec(spec)!
  const digits = value
    .toString(type === 'o' ? 8 : type === 'd' ? 10 : 16)
    .padStart(Number(precision ?? 0), '0')
  const text = type === 'X' ? digits.toUpperCase() : digits
  if (flags!.includes('-')) return text.padEnd(Number(width))
  return text.padStart(Number(width), flags!.includes('0') && precision === undefined ? '0' : ' ')
}
