import { expect, test } from 'vitest'
import { loadPrograms, programNames } from '../../src/userland/index.ts'

test('the names that are known beforehand are those of the programs', async () => {
  expect([...(await loadPrograms()).keys()].sort()).toEqual([...programNames].sort())
})
