import { expect, test } from './vitrine.ts'

/** What a person may type by mistake or malice; does ^C bring the prompt back? */
const BURDENS: readonly (readonly [name: string, command: string, ends?: 'by ^C'])[] = [
  ['an endless loop', 'while :; do :; done', 'by ^C'],
  ['a flood of output', 'yes', 'by ^C'],
  ['a flood of zeros', 'cat /dev/zero', 'by ^C'],
  ['an endless file', 'cat /dev/zero > /dev/null', 'by ^C'],
  ['a fork bomb', ':(){ :|:& };:'],
  ['ten thousand processes', 'i=0; while [ $i -lt 10000 ]; do sleep 1000 & i=$((i+1)); done'],
  ['endless recursion', 'f() { f; }; f'],
  ['a file larger than the disk', 'head -c 10G /dev/zero > /tmp/huge'],
]

for (const [name, command, ends] of BURDENS)
  test(`the other terminal stays usable beside ${name}`, async ({ vitrine }) => {
    const { left, right, page } = vitrine
    await vitrine.open('?lang=en')
    await left.type(`${command}\n`)
    await page.waitForTimeout(1000)
    const start = Date.now()
    expect(await right.run('echo still here', 10_000)).toBe('still here')
    expect(Date.now() - start).toBeLessThan(5000)
    await left.press('Control+c')
    if (ends) await left.prompt()
    await page.getByRole('button', { name: 'Reset host' }).click()
    await expect.poll(() => left.text()).toMatch(/^root@host:~# ?$/)
    expect(await left.run('echo afresh')).toBe('afresh')
  })

test('the clock can be paused under load', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en')
  await vitrine.left.type('while :; do :; done\n')
  await page.getByRole('button', { name: 'Pause' }).click()
  const clock = () => page.evaluate(() => (globalThis.vitrine.machine as { now: number }).now)
  const stopped = await clock()
  await page.waitForTimeout(500)
  expect(await clock()).toBe(stopped)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(clock).toBeGreaterThan(stopped)
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
