/** One cgroup of the picture: its bucket over time with what ran and what was throttled, and what stands beside. */
import { bucketCurve, type Level, slicesBelow } from '../../../machine/index.ts'
import type { Frame, Part } from './draw.ts'
import { drawTexts, drawVessel, holdsOf } from './draw-beside.ts'
import { drawPeriods } from './draw-periods.ts'
import { bandOf, type Place } from './layout.ts'
import { hatching, type Pen, rounded } from './paint.ts'
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
