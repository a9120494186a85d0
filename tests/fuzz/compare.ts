/** Where Linux and Vitrine part. */
import { type Linux, runOnLinux } from './linux.ts'
import type { Sequence } from './operations.ts'
import { runInVitrine } from './vitrine.ts'

export interface Difference {
  readonly step: number
  /** What either gave: the value and the digest of all files. */
  readonly linux: string
  readonly vitrine: string
}

/** The first step at which a sequence differs. `real` is what Linux printed for each. */
export function compare(sequence: Sequence, real: readonly string[]): Difference | undefined {
  const steps = runInVitrine(sequence)
  for (let i = 0; i < sequence.lines.length; i++) {
    const step = steps[i]
    const vitrine = step ? `${step.value} ${step.digest}` : 'nothing'
    const linux = real[i]?.split('\n')[0] ?? 'nothing'
    if (vitrine !== linux) return { step: i, linux, vitrine }
  }
  return undefined
}

/** The sequences, each with what either kernel gave at the step that differs, and the files that do. */
export function report(linux: Linux, sequences: readonly Sequence[]): string {
  const real = runOnLinux(linux, sequences, true)
  return sequences.map((sequence, i) => reportOne(sequence, real[i] ?? [])).join('\n')
}

function reportOne(sequence: Sequence, real: readonly string[]): string {
  const difference = compare(sequence, real)
  const { step, linux, vitrine } = difference ?? { step: sequence.lines.length, linux: '', vitrine: '' }
  const operations = sequence.lines.slice(0, step + 1).map(line => `  ${line}`)
  const lines = [`---- seed ${sequence.name} (${sequence.base})`, ...operations]
  if (!difference) return [...lines, '  (no difference any more)'].join('\n')
  lines.push(`  Linux ${linux}, Vitrine ${vitrine}`)
  const [, , ...there] = (real[step] ?? '').split('\n')
  const here = runInVitrine(sequence)[step]?.files.trimEnd().split('\n') ?? []
  for (const line of there) if (!here.includes(line)) lines.push(`  - ${line}`)
  for (const line of here) if (!there.includes(line)) lines.push(`  + ${line}`)
  return lines.join('\n')
}
