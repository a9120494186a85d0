/** The picture's pens: what is drawn more than once, on a canvas of CSS pixels. */

/** The page's colours and letters, as its style sheet has them at the moment. */
export interface Theme {
  readonly panel: string
  readonly well: string
  readonly line: string
  readonly strong: string
  readonly ink: string
  readonly soft: string
  readonly faint: string
  readonly accent: string
  readonly warn: string
  readonly bad: string
  readonly sans: string
  readonly mono: string
  /** On a colour of the palette. */
  readonly onColour: string
}

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element)
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    panel: of('panel'),
    well: of('well'),
    line: of('line'),
    strong: of('line-strong'),
    ink: of('ink'),
    soft: of('ink-soft'),
    faint: of('ink-faint'),
    accent: of('accent'),
    warn: of('warn'),
    bad: of('bad'),
    sans: of('sans'),
    mono: of('mono'),
    onColour: '#0b0e12',
  }
}

export type Pen = CanvasRenderingContext2D

export function rounded(pen: Pen, x: number, y: number, width: number, height: number, radius: number): void {
  pen.beginPath()
  pen.roundRect(x, y, width, height, radius)
  pen.fill()
}

/** A little flag on the axis, by the foot of its pole. */
export function flag(pen: Pen, colour: string, x: number, foot: number): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.moveTo(x, foot)
  pen.lineTo(x, foot - 10)
  pen.lineTo(x + 7, foot - 7)
  pen.lineTo(x + 1.2, foot - 4)
  pen.lineTo(x + 1.2, foot)
  pen.fill()
}

export interface Lettering {
  readonly colour: string
  readonly size: number
  readonly font: string
  readonly bold?: boolean
  readonly align?: CanvasTextAlign
  /** Cut off what is longer, in pixels. */
  readonly most?: number
}

/** A line of text, by its middle. */
export function letter(pen: Pen, text: string, x: number, y: number, how: Lettering): void {
  pen.font = `${how.bold ? '600 ' : ''}${how.size}px ${how.font}`
  pen.fillStyle = how.colour
  pen.textAlign = how.align ?? 'left'
  pen.textBaseline = 'middle'
  pen.fillText(how.most === undefined ? text : cut(pen, text, how.most), x, y)
}

/** As much of a text as there is room for. */
function cut(pen: Pen, text: string, most: number): string {
  if (pen.measureText(text).width <= most) return text
  let length = text.length
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > most) length--
  return `${text.slice(0, length)}…`
}

const patterns = new Map<string, CanvasPattern>()

/** Slanting lines of a colour. */
export function hatching(pen: Pen, colour: string, scale: number): CanvasPattern {
  const known = patterns.get(colour + scale)
  if (known) return known
  const size = Math.round(8 * scale)
  const tile = new OffscreenCanvas(size, size)
  const it = tile.getContext('2d')!
  it.strokeStyle = colour
  it.lineWidth = 2 * scale
  it.beginPath()
  for (const from of [-size, 0, size]) {
    it.moveTo(from, size)
    it.lineTo(from + size, 0)
  }
  it.stroke()
  const pattern = pen.createPattern(tile, 'repeat')!
  pattern.setTransform(new DOMMatrix().scale(1 / scale))
  patterns.set(colour + scale, pattern)
  return pattern
}
