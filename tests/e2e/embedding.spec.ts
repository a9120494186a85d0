import { expect, test } from './vitrine.ts'

test('the page works in a sandboxed frame, where storage is forbidden', async ({ page, address }) => {
  await page.setContent(
    `<iframe sandbox="allow-scripts" width="1200" height="800" src="${address}?lang=en"></iframe>`,
  )
  const frame = page.frameLocator('iframe')
  await frame.locator('.xterm-screen').first().click()
  await page.keyboard.type('echo $((6 * 7))\n')
  await expect(frame.locator('.xterm-rows').first()).toContainText('42')
})
