/**
 * `npm run fuzz -- --shell [--from SEED] [--count N] [--seeds SEED,…] [--most N] [--long] [--once] [--keep FOLDER]
 * [--jobs N] [--record]`: random sequences of shell commands about containers, compared with a real Linux. Sequences that
 * differ are made as short as can be and printed; those to which Linux says the same as Vitrine when they have a machine of
 * their own are set aside and listed.
 */
import { shrink } from '../shrink.ts'
import { difference, linesApart } from './compare.ts'
import { askLinux, type Linux } from './linux.ts'
import { keepRecorded } from './recorded.ts'
import { type ShellSequence, shellSequenceOf } from './sequence.ts'
import { runInVitrine } from './vitrine.ts'

export interface ShellOptions {
  readonly seeds: readonly number[]
  readonly most: number
  readonly long: boolean
  /** Take Linux at its first word. */
  readonly once: boolean
  readonly keep: string | undefined
  /** The folder for sequences that agree, with what Linux printed: a test looks at them. */
  readonly record: string | undefined
  readonly jobs: number
}

export function shellMain({ seeds, most, long, once, keep, record, jobs }: ShellOptions): number {
  const linux: Linux = { keep, jobs }
  const sequences = seeds.map(shellSequenceOf)
  const real = askLinux(linux, sequences)
  const differing = sequences.filter((it, i) => difference(real[i]!, runInVitrine(it)))
  if (record)
    for (const [i, sequence] of sequences.entries())
      if (!differing.includes(sequence)) keepRecorded(record, { sequence, linux: real[i]! })
  const unsteady = once ? [] : unsteadyOf(linux, differing)
  const ours = differing.filter(it => !unsteady.includes(it))
  const shown = ours.slice(0, most)
  for (const it of long ? shown : shrink(shown, list => differsEach(linux, list))) report(linux, it)
  for (const { name } of ours.slice(most)) console.log(`---- seed ${name}`)
  if (unsteady.length)
    console.log(
      `Linux disagrees with itself, and agrees when alone, on ${unsteady.map(it => it.name).join(' ')}`,
    )
  console.log(`${seeds.length} sequences from seed ${seeds[0]}, ${ours.length} differ`)
  return ours.length ? 1 : 0
}

/** Those that Linux answers as Vitrine does when each has a machine to itself. */
function unsteadyOf(linux: Linux, sequences: readonly ShellSequence[]): ShellSequence[] {
  const again = askLinux(linux, sequences, true)
  return sequences.filter((it, i) => !difference(again[i]!, runInVitrine(it)))
}

function differsEach(linux: Linux, sequences: readonly ShellSequence[]): boolean[] {
  const real = askLinux(linux, sequences)
  return sequences.map((it, i) => difference(real[i]!, runInVitrine(it)) !== undefined)
}

function report(linux: Linux, it: ShellSequence): void {
  const [real] = askLinux(linux, [it])
  const found = difference(real!, runInVitrine(it))
  console.log(`---- seed ${it.name}`)
  for (const [i, line] of it.lines.entries()) console.log(`${String(i).padStart(4)}  ${line}`)
  console.log(found ? `at ${found.step}\n${linesApart(found)}` : '  (no difference any more)')
}
