import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { markdown } from './.ci/markdown.mjs'

export default defineConfig({
  base: './',
  plugins: [markdown(), svelte({ configFile: false })],
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: { target: 'es2023', manifest: true, modulePreload: { polyfill: false } },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 20_000,
  },
})
