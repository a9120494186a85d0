/**
 * One cgroup of the picture: its bucket over time with what ran and what was throttled, the bucket at the cursor, and the
 * numbers of cpu.stat.
 */
import { bucketCurve, type CgroupNode, type Level, periodsOf, slicesBelow } from '../../../machine/index.ts'
import { duration, percent } from '../../format.ts'
import type { Frame, Part } from './draw.ts'
import { bandOf, type Place } from './layout.ts'
import { hatching, letter, type Pen, rounded } from './paint.ts'
import { colourOf, HOST } from './palette.ts'
import type { GroupRow } from './rows.ts'
import { xOf } from './segments.ts'
import { groupWords } from './words.ts'

/** The most that a group's bucket holds, in ns. */
const holdsOf = ({ quota = 0, burst }: CgroupNode): number => quota + burst

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
    if (isLimited && part === parts[0]) drawPeriods(pen, frame, part, row, band, colour)
  }
  pen.globalAlpha = 1
  drawTexts(pen, frame, row, place, band, colour)
  if (isLimited) drawVessel(pen, frame, row, place, band, colour, levelNow(frame, row))
}

/** What is in the bucket at the cursor. */
function levelNow(frame: Frame, { node, below }: GroupRow): number {
  const level = bucketCurve(frame.timeline, below, holdsOf(node), frame.cursor - 1, frame.cursor).at(
    -1,
  )?.level
  // Nobody has asked for any since it was filled.
  return level ?? holdsOf(node)
}

