import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './vitrine.ts'

test('the page has no accessibility violation that axe calls serious', async ({ vitrine, page }) => {
  await vitrine.open()
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})
