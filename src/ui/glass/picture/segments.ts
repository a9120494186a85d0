/** From stretches of time to pixels. Pure: what is drawn can be tested without a canvas. */
import type { Gap, Slice } from '../../../machine/index.ts'

/** A part of the time axis and where on the screen it lies. */
export interface Scale {
  readonly from: number
  readonly to: number
  readonly x: number
  readonly width: number
}

export const xOf = (scale: Scale, at: number): number =>
  scale.x + ((at - scale.from) / (scale.to - scale.from)) * scale.width

export const timeOf = (scale: Scale, x: number): number =>
  scale.from + ((x - scale.x) / scale.width) * (scale.to - scale.from)

/** A rectangle of one colour. Neighbours of the same key are one. */
export interface Segment {
  readonly x: number
  readonly width: number
  readonly slice: Slice
}

/** A pixel column in which several ran for less than a pixel each: their shares of its time. */
export interface Column {
  readonly x: number
  readonly shares: ReadonlyMap<number, number>
}

/** Slices thinner than this are drawn as shares of a column. */
const THIN = 1.5

export function segmentsOf(
  slices: readonly Slice[],
  scale: Scale,
  keyOf: (slice: Slice) => number,
): { readonly solid: readonly Segment[]; readonly mixed: readonly Column[] } {
  const solid: Segment[] = []
  const columns = new Map<number, Map<number, number>>()
  const right = scale.x + scale.width
  for (const slice of slices) {
    const from = Math.max(scale.x, xOf(scale, slice.from))
    const to = Math.min(right, xOf(scale, slice.to))
    if (to - from >= THIN) push(solid, { x: from, width: to - from, slice }, keyOf)
    else if (to > from) spread(columns, from, to, keyOf(slice))
  }
  return { solid, mixed: [...columns].map(([x, shares]) => ({ x, shares })) }
}

function push(solid: Segment[], it: Segment, keyOf: (slice: Slice) => number): void {
  const last = solid.at(-1)
  const touches = last && it.slice.from === last.slice.to && keyOf(last.slice) === keyOf(it.slice)
  // Another task of the same group begins a rectangle of its own while that can be seen.
  if (touches && (last.slice.task === it.slice.task || it.width < 3))
    solid[solid.length - 1] = {
      ...last,
      width: it.x + it.width - last.x,
      slice: { ...last.slice, to: it.slice.to },
    }
  else solid.push(it)
}

function spread(columns: Map<number, Map<number, number>>, from: number, to: number, key: number): void {
  for (let x = Math.floor(from); x < to; x++) {
    const part = Math.min(to, x + 1) - Math.max(from, x)
    let shares = columns.get(x)
    if (!shares) {
      shares = new Map()
      columns.set(x, shares)
    }
    shares.set(key, Math.min(1, (shares.get(key) ?? 0) + part))
  }
}

/** Stretches of time that overlap or touch, as one: a group is throttled while it is on any CPU. */
export function union(list: readonly Gap[]): readonly Gap[] {
  const all: { from: number; to: number }[] = []
  for (const { from, to } of [...list].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else all.push({ from, to })
  }
  return all
}

/** A step of 1, 2 or 5 by a power of ten, in ns, that is at least `least` pixels wide. */
export function tickStep(scale: Scale, least: number): number {
  const wanted = ((scale.to - scale.from) / scale.width) * least
  const power = 10 ** Math.floor(Math.log10(wanted))
  for (const factor of [1, 2, 5]) if (factor * power >= wanted) return factor * power
  return 10 * power
}
