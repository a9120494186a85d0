/**
 * `npm run fuzz -- [--from SEED] [--count N] [--length N] [--plain]`: random sequences of file-system operations, compared with
 * a real Linux kernel after every step. A sequence that differs is made as short as can be and printed.
 *
 * Linux is whatever `$RECORDER run --out DIR SCRIPT…` runs a script on as root, writing DIR/SCRIPT.out (see the README
 * of tests/conformance): a machine to throw away, with a C compiler.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Sequence, sequenceOf, textOf } from './operations.ts'
import { runInVitrine } from './vitrine.ts'

/** Sequences that one machine carries out. */
const BATCH = 500

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
  if (!process.env.RECORDER) {
    console.error('fuzz: $RECORDER is not set: which program runs a script on a real Linux?')
    return 2
  }
  const source = readFileSync(join(cwd, 'tests/fuzz/linux.c'), 'utf8')
  let differing = 0
  for (let at = from; at < from + count; at += BATCH * 4) {
    const sequences: Sequence[] = []
    for (let seed = at; seed < Math.min(at + BATCH * 4, from + count); seed++)
      sequences.push(sequenceOf(seed, length, args.includes('--plain')))
    const real = runOnLinux(source, sequences)
    for (const [i, sequence] of sequences.entries()) {
      const difference = compare(sequence, real[i] ?? [])
      if (!difference) continue
      differing++
      if (differing <= most)
        console.log(report(source, args.includes('--long') ? sequence : shrink(source, sequence)))
    }
  }
  console.log(`${count} sequences from seed ${from}, ${differing} differ`)
  return differing ? 1 : 0
}

/** What Linux prints for each step of each sequence: `value digest`. */
function runOnLinux(source: string, sequences: readonly Sequence[], verbose = false): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const scripts: string[] = []
  for (let at = 0; at < sequences.length; at += BATCH) {
    const script = join(folder, `batch${at}.sh`)
    const operations = sequences
      .slice(at, at + BATCH)
      .map(textOf)
      .join('')
    writeFileSync(script, scriptOf(source, operations, verbose))
    scripts.push(script)
  }
  spawnSync(process.env.RECORDER!, [
    'run',
    '--jobs',
    '2',
    '--timeout',
    '1500',
    '--quiet',
    '--out',
    folder,
    ...scripts,
  ])
  const all: string[][] = []
  for (const script of scripts) {
    const text = readFileSync(script.replace(/sh$/, 'out'), 'utf8')
    for (const part of text.split(/^sequence .*\n/m).slice(1))
      all.push(
        part
          .split(/^(?=\d+ -?\d+ [0-9a-f]{8}$)/m)
          .map(step => step.trimEnd().replace(/^\d+ /, ''))
          .filter(step => step && !step.startsWith('[exit'))
          .map(step => step.replace(/\n\[exit 0\]$/, '')),
      )
  }
  rmSync(folder, { recursive: true })
  return all
}

const scriptOf = (source: string, operations: string, verbose: boolean): string =>
  [
    `base64 -d > linux.c << 'END'`,
    ...(Buffer.from(source)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    'END',
    'gcc -O2 -w -o linux linux.c',
    'modprobe overlay',
    `base64 -d << 'END' | gzip -d > operations`,
    ...(gzip(operations)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    'END',
    `./linux ${verbose ? '-v ' : ''}< operations`,
    '',
  ].join('\n')

const gzip = (text: string) => gzipSync(Buffer.from(text))

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
function shrink(source: string, sequence: Sequence): Sequence {
  let best = sequence
  const first = compare(best, runOnLinux(source, [best])[0] ?? [])
  if (first) best = { ...best, lines: best.lines.slice(0, first.step + 1) }
  for (let size = Math.ceil(best.lines.length / 2); size >= 1; ) {
    const candidates: Sequence[] = []
    for (let at = 0; at < best.lines.length; at += size)
      candidates.push({ ...best, lines: [...best.lines.slice(0, at), ...best.lines.slice(at + size)] })
    const real = runOnLinux(source, candidates)
    const found = candidates.find((candidate, i) => compare(candidate, real[i] ?? []))
    if (found) best = found
    else if (size === 1) break
    else size = Math.ceil(size / 2)
    if (found) size = Math.min(size, Math.max(1, best.lines.length))
  }
  return best
}

function report(source: string, sequence: Sequence): string {
  const real = runOnLinux(source, [sequence], true)[0] ?? []
  const difference = compare(sequence, real)
  const lines = [`---- seed ${sequence.name} (${sequence.base})`, ...sequence.lines.map(line => `  ${line}`)]
  if (!difference) return [...lines, '  (no difference any more)'].join('\n')
  const { step, linux, vitrine } = difference
  lines.push(`  Linux ${linux}, Vitrine ${vitrine}`)
  const [, , ...there] = (real[step] ?? '').split('\n')
  const here = runInVitrine(sequence)[step]?.files.trimEnd().split('\n') ?? []
  for (const line of there) if (!here.includes(line)) lines.push(`  - ${line}`)
  for (const line of here) if (!there.includes(line)) lines.push(`  + ${line}`)
  return lines.join('\n')
}
