import { defineConfig } from '@playwright/test'
import { findChromium, flags } from '../../.ci/chromium.mjs'

const executablePath = await findChromium()

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  retries: 0,
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { args: flags, ...(executablePath && { executablePath }) },
  },
})
