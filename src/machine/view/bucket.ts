/**
 * The bucket of a cgroup with a quota: full when a period begins, emptied by whoever runs in it. Read off the
 * scheduler's trace: what a refill found in it, less what ran since.
 */
import type { Slice, Timeline } from '../timeline.ts'

/** A corner of the curve; the level goes straight from one to the next. */
export interface Level {
  readonly at: number
  /** ns of CPU time left. */
  readonly level: number
}

/** Slices of a cgroup and those below it. */
export const slicesBelow = (
  timeline: Timeline,
  groups: readonly number[],
  from: number,
  to: number,
): Slice[] => groups.flatMap(id => timeline.slicesOf(id, from, to))

/** When how many more, or fewer, CPUs run the group. */
interface Turn {
  readonly at: number
  readonly more: 1 | -1
}

function turns(slices: readonly Slice[], from: number, to: number): Turn[] {
  const list: Turn[] = []
  for (const slice of slices) {
    list.push({ at: Math.max(slice.from, from), more: 1 })
    if (slice.to < to) list.push({ at: slice.to, more: -1 })
  }
  return list.sort((a, b) => a.at - b.at || a.more - b.more)
}

/**
 * The level from `from` to `to`. `groups` are the cgroup itself, first, and all below it; `holds` is the most that is
 * in the bucket. Empty where no refill is known.
 */
export function bucketCurve(
  timeline: Timeline,
  groups: readonly number[],
  holds: number,
  from: number,
  to: number,
): readonly Level[] {
  const refills = timeline.refillsOf(groups[0]!, from, to)
  const first = refills[0]
  if (!first) return []
  const changes = turns(slicesBelow(timeline, groups, first.at, to), first.at, to)
  const curve: Level[] = []
  let [at, level, running, next] = [first.at, 0, 0, 0]
  const advance = (until: number) => {
    level = Math.max(0, level - running * (until - at))
    at = until
    curve.push({ at, level })
  }
  const runUntil = (until: number) => {
    for (let turn = changes[next]; turn && turn.at <= until; turn = changes[++next]) {
      if (turn.at > at) advance(turn.at)
      running += turn.more
    }
    if (until > at) advance(until)
  }
  for (const refill of refills) {
    runUntil(refill.at)
    level = Math.min(holds, refill.level)
    curve.push({ at, level })
  }
  runUntil(to)
  return clipped(curve, from)
}

/** Drop what lies before `from`, and begin there. */
function clipped(curve: readonly Level[], from: number): Level[] {
  const i = curve.findIndex(it => it.at >= from)
  if (i <= 0) return i === 0 ? [...curve] : []
  const [a, b] = [curve[i - 1]!, curve[i]!]
  const level = b.at === a.at ? b.level : a.level + ((b.level - a.level) * (from - a.at)) / (b.at - a.at)
  return [{ at: from, level }, ...curve.slice(i)]
}

/** What a cgroup and those below it did in a stretch of time, in ns of CPU time. */
export interface Ran {
  readonly total: number
  /** The longest that one task ran without a break. */
  readonly longest: number
}

export function ranIn(slices: readonly Slice[], from: number, to: number): Ran {
  let [total, longest] = [0, 0]
  for (const slice of slices) {
    const time = Math.min(slice.to, to) - Math.max(slice.from, from)
    total += Math.max(0, time)
    longest = Math.max(longest, time)
  }
  return { total, longest }
}

/** How long a group ran in each of its last periods that are over, oldest first. */
export function periodsOf(
  timeline: Timeline,
  groups: readonly number[],
  from: number,
  to: number,
): readonly (Ran & { readonly from: number; readonly to: number })[] {
  const refills = timeline.refillsOf(groups[0]!, from, to)
  return refills.slice(1).map((refill, i) => {
    const begin = refills[i]!.at
    return {
      ...ranIn(slicesBelow(timeline, groups, begin, refill.at), begin, refill.at),
      from: begin,
      to: refill.at,
    }
  })
}
