/** Draws the picture: the time axis, a lane per CPU, and those rows of cgroups that are in sight. */
import type { Slice, Timeline } from '../../../machine/index.ts'
import { clockTime, duration } from '../../format.ts'
import type { Mark } from '../marked.svelte.ts'
import { drawBusy, drawLegend } from './draw-legend.ts'
import { drawRow } from './draw-row.ts'
import type { Layout } from './layout.ts'
import { flag, letter, type Pen, rounded, type Theme } from './paint.ts'
import { colourOf, HOST } from './palette.ts'
import type { GroupRow } from './rows.ts'
import { type Scale, segmentsOf, tickStep, xOf } from './segments.ts'

/** Everything that one picture shows. */
export interface Frame {
  readonly layout: Layout
  readonly theme: Theme
  readonly timeline: Timeline
  readonly rows: readonly GroupRow[]
  readonly page: { readonly from: number; readonly to: number }
  readonly cursor: number
  readonly now: number
  readonly isLive: boolean
  readonly by: 'task' | 'cgroup'
  /** The root of the cgroup tree: what is in it is nobody's colour. */
  readonly root: number
  readonly mark: Mark | undefined
  /** When command lines were entered. */
  readonly flags: readonly number[]
  readonly height: number
  readonly scroll: number
  /** Device pixels per CSS pixel. */
  readonly density: number
  /** Seconds since 1970 at a moment of the virtual clock. */
  readonly clockOf: (at: number) => number
  readonly text: (message: Said, values?: Record<string, string | number>) => string
}

/** The words that the picture itself has. */
type Said =
  | 'idle'
  | 'weight'
  | 'shares'
  | 'frozen'
  | 'held'
  | 'legendHeld'
  | 'legendLeft'
  | 'legendBurst'
  | 'legendCommand'

/** A stretch of time, and where and how strongly it is drawn. */
export interface Part {
  readonly scale: Scale
  readonly from: number
  readonly to: number
  readonly alpha: number
}

/** So much of the page right of the cursor is wiped already, as on an oscilloscope. */
const WIPED = 0.025
const DIM = 0.4

/** What is shown of the time before the cursor and, dimmed, of the page before or of what came later. */
export function partsOf({ layout, page, cursor, now, isLive }: Frame): readonly Part[] {
  const window = page.to - page.from
  const scale = { from: page.from, to: page.to, x: layout.x, width: layout.span }
  const before = { scale, from: page.from, to: cursor, alpha: 1 }
  if (!isLive) return [before, { scale, from: cursor, to: Math.min(now, page.to), alpha: DIM }]
  const past = { ...scale, from: page.from - window, to: page.from }
  const from = cursor - window * (1 - WIPED)
  return from < page.from ? [before, { scale: past, from, to: page.from, alpha: DIM }] : [before]
}

export function draw(pen: Pen, frame: Frame): void {
  const { layout, height } = frame
  pen.setTransform(frame.density, 0, 0, frame.density, 0, 0)
  pen.clearRect(0, 0, layout.width, height)
  const parts = partsOf(frame)
  const step = tickStep(parts[0]!.scale, 4.6 * layout.em)
  pen.save()
  pen.beginPath()
  pen.rect(0, layout.head, layout.width, height - layout.head)
  pen.clip()
  drawRows(pen, frame, parts, step)
  pen.restore()
  drawAxis(pen, frame, step)
  for (let cpu = 0; cpu < layout.lanes.length; cpu++) drawLane(pen, frame, parts, cpu)
  if (layout.isWide) {
    drawBusy(pen, frame)
    drawLegend(pen, frame)
  }
  drawCursor(pen, frame)
}

function drawRows(pen: Pen, frame: Frame, parts: readonly Part[], step: number): void {
  const { layout, theme } = frame
  pen.fillStyle = theme.line
  for (let at = frame.page.from; at <= frame.page.to; at += step)
    pen.fillRect(Math.round(xOf(parts[0]!.scale, at)), layout.head, 1, frame.height)
  for (const [i, row] of frame.rows.entries()) {
    const place = layout.rows[i]!
    const y = layout.head + place.y - frame.scroll
    if (y > frame.height || y + place.height < layout.head) continue
    drawRow(pen, frame, parts, row, { y, height: place.height })
  }
}

function drawAxis(pen: Pen, frame: Frame, step: number): void {
  const { layout, theme, page } = frame
  const [size, y] = [0.82 * layout.em, 0.6 * layout.em]
  const scale = { from: page.from, to: page.to, x: layout.x, width: layout.span }
  const how = { colour: theme.faint, size, font: theme.sans }
  if (layout.isWide)
    letter(pen, clockTime(frame.clockOf(page.from)), layout.x - 0.7 * layout.em, y, {
      ...how,
      align: 'right',
      font: theme.mono,
    })
  for (let at = page.from; at <= page.to; at += step) {
    const x = xOf(scale, at)
    pen.fillStyle = theme.strong
    pen.fillRect(Math.round(x), layout.axis.height - 4, 1, 4)
    if (at === page.from) letter(pen, '0', x + 3, y, how)
    else if (x < layout.x + layout.span - 2.6 * layout.em)
      letter(pen, duration(at - page.from), x + 3, y, how)
  }
  for (const at of frame.flags)
    if (at >= page.from && at <= Math.min(page.to, frame.cursor))
      flag(pen, theme.accent, xOf(scale, at), layout.axis.height)
}

