/** The table of the page. */
import { type Comparison, difference, type Measured } from './figures.ts'

const BEGIN = '<!-- table -->'
const END = '<!-- end of the table -->'

/** The page with a new table in it. */
export function pageOf(
  page: string,
  comparisons: readonly Comparison[],
  { kernel, dates }: Measured,
): string {
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`)
  const worst = Math.max(...comparisons.map(it => Math.abs(difference(it))))
  const mean = comparisons.reduce((sum, it) => sum + Math.abs(difference(it)), 0) / comparisons.length
  const setups = new Set(comparisons.map(it => it.setup.name)).size
  const head =
    `Measured on Linux ${kernel}, ${dates.length} runs, ${[...new Set(dates)].join(', ')}. ` +
    `${setups} set-ups, ${comparisons.length} shares: the furthest apart by ${worst.toFixed(1)} percentage points, ` +
    `${mean.toFixed(2)} in the mean.`
  return `${before}${BEGIN}\n${head}\n\n${tableOf(comparisons)}${END}${after}`
}

const HEAD = `| Set-up | | Share, % of a CPU | | nr_periods | | nr_throttled | | throttled, ms | |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
| | | Linux | Vitrine | Linux | Vitrine | Linux | Vitrine | Linux | Vitrine |
`

/** Counts are of ten seconds. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((it, i) => {
    const { linux, vitrine, runs } = it
    const title = comparisons[i - 1]?.setup === it.setup ? '' : it.setup.title
    const shares = [runs.map(share => share.toFixed(1)).join(', '), vitrine.share.toFixed(1)]
    const counts = (['periods', 'throttled', 'throttledMs'] as const).flatMap(key => [
      linux.bandwidth?.[key].toFixed(0) ?? '',
      vitrine.bandwidth?.[key].toFixed(0) ?? '',
    ])
    return `| ${[title, linux.what, ...shares, ...counts].join(' | ')} |\n`
  })
  return HEAD + rows.join('')
}
