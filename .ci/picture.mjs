/** `npm run picture`: takes public/picture.png, the README's picture, from the real page. */
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { advice, flags, needChromium } from './chromium.mjs'
import { root } from './install.mjs'

const LEFT = [
  'mkdir -p /sys/fs/cgroup/demo && cd /tmp && mkdir lower upper work merged',
  'echo low > lower/a; mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged',
  'echo more >> merged/a; ls -l upper',
  'stress -q -c 1 &',
  'for p in $(pgrep stress); do echo $p > /sys/fs/cgroup/demo/cgroup.procs; done',
  'echo "10000 100000" > /sys/fs/cgroup/demo/cpu.max',
]
const RIGHT = ['unshare -m -u bash', 'hostname inside; lsns -p $$', 'top']

const executablePath = await needChromium()
if (!executablePath) {
  console.error(advice)
  process.exit(1)
}
process.chdir(root)
await build({ logLevel: 'warn' })
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } })
const browser = await chromium.launch({ executablePath, args: flags })
const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 1 })
await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/?lang=en&lab=overlay`)
for (const [n, lines] of [LEFT, RIGHT].entries())
  for (const line of lines) {
    await page.locator('.xterm-screen').nth(n).click()
    await page.waitForFunction(n => {
      const buffer = globalThis.vitrine?.terminals[n]?.buffer.active
      const line = buffer?.getLine(buffer.baseY + buffer.cursorY)?.translateToString(false, 0, buffer.cursorX)
      return line?.endsWith('# ')
    }, n)
    await page.keyboard.type(`${line}\n`)
  }
await page.waitForTimeout(6000)
await page.screenshot({ path: 'public/picture.png' })
await browser.close()
await server.close()
