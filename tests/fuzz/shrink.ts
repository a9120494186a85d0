/**
 * Makes sequences that differ as short as can be. All of them together, since a question to Linux takes about as long
 * with a hundred sequences as with one.
 */
import { compare } from './compare.ts'
import { type Linux, runOnLinux } from './linux.ts'
import type { Sequence } from './operations.ts'

/** Leaves out operations while a difference remains. */
export function shrink(linux: Linux, sequences: readonly Sequence[]): Sequence[] {
  let [done, open]: [Sequence[], Sequence[]] = [[], [...sequences]]
  while (open.length) {
    const removable = stillDiffering(linux, open.map(windows), open)
    done = [...done, ...open.filter((_, i) => !removable[i]!.length)]
    open = open.filter((_, i) => removable[i]!.length)
    const sums = removable.filter(it => it.length).map(unions)
    const removed = stillDiffering(linux, sums, open)
    // Asked again, Linux may say something else, as with names that count on from the machine's start.
    done = [...done, ...open.filter((_, i) => !removed[i]!.length)]
    open = open.flatMap((it, i) => removed[i]!.slice(-1).map(steps => without(it, steps)))
  }
  return done
}

/** The numbers of some operations of a sequence. */
type Steps = ReadonlySet<number>

const without = (it: Sequence, steps: Steps): Sequence => ({
  ...it,
  lines: it.lines.filter((_, i) => !steps.has(i)),
})

/** Of the steps that might be left out of each sequence, those without which it still differs. */
function stillDiffering(linux: Linux, sets: readonly Steps[][], sequences: readonly Sequence[]): Steps[][] {
  const candidates = sequences.map((it, i) => sets[i]!.map(steps => without(it, steps)))
  const real = runOnLinux(linux, candidates.flat())
  let at = 0
  return candidates.map((list, i) => sets[i]!.filter((_, n) => compare(list[n]!, real[at++] ?? [])))
}

/** Halves of a sequence, quarters, …, single operations. */
function windows({ lines }: Sequence): Steps[] {
  const found: Steps[] = []
  for (let size = lines.length; size > 1; ) {
    size = Math.ceil(size / 2)
    for (let at = 0; at < lines.length; at += size)
      found.push(new Set([...lines.keys()].filter(i => i >= at && i < at + size)))
  }
  return found
}

/** The first, the first two, … of them. */
function unions(sets: readonly Steps[]): Steps[] {
  const found: Steps[] = []
  for (const it of sets) {
    const sum = new Set([...(found.at(-1) ?? []), ...it])
    if (sum.size > (found.at(-1)?.size ?? 0)) found.push(sum)
  }
  return found
}
