import { expect, test } from './vitrine.ts'

test('the page boots to a prompt in both terminals', async ({ vitrine }) => {
  await vitrine.open()
  expect(await vitrine.left.cursorLine()).toBe('root@host:~# ')
  expect(await vitrine.right.cursorLine()).toBe('root@host:~# ')
  expect(await vitrine.left.run('echo hi')).toBe('hi')
  await vitrine.picture('boot')
})

test('both terminals are on the same host', async ({ vitrine }) => {
  const { left, right } = vitrine
  await vitrine.open()
  await left.run('echo from the left > /tmp/note')
  expect(await right.run('cat /tmp/note')).toBe('from the left')
  const shell = await left.run('echo $$')
  expect(await right.run(`ps -o comm= -p ${shell}`)).toBe('bash')
  expect(await left.run('tty')).not.toBe(await right.run('tty'))
})

test('^C ends what runs in the foreground, ^D ends input, ^Z stops a job', async ({ vitrine }) => {
  const { left } = vitrine
  await vitrine.open()
  for (const command of ['sleep 1000', 'cat', 'while :; do :; done', 'yes > /dev/null']) {
    await left.type(`${command}\n`)
    await expect.poll(() => left.cursorLine()).toBe('')
    await vitrine.page.waitForTimeout(200)
    await left.press('Control+c')
    await left.prompt()
    expect(await left.run('echo $?')).toBe('130')
  }
  await left.type('cat\n')
  await left.type('echoed\n')
  await left.press('Control+d')
  await left.prompt()
  expect(await left.text()).toContain('echoed\nechoed\nroot@host')
  await left.type('sleep 1000\n')
  await vitrine.page.waitForTimeout(200)
  await left.press('Control+z')
  await left.prompt()
  expect(await left.run('jobs')).toMatch(/\[1\]\+ +Stopped +sleep 1000/)
  await left.run('kill %1')
})

test('the line can be edited, recalled and completed', async ({ vitrine }) => {
  const { left } = vitrine
  await vitrine.open()
  await left.type('ecko one')
  await left.press('Control+a', 'ArrowRight', 'ArrowRight', 'Delete')
  await left.type('h')
  await left.press('Enter')
  await left.prompt()
  expect(await left.text()).toContain('\none\n')
  await left.press('ArrowUp', 'Backspace', 'Backspace', 'Backspace')
  await left.type('two\n')
  await left.prompt()
  expect(await left.text()).toContain('\ntwo\n')
  await left.type('cat /etc/os-rel')
  await left.press('Tab', 'Enter')
  await left.prompt()
  expect(await left.text()).toContain('VERSION_ID="12"')
})

test('a paste of 200 lines arrives whole and in order', async ({ vitrine }) => {
  const { left } = vitrine
  await vitrine.open()
  const lines = Array.from({ length: 200 }, (_, i) => `echo line ${i + 1} >> /tmp/pasted`)
  await left.paste(`${lines.join('\n')}\n`)
  await left.press('Enter')
  const wanted = Array.from({ length: 200 }, (_, i) => `line ${i + 1}`).join('\n')
  await expect
    .poll(async () => (await left.cursorLine()) === 'root@host:~# ' && left.run('wc -l < /tmp/pasted'), {
      timeout: 30_000,
    })
    .toBe('200')
  expect(await left.run('cat /tmp/pasted')).toBe(wanted)
})

test('after a reload the session is as it was', async ({ vitrine }) => {
  const { left, right, page } = vitrine
  await vitrine.open()
  await left.run('mkdir /tmp/kept; cd /tmp/kept; echo secret > file; word=kept')
  await right.run('sleep 5000 &')
  const before = { left: await left.text(), pid: await right.run('echo $!') }
  await page.waitForTimeout(1000)
  await page.reload()
  await left.prompt()
  await right.prompt()
  expect(await left.text()).toBe(before.left)
  await expect(page.getByText('/tmp/kept/file')).toBeVisible()
  expect(await left.run('echo $word; pwd; cat file')).toBe('kept\n/tmp/kept\nsecret')
  expect(await right.run('pgrep sleep')).toBe(before.pid)
})