/** Threads of a process have its colour. */
const keyOf = (frame: Frame) =>
  frame.by === 'task' ? (slice: Slice) => slice.process : (slice: Slice) => slice.cgroup

export function colourOfKey(frame: Frame, key: number): string {
  return frame.by === 'cgroup' && (key === frame.root || key === 0) ? HOST : colourOf(key)
}

/** Whether a slice belongs to what is marked; everything does where nothing is. */
function isLit({ mark, rows }: Frame, slice: Slice): boolean {
  if (!mark) return true
  if (mark.task !== undefined) return slice.process === mark.task
  return (
    rows.find(row => row.node.id === mark.cgroup)?.below.includes(slice.cgroup) ??
    slice.cgroup === mark.cgroup
  )
}

function drawLane(pen: Pen, frame: Frame, parts: readonly Part[], cpu: number): void {
  const { layout, theme, timeline } = frame
  const lane = layout.lanes[cpu]!
  const { em } = layout
  const size = Math.min(0.9 * em, lane.height)
  pen.fillStyle = theme.well
  rounded(pen, layout.x, lane.y, layout.span, lane.height, 3)
  letter(pen, `CPU ${cpu}`, layout.x - 0.7 * em, lane.y + lane.height / 2, {
    colour: theme.soft,
    size: layout.isWide ? size : 0.85 * size,
    font: theme.sans,
    align: 'right',
  })
  let isIdle = true
  for (const part of parts) {
    const slices = timeline.lane(cpu, part.from, part.to).map(slice => within(slice, part))
    if (slices.length) isIdle = false
    drawSlices(pen, frame, part, slices, lane.y + 1, lane.height - 2)
    pen.fillStyle = theme.line
    for (const gap of timeline.gaps(part.from, part.to)) {
      const x = xOf(part.scale, Math.max(gap.from, part.from))
      pen.fillRect(x, lane.y, xOf(part.scale, Math.min(gap.to, part.to)) - x, lane.height)
    }
  }
  if (isIdle)
    letter(pen, frame.text('idle'), layout.x + em, lane.y + lane.height / 2, {
      colour: theme.faint,
      size: 0.85 * size,
      font: theme.sans,
    })
}

/** The part of a slice that a part of the page shows. */
function within(slice: Slice, part: Part): Slice {
  if (slice.from >= part.from && slice.to <= part.to) return slice
  return { ...slice, from: Math.max(slice.from, part.from), to: Math.min(slice.to, part.to) }
}

function drawSlices(
  pen: Pen,
  frame: Frame,
  part: Part,
  slices: readonly Slice[],
  y: number,
  height: number,
): void {
  const { solid, mixed } = segmentsOf(slices, part.scale, keyOf(frame))
  for (const { x, width, slice } of solid) {
    pen.globalAlpha = part.alpha * (isLit(frame, slice) ? 1 : 0.22)
    pen.fillStyle = colourOfKey(frame, keyOf(frame)(slice))
    const apart = width > 4 ? 1 : 0
    if (width > 8) rounded(pen, x, y, width - apart, height, 2)
    else pen.fillRect(x, y, Math.max(1, width - apart), height)
    drawName(pen, frame, slice, x, y, width, height)
  }
  pen.globalAlpha = part.alpha
  for (const { x, shares } of mixed) {
    let foot = y + height
    for (const [key, share] of shares) {
      const part = share * height
      pen.fillStyle = colourOfKey(frame, key)
      pen.fillRect(x, foot - part, 1, part)
      foot -= part
    }
  }
  pen.globalAlpha = 1
}

function drawName(
  pen: Pen,
  { layout, theme }: Frame,
  slice: Slice,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const size = 0.8 * layout.em
  if (width < 2.6 * layout.em || height < size) return
  const long = `${slice.comm} ${slice.pid}`
  const text = width > long.length * size * 0.62 + 8 ? long : slice.comm
  letter(pen, text, x + 4, y + height / 2 + 0.5, {
    colour: theme.onColour,
    size,
    font: theme.mono,
    most: width - 8,
  })
}

function drawCursor(pen: Pen, frame: Frame): void {
  const { layout, theme, page } = frame
  const x = Math.round(xOf({ from: page.from, to: page.to, x: layout.x, width: layout.span }, frame.cursor))
  pen.fillStyle = frame.isLive ? theme.ink : theme.warn
  pen.fillRect(x - 0.5, layout.axis.height - 4, frame.isLive ? 1.5 : 2, frame.height)
  pen.beginPath()
  pen.moveTo(x - 5, layout.axis.height - 9)
  pen.lineTo(x + 5, layout.axis.height - 9)
  pen.lineTo(x + 0.25, layout.axis.height - 2)
  pen.fill()
}
