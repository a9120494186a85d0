/**
 * Frames of the page while the picture of CPU and memory is open: how many a second, and what each takes of the main
 * thread in CPU time, which other work on the computer does not count into. Beside an empty page in the same browser.
 */
import type { Browser, Page } from '@playwright/test'
import { columns } from './table.ts'

const TASKS = [0, 10, 100, 1000]
/** Tasks of one cgroup, each with its own quota. */
const EACH = 10
const MEASURED = 4000

interface Frames {
  /** Per second. */
  readonly rate: number
  /** ms of the main thread per frame. */
  readonly work: number
}

export async function benchFrames(browser: Browser, ours: string, bench: string): Promise<string> {
  const empty = await browser.newPage()
  await empty.goto(`${bench}empty.html`)
  const lines = [
    ['frames, the picture open', 'per second', 'empty page', 'work per frame', 'empty page', 'goal'],
  ]
  for (const tasks of TASKS) {
    const page = await busy(browser, ours, tasks)
    const own = await framesOf(page)
    await page.close()
    await empty.bringToFront()
    const idle = await framesOf(empty)
    lines.push([
      tasks ? `${tasks} tasks, ${EACH} to a cgroup with a quota` : 'no tasks',
      own.rate.toFixed(1),
      idle.rate.toFixed(1),
      `${own.work.toFixed(1)} ms`,
      `${idle.work.toFixed(1)} ms`,
      '60, ≤ 6 ms',
    ])
  }
  await empty.close()
  return columns(lines)
}

/** The page with so many burners, each group of them held to a twentieth of a CPU. */
async function busy(browser: Browser, url: string, tasks: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await page.goto(`${url}?lang=en`)
  await prompt(page)
  if (tasks) {
    await enter(page, `cd /sys/fs/cgroup; for i in {1..${tasks / EACH}}; do mkdir g$i`)
    await enter(page, 'echo "5000 100000" > g$i/cpu.max')
    await enter(page, `(echo $BASHPID > g$i/cgroup.procs; exec stress -q -c ${EACH}) & done 2> /dev/null`)
    await page.waitForTimeout(3000)
    await prompt(page)
  }
  const open = page.getByRole('button', { name: 'Show CPU and memory over time' })
  if (await open.count()) await open.click()
  await page.waitForTimeout(1000)
  return page
}

const enter = (page: Page, line: string): Promise<void> =>
  page.evaluate(line => globalThis.vitrine.terminals[0]!.input(`${line}\r`), line)

async function prompt(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const buffer = globalThis.vitrine?.terminals[0]?.buffer.active
    const line = buffer?.getLine(buffer.baseY + buffer.cursorY)?.translateToString(false, 0, buffer.cursorX)
    return line?.endsWith('# ')
  })
}

async function framesOf(page: Page): Promise<Frames> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(it => it.name === 'TaskDuration')!.value * 1000
  }
  const before = await worked()
  const { frames, ms } = await page.evaluate(countFrames, MEASURED)
  return { rate: (1000 * frames) / ms, work: ((await worked()) - before) / frames }
}

/** Runs in the page. */
function countFrames(most: number): Promise<{ frames: number; ms: number }> {
  return new Promise(done => {
    let [begun, frames] = [0, -1]
    requestAnimationFrame(function turn(now) {
      begun ||= now
      frames++
      if (now - begun < most) requestAnimationFrame(turn)
      else done({ frames, ms: now - begun })
    })
  })
}
