import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { markdown } from './.ci/markdown.mjs'

export default defineConfig({
  base: './',
  plugins: [markdown(), svelte({ configFile: false })],
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The browser compiles files side by side; and who comes again after a change has most of them.
        codeSplitting: {
          groups: [
            { name: 'xterm', test: /@xterm/ },
            {
              name: 'shell',
              // … but for what comes after the first prompt (src/shell/later.ts).
              test: /unbash|src.shell.(?!later|readline.(commands|completion|functions|describe|expand-history|multi-line|vi-motions)|builtins.(bind|complete|dirs|fc|mapfile).ts)/,
            },
            // Its drivers come later (src/kernel/block/README.md, src/fs/overlay/index.ts).
            {
              name: 'kernel',
              test: /src.(?!kernel.block.(fops|loop|disk)|fs.ext4|fs.overlay.(?!index|module))(kernel|vfs|fs|abi|state)\//,
            },
          ],
        },
      },
    },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 20_000,
  },
})
