/**
 * Bundles one TypeScript entry for Node, since Node 20 runs no TypeScript and programs are found by
 * `import.meta.glob`. The bundle is kept in node_modules/.cache and made anew when a source file changed.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { install, root } from './install.mjs'

const cache = `${root}node_modules/.cache/vitrine/`
const sources = [
  'src',
  'sims',
  'tests/tools',
  'tests/bench',
  'tests/suites',
  'tests/fuzz',
  'tests/kernel',
  'tests/validation',
  '.ci/bundle.mjs',
  '.ci/markdown.mjs',
  'package-lock.json',
]

/** Imports `entry` (a path below the root, without .ts), bundling it first when need be. */
export async function load(entry) {
  install()
  const name = entry.replaceAll('/', '-')
  const out = `${cache}${name}-${fingerprint()}`
  if (!existsSync(out)) await bundle(entry, name, out)
  process.setSourceMapsEnabled(true)
  return import(pathToFileURL(`${out}/${name}.mjs`).href)
}

async function bundle(entry, name, out) {
  const { build } = await import('vite')
  const { markdown } = await import('./markdown.mjs')
  const fresh = `${out}.${process.pid}`
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    plugins: [markdown()],
    ssr: {
      noExternal: true,
      external: ['just-bash', 'memfs', '@zenfs/core', 'playwright-core', '@playwright/test', 'vite'],
    },
    build: {
      ssr: true,
      outDir: fresh,
      target: 'node20',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { [name]: `${root}${entry}.ts` },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  sweep(name)
  try {
    renameSync(fresh, out)
  } catch {
    rmSync(fresh, { recursive: true, force: true }) // somebody else was faster
  }
}

/** Changes when any source file is written, added or removed. */
function fingerprint() {
  const hash = createHash('sha1')
  const visit = path => {
    const stat = statSync(root + path, { throwIfNoEntry: false })
    if (!stat) return
    if (stat.isDirectory()) for (const name of readdirSync(root + path).sort()) visit(`${path}/${name}`)
    else hash.update(`${path} ${stat.mtimeMs} ${stat.size}\n`)
  }
  for (const path of sources) visit(path)
  return hash.digest('hex').slice(0, 12)
}

/** Removes bundles that are an hour old: younger ones may be in use. */
function sweep(name) {
  mkdirSync(cache, { recursive: true })
  for (const old of readdirSync(cache)) {
    const stat = statSync(cache + old, { throwIfNoEntry: false })
    if (old.startsWith(`${name}-`) && stat && stat.mtimeMs < Date.now() - 3_600_000)
      rmSync(cache + old, { recursive: true, force: true })
  }
}
