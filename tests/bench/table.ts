import type { Row } from './workloads.ts'

const ENGINES = ['vitrine', 'just-bash', 'bash', 'dash'] as const

/** The rows of one host (Node or Chromium) as text, each engine beside its ratio to Vitrine. */
export function table(title: string, rows: readonly Row[]): string {
  const head = [title, 'vitrine', ...ENGINES.slice(1).flatMap(name => [name, 'ratio']), 'goal', '']
  const body = rows.map(({ workload, medians }) => {
    const own = medians.vitrine
    const others = ENGINES.slice(1).flatMap(name => {
      const other = medians[name]
      return [
        figure(other, workload.unit),
        own && other ? `${ratio(workload.unit === 'ms' ? other / own : own / other)}×` : '–',
      ]
    })
    const reached = workload.reached(medians, name => rows.find(row => row.workload.name === name)?.medians)
    const verdict = reached === undefined ? '' : reached ? 'reached' : 'MISSED'
    return [workload.name, figure(own, workload.unit), ...others, workload.goal, verdict]
  })
  return columns([head, ...body])
}

/** Lines of cells, the first column to the left, the others to the right. */
export function columns(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map(line => (line[at] ?? '').length)))
  const row = (line: readonly string[]) =>
    line.map((cell, at) => (at ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join('  ')
  return lines.map(line => row(line).trimEnd()).join('\n')
}

export function figure(value: number | undefined, unit: '/s' | 'ms'): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  if (unit === 'ms') return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
  return value >= 10_000 ? `${(value / 1000).toFixed(0)} k/s` : `${value.toFixed(0)} /s`
}

const ratio = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))
