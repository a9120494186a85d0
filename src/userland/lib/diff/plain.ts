/** Differences without context: the normal form, and scripts for ed and RCS. diffutils: normal.c, ed.c. */
import { isCutOff } from './file.ts'
import { letterOf, line, range, type Report } from './report.ts'
import type { Hunk } from './sequences.ts'

const wanted = (it: Report): Hunk[] => it.hunks.filter(it.counts)

export function normal(it: Report): void {
  for (const hunk of wanted(it)) {
    const letter = letterOf(hunk)
    it.out.line(it.paint('ln', range(hunk.aFrom, hunk.aTo) + letter + range(hunk.bFrom, hunk.bTo)))
    for (let i = hunk.aFrom; i < hunk.aTo; i++) line(it, '< ', it.a, i, 'de')
    if (letter === 'c') it.out.line('---')
    for (let i = hunk.bFrom; i < hunk.bTo; i++) line(it, '> ', it.b, i, 'ad')
  }
}

/** A file without a last newline cannot be made by an editor. */
export function complain(it: Report): void {
  for (const file of [it.a, it.b])
    if (!file.newline) it.complaints.push(`diff: ${file.name}: No newline at end of file\n\n`)
}

/** For ed: the last difference first, so that the numbers of lines stay true. */
export function ed(it: Report): void {
  complain(it)
  for (const hunk of wanted(it).reverse()) {
    const letter = letterOf(hunk)
    it.out.line(range(hunk.aFrom, hunk.aTo) + letter)
    if (letter === 'd') continue
    let inserting = true
    for (let i = hunk.bFrom; i < hunk.bTo; i++) {
      if (!inserting) it.out.line('a')
      inserting = true
      // A line of a dot would end the insertion: it is doubled and mended.
      if (it.b.lines[i] === '.') {
        it.out.print('..\n.\ns/.//\n')
        inserting = false
      } else it.out.line(it.b.lines[i]!)
    }
    if (inserting) it.out.line('.')
  }
}

/** Like ed's, from the front: for people. */
export function forwardEd(it: Report): void {
  complain(it)
  for (const hunk of wanted(it)) {
    const letter = letterOf(hunk)
    it.out.line(letter + range(hunk.aFrom, hunk.aTo).replace(',', ' '))
    if (letter === 'd') continue
    for (let i = hunk.bFrom; i < hunk.bTo; i++) it.out.line(it.b.lines[i]!)
    it.out.line('.')
  }
}

/** For RCS: how many lines go and come. */
export function rcs(it: Report): void {
  for (const hunk of wanted(it)) {
    const [gone, come] = [hunk.aTo - hunk.aFrom, hunk.bTo - hunk.bFrom]
    if (gone) it.out.line(`d${hunk.aFrom + 1} ${gone}`)
    if (!come) continue
    it.out.line(`a${hunk.aTo} ${come}`)
    for (let i = hunk.bFrom; i < hunk.bTo; i++) it.out.print(it.b.lines[i]! + (isCutOff(it.b, i) ? '' : '\n'))
  }
}