function drawThrottling(pen: Pen, frame: Frame, part: Part, row: GroupRow, band: Place): void {
  for (const id of row.limits)
    for (const { from, to } of frame.timeline.throttlingOf(id, part.from, part.to)) {
      const x = xOf(part.scale, Math.max(from, part.from))
      const width = xOf(part.scale, Math.min(to, part.to)) - x
      if (width < 0.5) continue
      pen.save()
      pen.globalAlpha = part.alpha * 0.1
      pen.fillStyle = frame.theme.bad
      pen.fillRect(x, band.y, width, band.height)
      pen.globalAlpha = part.alpha * (id === row.node.id ? 0.38 : 0.22)
      pen.fillStyle = hatching(pen, frame.theme.bad, frame.density)
      pen.fillRect(x, band.y, width, band.height)
      pen.restore()
      // Other CPUs are throttled at nearly the same time; once is enough to see.
      if (frame.layout.lanes.length > 1 && width > part.scale.width / 2) break
    }
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
function drawPeriods(pen: Pen, frame: Frame, part: Part, row: GroupRow, band: Place, colour: string): void {
  const { em } = frame.layout
  const { timeline } = frame
  const width = (row.node.period / (part.scale.to - part.scale.from)) * part.scale.width
  if (width < 5.4 * em || band.height < 2.2 * em) return
  for (const { from, to, total } of periodsOf(timeline, row.below, part.from, part.to)) {
    if (from < part.from || !total) continue
    const slices = slicesBelow(timeline, row.below, from, to)
    const begin = xOf(part.scale, Math.max(from, Math.min(...slices.map(it => it.from))))
    const end = xOf(part.scale, Math.min(to, Math.max(...slices.map(it => it.to))))
    const x = Math.max(xOf(part.scale, from) + 1.3 * em, (begin + end) / 2)
    label(pen, frame, duration(total), x, band.y + 0.85 * em, colour)
  }
  const held = timeline.throttlingOf(row.node.id, part.from, part.to)
  for (const { from, to } of held) {
    // One of the CPUs that are throttled speaks for all: the first.
    if (held.some(it => it.from < from && it.to > from)) continue
    const end = Math.min(to, part.to)
    const [x, right] = [xOf(part.scale, from), xOf(part.scale, end)]
    const time = duration(end - from)
    const text = right - x > 8.5 * em ? frame.text('held', { time }) : time
    if (right - x > 3.2 * em)
      label(pen, frame, text, (x + right) / 2, band.y + 0.56 * band.height, frame.theme.bad)
  }
}

/** Letters around a place, on a patch of ground, so that hatching does not run through them. */
function label(pen: Pen, { layout, theme }: Frame, text: string, x: number, y: number, colour: string): void {
  const size = 0.8 * layout.em
  pen.font = `600 ${size}px ${theme.sans}`
  const { width } = pen.measureText(text)
  pen.save()
  pen.globalAlpha *= 0.8
  pen.fillStyle = theme.well
  rounded(pen, x - width / 2 - 3, y - 0.7 * size, width + 6, 1.4 * size, 3)
  pen.restore()
  letter(pen, text, x, y, { colour, size, font: theme.sans, bold: true, align: 'center' })
}

/** What is in the bucket at the cursor. */
function drawVessel(
  pen: Pen,
  frame: Frame,
  row: GroupRow,
  place: Place,
  band: Place,
  colour: string,
  level: number,
): void {
  const { layout, theme } = frame
  const { em, isWide } = layout
  const width = 1.9 * em
  const height = isWide ? place.height - 1.1 * em : band.height - 0.2 * em
  const x = isWide ? layout.x + layout.span + 0.8 * em : layout.x - width - 0.7 * em
  const y = isWide ? place.y + 0.55 * em : band.y + 0.1 * em
  const shape = (top: number) => {
    const slant = 0.16 * width
    const at = (part: number) => slant * part
    const part = (top - y) / height
    pen.beginPath()
    pen.moveTo(x + at(part), top)
    pen.lineTo(x + slant, y + height)
    pen.lineTo(x + width - slant, y + height)
    pen.lineTo(x + width - at(part), top)
  }
  shape(y)
  pen.fillStyle = theme.well
  pen.fill()
  const share = Math.min(1, level / holdsOf(row.node))
  shape(y + height * (1 - share))
  pen.fillStyle = colour
  pen.globalAlpha = 0.85
  pen.fill()
  pen.globalAlpha = 1
  const isHeld = row.limits.some(id => frame.timeline.throttlingOf(id, frame.cursor - 1, frame.cursor).length)
  shape(y)
  if (isHeld) {
    pen.globalAlpha = 0.4
    pen.fillStyle = hatching(pen, theme.bad, frame.density)
    pen.fill()
    pen.globalAlpha = 1
  }
  pen.strokeStyle = isHeld ? theme.bad : theme.soft
  pen.lineWidth = 1.5
  pen.stroke()
}

function drawTexts(pen: Pen, frame: Frame, row: GroupRow, place: Place, band: Place, colour: string): void {
  const { layout, theme } = frame
  const { em, isWide } = layout
  const { node } = row
  const { share } = groupWords(frame.timeline, row, frame.cursor)
  const small = { colour: theme.faint, size: 0.85 * em, font: theme.sans }
  const name = { colour: theme.ink, size: 0.98 * em, font: theme.mono, bold: true }
  const weight = node.parent ? frame.text('weight', { weight: node.weight }) : ''
  const limit = node.quota === undefined ? weight : `${duration(node.quota)} / ${duration(node.period)}`
  const indent = Math.max(0, Math.min(node.depth - 1, 5)) * 0.7 * em
  const y = place.y + 0.95 * em
  pen.fillStyle = colour
  rounded(pen, indent, y - 0.3 * em, 0.6 * em, 0.6 * em, 2)
  const left = indent + 0.95 * em
  if (isWide) {
    const most = layout.x - left - 0.3 * em
    letter(pen, node.name, left, y, { ...name, most })
    letter(pen, limit, left, y + 1.15 * em, { ...small, most })
    if (node.quota !== undefined)
      letter(pen, percent(share), left, y + 2.65 * em, { ...name, size: 1.35 * em, font: theme.sans })
    else
      letter(pen, percent(share), layout.x + layout.span + 0.8 * em, y + 0.1 * em, {
        ...name,
        size: 1.2 * em,
        font: theme.sans,
      })
    drawNumbers(pen, frame, node, place)
    return
  }
  letter(pen, node.name, left, y, { ...name, most: 0.4 * layout.width })
  letter(pen, percent(share), layout.width - 0.3 * em, y, { ...name, font: theme.sans, align: 'right' })
  letter(pen, limit, layout.width - 4.6 * em, y, { ...small, align: 'right' })
  const lines = numbersOf(node)
  lines.forEach(([label, value], i) => {
    const x = layout.x + (i % 2) * (layout.span / 2)
    const at = band.y + band.height + (0.75 + Math.floor(i / 2) * 1.1) * em
    letter(pen, `${label} ${value}`, x, at, { ...small, most: layout.span / 2 - em })
  })
}

/** The lines of cpu.stat, as the file has them. */
export function numbersOf(node: CgroupNode): readonly (readonly [string, string])[] {
  const us = (ns: number): string => String(Math.floor(ns / 1000))
  const usage = ['usage_usec', us(node.usage)] as const
  if (node.quota === undefined) return [usage]
  return [
    ['nr_periods', String(node.nrPeriods)],
    ['nr_throttled', String(node.nrThrottled)],
    ['throttled_usec', us(node.throttledTime)],
    usage,
  ]
}

function drawNumbers(pen: Pen, { layout, theme }: Frame, node: CgroupNode, place: Place): void {
  const { em } = layout
  const lines = numbersOf(node)
  const how = { size: 0.84 * em, font: theme.mono }
  const x = layout.x + layout.span + (node.quota === undefined ? 0.8 : 3.3) * em
  const first = node.quota === undefined ? 1.75 : 0
  lines.forEach(([label, value], i) => {
    const y = place.y + (0.85 + first + i * 1.14) * em
    letter(pen, label, x, y, { ...how, colour: theme.faint, size: 0.78 * em })
    letter(pen, value, layout.width - 0.2 * em, y, { ...how, colour: theme.soft, align: 'right' })
  })
}
