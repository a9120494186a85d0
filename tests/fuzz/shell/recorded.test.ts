/** Sequences of shell commands that agreed with a real Linux once agree still. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { difference, linesApart } from './compare.ts'
import { recordedIn } from './recorded.ts'
import { runInVitrine } from './vitrine.ts'

test.each(recordedIn(join(import.meta.dirname, 'recorded')))(
  'sequence $sequence.name of shell commands prints what it printed on Linux',
  ({ sequence, linux }) => {
    const found = difference(linux, runInVitrine(sequence))
    expect(found && `at ${found.step}\n${linesApart(found)}`).toBeUndefined()
  },
  60_000,
)
