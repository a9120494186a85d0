/** One cgroup of the picture: its bucket over time with what ran and what was throttled, and what stands beside. */
import { bucketCurve, type Level, ranIn, slicesBelow } from '../../../machine/index.ts'
import { duration } from '../../format.ts'
import type { Frame, Part } from './draw.ts'
import { drawTexts, drawVessel, holdsOf } from './draw-beside.ts'
import { bandOf, type Place } from './layout.ts'
import { hatching, letter, type Pen, rounded } from './paint.ts'
import { colourOf, HOST } from './palette.ts'
import type { GroupRow } from './rows.ts'
import { union, xOf } from './segments.ts'

export function drawRow(pen: Pen, frame: Frame, parts: readonly Part[], row: GroupRow, place: Place): void {
  const { layout, theme, mark } = frame
  const { node } = row
  const isLimited = node.quota !== undefined
  if (mark && mark.cgroup === node.id) {
    pen.fillStyle = theme.well
    rounded(pen, 0, place.y, layout.width, place.height, 4)
  }
  pen.fillStyle = theme.line
  pen.fillRect(0, place.y + place.height - 1, layout.width, 1)
  const band = bandOf(layout, place, isLimited)
  pen.fillStyle = theme.well
  pen.globalAlpha = 0.75
  rounded(pen, layout.x, band.y, layout.span, band.height, 3)
  pen.globalAlpha = 1
  const colour = node.id === frame.root ? HOST : colourOf(node.id)
  for (const part of parts) {
    pen.globalAlpha = part.alpha
    drawThrottling(pen, frame, part, row, band)
    if (isLimited) drawBucket(pen, frame, part, row, band, colour)
    drawRuns(pen, frame, part, row, band, colour)
  }
  if (isLimited) drawPeriods(pen, frame, parts, row, band, colour)
  pen.globalAlpha = 1
  drawTexts(pen, frame, row, place, band, colour)
  if (isLimited) drawVessel(pen, frame, row, place, band, colour)
}

/** Its own throttling, and more faintly that of groups above it. */
function drawThrottling(pen: Pen, frame: Frame, part: Part, row: GroupRow, band: Place): void {
  const { timeline, theme, density } = frame
  const above = row.limits.filter(id => id !== row.node.id)
  const hatch = (groups: readonly number[], alpha: number) => {
    for (const { from, to } of union(groups.flatMap(id => timeline.throttlingOf(id, part.from, part.to)))) {
      const x = xOf(part.scale, Math.max(from, part.from))
      const width = xOf(part.scale, Math.min(to, part.to)) - x
      pen.globalAlpha = part.alpha * 0.1
      pen.fillStyle = theme.bad
      pen.fillRect(x, band.y, width, band.height)
      pen.globalAlpha = part.alpha * alpha
      pen.fillStyle = hatching(pen, theme.bad, density)
      pen.fillRect(x, band.y, width, band.height)
    }
  }
  hatch(above, 0.22)
  if (row.node.quota !== undefined) hatch([row.node.id], 0.38)
  pen.globalAlpha = part.alpha
}

/** Draws the level of a part of the page. */
function drawBucket(pen: Pen, frame: Frame, part: Part, row: GroupRow, band: Place, colour: string): void {
  const holds = holdsOf(row.node)
  const curve = bucketCurve(frame.timeline, row.below, holds, part.from, part.to)
  if (!curve.length) return
  const foot = band.y + band.height
  const y = (level: number) => foot - (level / holds) * (band.height - 2)
  const trace = (list: readonly Level[]) => {
    for (const { at, level } of list) pen.lineTo(xOf(part.scale, at), y(level))
  }
  pen.beginPath()
  pen.moveTo(xOf(part.scale, curve[0]!.at), foot)
  trace(curve)
  pen.lineTo(xOf(part.scale, curve.at(-1)!.at), foot)
  pen.save()
  pen.globalAlpha = part.alpha * 0.28
  pen.fillStyle = colour
  pen.fill()
  pen.restore()
  pen.beginPath()
  trace(curve)
  pen.strokeStyle = colour
  pen.lineWidth = 1.5
  pen.lineJoin = 'round'
  pen.stroke()
  if (row.node.burst > 0) drawQuotaLine(pen, frame, y(row.node.quota!))
}

function drawQuotaLine(pen: Pen, { layout, theme }: Frame, y: number): void {
  pen.save()
  pen.setLineDash([4, 4])
  pen.strokeStyle = theme.warn
  pen.lineWidth = 1
  pen.beginPath()
  pen.moveTo(layout.x, y)
  pen.lineTo(layout.x + layout.span, y)
  pen.stroke()
  pen.restore()
}

