/**
 * A real Linux: `$RECORDER run --jobs N --timeout S --quiet --out DIR SCRIPT…` runs each script on a machine to throw away
 * (see the README of tests/conformance).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What each script printed. */
export function record(scripts: readonly string[], jobs = 2): string[] {
  if (!scripts.length) return []
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  try {
    const files = scripts.map((_, i) => join(folder, `batch${i}.sh`))
    for (const [i, file] of files.entries()) writeFileSync(file, scripts[i]!)
    const options = ['--jobs', String(jobs), '--timeout', '3000', '--quiet', '--out', folder]
    spawnSync(process.env.RECORDER!, ['run', ...options, ...files], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return files.map(file => readFileSync(file.replace(/sh$/, 'out'), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
