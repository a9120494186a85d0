import { expect, test } from 'vitest'
import { pieces, programNames } from '../../src/userland/index.ts'

test('the names that are known beforehand are those of the programs', async () => {
  const commands = (await Promise.all(pieces.map(piece => piece.load()))).flat()
  expect(commands.flatMap(it => it.names).sort()).toEqual([...programNames].sort())
})

test('each large program is a piece of its own', async () => {
  for (const piece of pieces.slice(1)) {
    const commands = await piece.load()
    expect(commands.flatMap(it => it.names).sort()).toEqual([...piece.names].sort())
  }
})