/** When its tasks ran: along the foot where there is a bucket above, else as high as the share of the CPUs. */
function drawRuns(pen: Pen, frame: Frame, part: Part, row: GroupRow, band: Place, colour: string): void {
  const cpus = frame.layout.lanes.length
  const high = row.node.quota === undefined ? (band.height - 2) / cpus : Math.max(4, 0.34 * frame.layout.em)
  pen.fillStyle = colour
  for (const slice of slicesBelow(frame.timeline, row.below, part.from, part.to)) {
    const x = xOf(part.scale, Math.max(slice.from, part.from))
    const width = Math.max(1, xOf(part.scale, Math.min(slice.to, part.to)) - x)
    const lane = row.node.quota === undefined ? cpus - 1 - slice.cpu : 0
    pen.fillRect(
      x,
      band.y + band.height - 1 - high * (lane + 1),
      width,
      high - (row.node.quota === undefined ? 1 : 0),
    )
  }
}

/** Says of each period that is wide enough how long the group ran in it and how long it was held back. */
function drawPeriods(
  pen: Pen,
  frame: Frame,
  parts: readonly Part[],
  row: GroupRow,
  band: Place,
  colour: string,
): void {
  const { em } = frame.layout
  const { scale } = parts[0]!
  const width = (row.node.period / (scale.to - scale.from)) * scale.width
  if (width < 4.6 * em || band.height < 1.7 * em) return
  // Side by side where the band is low, else the one above the other.
  const isLow = band.height < 3.7 * em
  const [high, low] = isLow ? [0.5 * band.height, 0.5 * band.height] : [0.85 * em, 0.56 * band.height]
  for (const part of parts) {
    pen.globalAlpha = part.alpha
    let right = Number.NEGATIVE_INFINITY
    const words = [...ranLabels(frame, part, row), ...heldLabels(frame, part, row)].sort((a, b) => a.x - b.x)
    for (const { text, x, from, to, isHeld } of words) {
      const half = labelWidth(pen, frame, text) / 2
      const at = Math.max(from + half, Math.min(to - half, x))
      if (to - from < 2 * half || (isLow && at - half < right)) continue
      label(pen, frame, text, at, band.y + (isHeld ? low : high), isHeld ? frame.theme.bad : colour)
      right = at + half
    }
  }
}

/** Letters, the middle of what they speak of, and from where to where they may stand. */
interface Label {
  readonly text: string
  readonly x: number
  readonly from: number
  readonly to: number
  readonly isHeld: boolean
}

/** How long the group ran in each period that is over, or in which it runs no more. */
function ranLabels({ timeline }: Frame, part: Part, { node, below }: GroupRow): readonly Label[] {
  const ends = timeline.refillsOf(below[0]!, part.from, part.to).map(it => it.at)
  const labels: Label[] = []
  for (const [i, from] of ends.entries()) {
    const to = ends[i + 1] ?? part.to
    const slices = slicesBelow(timeline, below, from, to)
    const isOver = i + 1 < ends.length || !slices.some(it => it.to >= to)
    if (from < part.from || !slices.length || !isOver) continue
    const begin = Math.max(from, Math.min(...slices.map(it => it.from)))
    const end = Math.min(to, Math.max(...slices.map(it => it.to)))
    labels.push({
      text: duration(ranIn(slices, from, to).total),
      x: xOf(part.scale, (begin + end) / 2),
      from: xOf(part.scale, from),
      to: xOf(part.scale, Math.min(from + node.period, part.scale.to)),
      isHeld: false,
    })
  }
  return labels
}

/** How long it was held back; of the page before, only what was over there. */
function heldLabels(frame: Frame, part: Part, { node }: GroupRow): readonly Label[] {
  const { timeline, layout } = frame
  return union(timeline.throttlingOf(node.id, part.from, part.to)).flatMap(stretch => {
    const [begin, end] = [Math.max(stretch.from, part.from), Math.min(stretch.to, part.to)]
    if (part.alpha < 1 && stretch.from < part.from) return []
    const [from, to] = [xOf(part.scale, begin), xOf(part.scale, end)]
    const time = duration(Math.min(stretch.to, frame.now) - stretch.from)
    const text = to - from > 8.5 * layout.em ? frame.text('held', { time }) : time
    return [{ text, x: (from + to) / 2, from, to, isHeld: true }]
  })
}

const LETTERS = 0.8

function labelWidth(pen: Pen, { layout, theme }: Frame, text: string): number {
  pen.font = `600 ${LETTERS * layout.em}px ${theme.sans}`
  return pen.measureText(text).width + 6
}

/** Letters around a place, on a patch of ground, so that hatching does not run through them. */
function label(pen: Pen, frame: Frame, text: string, x: number, y: number, colour: string): void {
  const { layout, theme } = frame
  const size = LETTERS * layout.em
  const width = labelWidth(pen, frame, text)
  pen.save()
  pen.globalAlpha *= 0.8
  pen.fillStyle = theme.well
  rounded(pen, x - width / 2, y - 0.7 * size, width, 1.4 * size, 3)
  pen.restore()
  letter(pen, text, x, y, { colour, size, font: theme.sans, bold: true, align: 'center' })
}
