import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type Vitrine } from './vitrine.ts'

/** The pane, what it says in words, and the words about one cgroup or CPU. */
const paneOf = (page: Page) => page.getByRole('region', { name: 'CPU and memory' })
const words = (page: Page, name: string) => paneOf(page).locator('.words tr').filter({ hasText: name })
const lanes = (page: Page) => paneOf(page).getByRole('group', { name: /lanes/ })
const past = (page: Page) => paneOf(page).getByText(/ ago$/)

async function tenPercent({ left }: Vitrine): Promise<void> {
  await left.run('cd /sys/fs/cgroup; mkdir demo; echo "10000 100000" > demo/cpu.max')
  await left.run('(echo $BASHPID > demo/cgroup.procs; exec stress -q -c 1) &')
}

test('a quota of ten percent opens the picture and is seen as 10 ms of every 100 ms', async ({
  vitrine,
  page,
}) => {
  await vitrine.open('?lang=en')
  await expect(paneOf(page)).toBeHidden()
  await tenPercent(vitrine)
  await expect(paneOf(page).locator('canvas')).toBeVisible()
  const demo = words(page, '/demo')
  await expect(demo.locator('td').nth(2)).toHaveText('10 ms of every 100 ms')
  await expect(demo.locator('td').nth(0)).toHaveText('10 %')
  await expect(demo.locator('td').nth(3)).toHaveText('10 ms')
  await expect(demo).toContainText(/nr_throttled [1-9]/)
  const before = await demo.textContent()
  await expect(demo).not.toHaveText(before!)
  const { violations } = await new AxeBuilder({ page }).include('.glass').analyze()
  const serious = violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})

/** The page with a burner in a group of ten percent, the lanes with the keyboard. */
async function lanesWithKeys(vitrine: Vitrine, page: Page) {
  await vitrine.open('?lang=en')
  await tenPercent(vitrine)
  const numbers = words(page, '/demo').locator('td').last()
  await expect(numbers).toContainText(/nr_periods [3-9]/)
  await lanes(page).focus()
  return numbers
}
const clockOf = (page: Page) => page.getByRole('group', { name: 'Speed' }).locator('time')
const now = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis.vitrine.machine as { now: number }).now / 1e6)

test('Space stops the clock and lets it go on', async ({ vitrine, page }) => {
  const numbers = await lanesWithKeys(vitrine, page)
  await page.keyboard.press('Space')
  await expect(clockOf(page)).toHaveClass(/paused/)
  const [stopped, said] = [await now(page), await numbers.textContent()]
  await page.waitForTimeout(300)
  expect(await now(page)).toBe(stopped)
  await page.keyboard.press('Space')
  await expect(clockOf(page)).not.toHaveClass(/paused/)
  await expect.poll(() => now(page)).toBeGreaterThan(stopped)
  await expect(numbers).not.toHaveText(said!)
})

test('arrow keys go from one event of the scheduler to the next', async ({ vitrine, page }) => {
  await lanesWithKeys(vitrine, page)
  await page.keyboard.press('ArrowRight')
  await expect(clockOf(page)).toHaveClass(/paused/)
  // At the present the machine itself goes on: the two events of a period lie 10 ms and 90 ms apart.
  const times = [await now(page)]
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('ArrowRight')
    times.push(await now(page))
  }
  const steps = times.slice(1).map((at, i) => Math.round(at - times[i]!))
  expect(steps.filter(ms => ms === 10).length).toBeGreaterThan(0)
  expect(steps.filter(ms => ms === 90).length).toBeGreaterThan(0)
  // In the past it is the picture that goes back; the machine stands.
  await page.keyboard.press('ArrowLeft')
  await expect(past(page)).toBeVisible()
  expect(await now(page)).toBe(times.at(-1))
})

test('Home, Page Up and End look back and return', async ({ vitrine, page }) => {
  const numbers = await lanesWithKeys(vitrine, page)
  const usage = async () => Number(/usage_usec (\d+)/.exec((await numbers.textContent())!)![1])
  await page.keyboard.press('Space')
  await expect(clockOf(page)).toHaveClass(/paused/)
  await page.keyboard.press('PageUp')
  await expect(past(page)).toHaveText('500 ms ago')
  const then = await usage()
  await page.keyboard.press('Home')
  await expect(past(page)).toHaveText(/\d s ago/)
  await page.keyboard.press('End')
  await expect(past(page)).toBeHidden()
  await expect.poll(usage).toBeGreaterThan(then)
})

