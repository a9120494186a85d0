/** Where everything of the picture lies, in CSS pixels: for drawing, and for finding what the pointer means. */
import type { GroupRow } from './rows.ts'

export interface Place {
  readonly y: number
  readonly height: number
}

export interface Layout {
  readonly width: number
  /** The size of letters. */
  readonly em: number
  /** Names stand left of the time axis and numbers right of it; where there is no room for that, above and below. */
  readonly isWide: boolean
  /** The time axis, from left to right. */
  readonly x: number
  readonly span: number
  readonly axis: Place
  readonly lanes: readonly Place[]
  /** Where the rows begin. */
  readonly head: number
  /** Rows, from the top of all rows. */
  readonly rows: readonly Place[]
  readonly total: number
}

const GAP = 3

/** How high a row wants to be, and how low it can be when there are many; in letters. */
function heightsOf({ node }: GroupRow, isWide: boolean): readonly [wanted: number, least: number] {
  const isLimited = node.quota !== undefined
  if (isWide) return isLimited ? [5.1, 2.5] : [3.5, 2.3]
  return isLimited ? [6.7, 4.2] : [4.4, 3.4]
}

const sumOf = (list: readonly number[]): number => list.reduce((sum, it) => sum + it, 0)

export function layoutOf(
  width: number,
  height: number,
  em: number,
  cpus: number,
  groups: readonly GroupRow[],
): Layout {
  const isWide = width >= 46 * em
  const x = Math.round(isWide ? Math.max(8.7 * em, Math.min(13 * em, 0.15 * width)) : 3.6 * em)
  // Version 1 counts ns: its numbers are longer.
  const beside = groups.some(it => it.node.version === 1) ? 17 : 15.2
  const span = Math.max(20, Math.floor(width - x - (isWide ? beside * em : 0.3 * em)))
  const axis = { y: 0, height: Math.round(1.9 * em) }
  const heights = groups.map(row => heightsOf(row, isWide))
  const wanted = em * sumOf(heights.map(([wanted]) => wanted))
  const least = em * sumOf(heights.map(([, least]) => least))
  const laneOf = (most: number): number => Math.max(6, Math.min(most * em, (0.42 * height) / cpus - GAP))
  const roomBelow = (lane: number): number => height - axis.height - cpus * (lane + GAP) - 0.45 * em
  // Where there is room to spare, everything is taller: it is looked at from afar, too. Where there is not, lower.
  const thin = laneOf(roomBelow(laneOf(2)) < wanted ? 1.5 : 2)
  const stretch = (most: number) =>
    Math.max(1, Math.min(most, (height - axis.height) / (wanted + cpus * (thin + GAP) + em)))
  const squeeze = Math.max(0, Math.min(1, (roomBelow(thin) - least) / Math.max(1, wanted - least)))
  const laneHeight = Math.round(thin * stretch(1.6))
  const lanes = Array.from({ length: cpus }, (_, i) => {
    return { y: axis.height + i * (laneHeight + GAP), height: laneHeight }
  })
  const head = Math.round(axis.height + cpus * (laneHeight + GAP) + 0.45 * em)
  let y = 0
  const rows = heights.map(([wanted, least]) => {
    const height = em * (least + (wanted - least) * squeeze)
    const place = { y, height: Math.floor(height * stretch(1.9)) }
    y += place.height
    return place
  })
  return { width, em, isWide, x, span, axis, lanes, head, rows, total: head + y }
}

/** The band of a row on the time axis. */
export function bandOf(layout: Layout, row: Place, isLimited: boolean): Place {
  const { em, isWide } = layout
  if (isWide) {
    const gap = Math.min(0.35 * em, 0.1 * row.height)
    return { y: row.y + gap, height: row.height - 2 * gap }
  }
  const numbers = linesBelow(layout, row, isLimited) * 1.1 * em
  return { y: row.y + 1.6 * em, height: row.height - 1.9 * em - numbers }
}

/** Where names stand above a band, how many lines of numbers there is room for below it. */
export function linesBelow({ em }: Layout, row: Place, isLimited: boolean): number {
  const wanted = isLimited ? 2 : 1
  return Math.max(0, Math.min(wanted, Math.floor((row.height - 3.3 * em) / (1.1 * em))))
}

export type Hit =
  | { readonly kind: 'lane'; readonly cpu: number }
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'axis' }

/** What lies under a point. */
export function hitOf(layout: Layout, scroll: number, y: number): Hit | undefined {
  if (y < layout.axis.height) return { kind: 'axis' }
  const cpu = layout.lanes.findIndex(lane => y >= lane.y && y < lane.y + lane.height)
  if (cpu >= 0) return { kind: 'lane', cpu }
  if (y < layout.head) return undefined
  const at = y - layout.head + scroll
  const index = layout.rows.findIndex(row => at >= row.y && at < row.y + row.height)
  return index < 0 ? undefined : { kind: 'row', index }
}
