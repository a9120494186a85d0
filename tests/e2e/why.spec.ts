import { expect, test } from './vitrine.ts'

test('a refused command has a hint that tells the rule and the state', async ({ vitrine, page }) => {
  await vitrine.open('?lang=en')
  await vitrine.left.run("su user -c 'cat /etc/shadow'")
  const hint = page.getByRole('button', { name: 'refused: open' })
  await expect(hint).toHaveAttribute('aria-expanded', 'false')
  await hint.press('Enter')
  await expect(hint).toHaveAttribute('aria-expanded', 'true')
  const feed = page.getByRole('list').filter({ has: hint })
  await expect(feed).toContainText('open("/etc/shadow", O_RDONLY) = EACCES')
  await expect(feed).toContainText('/etc/shadow has mode 0640')
  await hint.click()
  await expect(feed).not.toContainText('mode 0640')
})

test('the hint speaks Korean, and a command that gets over a refusal has none', async ({ vitrine, page }) => {
  await vitrine.open('?lang=ko')
  await vitrine.left.run('unshare -U hostname x')
  const hint = page.getByRole('button', { name: '거부됨: sethostname' })
  await hint.click()
  await expect(page.getByRole('list').filter({ has: hint })).toContainText('CAP_SYS_ADMIN')
  await vitrine.left.run('su user -c lsns')
  await expect(page.getByRole('button', { name: '거부됨' })).toHaveCount(1)
})
