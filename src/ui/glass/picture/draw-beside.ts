/** What stands beside a cgroup's band: its name and share, the bucket at the cursor, the numbers of cpu.stat. */
import { bucketCurve, type CgroupNode } from '../../../machine/index.ts'
import { duration, percent } from '../../format.ts'
import type { Frame } from './draw.ts'
import type { Place } from './layout.ts'
import { hatching, letter, type Pen, rounded } from './paint.ts'
import type { GroupRow } from './rows.ts'
import { groupWords, numbersOf } from './words.ts'

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
