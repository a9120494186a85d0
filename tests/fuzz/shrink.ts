/**
 * Makes sequences that differ as short as can be. All of them together, since a question to Linux takes about as long
 * with a hundred sequences as with one.
 */
interface Lines {
  readonly lines: readonly string[]
}

/** Leaves out lines while a difference remains, as `differs` tells of many sequences at once. */
export function shrink<T extends Lines>(
  sequences: readonly T[],
  differs: (candidates: readonly T[]) => readonly boolean[],
): T[] {
  let [done, open]: [T[], T[]] = [[], [...sequences]]
  while (open.length) {
    const removable = stillDiffering(open.map(windows), open, differs)
    done = [...done, ...open.filter((_, i) => !removable[i]!.length)]
    open = open.filter((_, i) => removable[i]!.length)
    const sums = removable.filter(it => it.length).map(unions)
    const removed = stillDiffering(sums, open, differs)
    // Asked again, Linux may say something else, as with names that count on from the machine's start.
    done = [...done, ...open.filter((_, i) => !removed[i]!.length)]
    open = open.flatMap((it, i) => removed[i]!.slice(-1).map(steps => without(it, steps)))
  }
  return done
}

/** The numbers of some lines of a sequence. */
type Steps = ReadonlySet<number>

const without = <T extends Lines>(it: T, steps: Steps): T => ({
  ...it,
  lines: it.lines.filter((_, i) => !steps.has(i)),
})

/** Of the lines that might be left out of each sequence, those without which it still differs. */
function stillDiffering<T extends Lines>(
  sets: readonly Steps[][],
  sequences: readonly T[],
  differs: (candidates: readonly T[]) => readonly boolean[],
): Steps[][] {
  const candidates = sequences.map((it, i) => sets[i]!.map(steps => without(it, steps)))
  const verdicts = differs(candidates.flat())
  let at = 0
  return candidates.map((list, i) => sets[i]!.filter((_, n) => list[n] && verdicts[at++]))
}

/** Halves of a sequence, quarters, …, single lines. */
function windows({ lines }: Lines): Steps[] {
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
