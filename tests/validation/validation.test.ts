/** Shares here against those measured on Linux. `npm run validation` does the same for longer and writes the page. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compare, difference, parseMeasured, TOLERANCE } from './figures.ts'
import { runInVitrine } from './measure.ts'
import { SETUPS } from './setups.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const shell = read('measure.sh')
const { runs } = parseMeasured(read('linux.txt'))

describe(`shares within ${TOLERANCE} percentage points of Linux`, () => {
  test.for(SETUPS)('$title', { timeout: 60_000 }, setup => {
    const comparisons = compare([setup], runs, runInVitrine(shell, [setup], { warm: 1, measured: 2 }))
    expect(comparisons.length).toBeGreaterThan(0)
    for (const it of comparisons)
      expect
        .soft(Math.abs(difference(it)), `${it.linux.what}: Linux ${it.linux.share}, here ${it.vitrine.share}`)
        .toBeLessThanOrEqual(TOLERANCE)
  })
})
