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
      // Who reads a snapshot changes nothing: what only the glass shows comes with it.
      treeshake: {
        moduleSideEffects: [{ test: /src.machine.(view|recorder|timeline)/, sideEffects: false }],
      },
      output: {
        // The browser compiles files side by side; and who comes again after a change has most of them.
        codeSplitting: {
          groups: [
            { name: 'xterm', test: /@xterm/ },
            {
              name: 'shell',
              // … but for what comes after the first prompt (src/shell/later.ts).
              test: /src.shell.(?!later|readline.(commands|completion|functions|describe|expand-history|multi-line|vi-motions)|builtins.(bind|complete|dirs|fc|mapfile).ts)/,
            },
            // What comes later: drivers, overlay, sockets and the network, files that only programs read
            // (src/kernel/block/README.md, src/kernel/net/late.ts, src/fs/overlay/index.ts, src/fs/proc/late.ts).
            {
              name: 'kernel',
              test: /src.(?!kernel.block.(fops|loop|disk|blk-throttle)|kernel.mm.swapfile|kernel.(event-files|eventfd|eventpoll|cgroup.memcg-event)|kernel.net.(?!late|net-namespace)|fs.ext4|fs.overlay.(?!(index|module).ts)|fs.sysfs-(net|machine)|fs.proc.(?!(index|proc|late|options).ts)|abi.inet.ts)(kernel|vfs|fs|abi|state)\//,
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
