import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from './vitrine.ts'

interface Step {
  readonly title: string
  readonly verify?: string
  readonly solution?: string
}

const labs = readdirSync('sims').filter(name => existsSync(`sims/${name}/index.json`))

for (const name of labs)
  test(`the lab ${name} can be done by typing what its solutions say`, async ({ vitrine, page }) => {
    const { title, details } = JSON.parse(readFileSync(`sims/${name}/index.json`, 'utf8'))
    const panel = page.getByRole('complementary', { name: title })
    const button = (name: string) => panel.getByRole('button', { name, exact: true })
    await vitrine.open(`?lang=en&lab=${name}`)
    const steps: Step[] = [details.intro, ...details.steps, details.finish].filter(Boolean)
    for (const [i, step] of steps.entries()) {
      await expect(panel.getByRole('heading', { name: step.title, exact: true })).toBeVisible()
      if (step.verify) {
        await button('Check').click()
        await expect(panel.getByRole('status')).toContainText('Not yet')
        for (const line of readFileSync(`sims/${name}/${step.solution}`, 'utf8').trim().split('\n'))
          await vitrine.left.run(line)
        await button('Check').click()
        await expect(panel.getByRole('status')).toContainText('Done')
      }
      if (i < steps.length - 1) await button('Next').click()
    }
    await expect(panel.getByRole('status')).toContainText('finished')
  })

test('a command in the text of a lab is typed by clicking it', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en&lab=overlay')
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name: 'Next', exact: true }).click()
  const command = panel.locator('.body').getByRole('button').first()
  const typed = ((await command.textContent()) ?? '').trim().split('\n')[0]!
  await command.click()
  await expect.poll(() => vitrine.left.text()).toContain(typed)
})

test('the page speaks Korean', async ({ vitrine, page }) => {
  await vitrine.open('?lang=ko&lab=overlay')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  await expect(page.getByRole('complementary')).toContainText(/[가-힣]{2}/)
  await vitrine.picture('korean')
})
