/** The plot of the page: for each share a ring where Linux is and a dot where Vitrine is, in SVG. */
import { type Comparison, TOLERANCE } from './figures.ts'

const LINE = 16
const LEFT = 420
const WIDTH = 480
const TOP = 44
const RIGHT = 30

const x = (share: number): number => LEFT + (share / 200) * WIDTH
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

export function plotOf(comparisons: readonly Comparison[]): string {
  const height = TOP + comparisons.length * LINE + 10
  const width = LEFT + WIDTH + RIGHT
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    '<title>CPU shares on Linux and on Vitrine</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    legend(),
    ...[0, 25, 50, 75, 100, 125, 150, 175, 200].map(share => gridLine(share, height)),
    ...comparisons.map(line),
    '</svg>\n',
  ].join('\n')
}

const legend = (): string =>
  `<circle cx="12" cy="14" r="5" fill="none" stroke="#444"/><text x="22" y="18">a run on Linux</text>` +
  `<circle cx="300" cy="14" r="3" fill="#c2410c"/><text x="308" y="18">Vitrine; grey: ${TOLERANCE} ` +
  `percentage points</text>`

const gridLine = (share: number, height: number): string =>
  `<path d="M${x(share)} ${TOP - 8}V${height - 6}" stroke="#ddd"/>` +
  `<text x="${x(share)}" y="${TOP - 12}" text-anchor="middle" fill="#444">${share} %</text>`

const at = (share: number): string => x(share).toFixed(1)

const bandOf = (share: number, y: number): string => {
  const width = (2 * (x(TOLERANCE) - x(0))).toFixed(1)
  return `<rect x="${at(share - TOLERANCE)}" y="${y - 4}" width="${width}" height="8" fill="#eee"/>`
}

function line({ setup, linux, vitrine, runs }: Comparison, i: number, all: readonly Comparison[]): string {
  const y = TOP + i * LINE + LINE / 2
  const title = all[i - 1]?.setup === setup ? '' : `<text x="4" y="${y + 4}">${escaped(setup.title)}</text>`
  return (
    `${title}<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end" fill="#666">${escaped(linux.what)}</text>` +
    runs.map(share => bandOf(share, y)).join('') +
    runs.map(share => `<circle cx="${at(share)}" cy="${y}" r="5" fill="none" stroke="#444"/>`).join('') +
    `<circle cx="${at(vitrine.share)}" cy="${y}" r="3" fill="#c2410c"/>`
  )
}
