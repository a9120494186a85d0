/** Differences with lines around them: unified and context format. diffutils: context.c. */
import type { File } from './file.ts'
import { line, type Report } from './report.ts'
import type { Hunk } from './sequences.ts'

export interface Around {
  readonly lines: number
  /** What a line looks like that begins a function. */
  readonly heading: RegExp | undefined
  readonly labels: readonly string[]
  stamp(it: File): string
}

export function unified(it: Report, around: Around): void {
  headers(it, around, '---', '+++')
  const part = (from: number, to: number): string =>
    to - from === 1 ? String(to) : `${to > from ? from + 1 : from},${to - from}`
  for (const group of groups(it, around.lines)) {
    const [aFrom, aTo, bFrom, bTo] = bounds(group, it, around.lines)
    it.out.line(
      it.paint('ln', `@@ -${part(aFrom, aTo)} +${part(bFrom, bTo)} @@`) + heading(it, around, aFrom),
    )
    let at = aFrom
    for (const hunk of group) {
      for (; at < hunk.aFrom; at++) line(it, ' ', it.a, at)
      for (; at < hunk.aTo; at++) line(it, '-', it.a, at, 'de')
      for (let i = hunk.bFrom; i < hunk.bTo; i++) line(it, '+', it.b, i, 'ad')
    }
    for (; at < aTo; at++) line(it, ' ', it.a, at)
  }
}

export function context(it: Report, around: Around): void {
  headers(it, around, '***', '---')
  const part = (from: number, to: number): string => (to - from > 1 ? `${from + 1},${to}` : String(to))
  for (const group of groups(it, around.lines)) {
    const [aFrom, aTo, bFrom, bTo] = bounds(group, it, around.lines)
    it.out.line(`***************${heading(it, around, aFrom)}`)
    it.out.line(it.paint('ln', `*** ${part(aFrom, aTo)} ****`))
    const old = group.map(hunk => ({
      from: hunk.aFrom,
      to: hunk.aTo,
      mark: hunk.bTo > hunk.bFrom ? '! ' : '- ',
    }))
    side(it, it.a, aFrom, aTo, old, 'de')
    it.out.line(it.paint('ln', `--- ${part(bFrom, bTo)} ----`))
    const fresh = group.map(hunk => ({
      from: hunk.bFrom,
      to: hunk.bTo,
      mark: hunk.aTo > hunk.aFrom ? '! ' : '+ ',
    }))
    side(it, it.b, bFrom, bTo, fresh, 'ad')
  }
}

/** The lines of one file; nothing when none of them differs. */
function side(
  it: Report,
  file: File,
  from: number,
  to: number,
  parts: readonly { from: number; to: number; mark: string }[],
  kind: 'de' | 'ad',
): void {
  if (!parts.some(part => part.to > part.from)) return
  let at = from
  for (const part of parts) {
    for (; at < part.from; at++) line(it, '  ', file, at, kind)
    for (; at < part.to; at++) line(it, part.mark, file, at, kind)
  }
  for (; at < to; at++) line(it, '  ', file, at, kind)
}

function headers(it: Report, { labels, stamp }: Around, first: string, second: string): void {
  it.out.line(it.paint('hd', `${first} ${labels[0] ?? `${it.a.name}\t${stamp(it.a)}`}`))
  it.out.line(it.paint('hd', `${second} ${labels[1] ?? `${it.b.name}\t${stamp(it.b)}`}`))
}

/** The last line before some place that begins a function. */
function heading({ a }: Report, { heading: pattern }: Around, before: number): string {
  if (!pattern) return ''
  for (let i = before - 1; i >= 0; i--)
    if (pattern.test(a.lines[i]!)) return ` ${a.lines[i]!.slice(0, 40).trimEnd()}`
  return ''
}

/** Hunks so near each other that their context touches; groups of which none counts are left out. */
function groups({ hunks, counts }: Report, around: number): Hunk[][] {
  const found: Hunk[][] = []
  for (const it of hunks) {
    const last = found.at(-1)?.at(-1)
    if (last && it.aFrom - last.aTo <= 2 * around) found.at(-1)!.push(it)
    else found.push([it])
  }
  return found.filter(group => group.some(counts))
}

function bounds(group: readonly Hunk[], { a, b }: Report, around: number): [number, number, number, number] {
  const [first, last] = [group[0]!, group.at(-1)!]
  return [
    Math.max(0, first.aFrom - around),
    Math.min(a.lines.length, last.aTo + around),
    Math.max(0, first.bFrom - around),
    Math.min(b.lines.length, last.bTo + around),
  ]
}