test('the slider looks back; the clock is slowed to a thousandth and the page shows less time', async ({
  vitrine,
  page,
}) => {
  await lanesWithKeys(vitrine, page)
  const pane = paneOf(page)
  await pane.getByRole('slider', { name: 'Look back' }).focus()
  await page.keyboard.press('PageDown')
  await expect(past(page)).toBeVisible()
  await pane.getByRole('button', { name: 'Go on' }).press('Enter')
  await expect(past(page)).toBeHidden()
  await pane.getByLabel('Speed of the clock').focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp')
  await expect(pane.getByLabel('Speed of the clock')).toHaveValue('0.001')
  await expect(pane.getByText('20 ms', { exact: true })).toBeVisible()
  const before = await now(page)
  await page.waitForTimeout(300)
  expect((await now(page)) - before).toBeLessThan(20)
  await pane.getByRole('button', { name: 'Show more time' }).press('Enter')
  await expect(pane.getByText('50 ms', { exact: true })).toBeVisible()
})

test('slices, processes and the command that started them are marked together', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en')
  await tenPercent(vitrine)
  await expect(words(page, '/demo')).toContainText(/nr_periods [1-9]\d/)
  await lanes(page).focus()
  await page.keyboard.press('Space')
  const box = (await paneOf(page).locator('canvas').boundingBox())!
  const tip = page.getByRole('tooltip')
  search: for (let x = 110; x < box.width - 210; x += 2)
    for (const y of [35, 75]) {
      await page.mouse.move(box.x + x, box.y + y)
      if (await tip.getByText('stress').isVisible()) break search
    }
  await expect(tip).toContainText('ran 10 ms')
  await expect(tip).toContainText('started in terminal 1')
  const row = page.getByRole('region', { name: 'Processes' }).locator('.row.marked')
  await expect(row).toContainText('stress')
  await expect(page.locator('li.lit')).toContainText('stress')
  await page.mouse.move(5, 5)
  await expect(row).toHaveCount(0)
  const pid = page
    .getByRole('region', { name: 'Processes' })
    .getByRole('button', { name: '1004', exact: true })
  await pid.click()
  await page.mouse.move(5, 5)
  await expect(pid).toHaveAttribute('aria-pressed', 'true')
  await expect(row).toContainText('stress')
})

test('a tank that bursts says who was killed', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en')
  const { left } = vitrine
  await left.run('mkdir /sys/fs/cgroup/small; echo 20M > /sys/fs/cgroup/small/memory.max')
  await left.run('(echo $BASHPID > /sys/fs/cgroup/small/cgroup.procs; exec tail /dev/zero)')
  const pane = paneOf(page)
  await expect(pane.getByText(/tail \(pid \d+\) was killed/)).toBeVisible()
  await expect(pane.getByRole('meter', { name: '/small: Memory' })).toHaveAttribute(
    'aria-valuemax',
    String(20 * 2 ** 20),
  )
  await expect(pane).toContainText('oom_kill 1')
})

test('going back takes the host itself back, and can be undone', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en')
  const { left } = vitrine
  await tenPercent(vitrine)
  await expect(words(page, '/demo')).toContainText(/nr_periods [1-9]\d/)
  const before = await now(page)
  await page.waitForTimeout(2000)
  await left.run('touch /tmp/later')
  const pane = paneOf(page)
  await lanes(page).focus()
  await page.keyboard.press('Space')
  const end = await now(page)
  const pages = Math.ceil((end - before - 1000) / 500)
  for (let i = 0; i < pages; i++) await page.keyboard.press('PageUp')
  await pane.getByRole('button', { name: 'Go back to here' }).click()
  await expect.poll(() => left.text()).not.toContain('later')
  await expect.poll(() => now(page)).toBeLessThan(end)
  await expect(paneOf(page).locator('canvas')).toBeVisible()
  await expect(page.getByRole('region', { name: 'What commands changed' })).toContainText('stress -q -c 1')
  await pane.getByRole('button', { name: 'Undo going back' }).click()
  await expect.poll(() => left.text()).toContain('later')
  expect(await left.run('ls /tmp/later')).toBe('/tmp/later')
})

test('whoever closes the picture is left alone', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en')
  await tenPercent(vitrine)
  await paneOf(page).getByRole('button', { name: 'Back to the list of cgroups' }).click()
  await vitrine.left.run('echo "20000 100000" > /sys/fs/cgroup/demo/cpu.max')
  await page.waitForTimeout(1000)
  await expect(page.getByRole('region', { name: 'CPU by cgroup' })).toBeVisible()
})
