/** What stands beside a cgroup's band: its name and share, the bucket at the cursor, the numbers of cpu.stat. */
import { bucketCurve, type CgroupNode } from '../../../machine/index.ts'
import { percent, quotaName } from '../../format.ts'
import type { Frame } from './draw.ts'
import { linesBelow, type Place } from './layout.ts'
import { hatching, letter, type Pen, rounded } from './paint.ts'
import type { GroupRow } from './rows.ts'
import { groupWords, numbersOf, standingOf } from './words.ts'

/** The most that a group's bucket holds, in ns. */
export const holdsOf = ({ quota = 0, burst }: CgroupNode): number => quota + burst

/** What is in the bucket at the cursor. */
function levelNow(frame: Frame, { node, below }: GroupRow): number {
  const level = bucketCurve(frame.timeline, below, holdsOf(node), frame.cursor - 1, frame.cursor).at(
    -1,
  )?.level
  // Nobody has asked for any since it was filled.
  return level ?? holdsOf(node)
}

/** What is in the bucket at the cursor. */
export function drawVessel(
  pen: Pen,
  frame: Frame,
  row: GroupRow,
  place: Place,
  band: Place,
  colour: string,
): void {
  const { layout, theme } = frame
  const { em, isWide } = layout
  const width = 1.9 * em
  const gap = Math.min(0.55 * em, 0.13 * place.height)
  const height = isWide ? place.height - 2 * gap : band.height - 0.2 * em
  const x = isWide ? layout.x + layout.span + 0.8 * em : layout.x - width - 0.7 * em
  const y = isWide ? place.y + gap : band.y + 0.1 * em
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
  const share = Math.min(1, levelNow(frame, row) / holdsOf(row.node))
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

/** A row with room for it has its share in large letters, on a line of its own. */
const LARGE = 4.4

export function drawTexts(
  pen: Pen,
  frame: Frame,
  row: GroupRow,
  place: Place,
  band: Place,
  colour: string,
): void {
  const { layout, theme } = frame
  const { em, isWide } = layout
  const { node } = row
  const share = percent(groupWords(frame.timeline, row, frame.cursor).share)
  const name = { colour: theme.ink, size: 0.98 * em, font: theme.mono, bold: true }
  const small = { colour: node.frozen ? theme.accent : theme.faint, size: 0.85 * em, font: theme.sans }
  const limit = limitOf(frame, node)
  const indent = Math.max(0, Math.min(node.depth - 1, 5)) * 0.7 * em
  const y = place.y + Math.min(0.95 * em, 0.28 * place.height)
  const left = indent + 0.95 * em
  pen.fillStyle = colour
  rounded(pen, indent, y - 0.3 * em, 0.6 * em, 0.6 * em, 2)
  if (!isWide) {
    letter(pen, node.name, left, y, { ...name, most: 0.4 * layout.width })
    letter(pen, share, layout.width - 0.3 * em, y, { ...name, font: theme.sans, align: 'right' })
    letter(pen, limit, layout.width - 4.6 * em, y, { ...small, align: 'right', most: 0.4 * layout.width })
    drawNumbersBelow(pen, frame, node, place, band)
    return
  }
  const isLarge = node.quota !== undefined && place.height >= LARGE * em
  const right = layout.x - 0.7 * em
  letter(pen, node.name, left, y, { ...name, most: right - left - (isLarge ? 0 : 3.3 * em) })
  letter(pen, limit, left, y + Math.min(1.15 * em, 0.47 * place.height), { ...small, most: right - left })
  if (isLarge) letter(pen, share, left, y + 2.65 * em, { ...name, size: 1.35 * em, font: theme.sans })
  else letter(pen, share, right, y, { ...name, size: 1.02 * em, font: theme.sans, align: 'right' })
  drawNumbers(pen, frame, node, place)
}

/** What holds the group back. */
function limitOf(frame: Frame, node: CgroupNode): string {
  const { quota, period, burst, frozen } = node
  if (frozen || quota === undefined) return standingOf(node, frame.text)
  return quotaName(quota, burst, period)
}

/** As many lines of cpu.stat as there is room for, those that matter first. */
function drawNumbers(pen: Pen, { layout, theme }: Frame, node: CgroupNode, place: Place): void {
  const { em } = layout
  const room = Math.max(1, Math.floor((place.height - 0.3 * em) / (1.14 * em)))
  const lines = numbersOf(node, room)
  const how = { size: 0.84 * em, font: theme.mono }
  const x = layout.x + layout.span + 3.3 * em
  // In the middle of a row that is low, else at its top.
  const first = place.y + (room < 4 ? 0.5 * place.height - 0.57 * em * lines.length : 0.28 * em)
  lines.forEach(([label, value], i) => {
    const y = first + (0.57 + i * 1.14) * em
    letter(pen, label, x, y, { ...how, colour: theme.faint, size: 0.78 * em })
    letter(pen, value, layout.width - 0.2 * em, y, { ...how, colour: theme.soft, align: 'right' })
  })
}

function drawNumbersBelow(pen: Pen, frame: Frame, node: CgroupNode, place: Place, band: Place): void {
  const { layout, theme } = frame
  const { em } = layout
  const room = 2 * linesBelow(layout, place, node.quota !== undefined)
  numbersOf(node, room).forEach(([label, value], i) => {
    const x = layout.x + (i % 2) * (layout.span / 2)
    const y = band.y + band.height + (0.75 + Math.floor(i / 2) * 1.1) * em
    letter(pen, `${label} ${value}`, x, y, {
      colour: theme.faint,
      size: 0.85 * em,
      font: theme.sans,
      most: layout.span / 2 - em,
    })
  })
}
