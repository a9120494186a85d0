/** The Chromium part: the workloads in a page of their own, then the built page as a person meets it. */
import type { AddressInfo } from 'node:net'
import { type Browser, chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findChromium, flags } from '../../.ci/chromium.mjs'
import { benchFrames } from './frames.ts'
import { columns, table } from './table.ts'
import { median, workloads } from './workloads.ts'

const BENCH = 'node_modules/.cache/vitrine-bench'

/** Prints the tables, or that of the frames alone; false if there is no Chromium. */
export async function benchBrowser(samples: number, only?: 'frames'): Promise<boolean> {
  const executablePath = await findChromium()
  if (!executablePath) return false
  await buildPages()
  const ours = await serve('dist')
  const bench = await serve(BENCH)
  const browser = await chromium.launch({ executablePath, args: flags })
  try {
    if (!only) {
      console.log(`\n${await engines(browser, bench.url, samples)}`)
      console.log(`\n${await firstSight(browser, ours.url, bench.url, samples)}`)
    }
    console.log(`\n${await benchFrames(browser, ours.url, bench.url)}`)
  } finally {
    await browser.close()
    await Promise.all([ours.close(), bench.close()])
  }
  return true
}

async function buildPages(): Promise<void> {
  await build({ logLevel: 'error' })
  await build({
    configFile: false,
    root: 'tests/bench',
    base: './',
    logLevel: 'error',
    build: {
      outDir: `../../${BENCH}`,
      emptyOutDir: true,
      target: 'es2023',
      rolldownOptions: { input: ['tests/bench/empty.html', 'tests/bench/engines.html'] },
    },
  })
}

async function serve(outDir: string) {
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const { port } = server.httpServer.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

async function engines(browser: Browser, url: string, samples: number): Promise<string> {
  const page = await browser.newPage()
  await page.goto(`${url}engines.html`)
  await page.waitForFunction(() => typeof globalThis.medians === 'function')
  const medians = await page.evaluate(samples => globalThis.medians(samples), samples)
  await page.close()
  return table(
    'Chromium',
    workloads.map((workload, at) => ({ workload, medians: medians[at]! })),
  )
}

/** Bytes, time and memory until the prompt, beside the empty xterm page; and a key press to the next prompt. */
async function firstSight(browser: Browser, ours: string, bench: string, samples: number): Promise<string> {
  const slow = { latency: 40, throughput: 20_000_000 / 8 }
  const lines = [['the page', 'vitrine', 'empty xterm', 'ratio', 'goal']]
  for (const [name, goal, network] of [
    ['navigation to prompt, cold', '≤ 1.5 ×', undefined],
    ['the same at 20 Mbit/s, 40 ms', '≤ 1.3 ×', slow],
  ] as const) {
    const own: number[] = []
    const empty: number[] = []
    for (let i = 0; i < samples; i++) {
      own.push((await visit(browser, ours, network)).ms)
      empty.push((await visit(browser, `${bench}empty.html`, network)).ms)
    }
    const [a, b] = [median(own), median(empty)]
    lines.push([name, `${a.toFixed(0)} ms`, `${b.toFixed(0)} ms`, `${(a / b).toFixed(2)}×`, goal])
  }
  const { heap } = await visit(browser, ours)
  lines.push(['heap after boot', `${(heap / 1e6).toFixed(1)} MB`, '', '', '≤ 15 MB'])
  const echo = await keyToPrompt(browser, ours, 20)
  lines.push(['echo hi, Enter to next prompt', `${echo.toFixed(2)} ms`, '', '', '≤ 2 ms'])
  return columns(lines)
}

async function visit(browser: Browser, url: string, network?: { latency: number; throughput: number }) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  if (network)
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latency,
      downloadThroughput: network.throughput,
      uploadThroughput: network.throughput,
    })
  await page.addInitScript(noteFirstPrompt)
  await page.goto(url)
  const ms = await page.waitForFunction(() => globalThis.promptAt).then(handle => handle.jsonValue())
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize: heap } = await devtools.send('Runtime.getHeapUsage')
  await context.close()
  return { ms: ms!, heap }
}

declare global {
  /** Milliseconds after navigation at which the first terminal showed a prompt. */
  var promptAt: number | undefined
}

/** Runs in the page: looks at each frame until the first terminal shows a prompt. */
function noteFirstPrompt(): void {
  const look = () => {
    const buffer = globalThis.vitrine?.terminals[0]?.buffer.active
    if (buffer?.getLine(0)?.translateToString(true).includes('#')) globalThis.promptAt = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function keyToPrompt(browser: Browser, url: string, times: number): Promise<number> {
  const page = await browser.newPage()
  await page.addInitScript(noteFirstPrompt)
  await page.goto(url)
  await page.waitForFunction(() => globalThis.promptAt)
  await page.locator('.xterm-screen').first().click()
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    await page.keyboard.type('echo hi')
    const answer = page.evaluate(untilPrompt)
    await page.waitForTimeout(50)
    await page.keyboard.press('Enter')
    taken.push(await answer)
  }
  await page.close()
  return median(taken)
}

/** Runs in the page: from the next Enter to the moment the terminal has parsed a new prompt. */
function untilPrompt(): Promise<number> {
  const terminal = globalThis.vitrine.terminals[0]!
  return new Promise(done => {
    let start = 0
    addEventListener('keydown', () => (start = performance.now()), { capture: true, once: true })
    const watch = terminal.onWriteParsed(() => {
      const { active } = terminal.buffer
      const line = active.getLine(active.baseY + active.cursorY)?.translateToString(false, 0, active.cursorX)
      if (!start || !line?.endsWith('# ')) return
      watch.dispose()
      done(performance.now() - start)
    })
  })
}
