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

export function layoutOf(
  width: number,
  height: number,
  em: number,
  cpus: number,
  groups: readonly GroupRow[],
): Layout {
  const isWide = width >= 40 * em
  const x = Math.round(isWide ? Math.max(8.7 * em, Math.min(13 * em, 0.15 * width)) : 3.6 * em)
  const span = Math.max(20, Math.floor(width - x - (isWide ? 15.2 * em : 0.3 * em)))
  const axis = { y: 0, height: Math.round(1.5 * em) }
  const wanted = groups.map(({ node }) => {
    const isLimited = node.quota !== undefined
    return em * (isWide ? (isLimited ? 5.1 : 3.5) : isLimited ? 6.7 : 4.4)
  })
  const sum = wanted.reduce((sum, it) => sum + it, 0)
  // Where there is room to spare, everything is taller: it is looked at from afar, too.
  const thin = Math.max(6, Math.min(2 * em, (0.42 * height) / cpus - GAP))
  const stretch = (most: number) =>
    Math.max(1, Math.min(most, (height - axis.height) / (sum + cpus * (thin + GAP) + em)))
  const laneHeight = Math.round(thin * stretch(1.6))
  const lanes = Array.from({ length: cpus }, (_, i) => {
    return { y: axis.height + i * (laneHeight + GAP), height: laneHeight }
  })
  const head = Math.round(axis.height + cpus * (laneHeight + GAP) + 0.45 * em)
  let y = 0
  const rows = wanted.map(height => {
    const place = { y, height: Math.round(height * stretch(1.9)) }
    y += place.height
    return place
  })
  return { width, em, isWide, x, span, axis, lanes, head, rows, total: head + y }
}

/** The band of a row on the time axis. */
export function bandOf(layout: Layout, row: Place, isLimited: boolean): Place {
  const { em, isWide } = layout
  if (isWide) return { y: row.y + 0.35 * em, height: row.height - 0.7 * em }
  return { y: row.y + 1.6 * em, height: row.height - (isLimited ? 4.1 : 2.9) * em }
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
