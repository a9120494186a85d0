/**
 * What a real Linux makes of sequences of operations: linux.c is compiled and run on machines to throw away by
 * `$RECORDER run --out DIR SCRIPT…` (see the README of tests/conformance), and what it says can be kept.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Sequence, textOf } from './operations.ts'
import { record } from './recorder.ts'

/** Sequences that one machine carries out. */
const BATCH = 1000

export interface Linux {
  /** The text of linux.c. */
  readonly source: string
  /** The folder where answers are kept, named by the operations: to be emptied when linux.c tells something else. */
  readonly keep?: string | undefined
}

/** What Linux prints for each step of each sequence: `value digest`, and then, if `verbose`, the files. */
export function runOnLinux(linux: Linux, sequences: readonly Sequence[], verbose = false): string[][] {
  const batches: string[] = []
  for (let at = 0; at < sequences.length; at += BATCH)
    batches.push(
      sequences
        .slice(at, at + BATCH)
        .map(textOf)
        .join(''),
    )
  return ask(linux, batches, verbose).flatMap(read)
}

/** What was printed for each batch of operations, now or when it was kept. */
function ask({ source, keep }: Linux, batches: readonly string[], verbose: boolean): string[] {
  const kept = batches.map(operations => {
    const name = createHash('sha256').update(`${verbose}\n${operations}`).digest('hex').slice(0, 16)
    return keep && join(keep, `${name}.gz`)
  })
  const texts = kept.map(file => (file && existsSync(file) ? gunzipSync(readFileSync(file)).toString() : ''))
  const missing = batches.map((_, i) => i).filter(i => !texts[i])
  const printed = record(missing.map(i => scriptOf(source, batches[i]!, verbose)))
  for (const [n, i] of missing.entries()) {
    texts[i] = printed[n]!
    const file = kept[i]
    if (!file || !texts[i].endsWith('[exit 0]\n')) continue
    mkdirSync(keep!, { recursive: true })
    writeFileSync(file, gzipSync(texts[i]))
  }
  return texts
}

/** The steps of each sequence. */
const read = (text: string): string[][] =>
  text
    .split(/^sequence .*\n/m)
    .slice(1)
    .map(part =>
      part
        .split(/^(?=\d+ -?\d+ [0-9a-f]{8}$)/m)
        .map(step => step.trimEnd().replace(/^\d+ /, ''))
        .filter(step => step && !step.startsWith('[exit'))
        .map(step => step.replace(/\n\[exit 0\]$/, '')),
    )

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\n')

const scriptOf = (source: string, operations: string, verbose: boolean): string =>
  `base64 -d > linux.c << 'END'
${base64(Buffer.from(source))}
END
gcc -O2 -w -o linux linux.c
modprobe overlay
base64 -d << 'END' | gzip -d > operations
${base64(gzipSync(operations))}
END
./linux ${verbose ? '-v ' : ''}< operations
`
