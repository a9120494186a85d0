/** Finds a Chromium for the browser tests, and installs Debian's where that is possible. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The path of a Chromium: $CHROMIUM, else Playwright's own, else the system's; undefined if there is none. */
export async function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const { chromium } = await import('@playwright/test')
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  for (const name of NAMES)
    for (const dir of (process.env.PATH ?? '').split(delimiter))
      if (runs(join(dir, name))) return join(dir, name)
}

/** As findChromium, but installs one (and a Korean font) with apt when run by root on Debian or its kin. */
export async function needChromium() {
  const found = await findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Installing Chromium (apt-get install chromium) ...')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) =>
      spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      }).status === 0
    apt('update')
    if (
      apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-nanum') ||
      apt('install', '-y', 'chromium')
    )
      return findChromium()
  }
}

/** What to tell a person when needChromium gave up. */
export const advice =
  'No Chromium found. Install one (Debian: apt-get install chromium; anywhere: npx playwright install chromium)\n' +
  'or name it: CHROMIUM=/path/to/chromium npm test'

/** Quiet, reproducible, and no traffic of its own. */
export const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function runs(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
