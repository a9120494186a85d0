/** Right of the lanes: how busy each CPU was, and what the shapes of the rows mean. */
import { percent } from '../../format.ts'
import type { Frame } from './draw.ts'
import { flag, hatching, letter, type Pen } from './paint.ts'
import { cpuWords } from './words.ts'

/** How much of the last second each CPU ran somebody. */
export function drawBusy(pen: Pen, { layout, theme, timeline, cursor }: Frame): void {
  const { em } = layout
  for (const [cpu, lane] of layout.lanes.entries())
    letter(
      pen,
      percent(cpuWords(timeline, cpu, cursor).busy),
      layout.x + layout.span + 0.8 * em,
      lane.y + lane.height / 2,
      {
        colour: theme.soft,
        size: Math.min(0.95 * em, lane.height),
        font: theme.sans,
        bold: true,
      },
    )
}

/** A shape as it is drawn in the rows, in a box of the legend. */
type Shape = (pen: Pen, frame: Frame, x: number, y: number, width: number, height: number) => void

const held: Shape = (pen, { theme, density }, x, y, width, height) => {
  pen.globalAlpha = 0.1
  pen.fillStyle = theme.bad
  pen.fillRect(x, y, width, height)
  pen.globalAlpha = 0.5
  pen.fillStyle = hatching(pen, theme.bad, density)
  pen.fillRect(x, y, width, height)
  pen.globalAlpha = 1
}

const left: Shape = (pen, { theme }, x, y, width, height) => {
  pen.beginPath()
  pen.moveTo(x, y + height)
  pen.lineTo(x, y)
  pen.lineTo(x + width, y + height)
  pen.globalAlpha = 0.28
  pen.fillStyle = theme.soft
  pen.fill()
  pen.globalAlpha = 1
  pen.strokeStyle = theme.soft
  pen.lineWidth = 1.5
  pen.beginPath()
  pen.moveTo(x, y)
  pen.lineTo(x + width, y + height)
  pen.stroke()
}

const burst: Shape = (pen, { theme }, x, y, width, height) => {
  pen.save()
  pen.setLineDash([4, 3])
  pen.strokeStyle = theme.warn
  pen.lineWidth = 1
  pen.beginPath()
  pen.moveTo(x, y + height / 2)
  pen.lineTo(x + width, y + height / 2)
  pen.stroke()
  pen.restore()
}

const command: Shape = (pen, { theme }, x, y, width, height) =>
  flag(pen, theme.accent, x + width / 2 - 2, y + height)

/** What there is of it in the picture; as many lines as there is room for. */
export function drawLegend(pen: Pen, frame: Frame): void {
  const { layout, theme, rows } = frame
  const { em } = layout
  const isLimited = rows.some(it => it.node.quota !== undefined)
  const lines = [
    isLimited && ([held, 'legendHeld'] as const),
    isLimited && ([left, 'legendLeft'] as const),
    rows.some(it => it.node.burst > 0) && ([burst, 'legendBurst'] as const),
    frame.flags.length > 0 && ([command, 'legendCommand'] as const),
  ].filter(it => it !== false)
  const step = 1.25 * em
  const x = layout.x + layout.span + 4.5 * em
  lines.slice(0, Math.floor(layout.head / step)).forEach(([shape, word], i) => {
    const y = (i + 0.55) * step
    shape(pen, frame, x, y - 0.38 * em, 1.3 * em, 0.76 * em)
    letter(pen, frame.text(word), x + 1.9 * em, y, {
      colour: theme.soft,
      size: 0.82 * em,
      font: theme.sans,
      most: layout.width - x - 1.9 * em,
    })
  })
}
