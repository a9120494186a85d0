/** The first load of dist, as a browser sees it: index.html and what it loads before the first lazy import. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { root } from './install.mjs'

// The goal for an embed is 200 kB; the whole page with its glass and labs is measured here, so that it does not grow.
const LIMIT = 412_000

const dist = `${process.env.VITRINE_DIST ?? `${root}dist`}/`
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const files = new Set(['index.html'])
const visit = key => {
  const chunk = manifest[key]
  if (files.has(chunk.file)) return
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
  chunk.imports?.forEach(visit)
}
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key)

let total = 0
for (const file of files) {
  const size = gzipSync(readFileSync(dist + file), { level: 9 }).length
  total += size
  console.log(`${String(size).padStart(8)}  ${file}`)
}
console.log(`${String(total).padStart(8)}  bytes of gzip for the first load; the limit is ${LIMIT}`)
process.exitCode = total > LIMIT ? 1 : 0
