/** What a real Linux prints for sequences of shell commands; what it said once can be kept. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../recorder.ts'
import { outputsOf, scriptOf } from './script.ts'
import type { ShellSequence } from './sequence.ts'

/** Sequences that one machine carries out: what one does to it the next may see. */
const BATCH = 25

export interface Linux {
  /** The folder where answers are kept, a file each, named by the script: it may be used again. */
  readonly keep: string | undefined
  /** Machines at a time. */
  readonly jobs: number
}

/** What Linux prints for each sequence; `alone` gives each a machine of its own. */
export function askLinux(
  { keep, jobs }: Linux,
  sequences: readonly ShellSequence[],
  alone = false,
): string[] {
  const size = alone ? 1 : BATCH
  const files = sequences.map(it => keep && join(keep, `${hash(it)}${alone ? '.alone' : ''}`))
  const answers = files.map(file => (file && existsSync(file) ? readFileSync(file, 'utf8') : undefined))
  const missing = sequences.map((_, i) => i).filter(i => answers[i] === undefined)
  if (keep) mkdirSync(keep, { recursive: true })
  for (let at = 0; at < missing.length; at += size * jobs) {
    const batches: number[][] = []
    for (let from = at; from < Math.min(at + size * jobs, missing.length); from += size)
      batches.push(missing.slice(from, Math.min(from + size, missing.length)))
    const printed = record(
      batches.map(batch => scriptOf(batch.map(i => sequences[i]!))),
      jobs,
    )
    for (const [n, batch] of batches.entries()) {
      const outputs = outputsOf(printed[n]!.replace(/\n\[exit 0\]\n$/, '\n'))
      for (const [k, i] of batch.entries()) {
        answers[i] = outputs[k]
        if (files[i] && outputs.length === batch.length) writeFileSync(files[i], outputs[k]!)
      }
    }
  }
  return answers.map(it => it ?? '')
}

const hash = (it: ShellSequence): string =>
  createHash('sha256')
    .update(scriptOf([it]))
    .digest('hex')
    .slice(0, 16)
