import { expect, test } from './vitrine.ts'

const BURDENS = [
  ['an endless loop', 'while :; do :; done'],
  ['a flood of output', 'yes'],
  ['an endless file', 'cat /dev/zero > /dev/null'],
  ['a fork bomb', 'ulimit -u 500; bomb() { bomb | bomb & }; bomb'],
  ['endless recursion', 'f() { f; }; f'],
  ['a file larger than the disk', 'head -c 10G /dev/zero > /tmp/huge'],
] as const

for (const [name, command] of BURDENS)
  test(`the other terminal stays usable beside ${name}`, async ({ vitrine }) => {
    const { left, right, page } = vitrine
    await vitrine.open()
    await left.type(`${command}\n`)
    await page.waitForTimeout(1000)
    const start = Date.now()
    expect(await right.run('echo still here', 10_000)).toBe('still here')
    expect(Date.now() - start).toBeLessThan(5000)
    await left.press('Control+c')
  })

test('binary rubbish on the screen does no harm', async ({ vitrine }) => {
  const { left } = vitrine
  await vitrine.open()
  await left.type('head -c 20000 /dev/urandom\n')
  await vitrine.page.waitForTimeout(1500)
  // Rubbish can switch character sets and modes; this is what `reset` sends.
  await left.type("printf '\\033c'\n")
  await left.prompt()
  expect(await left.run('echo fine')).toBe('fine')
})

test('a paste of a megabyte does not stall the page', async ({ vitrine }) => {
  const { left, right } = vitrine
  await vitrine.open()
  await left.type('cat > /tmp/big\n')
  await left.paste(`${'x'.repeat(99)}\n`.repeat(10_000))
  expect(await right.run('echo still here', 10_000)).toBe('still here')
})
