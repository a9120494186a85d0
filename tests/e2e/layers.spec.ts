import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './vitrine.ts'

const MOUNT = 'mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged'

test('the layers show what serves a name, what rises and what is hidden', async ({ vitrine, page }) => {
  await vitrine.open()
  const { left } = vitrine
  await left.run('cd /tmp; mkdir lower upper work merged; echo a > lower/change; echo b > lower/gone')
  await left.run(MOUNT)
  const pane = page.getByRole('region', { name: 'Overlay layers' })
  const row = (name: string) => pane.getByRole('row').filter({ hasText: name })
  await expect(row('change').locator('td.lower.served')).toHaveCount(1)
  await left.type('echo more >> merged/change\n')
  await expect(pane.locator('tr.copy-up')).toContainText('change')
  await expect(row('change').locator('td.upper.served')).toHaveCount(1)
  await left.run('rm merged/gone')
  await expect(row('gone').getByTitle(/whiteout/)).toHaveCount(1)
  await expect(pane.locator('tr.whiteout')).toHaveCount(0)

  await left.run('ls merged')
  const line = page
    .locator('.xterm')
    .first()
    .locator('.xterm-rows > div')
    .filter({ hasText: /^change/ })
  const box = (await line.boundingBox())!
  await page.mouse.move(box.x + 15, box.y + 8)
  await page.mouse.move(box.x + 20, box.y + 8)
  await expect(row('change')).toHaveClass(/lit/)

  await pane.getByRole('button', { name: 'Enlarge' }).click()
  await expect(pane.getByText('/tmp/lower')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Processes' })).toBeHidden()
  const { violations } = await new AxeBuilder({ page }).include('.glass').analyze()
  expect(violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id)).toEqual([])
  await pane.getByRole('button', { name: 'Show all panes' }).click()
  await expect(page.getByRole('region', { name: 'Processes' })).toBeVisible()
})

test('ten thousand names are a list that scrolls', async ({ vitrine, page }) => {
  await vitrine.open()
  const { left } = vitrine
  await left.run('cd /tmp; mkdir lower upper work merged; touch lower/{00001..10000}', 60_000)
  await left.run(MOUNT)
  const pane = page.getByRole('region', { name: 'Overlay layers' })
  await expect(pane.getByRole('row', { name: '00001' })).toBeVisible()
  expect(await pane.getByRole('row').count()).toBeLessThan(100)
  await pane.getByRole('group').hover()
  await page.mouse.wheel(0, 1_000_000)
  await expect(pane.getByRole('row', { name: '10000' })).toBeVisible()
  await left.run('rm merged/10000')
  await expect(pane.getByRole('row', { name: '10000 deleted' })).toBeVisible()
})
