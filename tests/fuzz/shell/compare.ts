/** Where the answers of Linux and Vitrine to a sequence of shell commands part. */
import { partsOf } from './normalize.ts'

export interface Difference {
  /** The heading of the step that differs first. */
  readonly step: string
  readonly linux: string
  readonly vitrine: string
}

export function difference(linux: string, vitrine: string): Difference | undefined {
  const [real, ours] = [partsOf(linux), partsOf(vitrine)]
  for (let i = 0; i < Math.max(real.length, ours.length); i++) {
    const [a = '(nothing)\n', b = '(nothing)\n'] = [real[i], ours[i]]
    if (a !== b) return { step: /^--- .*/.exec(a)?.[0] ?? `part ${i}`, linux: a, vitrine: b }
  }
  return undefined
}

/** The lines that only one of both has. */
export function linesApart({ linux, vitrine }: Difference): string {
  const [there, here] = [linux.trimEnd().split('\n'), vitrine.trimEnd().split('\n')]
  const only = (lines: readonly string[], others: readonly string[]) =>
    lines.filter(it => !others.includes(it))
  const [minus, plus] = [only(there, here), only(here, there)]
  if (!minus.length && !plus.length) return `  (another order)\n${linux}`
  return [...minus.map(it => `  - ${it}`), ...plus.map(it => `  + ${it}`)].join('\n')
}
