/**
 * `npm run fuzz -- [--from SEED] [--count N] [--length N] [--plain] [--keep FOLDER]`: random sequences of file-system
 * operations, compared with a real Linux kernel after every step. A sequence that differs is made as short as can be
 * and printed.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Linux, runOnLinux } from './linux.ts'
import { type Sequence, sequenceOf } from './operations.ts'
import { runInVitrine } from './vitrine.ts'

/** Sequences that Linux is asked for at once. */
const AT_ONCE = 1000

interface Difference {
  readonly step: number
  readonly line: string
  readonly linux: string
  readonly vitrine: string
}

export function main(args: readonly string[], cwd: string): number {
  const number = (name: string, otherwise: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise
  const from = number('--from', 1)
  const count = number('--count', 200)
  const length = number('--length', 50)
  const most = number('--most', 5)
  const keep = args.includes('--keep') ? resolve(cwd, args[args.indexOf('--keep') + 1] ?? '') : undefined
  if (!process.env.RECORDER) {
    console.error('fuzz: $RECORDER is not set: which program runs a script on a real Linux?')
    return 2
  }
  const linux: Linux = { source: readFileSync(join(cwd, 'tests/fuzz/linux.c'), 'utf8'), keep }
  let differing = 0
  for (let at = from; at < from + count; at += AT_ONCE) {
    const sequences: Sequence[] = []
    for (let seed = at; seed < Math.min(at + AT_ONCE, from + count); seed++)
      sequences.push(sequenceOf(seed, length, args.includes('--plain')))
    const real = runOnLinux(linux, sequences)
    for (const [i, sequence] of sequences.entries()) {
      const difference = compare(sequence, real[i] ?? [])
      if (!difference) continue
      differing++
      if (differing <= most)
        console.log(report(linux, args.includes('--long') ? sequence : shrink(linux, sequence)))
      else console.log(`---- seed ${sequence.name}`)
    }
  }
  console.log(`${count} sequences from seed ${from}, ${differing} differ`)
  return differing ? 1 : 0
}

function compare(sequence: Sequence, real: readonly string[]): Difference | undefined {
  const steps = runInVitrine(sequence)
  for (let i = 0; i < sequence.lines.length; i++) {
    const step = steps[i]
    const vitrine = step ? `${step.value} ${step.digest}` : 'nothing'
    const linux = real[i]?.split('\n')[0] ?? 'nothing'
    if (vitrine !== linux) return { step: i, line: sequence.lines[i]!, linux, vitrine }
  }
  return undefined
}

/** Leaves out operations while a difference remains: half of them, a quarter, …, single ones. */
function shrink(linux: Linux, sequence: Sequence): Sequence {
  let best = sequence
  const first = compare(best, runOnLinux(linux, [best])[0] ?? [])
  if (first) best = { ...best, lines: best.lines.slice(0, first.step + 1) }
  for (let size = Math.ceil(best.lines.length / 2); size >= 1; ) {
    const candidates: Sequence[] = []
    for (let at = 0; at < best.lines.length; at += size)
      candidates.push({ ...best, lines: [...best.lines.slice(0, at), ...best.lines.slice(at + size)] })
    const real = runOnLinux(linux, candidates)
    const found = candidates.find((candidate, i) => compare(candidate, real[i] ?? []))
    if (found) best = found
    else if (size === 1) break
    else size = Math.ceil(size / 2)
    if (found) size = Math.min(size, Math.max(1, best.lines.length))
  }
  return best
}

function report(linux: Linux, sequence: Sequence): string {
  const real = runOnLinux(linux, [sequence], true)[0] ?? []
  const difference = compare(sequence, real)
  const lines = [`---- seed ${sequence.name} (${sequence.base})`, ...sequence.lines.map(line => `  ${line}`)]
  if (!difference) return [...lines, '  (no difference any more)'].join('\n')
  const { step, vitrine } = difference
  lines.push(`  Linux ${difference.linux}, Vitrine ${vitrine}`)
  const [, , ...there] = (real[step] ?? '').split('\n')
  const here = runInVitrine(sequence)[step]?.files.trimEnd().split('\n') ?? []
  for (const line of there) if (!here.includes(line)) lines.push(`  - ${line}`)
  for (const line of here) if (!there.includes(line)) lines.push(`  + ${line}`)
  return lines.join('\n')
}
