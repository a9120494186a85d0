/**
 * `npm run fuzz -- [--from SEED] [--count N] [--seeds SEED,…] [--length N] [--plain] [--wide] [--keep FOLDER]`: random
 * sequences of file-system operations, compared with a real Linux kernel after every step. A sequence that differs is
 * made as short as can be and printed.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compare, report } from './compare.ts'
import { type Linux, runOnLinux } from './linux.ts'
import { type Sequence, sequenceOf } from './operations.ts'
import { shellMain } from './shell/main.ts'
import { shrink } from './shrink.ts'

/** Sequences that Linux is asked for at once. */
const AT_ONCE = 1000

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
  const seeds = args.includes('--seeds')
    ? args[args.indexOf('--seeds') + 1]!.split(',').map(Number)
    : Array.from({ length: count }, (_, i) => from + i)
  if (args.includes('--shell'))
    return shellMain({
      seeds,
      most,
      long: args.includes('--long'),
      once: args.includes('--once'),
      record: args.includes('--record') ? join(cwd, 'tests/fuzz/shell/recorded') : undefined,
      keep,
      jobs: number('--jobs', 2),
    })
  const kinds = { plain: args.includes('--plain'), wide: args.includes('--wide') }
  const linux: Linux = { source: readFileSync(join(cwd, 'tests/fuzz/linux.c'), 'utf8'), keep }
  const differing: Sequence[] = []
  for (let at = 0; at < seeds.length; at += AT_ONCE) {
    const sequences = seeds.slice(at, at + AT_ONCE).map(seed => sequenceOf(seed, length, kinds))
    const real = runOnLinux(linux, sequences)
    for (const [i, sequence] of sequences.entries()) {
      const difference = compare(sequence, real[i] ?? [])
      if (difference) differing.push({ ...sequence, lines: sequence.lines.slice(0, difference.step + 1) })
    }
  }
  const shown = differing.slice(0, most)
  if (shown.length)
    console.log(
      report(linux, args.includes('--long') ? shown : shrink(shown, list => differsEach(linux, list))),
    )
  for (const { name } of differing.slice(most)) console.log(`---- seed ${name}`)
  console.log(`${seeds.length} sequences from seed ${seeds[0]}, ${differing.length} differ`)
  return differing.length ? 1 : 0
}

function differsEach(linux: Linux, sequences: readonly Sequence[]): boolean[] {
  const real = runOnLinux(linux, sequences)
  return sequences.map((it, i) => compare(it, real[i] ?? []) !== undefined)
}
