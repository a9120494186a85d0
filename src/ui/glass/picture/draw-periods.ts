/** Times in a cgroup's band: how long it ran in each period, and how long it was held back. None stands on another. */
import { ranIn, slicesBelow } from '../../../machine/index.ts'
import { duration } from '../../format.ts'
import type { Frame, Part } from './draw.ts'
import type { Place } from './layout.ts'
import { letter, type Pen, rounded } from './paint.ts'
import type { GroupRow } from './rows.ts'
import { union, xOf } from './segments.ts'

/** Says of each period that is wide enough how long the group ran in it and how long it was held back. */
export function drawPeriods(
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
